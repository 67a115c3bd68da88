//! A warehouse on the cluster, made as an owner makes it: roles by the superuser, tables by the role that migrates.

use anyhow::Result;
use ombor_core::schema;
use ombor_postgres::ConnectInfo;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

use super::cluster::{Cluster, SUPERUSER};
use crate::torture::ground::people_and_products;
use crate::torture::journal::Heard;
use crate::torture::verdict::Verdict;

const DATABASE: &str = "ombor";

/// How the desks reach the warehouse.
pub fn app(cluster: &Cluster) -> ConnectInfo {
    cluster.entrance(DATABASE, schema::APP_ROLE)
}

/// Makes the warehouse.
pub async fn lay_out(cluster: &Cluster) -> Result<()> {
    let mut superuser = connect(&cluster.entrance("postgres", SUPERUSER)).await?;
    superuser.execute("create database ombor").await?;
    superuser.close().await?;
    let mut superuser = connect(&cluster.entrance(DATABASE, SUPERUSER)).await?;
    schema::prepare_roles(&mut superuser).await?;
    for role in [schema::MIGRATE_ROLE, schema::APP_ROLE] {
        let password = cluster.password();
        let set = format!("alter role {role} login password '{password}'");
        superuser.execute(AssertSqlSafe(set)).await?;
    }
    superuser.close().await?;
    let owner = cluster.entrance(DATABASE, schema::MIGRATE_ROLE);
    schema::migrate(&mut connect(&owner).await?).await?;
    people_and_products(&mut connect(&app(cluster)).await?).await
}

/// Reads the books.
pub async fn verdict(cluster: &Cluster, heard: &Heard) -> Result<Verdict> {
    let owner = cluster.entrance(DATABASE, schema::MIGRATE_ROLE);
    let mut owner = connect(&owner).await?;
    let mut desk = connect(&app(cluster)).await?;
    Verdict::read(&mut owner, &mut desk, heard).await
}

async fn connect(info: &ConnectInfo) -> Result<PgConnection> {
    Ok(PgConnection::connect_with(&info.connect_options()).await?)
}
