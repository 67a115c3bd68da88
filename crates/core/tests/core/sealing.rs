//! Seals: what was written and sealed cannot be changed, removed, added or reordered unseen.

use anyhow::Result;
use ombor_core::{
    seal::{head, seal_now, verify},
    stock::posting::{DocumentKind, post_document},
};
use ombor_testkit::{Server, Warehouse};
use sqlx::{Connection, PgConnection};

/// Tampering as superuser, with the triggers off: its name, its SQL, and the reason that the verification gives.
const TAMPERINGS: [(&str, &str, &str); 7] = [
    ("a changed quantity", "update ombor.movement set quantity = quantity + 1 where line = 1", "other_content"),
    ("another user", "update ombor.document set user_id = gen_random_uuid() where number = 1", "other_content"),
    ("a changed act", "update ombor.audit set action = 'nothing_happened' where number = 2", "other_content"),
    ("a removed movement", "delete from ombor.movement where document_number = 1", "other_row_count"),
    ("a removed act", "delete from ombor.audit where number = 1", "other_row_count"),
    (
        "an added act",
        "delete from ombor.audit where number = 1;
         insert into ombor.audit (number, at, action, object) values (1, now(), 'logged_in', 'session')",
        "other_content",
    ),
    ("a removed seal", "delete from ombor.seal where number = 1", "missing_seal"),
];

/// Seals until a document is covered. Transactions of other databases on the server hold a seal back for a moment.
pub(crate) async fn seal_up_to(connection: &mut PgConnection, document_number: i64) -> Result<()> {
    while last_sealed(connection).await? < document_number {
        seal_now(connection).await?;
    }
    Ok(())
}

async fn last_sealed(connection: &mut PgConnection) -> Result<i64> {
    Ok(
        sqlx::query_scalar("select coalesce(max(last_document_number), 0) from ombor.seal")
            .fetch_one(connection)
            .await?,
    )
}

async fn tamper(connection: &mut PgConnection, statements: &'static str) -> Result<()> {
    sqlx::raw_sql("set session_replication_role = replica")
        .execute(&mut *connection)
        .await?;
    sqlx::raw_sql(statements).execute(&mut *connection).await?;
    sqlx::raw_sql("set session_replication_role = origin")
        .execute(connection)
        .await?;
    Ok(())
}

#[tokio::test]
async fn what_is_sealed_holds_until_somebody_tampers_with_it() -> Result<()> {
    for server in Server::all() {
        let warehouse = Warehouse::open_on(server).await?;
        let product = warehouse.product_with(dec!(10)).await?;
        let mut connection = warehouse.database.connection().await?;
        seal_up_to(&mut connection, 1).await?;
        assert_eq!(seal_now(&mut connection).await?, None, "nothing new");
        let issued = warehouse.post_issue(product, dec!(3)).await?;
        seal_up_to(&mut connection, issued.number).await?;
        assert_eq!(verify(&mut connection).await?, []);

        let mut superuser = warehouse.database.superuser().await?;
        for (name, statements, reason) in TAMPERINGS {
            let mut transaction = superuser.begin().await?;
            tamper(&mut transaction, statements).await?;
            let broken = verify(&mut transaction).await?;
            assert!(
                broken.iter().any(|seal| seal.reason == reason),
                "{name} on {server:?}: {broken:?}"
            );
            transaction.rollback().await?;
        }
        assert_eq!(verify(&mut connection).await?, []);
    }
    Ok(())
}

#[tokio::test]
async fn a_chain_that_was_built_anew_has_another_head() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    warehouse.product_with(dec!(10)).await?;
    let mut connection = warehouse.database.connection().await?;
    seal_up_to(&mut connection, 1).await?;
    let kept_outside = head(&mut connection).await?;

    let mut superuser = warehouse.database.superuser().await?;
    tamper(
        &mut superuser,
        "update ombor.movement set quantity = 11; delete from ombor.seal",
    )
    .await?;
    seal_now(&mut superuser).await?;
    assert_eq!(
        verify(&mut connection).await?,
        [],
        "the chain alone does not tell"
    );
    assert_ne!(head(&mut connection).await?, kept_outside);
    Ok(())
}

#[tokio::test]
async fn what_may_still_appear_is_not_sealed() -> Result<()> {
    for server in Server::all() {
        let warehouse = Warehouse::open_on(server).await?;
        let (slow_product, quick_product) =
            (warehouse.product().await?, warehouse.product().await?);
        let slow = warehouse
            .document(
                &warehouse.operator,
                DocumentKind::Receipt,
                slow_product,
                dec!(1),
            )
            .await?;
        let mut connection = warehouse.database.connection().await?;
        seal_now(&mut connection).await?;

        let mut neighbour = warehouse.database.connection().await?;
        let mut transaction = neighbour.begin().await?;
        post_document(&mut transaction, &warehouse.operator, &slow).await?;
        let quick = warehouse.post_receipt(quick_product, dec!(1)).await?;
        seal_now(&mut connection).await?;
        let sealed = last_sealed(&mut connection).await?;
        assert!(
            sealed < quick.number - 1,
            "the slow document's number was sealed without it"
        );

        transaction.commit().await?;
        seal_up_to(&mut connection, quick.number).await?;
        assert_eq!(verify(&mut connection).await?, []);
    }
    Ok(())
}

#[tokio::test]
async fn writers_that_overlap_for_ever_are_sealed_all_the_same() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let product = warehouse.product().await?;
    let mut sealer = warehouse.database.connection().await?;
    seal_now(&mut sealer).await?;
    let (mut running, mut next) = (
        warehouse.database.connection().await?,
        warehouse.database.connection().await?,
    );
    sqlx::raw_sql("begin; select pg_current_xact_id()")
        .execute(&mut *running)
        .await?;
    let posted = warehouse.post_receipt(product, dec!(1)).await?;
    seal_now(&mut sealer).await?;
    assert!(last_sealed(&mut sealer).await? < posted.number);
    while last_sealed(&mut sealer).await? < posted.number {
        // There is no moment without a writer; the mark of an earlier call is good for a later one.
        sqlx::raw_sql("begin; select pg_current_xact_id()")
            .execute(&mut *next)
            .await?;
        sqlx::raw_sql("commit").execute(&mut *running).await?;
        seal_now(&mut sealer).await?;
        std::mem::swap(&mut running, &mut next);
    }
    assert_eq!(verify(&mut sealer).await?, []);
    Ok(())
}
