//! What is to be sent commits with its change, and a reader below the watermark skips nothing.

use anyhow::Result;
use ombor_core::stock::posting::{DocumentKind, post_document};
use ombor_testkit::{Server, Warehouse};
use sqlx::{Connection, PgConnection};
use uuid::Uuid;

/// What a reader sees as soon as there are so many entries. The watermark is the whole server's: transactions of other
/// databases hold it back for a moment.
async fn readable_once(connection: &mut PgConnection, entries: usize) -> Result<Vec<Uuid>> {
    loop {
        let readable = readable(connection).await?;
        if readable.len() >= entries {
            return Ok(readable);
        }
    }
}

async fn readable(connection: &mut PgConnection) -> Result<Vec<Uuid>> {
    Ok(sqlx::query_scalar(
        "select object_id from ombor.outbox
         where sent_at is null and kind = 'document_posted' and xid < pg_snapshot_xmin(pg_current_snapshot())
         order by xid, sequence",
    )
    .fetch_all(connection)
    .await?)
}

#[tokio::test]
async fn an_outbox_entry_commits_with_its_document_or_not_at_all() -> Result<()> {
    for server in Server::all() {
        let warehouse = Warehouse::open_on(server).await?;
        let product = warehouse.product().await?;
        let taken_back = warehouse
            .document(&warehouse.operator, DocumentKind::Receipt, product, dec!(1))
            .await?;
        let kept = warehouse
            .document(&warehouse.operator, DocumentKind::Receipt, product, dec!(2))
            .await?;
        let mut writer = warehouse.database.connection().await?;
        let mut reader = warehouse.database.connection().await?;

        let mut transaction = writer.begin().await?;
        post_document(&mut transaction, &warehouse.operator, &taken_back).await?;
        transaction.rollback().await?;
        assert_eq!(readable(&mut reader).await?, Vec::<Uuid>::new());

        let mut transaction = writer.begin().await?;
        post_document(&mut transaction, &warehouse.operator, &kept).await?;
        assert_eq!(readable(&mut reader).await?, Vec::<Uuid>::new());
        transaction.commit().await?;
        assert_eq!(readable_once(&mut reader, 1).await?, [kept.id.as_uuid()]);
        assert_eq!(warehouse.on_hand(product).await?, dec!(2));
    }
    Ok(())
}

#[tokio::test]
async fn no_entry_of_a_slow_neighbour_is_skipped() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let (slow_product, quick_product) = (warehouse.product().await?, warehouse.product().await?);
    let slow = warehouse
        .document(
            &warehouse.operator,
            DocumentKind::Receipt,
            slow_product,
            dec!(1),
        )
        .await?;
    let quick = warehouse
        .document(
            &warehouse.operator,
            DocumentKind::Receipt,
            quick_product,
            dec!(1),
        )
        .await?;
    let mut neighbour = warehouse.database.connection().await?;
    let mut reader = warehouse.database.connection().await?;

    let mut transaction = neighbour.begin().await?;
    post_document(&mut transaction, &warehouse.operator, &slow).await?;
    warehouse.post(&warehouse.operator, &quick).await?;
    // Reading on from here after a plain sequence would lose the slow one for ever.
    assert_eq!(readable(&mut reader).await?, Vec::<Uuid>::new());
    transaction.commit().await?;
    assert_eq!(
        readable_once(&mut reader, 2).await?,
        [slow.id.as_uuid(), quick.id.as_uuid()]
    );
    Ok(())
}
