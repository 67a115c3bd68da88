//! Many workers, one product: never one unit too many.

use std::sync::Arc;

use anyhow::Result;
use ombor_core::{
    Error,
    id::{DocumentId, MovementId},
    stock::{
        balance,
        posting::{DocumentKind, post_document},
    },
};
use ombor_testkit::{Server, Warehouse};
use rust_decimal::Decimal;
use sqlx::{AssertSqlSafe, Connection};
use tokio::{sync::Barrier, task::JoinSet};

const UNITS: usize = 200;
const TRIES_EACH: usize = 100;

async fn sell(workers: usize, server: Server) -> Result<()> {
    let warehouse = Warehouse::open_on(server).await?;
    let product = warehouse.product_with(Decimal::from(UNITS)).await?;
    let document = warehouse
        .document(
            &warehouse.operator,
            DocumentKind::Issue,
            product,
            Decimal::ONE,
        )
        .await?;
    let mut sellers = JoinSet::new();
    for _ in 0..workers {
        let (pool, actor, mut document) = (
            warehouse.database.app().clone(),
            warehouse.operator.clone(),
            document.clone(),
        );
        sellers.spawn(async move {
            let mut connection = pool.acquire().await?;
            let mut sold = 0;
            for _ in 0..TRIES_EACH {
                document.id = DocumentId::generate();
                document.lines[0].movement_id = MovementId::generate();
                match post_document(&mut connection, &actor, &document).await {
                    Ok(_) => sold += 1,
                    Err(Error::InsufficientStock { .. }) => {}
                    Err(error) => return Err(anyhow::Error::from(error)),
                }
            }
            Ok(sold)
        });
    }
    let mut sold = 0;
    for seller in sellers.join_all().await {
        sold += seller?;
    }
    assert_eq!(sold, UNITS, "{workers} workers on {server:?}");
    assert_eq!(warehouse.on_hand(product).await?, Decimal::ZERO);
    let mut connection = warehouse.database.connection().await?;
    assert_eq!(balance::check_ledger(&mut connection).await?, []);
    Ok(())
}

#[tokio::test]
async fn eight_workers_sell_exactly_what_there_is() -> Result<()> {
    for server in Server::all() {
        sell(8, server).await?;
    }
    Ok(())
}

#[tokio::test]
async fn thirty_two_workers_sell_exactly_what_there_is() -> Result<()> {
    sell(32, Server::Bundled).await
}

/// The negative control: the same race with a posting that reads and then writes must be caught.
#[tokio::test]
async fn a_posting_that_reads_and_then_writes_would_oversell() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut superuser = warehouse.database.superuser().await?;
    sqlx::raw_sql("create table naive (on_hand integer not null); insert into naive values (4)")
        .execute(&mut superuser)
        .await?;
    let everybody_has_read = Arc::new(Barrier::new(8));
    let mut sellers = JoinSet::new();
    for _ in 0..8 {
        let (options, everybody_has_read) = (
            warehouse.database.superuser_info().connect_options(),
            Arc::clone(&everybody_has_read),
        );
        sellers.spawn(async move {
            let mut connection = sqlx::PgConnection::connect_with(&options).await?;
            let seen: i32 = sqlx::query_scalar("select on_hand from naive")
                .fetch_one(&mut connection)
                .await?;
            everybody_has_read.wait().await;
            if seen > 0 {
                let write = AssertSqlSafe(format!("update naive set on_hand = {}", seen - 1));
                sqlx::raw_sql(write).execute(&mut connection).await?;
            }
            Ok::<_, sqlx::Error>(i32::from(seen > 0))
        });
    }
    let mut sold = 0;
    for seller in sellers.join_all().await {
        sold += seller?;
    }
    assert!(sold > 4, "the race was not there: {sold} sold of 4");
    Ok(())
}
