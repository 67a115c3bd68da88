//! Users, employees and their faces.

use anyhow::Result;
use ombor_core::{
    Error,
    actor::Role,
    name::Name,
    people::{
        employee,
        password::{Cost, PasswordHash},
        user::{self, Login, NewUser},
    },
    stock::draft,
};
use ombor_testkit::{PASSWORD, Warehouse};

async fn hash(password: &str) -> Result<PasswordHash, Error> {
    PasswordHash::with_cost(
        password,
        Cost {
            memory_kib: 8,
            passes: 1,
            lanes: 1,
        },
    )
    .await
}

#[tokio::test]
async fn there_is_one_first_admin() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    assert!(!user::is_first_run(&mut connection).await?);
    let login = Login::parse("second")?;
    let refused = user::first_admin(
        &mut connection,
        &login,
        &Name::parse("X")?,
        &hash(PASSWORD).await?,
    )
    .await;
    assert!(matches!(refused, Err(Error::UsersExist)), "{refused:?}");
    Ok(())
}

#[tokio::test]
async fn the_last_admin_stays() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let admin = warehouse.admin.user_id();
    let refused = user::set_active(&mut connection, &warehouse.admin, admin, false).await;
    assert!(matches!(refused, Err(Error::LastAdmin)), "{refused:?}");
    let refused = user::set_role(&mut connection, &warehouse.admin, admin, Role::Viewer).await;
    assert!(matches!(refused, Err(Error::LastAdmin)), "{refused:?}");
    Ok(())
}

#[tokio::test]
async fn a_login_belongs_to_one_user_and_a_password_has_eight_characters() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let again = NewUser {
        login: Login::parse("OPERATOR")?,
        name: Name::parse("X")?,
        role: Role::Admin,
        password: hash(PASSWORD).await?,
    };
    let refused = user::create_user(&mut connection, &warehouse.admin, &again).await;
    assert!(matches!(refused, Err(Error::LoginTaken)), "{refused:?}");
    assert!(matches!(
        hash("yetti77").await,
        Err(Error::PasswordTooShort)
    ));
    assert!(hash("sakkizta").await.is_ok());
    Ok(())
}

#[tokio::test]
async fn an_employee_has_a_badge_and_a_label_of_their_own() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let vali =
        employee::create_employee(&mut connection, &warehouse.admin, &Name::parse("Vali")?).await?;
    assert!(
        vali.badge_code.len() == 13 && vali.badge_code.starts_with("27"),
        "{}",
        vali.badge_code
    );
    let by_badge = employee::employee_by_badge(&mut connection, &vali.badge_code).await?;
    assert_eq!(by_badge.as_ref(), Some(&vali));
    let by_label = employee::employee_by_face_label(&mut connection, vali.face_label).await?;
    assert_eq!(by_label, Some(vali.clone()));
    assert_eq!(
        employee::employee_by_badge(&mut connection, "2700000000017").await?,
        None
    );
    let everybody = employee::list_employees(&mut connection).await?;
    assert_eq!(
        everybody
            .iter()
            .map(|employee| employee.name.as_str())
            .collect::<Vec<_>>(),
        ["Ali", "Vali"]
    );
    assert_ne!(everybody[0].face_label, everybody[1].face_label);
    Ok(())
}

#[tokio::test]
async fn a_draft_is_its_users_own_and_comes_back() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let body = serde_json::json!({ "lines": [{ "sku": "UN-50", "quantity": "3" }] });
    draft::save(&mut connection, &warehouse.operator, &serde_json::json!({})).await?;
    draft::save(&mut connection, &warehouse.operator, &body).await?;
    assert_eq!(
        draft::load(&mut connection, &warehouse.operator).await?,
        Some(body)
    );
    assert_eq!(draft::load(&mut connection, &warehouse.admin).await?, None);
    draft::clear(&mut connection, &warehouse.operator).await?;
    assert_eq!(
        draft::load(&mut connection, &warehouse.operator).await?,
        None
    );
    Ok(())
}
