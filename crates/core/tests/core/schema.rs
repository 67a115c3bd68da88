//! The schema: brought up to date by its own role, the same on the oldest and the newest server.

use anyhow::Result;
use ombor_core::{
    Error,
    schema::{Applied, database_version, may_prepare, migrate, require_known, version},
};
use ombor_testkit::{Server, TestDatabase};

#[tokio::test]
async fn migrating_twice_is_migrating_once() -> Result<()> {
    for server in Server::all() {
        let database = TestDatabase::empty(server).await?;
        let mut migrator = database.migrator().await?;
        assert_eq!(database_version(&mut migrator).await?, 0);
        assert_eq!(
            migrate(&mut migrator).await?,
            Applied {
                from: 0,
                to: version()
            }
        );
        assert_eq!(
            migrate(&mut migrator).await?,
            Applied {
                from: version(),
                to: version()
            }
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_newer_database_is_refused_and_left_alone() -> Result<()> {
    for server in Server::all() {
        let database = TestDatabase::on(server).await?;
        let newer = version() + 1;
        sqlx::query(
            "insert into ombor._sqlx_migrations (version, description, success, checksum, execution_time)
             values ($1, 'from the future', true, '', 0)",
        )
        .bind(newer)
        .execute(database.owner())
        .await?;
        let mut migrator = database.migrator().await?;
        let refused = migrate(&mut migrator).await;
        assert!(
            matches!(refused, Err(Error::DatabaseNewer { found, known }) if (found, known) == (newer, version())),
            "{refused:?}"
        );
        assert_eq!(database_version(&mut migrator).await?, newer);
    }
    Ok(())
}

#[tokio::test]
async fn a_desk_that_may_not_migrate_refuses_any_other_version() -> Result<()> {
    let database = TestDatabase::create().await?;
    let mut migrator = database.migrator().await?;
    assert!(!may_prepare(&mut migrator).await?);
    assert!(may_prepare(&mut database.superuser().await?).await?);
    require_known(&mut migrator).await?;
    let newest = version();
    let newer = "update ombor._sqlx_migrations set version = version + 1 where version = $1";
    let older = "delete from ombor._sqlx_migrations where version > $1";
    for statement in [newer, older] {
        sqlx::query(statement)
            .bind(newest)
            .execute(database.owner())
            .await?;
        let refused = require_known(&mut migrator).await;
        let is_said = match &refused {
            Err(Error::DatabaseNewer { found, .. }) => statement == newer && *found == newest + 1,
            Err(Error::DatabaseOlder { found, .. }) => statement == older && *found == newest - 1,
            _ => false,
        };
        assert!(is_said, "{refused:?}");
    }
    Ok(())
}

#[tokio::test]
async fn everything_belongs_to_the_owner_and_nothing_to_everybody() -> Result<()> {
    for server in Server::all() {
        let database = TestDatabase::on(server).await?;
        let mut superuser = database.superuser().await?;
        let foreign: Vec<String> = sqlx::query_scalar(
            "select relname::text from pg_class
             where relnamespace = 'ombor'::regnamespace and pg_get_userbyid(relowner) <> 'ombor_owner'
             union all
             select proname::text from pg_proc
             where pronamespace = 'ombor'::regnamespace
                 and (pg_get_userbyid(proowner) <> 'ombor_owner' or has_function_privilege('public', oid, 'execute'))",
        )
        .fetch_all(&mut superuser)
        .await?;
        assert_eq!(foreign, Vec::<String>::new());
        // A definer's search path that the caller chooses would run the caller's code as the owner.
        let unguarded: Vec<String> = sqlx::query_scalar(
            "select proname::text from pg_proc
             where pronamespace = 'ombor'::regnamespace and prosecdef
                 and not coalesce(proconfig @> array['search_path=ombor, pg_temp'], false)",
        )
        .fetch_all(&mut superuser)
        .await?;
        assert_eq!(unguarded, Vec::<String>::new());
    }
    Ok(())
}

#[tokio::test]
async fn no_column_is_a_float() -> Result<()> {
    let database = TestDatabase::create().await?;
    let floats: Vec<String> = sqlx::query_scalar(
        "select table_name || '.' || column_name from information_schema.columns
         where table_schema = 'ombor' and data_type in ('real', 'double precision')",
    )
    .fetch_all(database.owner())
    .await?;
    assert_eq!(floats, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn a_new_database_has_one_place_of_each_kind_a_lineage_and_its_first_epoch() -> Result<()> {
    let database = TestDatabase::create().await?;
    let kinds: Vec<String> =
        sqlx::query_scalar("select kind from ombor.location where is_default order by kind")
            .fetch_all(database.app())
            .await?;
    assert_eq!(
        kinds,
        [
            "adjustment",
            "customer",
            "internal",
            "loss",
            "supplier",
            "transit"
        ]
    );
    let epoch: i32 = sqlx::query_scalar("select epoch from ombor.database_identity")
        .fetch_one(database.app())
        .await?;
    assert_eq!(epoch, 1);
    Ok(())
}
