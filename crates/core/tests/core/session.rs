//! Sessions end: by logout, by idleness, by the day's length, with their user, and never come back.

use anyhow::Result;
use ombor_core::{
    Error,
    actor::{Actor, Role},
    people::{
        login::log_in,
        password::{Cost, PasswordHash},
        session, user,
    },
    stock::posting::DocumentKind,
};
use ombor_testkit::{PASSWORD, Server, Warehouse};

async fn is_over(warehouse: &Warehouse, actor: &Actor) -> Result<bool> {
    let mut connection = warehouse.database.connection().await?;
    match session::resume(&mut connection, actor.session_id()).await {
        Ok(_) => Ok(false),
        Err(Error::SessionExpired) => Ok(true),
        Err(error) => Err(error.into()),
    }
}

#[tokio::test]
async fn an_idle_session_ends_and_no_clock_brings_it_back() -> Result<()> {
    for server in Server::all() {
        let warehouse = Warehouse::open_on(server).await?;
        let mut superuser = warehouse.database.superuser().await?;
        let mut connection = warehouse.database.connection().await?;
        warehouse
            .let_pass(&mut superuser, &warehouse.operator, 14 * 60)
            .await?;
        session::touch(&mut connection, warehouse.operator.session_id()).await?;
        warehouse
            .let_pass(&mut superuser, &warehouse.operator, 14 * 60)
            .await?;
        assert!(
            !is_over(&warehouse, &warehouse.operator).await?,
            "a key was pressed meanwhile"
        );

        warehouse
            .let_pass(&mut superuser, &warehouse.operator, 61)
            .await?;
        assert!(is_over(&warehouse, &warehouse.operator).await?);
        warehouse
            .let_pass(&mut superuser, &warehouse.operator, -900)
            .await?;
        assert!(is_over(&warehouse, &warehouse.operator).await?);
    }
    Ok(())
}

#[tokio::test]
async fn an_idle_session_posts_nothing_even_if_nobody_noticed() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let product = warehouse.product().await?;
    let document = warehouse
        .document(&warehouse.operator, DocumentKind::Receipt, product, dec!(1))
        .await?;
    let mut superuser = warehouse.database.superuser().await?;
    warehouse
        .let_pass(&mut superuser, &warehouse.operator, 901)
        .await?;
    let refused = warehouse.post(&warehouse.operator, &document).await;
    assert!(matches!(refused, Err(Error::SessionExpired)), "{refused:?}");
    Ok(())
}

#[tokio::test]
async fn a_session_ends_after_twelve_hours_however_busy() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut superuser = warehouse.database.superuser().await?;
    let mut connection = warehouse.database.connection().await?;
    for _ in 0..12 * 6 - 1 {
        warehouse
            .let_pass(&mut superuser, &warehouse.operator, 600)
            .await?;
        session::touch(&mut connection, warehouse.operator.session_id()).await?;
    }
    warehouse
        .let_pass(&mut superuser, &warehouse.operator, 600)
        .await?;
    assert!(is_over(&warehouse, &warehouse.operator).await?);
    Ok(())
}

#[tokio::test]
async fn a_clock_that_went_back_ends_a_session() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut superuser = warehouse.database.superuser().await?;
    warehouse
        .let_pass(&mut superuser, &warehouse.operator, -86_400)
        .await?;
    assert!(is_over(&warehouse, &warehouse.operator).await?);
    Ok(())
}

#[tokio::test]
async fn logging_out_ends_the_session_and_logging_in_again_ends_the_one_before() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    session::log_out(&mut connection, &warehouse.viewer).await?;
    assert!(is_over(&warehouse, &warehouse.viewer).await?);

    let again = log_in(&mut connection, "operator", PASSWORD, "desk-1").await?;
    assert!(is_over(&warehouse, &warehouse.operator).await?);
    log_in(&mut connection, "operator", PASSWORD, "desk-2").await?;
    assert!(
        !is_over(&warehouse, &again).await?,
        "another station is another session"
    );
    Ok(())
}

#[tokio::test]
async fn a_deactivated_user_and_a_new_password_end_the_users_sessions() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    user::set_active(
        &mut connection,
        &warehouse.admin,
        warehouse.viewer.user_id(),
        false,
    )
    .await?;
    assert!(is_over(&warehouse, &warehouse.viewer).await?);
    let password = PasswordHash::with_cost(
        "boshqa parol",
        Cost {
            memory_kib: 8,
            passes: 1,
            lanes: 1,
        },
    )
    .await?;
    user::set_password(
        &mut connection,
        &warehouse.admin,
        warehouse.operator.user_id(),
        &password,
    )
    .await?;
    assert!(is_over(&warehouse, &warehouse.operator).await?);
    Ok(())
}

#[tokio::test]
async fn another_role_counts_at_once() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let product = warehouse.product().await?;
    let document = warehouse
        .document(&warehouse.operator, DocumentKind::Receipt, product, dec!(1))
        .await?;
    let mut connection = warehouse.database.connection().await?;
    user::set_role(
        &mut connection,
        &warehouse.admin,
        warehouse.operator.user_id(),
        Role::Viewer,
    )
    .await?;
    let refused = warehouse.post(&warehouse.operator, &document).await;
    assert!(
        matches!(refused, Err(Error::NotPermitted { permission: None })),
        "{refused:?}"
    );
    let resumed = session::resume(&mut connection, warehouse.operator.session_id()).await?;
    assert_eq!(resumed.role(), Role::Viewer);
    Ok(())
}
