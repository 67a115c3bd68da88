//! Whether the face gate works, and whom to top up: employees, their last confirmations, refusals by reason.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::{confirmation::ConfirmationMethod, employee, face_refusal::RefusalReason};
use crate::{
    Result,
    actor::{Actor, Permission},
    id::EmployeeId,
    settings::{self, ConfirmationMode},
};

/// Past so many enrolled people a face alone was measured to weaken: with twenty, 8.7 % of strangers' frames stay below
/// the threshold of a claimed face.
const ENROLLED_BEFORE_BADGES: usize = 20;

/// Scores from the threshold up to here are doubtful: strangers have 1.00 ± 0.03, so it may well be the person in a new
/// light. A refusal beyond that says nothing about the nearest person.
const DOUBTFUL_BELOW: Decimal = Decimal::from_parts(96, 0, 0, false, 2);

/// Doubtful refusals in 30 days after which a top-up is proposed.
const DOUBTFUL_OFTEN: u32 = 3;

/// A person whose last scores lie closer to the threshold than this is known only just.
const NARROW: Decimal = Decimal::from_parts(2, 0, 0, false, 2);

/// Whether the program proposes badges, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadgeProposal {
    /// It does not, or badges are asked for already.
    No,
    /// More people are enrolled than a face alone can be trusted with.
    ManyPeople,
    /// Somebody is known in one light only.
    OneLightOnly,
}

/// A confirmation of an employee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recognition {
    /// When.
    pub at: DateTime<Utc>,
    /// How.
    pub method: ConfirmationMethod,
    /// The score of the face: the employee's own, or the voucher's.
    pub score: Option<Decimal>,
    /// What the score had to stay below.
    pub threshold: Option<Decimal>,
    /// The share of frames that agreed, 0 to 1.
    pub agreeing_share: Option<Decimal>,
    /// The sign of life that was seen.
    pub liveness: Option<String>,
    /// The name of who vouched.
    pub vouched_by: Option<String>,
}

/// An employee before the face gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The employee, with enrolment, lights and quality.
    pub employee: employee::Employee,
    /// A few frames more would help.
    pub needs_top_up: bool,
    /// Refusals in the last 30 days that concern this employee: by badge, or doubtful.
    pub refused_month: u32,
    /// The last confirmations, newest first, five at most.
    pub recent: Vec<Recognition>,
}

/// How often something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count<T> {
    /// What.
    pub of: T,
    /// Today, in the warehouse's zone.
    pub today: u32,
    /// In the last 30 days.
    pub month: u32,
}

/// The face gate at a glance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaceReport {
    /// How an employee is recognised.
    pub mode: ConfirmationMode,
    /// Whether badges are proposed.
    pub proposes_badges: BadgeProposal,
    /// Every employee, by name.
    pub employees: Vec<Row>,
    /// Refusals by reason, the commonest first.
    pub refusals: Vec<Count<RefusalReason>>,
    /// Employees' confirmations by method, the commonest first.
    pub methods: Vec<Count<ConfirmationMethod>>,
}

/// The face gate at a glance.
pub async fn face_report(connection: &mut PgConnection, actor: &Actor) -> Result<FaceReport> {
    actor.require(Permission::ViewFaceReport)?;
    let mode = settings::get_settings(connection).await?.confirmation_mode;
    let everybody = employee::list_employees(connection).await?;
    let proposes_badges = propose(mode, &everybody);
    let mut recent = recent(connection).await?;
    let refused = refused(connection).await?;
    let employees = everybody
        .into_iter()
        .map(|employee| {
            let recent = recent.remove(&employee.id).unwrap_or_default();
            let refused = refused.get(&employee.id).copied().unwrap_or_default();
            Row {
                needs_top_up: employee.template_count > 0
                    && (refused.doubtful >= DOUBTFUL_OFTEN || is_known_only_just(&recent)),
                refused_month: refused.all,
                employee,
                recent,
            }
        })
        .collect();
    Ok(FaceReport {
        mode,
        proposes_badges,
        employees,
        refusals: refusals(connection).await?,
        methods: methods(connection).await?,
    })
}

fn propose(mode: ConfirmationMode, everybody: &[employee::Employee]) -> BadgeProposal {
    let enrolled = || {
        everybody
            .iter()
            .filter(|employee| employee.active && employee.template_count > 0)
    };
    if mode == ConfirmationMode::BadgeFace {
        BadgeProposal::No
    } else if enrolled().count() > ENROLLED_BEFORE_BADGES {
        BadgeProposal::ManyPeople
    } else if enrolled().any(|employee| employee.lights < 2) {
        BadgeProposal::OneLightOnly
    } else {
        BadgeProposal::No
    }
}

