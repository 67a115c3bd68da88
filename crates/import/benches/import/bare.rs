//! What the takeover is held against: the same rows by `COPY` into bare tables, which check, balance and remember nothing.

use std::{
    fmt::Write as _,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use ombor_testkit::TestDatabase;
use sqlx::{Connection, Executor, PgConnection};

use crate::list::Row;

const TABLES: &str = "
    create schema bare;
    create table bare.product (
        sku text primary key, name text not null, category text not null, price numeric(18, 2) not null);
    create table bare.code (code text primary key, sku text not null);
    create table bare.stock (sku text primary key, on_hand numeric(18, 3) not null);";

/// Copies the rows into three tables in one transaction, and answers with how long that took.
pub async fn copy(database: &TestDatabase, rows: &[Row]) -> Result<Duration> {
    let mut connection = database.superuser().await?;
    connection.execute(sqlx::raw_sql(TABLES)).await?;
    let tables = [
        (
            "product",
            lines(rows, |row| [&row.sku, &row.name, &row.category, &row.price]),
        ),
        ("code", lines(rows, |row| [&row.code, &row.sku])),
        ("stock", lines(rows, |row| [&row.sku, &row.quantity])),
    ];
    let began = Instant::now();
    let mut work = connection.begin().await?;
    for (table, text) in &tables {
        let copied = copy_into(&mut work, table, text).await?;
        ensure!(copied == rows.len() as u64, "{table}: {copied} rows");
    }
    work.commit().await?;
    Ok(began.elapsed())
}

async fn copy_into(connection: &mut PgConnection, table: &str, text: &str) -> Result<u64> {
    let statement = format!("copy bare.{table} from stdin");
    let mut copy = connection.copy_in_raw(&statement).await?;
    copy.send(text.as_bytes()).await?;
    Ok(copy.finish().await?)
}

fn lines<const N: usize>(rows: &[Row], columns: impl Fn(&Row) -> [&String; N]) -> String {
    rows.iter().fold(String::new(), |mut text, row| {
        // Writing into a string cannot fail.
        let _ = writeln!(text, "{}", columns(row).map(String::as_str).join("\t"));
        text
    })
}
