//! Users of an old program, and the local owner who takes it over.

use anyhow::{Context, Result};
use ombor_core::{
    Error,
    actor::Role,
    name::Name,
    people::{
        local_owner, login,
        password::{Cost, PasswordHash},
        session,
        user::{self, Login, PasswordState},
    },
    takeover::LeftReason,
};
use ombor_testkit::{PASSWORD, TestDatabase, Warehouse};

use crate::old_program::{Old, product, taken, user as old_user};

#[tokio::test]
async fn a_user_of_an_old_program_gets_a_password_from_an_admin_and_chooses_another() -> Result<()>
{
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let mut old = Old::new();
    old.users = vec![old_user("olim"), old_user("operator")];
    let report = taken(&mut connection, &warehouse.admin, &old).await?;
    assert_eq!(report.users, ["olim"]);
    assert!(matches!(
        report.left[0].reason,
        LeftReason::LoginTaken { .. }
    ));

    let early = login::log_in(&mut connection, "olim", "", "desk-1").await;
    assert!(
        matches!(early, Err(Error::WrongPassword { .. })),
        "{early:?}"
    );
    let users = user::list_users(&mut connection, &warehouse.admin).await?;
    let olim = users
        .iter()
        .find(|user| user.login == "olim")
        .context("olim")?;
    assert_eq!(olim.password, PasswordState::Missing);
    let cheap = Cost {
        memory_kib: 8,
        passes: 1,
        lanes: 1,
    };
    let given = PasswordHash::with_cost(PASSWORD, cheap).await?;
    user::give_password(&mut connection, &warehouse.admin, olim.id, &given).await?;
    let asked = login::log_in(&mut connection, "olim", PASSWORD, "desk-1").await;
    assert!(matches!(asked, Err(Error::PasswordToBeChosen)), "{asked:?}");
    let same = login::choose_password(&mut connection, "olim", PASSWORD, PASSWORD, "desk-1").await;
    assert!(matches!(same, Err(Error::PasswordToBeChosen)), "{same:?}");
    let olim = login::choose_password(
        &mut connection,
        "olim",
        PASSWORD,
        "oʻzim tanladim",
        "desk-1",
    )
    .await?;
    assert_eq!((olim.login(), olim.role()), ("olim", Role::Operator));
    login::log_in(&mut connection, "olim", "oʻzim tanladim", "desk-1").await?;
    Ok(())
}

#[tokio::test]
async fn the_local_owner_takes_over_before_there_is_an_admin_and_is_recorded() -> Result<()> {
    let database = TestDatabase::create().await?;
    let mut owner = database.migrator().await?;
    let actor = local_owner::open_session(&mut owner, "omborctl").await?;
    let mut connection = database.connection().await?;
    let mut old = Old::new().with(product(1, Some("1"), None, "Choy"), "5");
    old.users = vec![old_user("aziza")];
    taken(&mut connection, &actor, &old).await?;
    assert!(user::is_first_run(&mut connection).await?);
    let login = Login::parse("aziza")?;
    let hash = PasswordHash::of(PASSWORD).await?;
    user::first_admin(&mut connection, &login, &Name::parse("Aziza")?, &hash).await?;
    let aziza = login::log_in(&mut connection, "aziza", PASSWORD, "desk-1").await?;
    assert_eq!(aziza.role(), Role::Admin);
    let users = user::list_users(&mut connection, &aziza).await?;
    assert_eq!(
        users.len(),
        1,
        "the local owner is nobody to be seen: {users:?}"
    );
    let by: String = sqlx::query_scalar(
        "select u.login from ombor.audit as a join ombor.user_account as u on u.id = a.user_id
         where a.action = 'data_taken_over'",
    )
    .fetch_one(&mut *connection)
    .await?;
    assert_eq!(by, "local-owner");
    session::log_out(&mut connection, &actor).await?;
    let after = taken(&mut connection, &actor, &old).await;
    assert!(matches!(after, Err(Error::SessionExpired)), "{after:?}");
    Ok(())
}

#[tokio::test]
async fn the_applications_role_makes_no_session_of_the_local_owner() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let refused = sqlx::query("select ombor.open_owner_session(gen_random_uuid(), 'x')")
        .execute(&mut *connection)
        .await
        .expect_err("refused");
    let code = refused
        .as_database_error()
        .and_then(|error| error.code().map(Into::<String>::into));
    assert_eq!(code.as_deref(), Some("42501"));
    Ok(())
}