/// Whether the median of the employee's own last scores lies close to the threshold.
fn is_known_only_just(recent: &[Recognition]) -> bool {
    let mut room: Vec<Decimal> = recent
        .iter()
        .filter(|seen| {
            matches!(
                seen.method,
                ConfirmationMethod::Face | ConfirmationMethod::BadgeFace
            )
        })
        .filter_map(|seen| Some(seen.threshold? - seen.score?))
        .collect();
    room.sort_unstable();
    room.get(room.len() / 2)
        .is_some_and(|median| *median < NARROW)
}

async fn recent(connection: &mut PgConnection) -> Result<HashMap<EmployeeId, Vec<Recognition>>> {
    let rows = sqlx::query!(
        r#"select e.id as "employee_id: EmployeeId", c.confirmed_at, c.method as "method: ConfirmationMethod",
                  c.score, c.threshold, c.agreeing_share, c.liveness,
                  coalesce(colleague.name, admin.name) as vouched_by
           from ombor.employee as e
           cross join lateral (
               select * from ombor.confirmation where employee_id = e.id order by confirmed_at desc limit 5
           ) as c
           left join ombor.employee as colleague on colleague.id = c.vouched_by_employee_id
           left join ombor.user_account as admin on admin.id = c.vouched_by_user_id
           order by e.id, c.confirmed_at desc"#
    )
    .fetch_all(connection)
    .await?;
    let mut recent: HashMap<EmployeeId, Vec<Recognition>> = HashMap::new();
    for row in rows {
        recent
            .entry(row.employee_id)
            .or_default()
            .push(Recognition {
                at: row.confirmed_at,
                method: row.method,
                score: row.score,
                threshold: row.threshold,
                agreeing_share: row.agreeing_share,
                liveness: row.liveness,
                vouched_by: row.vouched_by,
            });
    }
    Ok(recent)
}

#[derive(Debug, Clone, Copy, Default)]
struct Refused {
    all: u32,
    doubtful: u32,
}

async fn refused(connection: &mut PgConnection) -> Result<HashMap<EmployeeId, Refused>> {
    let rows = sqlx::query!(
        r#"select employee_id as "employee_id!: EmployeeId", count(*)::integer as "all!",
                  (count(*) filter (where score < $1))::integer as "doubtful!"
           from ombor.face_refusal
           where at >= clock_timestamp() - interval '30 days' and employee_id is not null
               and (is_claimed or score < $1)
           group by employee_id"#,
        DOUBTFUL_BELOW
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let refused = Refused {
                all: row.all.unsigned_abs(),
                doubtful: row.doubtful.unsigned_abs(),
            };
            (row.employee_id, refused)
        })
        .collect())
}

async fn refusals(connection: &mut PgConnection) -> Result<Vec<Count<RefusalReason>>> {
    let rows = sqlx::query!(
        r#"select f.reason as "reason: RefusalReason", count(*)::integer as "month!",
                  (count(*) filter (
                      where f.at >= (clock_timestamp() at time zone w.zone)::date::timestamp at time zone w.zone
                  ))::integer as "today!"
           from ombor.face_refusal as f
           cross join ombor.warehouse as w
           where f.at >= clock_timestamp() - interval '30 days'
           group by f.reason
           order by 2 desc, 1"#
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Count {
            of: row.reason,
            today: row.today.unsigned_abs(),
            month: row.month.unsigned_abs(),
        })
        .collect())
}

async fn methods(connection: &mut PgConnection) -> Result<Vec<Count<ConfirmationMethod>>> {
    let rows = sqlx::query!(
        r#"select c.method as "method: ConfirmationMethod", count(*)::integer as "month!",
                  (count(*) filter (
                      where c.confirmed_at
                          >= (clock_timestamp() at time zone w.zone)::date::timestamp at time zone w.zone
                  ))::integer as "today!"
           from ombor.confirmation as c
           cross join ombor.warehouse as w
           where c.confirmed_at >= clock_timestamp() - interval '30 days' and c.employee_id is not null
           group by c.method
           order by 2 desc, 1"#
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Count {
            of: row.method,
            today: row.today.unsigned_abs(),
            month: row.month.unsigned_abs(),
        })
        .collect())
}
