//! Every rule of the schema has a name, and every name a meaning.

use anyhow::{Result, bail};
use ombor_core::error::CONSTRAINTS;
use ombor_testkit::{Server, TestDatabase, Warehouse};
use sqlx::{PgConnection, error::DatabaseError};

#[tokio::test]
async fn every_constraint_of_the_schema_is_known_by_its_name() -> Result<()> {
    for server in Server::all() {
        let database = TestDatabase::on(server).await?;
        let in_the_database: Vec<String> = sqlx::query_scalar(
            r#"select conname::text collate "C" from pg_constraint as c join pg_class as t on t.oid = c.conrelid
               where c.connamespace = 'ombor'::regnamespace and c.contype in ('c', 'u', 'p', 'f', 'x')
                   and t.relname <> '_sqlx_migrations'
               union
               select i.relname::text collate "C" from pg_index
               join pg_class as i on i.oid = indexrelid join pg_class as t on t.oid = indrelid
               where indisunique and i.relnamespace = 'ombor'::regnamespace and t.relname <> '_sqlx_migrations'
               union
               select raised[1] collate "C" from pg_proc,
                   regexp_matches(prosrc, 'using constraint = ''([a-z_]+)''', 'g') as raised
               where pronamespace = 'ombor'::regnamespace
               order by 1"#,
        )
        .fetch_all(database.owner())
        .await?;
        let known: Vec<&str> = CONSTRAINTS.iter().map(|(name, _)| *name).collect();
        assert_eq!(in_the_database, known, "on {server:?}");
        let nameless: Vec<&&str> = known
            .iter()
            .filter(|name| name.ends_with("_check") || name.ends_with("_fkey"))
            .collect();
        assert_eq!(nameless, Vec::<&&str>::new());
    }
    Ok(())
}

/// What a foreign key would say of one row at a time, these say of all rows of a statement.
const ROWS_WITHOUT_THEIR_KEYS: [(&str, &str); 7] = [
    (
        "product_category_id_exists",
        "insert into ombor.product (id, sku, name, category_id, base_unit_id, currency, search_text)
         select gen_random_uuid(), 'X', 'X', gen_random_uuid(), id, 'UZS', 'x' from ombor.unit limit 1",
    ),
    (
        "product_base_unit_id_exists",
        "insert into ombor.product (id, sku, name, base_unit_id, currency, search_text)
         values (gen_random_uuid(), 'X', 'X', gen_random_uuid(), 'UZS', 'x')",
    ),
    (
        "product_category_id_exists",
        "update ombor.product set category_id = gen_random_uuid()",
    ),
    (
        "product_base_unit_id_exists",
        "update ombor.product set base_unit_id = gen_random_uuid()",
    ),
    (
        "product_code_product_id_exists",
        "insert into ombor.product_code (code, product_id, kind) values ('X', gen_random_uuid(), 'other')",
    ),
    (
        "stock_product_id_exists",
        "insert into ombor.stock (product_id, location_id)
         select gen_random_uuid(), id from ombor.location where kind = 'internal'",
    ),
    (
        "stock_location_id_exists",
        "insert into ombor.stock (product_id, location_id) select id, gen_random_uuid() from ombor.product",
    ),
];

/// What keeps the rows that are referred to where they are.
const ROWS_THAT_STAY: [&str; 8] = [
    "delete from ombor.category",
    "delete from ombor.unit",
    "update ombor.category set id = gen_random_uuid()",
    "update ombor.unit set id = gen_random_uuid()",
    "update ombor.product set id = gen_random_uuid()",
    "update ombor.location set id = gen_random_uuid()",
    "update ombor.product_code set product_id = gen_random_uuid()",
    "update ombor.stock set location_id = gen_random_uuid()",
];

#[tokio::test]
async fn no_row_refers_to_one_that_is_not_there() -> Result<()> {
    for server in Server::all() {
        let warehouse = Warehouse::open_on(server).await?;
        let product = warehouse.product_with(dec!(1)).await?;
        let mut owner = warehouse.database.owner().acquire().await?;
        sqlx::query("insert into ombor.category (id, name) values (gen_random_uuid(), 'Choy')")
            .execute(&mut *owner)
            .await?;
        sqlx::query(
            "insert into ombor.product_code (code, product_id, kind) values ('C', $1, 'other')",
        )
        .bind(product.as_uuid())
        .execute(&mut *owner)
        .await?;
        for (constraint, statement) in ROWS_WITHOUT_THEIR_KEYS {
            let refused = refusal(&mut owner, statement).await?;
            let said = (refused.code(), refused.constraint());
            let expected = (Some("23503".into()), Some(constraint));
            assert_eq!(said, expected, "{statement} on {server:?}");
        }
        for statement in ROWS_THAT_STAY {
            let refused = refusal(&mut owner, statement).await?;
            assert_eq!(
                refused.code(),
                Some("OM015".into()),
                "{statement} on {server:?}"
            );
        }
    }
    Ok(())
}

async fn refusal(
    owner: &mut PgConnection,
    statement: &'static str,
) -> Result<Box<dyn DatabaseError>> {
    match sqlx::query(statement).execute(owner).await {
        Err(sqlx::Error::Database(refused)) => Ok(refused),
        other => bail!("{statement}: {other:?}"),
    }
}
