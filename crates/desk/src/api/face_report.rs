//! Whether the face gate works, and whom to top up.

use ombor_core::people::confirmation::ConfirmationMethod;
use ombor_core::people::face_refusal::RefusalReason;
use ombor_core::people::face_report::{self, BadgeProposal, Count, Recognition, Row};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::settings::ConfirmationMode;
use crate::error::Result;
use crate::ombor::Ombor;
use crate::wire::{decimal, time};

/// Whether the program proposes badges, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ProposesBadges {
    /// It does not.
    No,
    /// So many are enrolled that a face alone was measured to weaken.
    ManyPeople,
    /// Somebody is known in one light only.
    OneLightOnly,
}

/// A confirmation of an employee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConfirmationRow {
    /// When.
    pub at: String,
    /// How.
    pub method: String,
    /// The score of the face; less is more alike.
    pub score: Option<String>,
    /// What the score had to stay below.
    pub threshold: Option<String>,
    /// The share of frames that agreed, 0 to 1.
    pub agreeing_share: Option<String>,
    /// What the face was asked to do, and did.
    pub liveness: Option<String>,
    /// Who vouched.
    pub vouched_by: Option<String>,
}

/// An employee before the face gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FaceReportRow {
    /// The employee.
    pub employee_id: String,
    /// Their name.
    pub name: String,
    /// They work here.
    pub active: bool,
    /// Since when their face is known.
    pub enrolled_at: Option<String>,
    /// In how many kinds of light: 0, 1 or 2.
    pub lights: u32,
    /// Face templates that are kept.
    pub template_count: u32,
    /// How good they are, in percent.
    pub quality: Option<u32>,
    /// Their face is known only just: a few frames more would help.
    pub needs_top_up: bool,
    /// How often they were refused in the last 30 days.
    pub refused_month: u32,
    /// Their last confirmations, newest first, five at most.
    pub recent: Vec<ConfirmationRow>,
}

/// How often something was refused for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RefusalCount {
    /// The reason.
    pub reason: String,
    /// Today, in the warehouse's zone.
    pub today: u32,
    /// In the last 30 days.
    pub month: u32,
}

/// How often somebody was confirmed in one way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MethodCount {
    /// The way.
    pub method: String,
    /// Today, in the warehouse's zone.
    pub today: u32,
    /// In the last 30 days.
    pub month: u32,
}

/// The face gate at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FaceReport {
    /// How an employee is recognised.
    pub mode: ConfirmationMode,
    /// Whether badges are proposed.
    pub proposes_badges: ProposesBadges,
    /// Everybody, by name.
    pub employees: Vec<FaceReportRow>,
    /// Refusals by reason.
    pub refusals: Vec<RefusalCount>,
    /// Confirmations by method.
    pub methods: Vec<MethodCount>,
}

impl From<BadgeProposal> for ProposesBadges {
    fn from(proposal: BadgeProposal) -> Self {
        match proposal {
            BadgeProposal::No => Self::No,
            BadgeProposal::ManyPeople => Self::ManyPeople,
            BadgeProposal::OneLightOnly => Self::OneLightOnly,
        }
    }
}

impl From<Recognition> for ConfirmationRow {
    fn from(recognition: Recognition) -> Self {
        Self {
            at: time(recognition.at),
            method: recognition.method.as_str().to_owned(),
            score: recognition.score.map(decimal),
            threshold: recognition.threshold.map(decimal),
            agreeing_share: recognition.agreeing_share.map(decimal),
            liveness: recognition.liveness,
            vouched_by: recognition.vouched_by,
        }
    }
}

impl From<Row> for FaceReportRow {
    fn from(row: Row) -> Self {
        let employee = row.employee;
        Self {
            employee_id: employee.id.to_string(),
            name: employee.name,
            active: employee.active,
            enrolled_at: employee.enrolled_at.map(time),
            lights: employee.lights,
            template_count: employee.template_count,
            quality: employee.quality_percent,
            needs_top_up: row.needs_top_up,
            refused_month: row.refused_month,
            recent: row.recent.into_iter().map(ConfirmationRow::from).collect(),
        }
    }
}

/// The reason as the window has a sentence for it.
fn reason(reason: RefusalReason) -> &'static str {
    match reason {
        RefusalReason::NotKnown => "notKnown",
        RefusalReason::NotAgreeing => "notAgreeing",
        RefusalReason::TwoAlike => "twoAlike",
        RefusalReason::NotLive => "notLive",
        RefusalReason::ClaimNotEnrolled => "claimNotEnrolled",
        RefusalReason::NobodyEnrolled => "nobodyEnrolled",
    }
}

impl From<Count<RefusalReason>> for RefusalCount {
    fn from(count: Count<RefusalReason>) -> Self {
        Self {
            reason: reason(count.of).to_owned(),
            today: count.today,
            month: count.month,
        }
    }
}

impl From<Count<ConfirmationMethod>> for MethodCount {
    fn from(count: Count<ConfirmationMethod>) -> Self {
        Self {
            method: count.of.as_str().to_owned(),
            today: count.today,
            month: count.month,
        }
    }
}

impl Ombor {
    /// The face gate at a glance. Only an Admin sees it.
    pub async fn face_report(&self) -> Result<FaceReport> {
        let mut work = self.work().await?;
        let (connection, actor) = work.parts();
        let report = face_report::face_report(connection, actor).await;
        let report = work.done(report).await?;
        Ok(FaceReport {
            mode: report.mode.into(),
            proposes_badges: report.proposes_badges.into(),
            employees: report
                .employees
                .into_iter()
                .map(FaceReportRow::from)
                .collect(),
            refusals: report
                .refusals
                .into_iter()
                .map(RefusalCount::from)
                .collect(),
            methods: report.methods.into_iter().map(MethodCount::from).collect(),
        })
    }
}
