//! What the application's role and the owner may not do to the ledger, whatever the code above them does.

use anyhow::Result;
use ombor_testkit::{Server, Warehouse};
use sqlx::{PgConnection, Row};

/// An attack: its name and its SQL.
const BY_THE_APPLICATION: [(&str, &str); 10] = [
    ("UPDATE", "update ombor.movement set quantity = 1"),
    ("DELETE", "delete from ombor.movement"),
    ("TRUNCATE", "truncate ombor.movement"),
    ("DROP", "drop table ombor.movement cascade"),
    (
        "DISABLE TRIGGER",
        "alter table ombor.movement disable trigger all",
    ),
    (
        "session_replication_role",
        "set session_replication_role = replica",
    ),
    ("COPY PROGRAM", "copy (select 1) to program 'true'"),
    (
        "INSERT",
        "insert into ombor.stock (product_id, location_id, on_hand)
         select product_id, location_id, 1000 from ombor.stock",
    ),
    (
        "UPDATE of a refusal",
        "update ombor.face_refusal set reason = 'not_live'",
    ),
    ("DELETE of a refusal", "delete from ombor.face_refusal"),
];

const BY_THE_OWNER: [&str; 11] = [
    "update ombor.movement set quantity = 1",
    "delete from ombor.movement",
    "truncate ombor.movement cascade",
    "update ombor.document set note = 'other'",
    "delete from ombor.audit",
    "update ombor.audit set action = 'nothing'",
    "update ombor.confirmation set valid_until = valid_until",
    "update ombor.face_refusal set reason = 'not_live'",
    "truncate ombor.face_refusal",
    "delete from ombor.product",
    "delete from ombor.employee",
];

async fn code_of(connection: &mut PgConnection, attack: &'static str) -> String {
    match sqlx::raw_sql(attack).execute(connection).await {
        Ok(_) => "it went through".to_owned(),
        Err(error) => error
            .as_database_error()
            .and_then(|e| e.code().map(Into::into))
            .unwrap_or_default(),
    }
}

/// A face is refused once, so that there is a row to attack.
async fn refuse_a_face(warehouse: &Warehouse) -> Result<()> {
    sqlx::query("select ombor.record_face_refusal($1, 'not_known', null, false, null, null, null)")
        .bind(warehouse.operator.session_id().as_uuid())
        .execute(warehouse.database.app())
        .await?;
    Ok(())
}

async fn ledger(connection: &mut PgConnection) -> Result<String> {
    let row = sqlx::query(
        "select concat((select json_agg(m) from ombor.movement as m), (select json_agg(s) from ombor.stock as s))",
    )
    .fetch_one(connection)
    .await?;
    Ok(row.get(0))
}

#[tokio::test]
async fn each_of_ten_attacks_by_the_applications_role_is_denied() -> Result<()> {
    for server in Server::all() {
        let warehouse = Warehouse::open_on(server).await?;
        warehouse.product_with(dec!(10)).await?;
        refuse_a_face(&warehouse).await?;
        let mut connection = warehouse.database.connection().await?;
        let before = ledger(&mut connection).await?;
        for (name, attack) in BY_THE_APPLICATION {
            assert_eq!(
                code_of(&mut connection, attack).await,
                "42501",
                "{name} on {server:?}"
            );
        }
        assert_eq!(ledger(&mut connection).await?, before);
    }
    Ok(())
}

#[tokio::test]
async fn the_applications_role_writes_no_table_and_draws_no_number_directly() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let writable: Vec<String> = sqlx::query_scalar(
        "select c.relname::text from pg_class as c
         where c.relnamespace = 'ombor'::regnamespace and c.relkind in ('r', 'S') and (
             c.relkind = 'r' and has_table_privilege('ombor_app', c.oid, 'insert, update, delete, truncate, trigger')
             or c.relkind = 'S' and has_sequence_privilege('ombor_app', c.oid, 'usage, update'))",
    )
    .fetch_all(warehouse.database.app())
    .await?;
    assert_eq!(writable, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn the_applications_role_runs_only_functions_that_check_the_session_or_begin_one()
-> Result<()> {
    let warehouse = Warehouse::open().await?;
    let open: Vec<String> = sqlx::query_scalar(
        "select p.proname::text from pg_proc as p
         where p.pronamespace = 'ombor'::regnamespace and has_function_privilege('ombor_app', p.oid, 'execute')
             and coalesce(p.proargnames[1], '') <> 'p_session_id'
         order by 1",
    )
    .fetch_all(warehouse.database.app())
    .await?;
    let known = [
        "begin_login",
        "check_ledger",
        "choose_password",
        "create_first_admin",
        "login_delay",
        "record_login_failure",
        "record_model_file",
        "seal_now",
        "verify_seals",
    ];
    assert_eq!(open, known);
    Ok(())
}

#[tokio::test]
async fn not_even_the_owner_changes_what_was_written() -> Result<()> {
    for server in Server::all() {
        let warehouse = Warehouse::open_on(server).await?;
        warehouse.product_with(dec!(10)).await?;
        refuse_a_face(&warehouse).await?;
        let mut connection = warehouse.database.owner().acquire().await?;
        let before = ledger(&mut connection).await?;
        for attack in BY_THE_OWNER {
            assert_eq!(
                code_of(&mut connection, attack).await,
                "OM015",
                "{attack} on {server:?}"
            );
        }
        assert_eq!(ledger(&mut connection).await?, before);
    }
    Ok(())
}
