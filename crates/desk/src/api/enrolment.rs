//! Enrolment: an employee looks at the camera until their face is known.

use std::sync::Arc;

use ombor_core::actor::Permission;
use ombor_core::id::EmployeeId;
use ombor_core::people::employee;
use ombor_core::people::face_template::{self, TemplateRow};
use ombor_face::{Enrolled, Gallery, PIPELINE_VERSION, WANTED_FRAMES};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::camera::Purpose;
use crate::change::ChangeTag;
use crate::error::{ErrorCode, Result};
use crate::event::Event;
use crate::fault;
use crate::ombor::{Ombor, lock};
use crate::sound::Tone;

use super::desk::FaceHint;
use crate::error::AppError;

/// Where an enrolment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum EnrolmentPhase {
    /// Frames are being collected.
    Collecting,
    /// The templates are kept.
    Done,
    /// It could not be done; `failure` says why.
    Failed,
}

/// An enrolment as the window shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EnrolmentView {
    /// Whose face it is.
    pub employee_id: String,
    /// Where it stands.
    pub phase: EnrolmentPhase,
    /// Good frames so far.
    pub accepted: u32,
    /// Good frames that are needed.
    pub wanted: u32,
    /// One instruction.
    pub hint: FaceHint,
    /// Why it failed.
    pub failure: Option<AppError>,
}

/// The first visit's light; the second visit comes with its own.
const FIRST_LIGHT: i16 = 1;

impl Ombor {
    /// Begins to collect frames of an employee.
    pub async fn start_enrolment(self: &Arc<Self>, employee_id: String) -> Result<EnrolmentView> {
        let id: EmployeeId = employee_id.parse().map_err(fault::from_core)?;
        let mut work = self.work().await?;
        let permitted = work.actor.require(Permission::EnrolEmployee);
        if permitted.is_err() {
            work.done(permitted).await?;
            return Err(AppError::new(ErrorCode::NotPermitted));
        }
        let (connection, _) = work.parts();
        let employee = employee::get_employee(connection, id).await;
        let employee = work.done(employee).await?;
        let view = EnrolmentView {
            employee_id: id.to_string(),
            phase: EnrolmentPhase::Collecting,
            accepted: 0,
            wanted: u32::try_from(WANTED_FRAMES).unwrap_or(u32::MAX),
            hint: FaceHint::NoFace,
            failure: None,
        };
        let bench = self.bench.lock().await;
        let others = bench
            .gallery
            .templates()
            .filter(|kept| kept.label != employee.face_label);
        let others = Gallery::build(others.cloned());
        drop(bench);
        *lock(&self.enrolling) = Some(view.clone());
        self.set_purpose(Purpose::Enrol(Arc::new(others)));
        Ok(view)
    }

    /// Breaks the enrolment off; nothing is kept.
    pub fn cancel_enrolment(&self) {
        *lock(&self.enrolling) = None;
        self.set_purpose(Purpose::Rest);
    }

    /// The enrolment that is going on or has just ended.
    pub fn enrolment(&self) -> Option<EnrolmentView> {
        lock(&self.enrolling).clone()
    }

    pub(crate) fn enrolling(&self, accepted: usize, wanted: usize, hint: FaceHint) {
        self.change_enrolment(|view| {
            view.accepted = u32::try_from(accepted).unwrap_or(u32::MAX);
            view.wanted = u32::try_from(wanted).unwrap_or(u32::MAX);
            view.hint = hint;
        });
    }

    fn change_enrolment(&self, change: impl FnOnce(&mut EnrolmentView)) {
        let mut enrolling = lock(&self.enrolling);
        let Some(view) = enrolling.as_mut() else {
            return;
        };
        let before = view.clone();
        change(view);
        if *view != before {
            self.events.emit(Event::EnrolmentChanged(view.clone()));
        }
    }

    /// Keeps the templates of an enrolment that ended well. The frames are gone already.
    pub(crate) async fn enrolled(
        self: &Arc<Self>,
        outcome: std::result::Result<Enrolled, ombor_face::Error>,
    ) {
        let employee = lock(&self.enrolling)
            .as_ref()
            .map(|view| view.employee_id.clone());
        let Some(employee) = employee else { return };
        let kept = match outcome {
            Ok(enrolled) => self.keep_templates(&employee, enrolled).await,
            Err(error) => Err(fault::from_face(&error)),
        };
        self.sounds.play(if kept.is_ok() {
            Tone::Saved
        } else {
            Tone::Error
        });
        self.change_enrolment(|view| match kept {
            Ok(()) => view.phase = EnrolmentPhase::Done,
            Err(failure) => {
                view.phase = EnrolmentPhase::Failed;
                view.failure = Some(failure);
            }
        });
        self.changed(&[ChangeTag::Employee, ChangeTag::Audit]);
    }

    async fn keep_templates(&self, employee_id: &str, enrolled: Enrolled) -> Result<()> {
        let id: EmployeeId = employee_id.parse().map_err(fault::from_core)?;
        let mut work = self.work().await?;
        let (connection, actor) = work.parts();
        if let Some(other) = enrolled.already_enrolled {
            let other = employee::employee_by_face_label(connection, other.label).await;
            let name = work
                .done(other)
                .await?
                .map(|other| other.name)
                .unwrap_or_default();
            return Err(AppError::new(ErrorCode::FaceAlreadyEnrolled).with("name", name));
        }
        let rows: Vec<_> = enrolled.templates.iter().map(row).collect();
        let kept = face_template::replace_templates(
            connection,
            actor,
            id,
            FIRST_LIGHT,
            &rows,
            PIPELINE_VERSION,
        )
        .await;
        work.done(kept).await?;
        self.load_gallery().await
    }
}

fn row(template: &ombor_face::Template) -> TemplateRow {
    TemplateRow {
        counts: template.counts.as_bytes().to_vec(),
        quality: Decimal::from_f32(template.quality).map(|quality| quality.round_dp(4)),
    }
}
