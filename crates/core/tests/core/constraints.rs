//! Every rule of the schema has a name, and every name a meaning.

use anyhow::Result;
use ombor_core::error::CONSTRAINTS;
use ombor_testkit::{Server, TestDatabase};

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
