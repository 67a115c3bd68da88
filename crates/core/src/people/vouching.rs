//! Vouching: when a face does not come through, a second person says who it is. A warehouse may switch it off.

use sqlx::PgConnection;

use super::{
    confirmation::{self, Confirmation, NewConfirmation},
    login,
};
use crate::{
    Error, Result,
    actor::{Actor, Permission, Role},
    id::{ConfirmationId, EmployeeId},
};

/// Another employee, who was recognised as `voucher` says, vouches for an employee.
///
/// # Errors
/// [`Error::VouchingOff`], [`Error::VoucherIsEmployee`], [`Error::LivenessMissing`]; [`Error::EmployeeNotFound`] if one of
/// the two is not active.
pub async fn vouch_by_face(
    connection: &mut PgConnection,
    actor: &Actor,
    employee: EmployeeId,
    voucher: &NewConfirmation,
) -> Result<Confirmation> {
    actor.require(Permission::ConfirmEmployee)?;
    let id = ConfirmationId::generate();
    sqlx::query!(
        "select ombor.vouch_by_face($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        actor.session_id.as_uuid(),
        id.as_uuid(),
        employee.as_uuid(),
        voucher.employee_id.as_uuid(),
        voucher.score as _,
        voucher.threshold as _,
        voucher.agreeing_share as _,
        voucher.liveness.as_deref() as _,
        voucher.pipeline_version.as_deref() as _
    )
    .execute(&mut *connection)
    .await?;
    confirmation::get(connection, actor, id).await
}

/// An Admin vouches for an employee with login and password, in whosever session. Wrong passwords slow down and lock as
/// at the login; so does the right password of somebody who is no Admin.
///
/// # Errors
/// [`Error::VouchingOff`] before the password is looked at; [`Error::WrongPassword`], [`Error::LockedOut`] and
/// [`Error::UserInactive`] as at the login; [`Error::NotPermitted`] for the password of somebody who is no Admin;
/// [`Error::EmployeeNotFound`].
pub async fn vouch_by_password(
    connection: &mut PgConnection,
    actor: &Actor,
    employee: EmployeeId,
    login: &str,
    password: &str,
) -> Result<Confirmation> {
    actor.require(Permission::ConfirmEmployee)?;
    if !sqlx::query_scalar!("select vouching from ombor.warehouse")
        .fetch_one(&mut *connection)
        .await?
    {
        return Err(Error::VouchingOff);
    }
    let admin = login::prove(connection, login, password, "").await?;
    let user = sqlx::query!(
        r#"select role as "role: Role", active from ombor.user_account where id = $1"#,
        admin.as_uuid()
    )
    .fetch_one(&mut *connection)
    .await?;
    if !user.active {
        return Err(Error::UserInactive);
    }
    if !Permission::VouchByPassword.roles().contains(&user.role) {
        return Err(Error::NotPermitted {
            permission: Some(Permission::VouchByPassword),
        });
    }
    let id = ConfirmationId::generate();
    sqlx::query!(
        "select ombor.vouch_by_password($1, $2, $3, $4)",
        actor.session_id.as_uuid(),
        id.as_uuid(),
        employee.as_uuid(),
        admin.as_uuid()
    )
    .execute(&mut *connection)
    .await?;
    confirmation::get(connection, actor, id).await
}
