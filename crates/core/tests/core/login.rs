//! Logging in: wrong passwords slow down, then lock; nobody learns which logins exist.

use anyhow::Result;
use ombor_core::{
    Error,
    actor::Actor,
    people::{login::log_in, user},
};
use ombor_testkit::{PASSWORD, Server, Warehouse};
use sqlx::PgConnection;
use tokio::task::JoinSet;

const WRONG: &str = "notogri parol";

async fn try_login(warehouse: &Warehouse, login: &str, password: &str) -> Result<Actor, Error> {
    let mut connection = warehouse.database.app().acquire().await?;
    log_in(&mut connection, login, password, "desk-2").await
}

/// As if so many seconds had gone by since the last wrong password.
async fn let_pass(superuser: &mut PgConnection, seconds: i32) -> Result<()> {
    sqlx::query("update ombor.login_attempt set last_failed_at = last_failed_at - make_interval(secs => $1)")
        .bind(f64::from(seconds))
        .execute(superuser)
        .await?;
    Ok(())
}

/// As if no time had gone by since the last wrong password, however slow the machine is: the whole wait is to come.
async fn let_none_pass(superuser: &mut PgConnection) -> Result<()> {
    let_pass(superuser, -86_400).await
}

#[tokio::test]
async fn the_right_password_opens_a_session_of_the_users_role() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let actor = try_login(&warehouse, " Operator ", PASSWORD).await?;
    assert_eq!(
        (actor.login(), actor.role()),
        ("operator", warehouse.operator.role())
    );
    assert_eq!(actor.idle_limit_seconds(), 15 * 60);
    Ok(())
}

#[tokio::test]
async fn after_the_third_wrong_password_the_next_try_waits_and_the_right_one_resets() -> Result<()>
{
    for server in Server::all() {
        let warehouse = Warehouse::open_on(server).await?;
        let mut superuser = warehouse.database.superuser().await?;
        for expected_wait in [0, 0, 1] {
            let refused = try_login(&warehouse, "operator", WRONG).await;
            assert!(
                matches!(refused, Err(Error::WrongPassword { wait_seconds }) if wait_seconds == expected_wait),
                "{refused:?}"
            );
        }
        let_none_pass(&mut superuser).await?;
        let not_looked_at = try_login(&warehouse, "operator", PASSWORD).await;
        assert!(
            matches!(
                not_looked_at,
                Err(Error::LockedOut {
                    wait_seconds: Some(1)
                })
            ),
            "{not_looked_at:?}"
        );
        let_pass(&mut superuser, 1).await?;
        let refused = try_login(&warehouse, "operator", WRONG).await;
        assert!(
            matches!(refused, Err(Error::WrongPassword { wait_seconds: 2 })),
            "{refused:?}"
        );
        let_pass(&mut superuser, 2).await?;
        try_login(&warehouse, "operator", PASSWORD).await?;
        let refused = try_login(&warehouse, "operator", WRONG).await;
        assert!(
            matches!(refused, Err(Error::WrongPassword { wait_seconds: 0 })),
            "{refused:?}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn the_wait_doubles_up_to_five_minutes() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let waits: Vec<i32> = sqlx::query_scalar(
        "select extract(epoch from ombor.login_delay(failures))::integer from generate_series(0, 14) as failures",
    )
    .fetch_all(warehouse.database.app())
    .await?;
    assert_eq!(
        waits,
        [0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]
    );
    Ok(())
}

#[tokio::test]
async fn after_a_hundred_wrong_passwords_only_an_admin_unlocks() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut superuser = warehouse.database.superuser().await?;
    try_login(&warehouse, "operator", WRONG)
        .await
        .expect_err("wrong");
    sqlx::query("update ombor.login_attempt set failures = 99 where login = 'operator'")
        .execute(&mut superuser)
        .await?;
    let_pass(&mut superuser, 300).await?;
    try_login(&warehouse, "operator", WRONG)
        .await
        .expect_err("the hundredth");
    let_pass(&mut superuser, 1_000_000).await?;
    let locked = try_login(&warehouse, "operator", PASSWORD).await;
    assert!(
        matches!(locked, Err(Error::LockedOut { wait_seconds: None })),
        "{locked:?}"
    );

    let mut connection = warehouse.database.connection().await?;
    let listed = user::list_users(&mut connection, &warehouse.admin).await?;
    assert!(
        listed
            .iter()
            .any(|user| user.login == "operator" && user.locked)
    );
    user::unlock(
        &mut connection,
        &warehouse.admin,
        warehouse.operator.user_id(),
    )
    .await?;
    try_login(&warehouse, "operator", PASSWORD).await?;
    Ok(())
}

