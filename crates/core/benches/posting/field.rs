//! A warehouse with many products, and what the window does in it.

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use ombor_core::{
    actor::Actor,
    catalogue::product::look_up,
    id::{ConfirmationId, DocumentId, MovementId, ProductId},
    people::login::log_in,
    quantity::Quantity,
    stock::posting::{DocumentKind, Line, PostDocument, post_document},
};
use ombor_testkit::{PASSWORD, Warehouse};
use rand::Rng;
use sqlx::{Connection, Executor, PgConnection};
use tokio::task::JoinSet;
use uuid::Uuid;

/// The bare tables of the script that the application is held against, as many rows as there are products.
const BARE_TABLES: &str = "
    create schema bare;
    create table bare.stock (id bigint primary key, on_hand numeric(18, 3) not null);
    create table bare.movement (
        id bigint generated always as identity primary key, product_id bigint not null,
        quantity numeric(18, 3) not null, at timestamptz not null default now());
    insert into bare.stock select row_number() over (), 0 from ombor.product;
    grant usage on schema bare to ombor_app;
    grant select, insert, update on all tables in schema bare to ombor_app;
    vacuum analyze;
    checkpoint";

/// A warehouse with so many products.
pub struct Field {
    /// How many.
    pub products: u32,
    /// The warehouse.
    pub warehouse: Warehouse,
    ids: Arc<[Uuid]>,
}

impl Field {
    /// Makes the warehouse and its products, each with a code of thirteen digits.
    pub async fn lay_out(products: u32) -> Result<Self> {
        let warehouse = Warehouse::open().await?;
        let owner = warehouse.database.owner();
        // An index over words is built quicker at the end.
        owner
            .execute("drop index ombor.product_search_words_idx")
            .await?;
        sqlx::query(
            "with made as (
                 insert into ombor.product (id, sku, name, base_unit_id, min_stock, price, currency, search_text)
                 select gen_random_uuid(), 'SKU-' || n, 'Mahsulot ' || n, unit.id,
                        case when n % 50 = 0 then 5 end, 1000, 'UZS', 'mahsulot ' || n || ' sku ' || n
                 from generate_series(1, $1::integer) as n, ombor.unit where unit.symbol = 'dona'
                 returning id, sku
             )
             insert into ombor.product_code (code, product_id, kind)
             select '4780' || lpad(substr(made.sku, 5), 9, '0'), made.id, 'other' from made",
        )
        .bind(i32::try_from(products)?)
        .execute(owner)
        .await?;
        owner
            .execute(
                "create index product_search_words_idx on ombor.product using gin (search_words)",
            )
            .await?;
        let mut superuser = warehouse.database.superuser().await?;
        for statement in BARE_TABLES.split(';') {
            superuser.execute(statement).await?;
        }
        let ids: Vec<Uuid> = sqlx::query_scalar("select id from ombor.product")
            .fetch_all(warehouse.database.app())
            .await?;
        Ok(Self {
            products,
            warehouse,
            ids: ids.into(),
        })
    }

    /// Looks so many random codes up, one after the other, and answers with each one's time in microseconds.
    pub async fn look_up(&self, count: usize) -> Result<Vec<u64>> {
        // What the postings before left to be written is not the look-ups' matter.
        self.warehouse
            .database
            .superuser()
            .await?
            .execute("checkpoint")
            .await?;
        let mut connection = self.warehouse.database.connection().await?;
        let mut times = Vec::with_capacity(count);
        for turn in 0..count + count / 4 {
            let code = format!("4780{:09}", rand::rng().random_range(1..=self.products));
            let began = Instant::now();
            look_up(&mut connection, &code)
                .await?
                .context("every code is known")?;
            // The first quarter warms up.
            if turn >= count / 4 {
                times.push(u64::try_from(began.elapsed().as_micros())?);
            }
        }
        Ok(times)
    }

    /// Posts receipts of one line for so long on so many connections, and answers with documents per second.
    pub async fn post(&self, connections: usize, run: Duration) -> Result<f64> {
        let mut desks = Vec::new();
        for number in 0..connections {
            let mut connection = self.warehouse.database.connection().await?.detach();
            let actor = log_in(
                &mut connection,
                "operator",
                PASSWORD,
                &format!("bench-{number}"),
            )
            .await?;
            let confirmation = self.warehouse.confirm(&actor).await?;
            desks.push((connection, actor, confirmation));
        }
        let began = Instant::now();
        let mut work = JoinSet::new();
        for (connection, actor, confirmation) in desks {
            work.spawn(post_until(
                connection,
                actor,
                confirmation,
                Arc::clone(&self.ids),
                began + run,
            ));
        }
        let mut posted = 0;
        for desk in work.join_all().await {
            posted += desk?;
        }
        Ok(f64::from(posted) / began.elapsed().as_secs_f64())
    }

    /// Rows inserted or updated by one posting of one line, by table, as the server counts them.
    pub async fn rows_written(&self) -> Result<BTreeMap<String, i64>> {
        let mut connection = self.warehouse.database.connection().await?;
        let actor = log_in(&mut connection, "operator", PASSWORD, "bench-rows").await?;
        let confirmation = self.warehouse.confirm(&actor).await?;
        let mut transaction = connection.begin().await?;
        let before = rows_of_transaction(&mut transaction).await?;
        post_document(
            &mut transaction,
            &actor,
            &a_receipt(&self.ids, confirmation),
        )
        .await?;
        let mut rows = rows_of_transaction(&mut transaction).await?;
        for (table, written) in &mut rows {
            *written -= before.get(table).copied().unwrap_or(0);
        }
        rows.retain(|_, written| *written > 0);
        transaction.rollback().await?;
        Ok(rows)
    }
}

/// Rows inserted or updated by this connection that the server has not added up yet, by table.
async fn rows_of_transaction(connection: &mut PgConnection) -> Result<BTreeMap<String, i64>> {
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "select relname::text, n_tup_ins + n_tup_upd from pg_stat_xact_user_tables where schemaname = 'ombor'",
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().collect())
}

async fn post_until(
    mut connection: PgConnection,
    actor: Actor,
    confirmation: ConfirmationId,
    ids: Arc<[Uuid]>,
    end: Instant,
) -> Result<u32> {
    let mut posted = 0;
    while Instant::now() < end {
        post_document(&mut connection, &actor, &a_receipt(&ids, confirmation)).await?;
        posted += 1;
    }
    connection.close().await?;
    Ok(posted)
}

fn a_receipt(ids: &[Uuid], confirmation: ConfirmationId) -> PostDocument {
    PostDocument {
        id: DocumentId::generate(),
        kind: DocumentKind::Receipt,
        from: None,
        to: None,
        confirmation_id: Some(confirmation),
        lines: vec![Line {
            movement_id: MovementId::generate(),
            product_id: ProductId::from(ids[rand::rng().random_range(0..ids.len())]),
            lot_id: None,
            quantity: Quantity::ONE,
        }],
        note: None,
    }
}
