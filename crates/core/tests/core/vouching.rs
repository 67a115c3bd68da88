//! A second person says who it is: what is recorded, and what does not get past the database.

use anyhow::Result;
use ombor_core::{
    Error,
    actor::Permission,
    id::EmployeeId,
    name::Name,
    people::{
        confirmation::{ConfirmationMethod, NewConfirmation},
        employee,
        vouching::{vouch_by_face, vouch_by_password},
    },
    settings::{get_settings, put_settings},
    stock::posting::DocumentKind,
};
use ombor_testkit::{PASSWORD, Server, Warehouse};
use sqlx::PgConnection;

/// Vali, who works beside Ali.
async fn colleague(warehouse: &Warehouse, connection: &mut PgConnection) -> Result<EmployeeId> {
    let vali =
        employee::create_employee(connection, &warehouse.admin, &Name::parse("Vali")?).await?;
    Ok(vali.id)
}

fn recognised(voucher: EmployeeId) -> NewConfirmation {
    NewConfirmation {
        employee_id: voucher,
        method: ConfirmationMethod::Face,
        score: Some(dec!(0.8)),
        threshold: Some(dec!(0.9)),
        agreeing_share: Some(dec!(1)),
        liveness: Some("turnLeft".to_owned()),
        pipeline_version: Some("test".to_owned()),
    }
}

async fn switch_vouching_off(warehouse: &Warehouse, connection: &mut PgConnection) -> Result<()> {
    let mut settings = get_settings(connection).await?;
    settings.vouching = false;
    Ok(put_settings(connection, &warehouse.admin, &settings).await?)
}

#[tokio::test]
async fn a_colleagues_face_vouches_and_both_names_are_recorded() -> Result<()> {
    for server in Server::all() {
        let warehouse = Warehouse::open_on(server).await?;
        let mut connection = warehouse.database.connection().await?;
        let vali = colleague(&warehouse, &mut connection).await?;
        let ali = warehouse.employee;
        let vouched =
            vouch_by_face(&mut connection, &warehouse.operator, ali, &recognised(vali)).await?;
        assert_eq!(
            (vouched.employee_id, vouched.method),
            (ali, ConfirmationMethod::VouchedFace)
        );
        let kept: (uuid::Uuid, Option<uuid::Uuid>) = sqlx::query_as(
            "select vouched_by_employee_id, vouched_by_user_id from ombor.confirmation where id = $1",
        )
        .bind(vouched.id.as_uuid())
        .fetch_one(&mut *connection)
        .await?;
        assert_eq!(kept, (vali.as_uuid(), None));

        let product = warehouse.product().await?;
        let mut document = warehouse
            .document(&warehouse.operator, DocumentKind::Receipt, product, dec!(5))
            .await?;
        document.confirmation_id = Some(vouched.id);
        warehouse.post(&warehouse.operator, &document).await?;
        assert_eq!(warehouse.on_hand(product).await?, dec!(5));
    }
    Ok(())
}

#[tokio::test]
async fn an_admins_password_vouches_in_an_operators_session() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let (operator, ali) = (&warehouse.operator, warehouse.employee);
    let vouched = vouch_by_password(&mut connection, operator, ali, " ADMIN ", PASSWORD).await?;
    assert_eq!(
        (vouched.employee_id, vouched.method),
        (ali, ConfirmationMethod::VouchedPassword)
    );
    let voucher: uuid::Uuid =
        sqlx::query_scalar("select vouched_by_user_id from ombor.confirmation where id = $1")
            .bind(vouched.id.as_uuid())
            .fetch_one(&mut *connection)
            .await?;
    assert_eq!(voucher, warehouse.admin.user_id().as_uuid());
    let written: i64 = sqlx::query_scalar(
        "select count(*) from ombor.audit where action = 'vouched' and object_id = $1 and user_id = $2",
    )
    .bind(ali.as_uuid())
    .bind(operator.user_id().as_uuid())
    .fetch_one(&mut *connection)
    .await?;
    assert_eq!(written, 1);
    Ok(())
}

#[tokio::test]
async fn nobody_vouches_where_vouching_is_switched_off() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let vali = colleague(&warehouse, &mut connection).await?;
    switch_vouching_off(&warehouse, &mut connection).await?;
    let (operator, ali) = (&warehouse.operator, warehouse.employee);
    let refused = vouch_by_face(&mut connection, operator, ali, &recognised(vali)).await;
    assert!(matches!(refused, Err(Error::VouchingOff)), "{refused:?}");
    let refused = vouch_by_password(&mut connection, operator, ali, "admin", "xato parol").await;
    assert!(
        matches!(refused, Err(Error::VouchingOff)),
        "the password is not even looked at: {refused:?}"
    );
    let behind_its_back = sqlx::query("select ombor.vouch_by_password($1, $2, $3, $4)")
        .bind(operator.session_id().as_uuid())
        .bind(uuid::Uuid::now_v7())
        .bind(ali.as_uuid())
        .bind(warehouse.admin.user_id().as_uuid())
        .execute(&mut *connection)
        .await
        .map_err(Error::from);
    assert!(
        matches!(behind_its_back, Err(Error::VouchingOff)),
        "{behind_its_back:?}"
    );
    Ok(())
}

