//! Employees: people who move goods. Their faces or badges name them; they need no login.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::{
    Error, Result,
    actor::{Actor, Permission},
    catalogue::code::{self, BADGE_PREFIX},
    id::EmployeeId,
    name::Name,
};

/// A person who moves goods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Employee {
    /// The employee.
    pub id: EmployeeId,
    /// The person's name.
    pub name: String,
    /// The person's number in the face model; never given to anyone else.
    pub face_label: i32,
    /// The 13 digits on the badge.
    pub badge_code: String,
    /// Whether the person still works here.
    pub active: bool,
    /// When the face was enrolled last.
    pub enrolled_at: Option<DateTime<Utc>>,
    /// How many templates of the face there are.
    pub template_count: u32,
    /// In how many kinds of light they were taken: 0, 1, or 2 for two and more.
    pub lights: u32,
    /// How good they are on average, in percent.
    pub quality_percent: Option<u32>,
    /// When the person was recognised last.
    pub last_confirmed_at: Option<DateTime<Utc>>,
}

/// Makes an employee, not enrolled yet.
pub async fn create_employee(
    connection: &mut PgConnection,
    actor: &Actor,
    name: &Name,
) -> Result<Employee> {
    actor.require(Permission::CreateEmployee)?;
    let id = EmployeeId::generate();
    sqlx::query!(
        "select ombor.create_employee($1, $2, $3)",
        actor.session_id.as_uuid(),
        id.as_uuid(),
        name.as_str()
    )
    .execute(&mut *connection)
    .await?;
    get_employee(connection, id).await
}

/// An employee.
///
/// # Errors
/// [`Error::EmployeeNotFound`]
pub async fn get_employee(connection: &mut PgConnection, id: EmployeeId) -> Result<Employee> {
    select(connection, Some(id), None, None)
        .await?
        .pop()
        .ok_or(Error::EmployeeNotFound)
}

/// Every employee, by name.
pub async fn list_employees(connection: &mut PgConnection) -> Result<Vec<Employee>> {
    select(connection, None, None, None).await
}

/// The employee whose badge has this code.
pub async fn employee_by_badge(
    connection: &mut PgConnection,
    badge: &str,
) -> Result<Option<Employee>> {
    match code::numbered_code_number(badge, BADGE_PREFIX) {
        Some(number) => Ok(select(connection, None, Some(number), None).await?.pop()),
        None => Ok(None),
    }
}

/// The employee whom the face model knows by this number.
pub async fn employee_by_face_label(
    connection: &mut PgConnection,
    face_label: i32,
) -> Result<Option<Employee>> {
    Ok(select(connection, None, None, Some(face_label))
        .await?
        .pop())
}

/// Takes an employee in or out of service.
///
/// # Errors
/// [`Error::EmployeeNotFound`]
pub async fn set_active(
    connection: &mut PgConnection,
    actor: &Actor,
    employee: EmployeeId,
    active: bool,
) -> Result<()> {
    actor.require(Permission::ChangeEmployee)?;
    sqlx::query!(
        "select ombor.set_employee_active($1, $2, $3)",
        actor.session_id.as_uuid(),
        employee.as_uuid(),
        active
    )
    .execute(connection)
    .await?;
    Ok(())
}

async fn select(
    connection: &mut PgConnection,
    id: Option<EmployeeId>,
    badge_number: Option<i64>,
    face_label: Option<i32>,
) -> Result<Vec<Employee>> {
    let rows = sqlx::query!(
        r#"select e.id as "id: EmployeeId", e.name, e.face_label, e.badge_number, e.active,
                  t.enrolled_at, t.template_count as "template_count!", t.lights as "lights!",
                  t.quality_percent, c.confirmed_at as "last_confirmed_at?"
           from ombor.employee as e
           cross join lateral (
               select max(created_at) as enrolled_at, count(*) as template_count,
                      least(count(distinct light), 2)::integer as lights,
                      round(avg(quality) * 100)::integer as quality_percent
               from ombor.face_template where employee_id = e.id
           ) as t
           left join lateral (
               select confirmed_at from ombor.confirmation
               where employee_id = e.id order by confirmed_at desc limit 1
           ) as c on true
           where ($1::uuid is null or e.id = $1)
               and ($2::bigint is null or e.badge_number = $2)
               and ($3::integer is null or e.face_label = $3)
           order by e.name, e.id"#,
        id.map(EmployeeId::as_uuid) as _,
        badge_number as _,
        face_label as _
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Employee {
            id: row.id,
            name: row.name,
            face_label: row.face_label,
            badge_code: code::numbered_code(BADGE_PREFIX, row.badge_number),
            active: row.active,
            enrolled_at: row.enrolled_at,
            template_count: u32::try_from(row.template_count).unwrap_or(u32::MAX),
            lights: row.lights.unsigned_abs(),
            quality_percent: row.quality_percent.map(i32::unsigned_abs),
            last_confirmed_at: row.last_confirmed_at,
        })
        .collect())
}