#[tokio::test]
async fn an_unknown_login_is_answered_like_a_wrong_password() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut superuser = warehouse.database.superuser().await?;
    let mut answers = Vec::new();
    for login in ["operator", "nobody"] {
        let mut of_login = Vec::new();
        for _ in 0..3 {
            of_login.push(
                try_login(&warehouse, login, WRONG)
                    .await
                    .expect_err("wrong")
                    .to_string(),
            );
        }
        let_none_pass(&mut superuser).await?;
        let waiting = try_login(&warehouse, login, WRONG).await;
        assert!(
            matches!(
                waiting,
                Err(Error::LockedOut {
                    wait_seconds: Some(1)
                })
            ),
            "{login}: {waiting:?}"
        );
        answers.push(of_login);
    }
    assert_eq!(answers[0], answers[1]);
    Ok(())
}

#[tokio::test]
async fn twenty_guesses_at_once_are_three_guesses() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    // A slow machine would serve the wait of a second out before it comes to the last guess.
    sqlx::raw_sql(
        "create or replace function ombor.login_delay(p_failures integer) returns interval language sql immutable
         as $$ select case when p_failures < 3 then interval '0' else interval '1 hour' end $$",
    )
    .execute(&mut warehouse.database.superuser().await?)
    .await?;
    let mut guesses = JoinSet::new();
    for _ in 0..20 {
        let pool = warehouse.database.app().clone();
        guesses.spawn(async move {
            let mut connection = pool.acquire().await?;
            log_in(&mut connection, "operator", WRONG, "desk-2").await
        });
    }
    let looked_at = guesses
        .join_all()
        .await
        .into_iter()
        .filter(|outcome| matches!(outcome, Err(Error::WrongPassword { .. })))
        .count();
    assert_eq!(looked_at, 3);
    Ok(())
}

#[tokio::test]
async fn turning_the_clock_back_neither_frees_nor_locks_for_ever() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut superuser = warehouse.database.superuser().await?;
    for _ in 0..3 {
        try_login(&warehouse, "operator", WRONG)
            .await
            .expect_err("wrong");
    }
    let_pass(&mut superuser, -86_400).await?;
    let waiting = try_login(&warehouse, "operator", PASSWORD).await;
    assert!(
        matches!(
            waiting,
            Err(Error::LockedOut {
                wait_seconds: Some(1)
            })
        ),
        "{waiting:?}"
    );
    let_pass(&mut superuser, 1).await?;
    try_login(&warehouse, "operator", PASSWORD).await?;
    Ok(())
}

#[tokio::test]
async fn a_deactivated_user_with_the_right_password_is_told_so() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    user::set_active(
        &mut connection,
        &warehouse.admin,
        warehouse.viewer.user_id(),
        false,
    )
    .await?;
    let refused = try_login(&warehouse, "viewer", PASSWORD).await;
    assert!(matches!(refused, Err(Error::UserInactive)), "{refused:?}");
    let refused = try_login(&warehouse, "viewer", WRONG).await;
    assert!(
        matches!(refused, Err(Error::WrongPassword { .. })),
        "{refused:?}"
    );
    Ok(())
}