#[tokio::test]
async fn nobody_vouches_for_themselves_or_without_a_sign_of_life() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let vali = colleague(&warehouse, &mut connection).await?;
    let (operator, ali) = (&warehouse.operator, warehouse.employee);
    let refused = vouch_by_face(&mut connection, operator, ali, &recognised(ali)).await;
    assert!(
        matches!(refused, Err(Error::VoucherIsEmployee)),
        "{refused:?}"
    );
    let still = NewConfirmation {
        liveness: None,
        ..recognised(vali)
    };
    let refused = vouch_by_face(&mut connection, operator, ali, &still).await;
    assert!(
        matches!(refused, Err(Error::LivenessMissing)),
        "{refused:?}"
    );
    employee::set_active(&mut connection, &warehouse.admin, vali, false).await?;
    let refused = vouch_by_face(&mut connection, operator, ali, &recognised(vali)).await;
    assert!(
        matches!(refused, Err(Error::EmployeeNotFound)),
        "who left vouches for nobody: {refused:?}"
    );
    Ok(())
}

#[tokio::test]
async fn an_operators_password_vouches_for_nobody() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let (operator, ali) = (&warehouse.operator, warehouse.employee);
    let refused = vouch_by_password(&mut connection, operator, ali, "operator", PASSWORD).await;
    assert!(
        matches!(
            refused,
            Err(Error::NotPermitted {
                permission: Some(Permission::VouchByPassword)
            })
        ),
        "{refused:?}"
    );
    let behind_its_back = sqlx::query("select ombor.vouch_by_password($1, $2, $3, $4)")
        .bind(operator.session_id().as_uuid())
        .bind(uuid::Uuid::now_v7())
        .bind(ali.as_uuid())
        .bind(operator.user_id().as_uuid())
        .execute(&mut *connection)
        .await
        .map_err(Error::from);
    assert!(
        matches!(behind_its_back, Err(Error::NotPermitted { .. })),
        "{behind_its_back:?}"
    );
    Ok(())
}

#[tokio::test]
async fn wrong_passwords_slow_vouching_down_as_they_do_the_login() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let (operator, ali) = (&warehouse.operator, warehouse.employee);
    for _ in 0..3 {
        let refused = vouch_by_password(&mut connection, operator, ali, "admin", "xato").await;
        assert!(
            matches!(refused, Err(Error::WrongPassword { .. })),
            "{refused:?}"
        );
    }
    let refused = vouch_by_password(&mut connection, operator, ali, "admin", PASSWORD).await;
    assert!(
        matches!(refused, Err(Error::LockedOut { .. })),
        "the right one has to wait too: {refused:?}"
    );
    Ok(())
}

#[tokio::test]
async fn a_vouched_confirmation_without_a_voucher_is_refused_by_the_schema() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut superuser = warehouse.database.superuser().await?;
    for (method, by, constraint) in [
        (
            "vouched_face",
            "null, null",
            "confirmation_vouched_by_employee_id_by_method",
        ),
        (
            "vouched_password",
            "null, null",
            "confirmation_vouched_by_user_id_by_method",
        ),
        (
            "face",
            "(select id from ombor.employee), null",
            "confirmation_vouched_by_employee_id_by_method",
        ),
        (
            "vouched_face",
            "(select id from ombor.employee), null",
            "confirmation_vouched_by_employee_id_other",
        ),
    ] {
        let insert = format!(
            "insert into ombor.confirmation (id, session_id, employee_id, method, score, threshold, agreeing_share,
                 pipeline_version, confirmed_at, valid_until, vouched_by_employee_id, vouched_by_user_id)
             select gen_random_uuid(), $1, id, '{method}', 1, 2, 1, 'x', clock_timestamp(), clock_timestamp(), {by}
             from ombor.employee"
        );
        let refused = sqlx::query(sqlx::AssertSqlSafe(insert))
            .bind(warehouse.operator.session_id().as_uuid())
            .execute(&mut superuser)
            .await;
        let broken = refused
            .as_ref()
            .err()
            .and_then(sqlx::Error::as_database_error)
            .and_then(sqlx::error::DatabaseError::constraint);
        assert_eq!(broken, Some(constraint), "{method} by {by}: {refused:?}");
    }
    Ok(())
}
