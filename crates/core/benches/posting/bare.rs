//! The script that the application is held against: five statements on bare tables, by PostgreSQL's own `pgbench` with
//! prepared statements, or by `sqlx` where there is no `pgbench`.

use std::{
    env, fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use rand::Rng;
use sqlx::{Connection, PgConnection};
use tokio::{process::Command, task::JoinSet};

use crate::field::Field;

const SCRIPT: &str = "\
begin;
select on_hand from bare.stock where id = :id for update;
insert into bare.movement (product_id, quantity) values (:id, 1);
update bare.stock set on_hand = on_hand + 1 where id = :id;
commit;
";

/// Who runs the script.
pub fn runner() -> &'static str {
    if pgbench().is_some() {
        "pgbench -M prepared"
    } else {
        "sqlx"
    }
}

/// Transactions per second of the script on so many connections.
pub async fn run(field: &Field, connections: usize, run: Duration) -> Result<f64> {
    match pgbench() {
        Some(program) => by_pgbench(&program, field, connections, run).await,
        None => by_sqlx(field, connections, run).await,
    }
}

/// On the path, or in a Debian package of any version.
fn pgbench() -> Option<PathBuf> {
    let packages = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let folders = env::split_paths(&env::var_os("PATH").unwrap_or_default())
        .chain(packages.map(|package| package.path().join("bin")))
        .collect::<Vec<_>>();
    folders
        .into_iter()
        .map(|folder| folder.join("pgbench"))
        .find(|program| program.is_file())
}

async fn by_pgbench(
    program: &Path,
    field: &Field,
    connections: usize,
    run: Duration,
) -> Result<f64> {
    let script = tempfile_with(&format!("\\set id random(1, {})\n{SCRIPT}", field.products))?;
    let output = Command::new(program)
        .args(["--no-vacuum", "--protocol=prepared", "--jobs=2"])
        .args([
            "--client",
            &connections.to_string(),
            "--time",
            &run.as_secs().to_string(),
            "--file",
        ])
        .arg(&script)
        .envs(field.warehouse.database.program_environment())
        .output()
        .await?;
    fs::remove_file(&script)?;
    ensure!(
        output.status.success(),
        "pgbench: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout)?;
    let figure = text
        .split("tps = ")
        .nth(1)
        .and_then(|rest| rest.split_whitespace().next());
    Ok(figure
        .context("pgbench tells its transactions per second")?
        .parse()?)
}

fn tempfile_with(text: &str) -> Result<PathBuf> {
    let path = env::temp_dir().join(format!("ombor-bench-{}.sql", uuid::Uuid::new_v4().simple()));
    fs::write(&path, text)?;
    Ok(path)
}

async fn by_sqlx(field: &Field, connections: usize, run: Duration) -> Result<f64> {
    let mut clients = Vec::new();
    for _ in 0..connections {
        clients.push(field.warehouse.database.connection().await?.detach());
    }
    let began = Instant::now();
    let mut work = JoinSet::new();
    for client in clients {
        work.spawn(repeat_until(client, i64::from(field.products), began + run));
    }
    let mut done = 0;
    for client in work.join_all().await {
        done += client?;
    }
    Ok(f64::from(done) / began.elapsed().as_secs_f64())
}

async fn repeat_until(mut client: PgConnection, products: i64, end: Instant) -> Result<u32> {
    let mut done = 0;
    while Instant::now() < end {
        let id = rand::rng().random_range(1..=products);
        let mut transaction = client.begin().await?;
        sqlx::query("select on_hand from bare.stock where id = $1 for update")
            .bind(id)
            .fetch_one(&mut *transaction)
            .await?;
        sqlx::query("insert into bare.movement (product_id, quantity) values ($1, 1)")
            .bind(id)
            .execute(&mut *transaction)
            .await?;
        sqlx::query("update bare.stock set on_hand = on_hand + 1 where id = $1")
            .bind(id)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        done += 1;
    }
    Ok(done)
}
