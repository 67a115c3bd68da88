//! Enrolment: an employee looks at the camera until their face is known.

use std::sync::Arc;

use ombor_core::actor::Permission;
use ombor_core::audit;
use ombor_core::id::EmployeeId;
use ombor_core::people::employee;
use ombor_core::people::face_template::{self, TemplateRow};
use ombor_face::{Enrolled, EnrolmentStep, Gallery, PIPELINE_VERSION, Pose, Template, Visit};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::camera::{self, Purpose};
use crate::change::ChangeTag;
use crate::desk::hint_of;
use crate::error::{AppError, ErrorCode, Result};
use crate::event::Event;
use crate::fault;
use crate::ombor::{Ombor, lock};
use crate::sound::Tone;

use super::desk::FaceHint;

/// Where an enrolment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum EnrolmentPhase {
    /// Frames are being collected.
    Collecting,
    /// The face resembles somebody else's who is enrolled; an Admin decides.
    Resembles,
    /// The templates are kept.
    Done,
    /// It could not be done; `failure` says why.
    Failed,
}

/// Which visit before the camera it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum EnrolmentVisit {
    /// The first; of somebody who is enrolled already it replaces everything.
    First,
    /// The second, in another light.
    Second,
    /// A few frames more, in the light of now.
    TopUp,
}

/// How the person should hold the head for the next frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "a pose's name says what it is")]
pub enum EnrolmentPose {
    Straight,
    Left,
    Right,
    Up,
    Down,
    Speak,
}

/// An enrolment as the window shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EnrolmentView {
    /// Whose face it is.
    pub employee_id: String,
    /// Which visit it is.
    pub visit: EnrolmentVisit,
    /// Where it stands.
    pub phase: EnrolmentPhase,
    /// Good frames so far.
    pub accepted: u32,
    /// Good frames that are needed.
    pub wanted: u32,
    /// One instruction.
    pub hint: FaceHint,
    /// How to hold the head.
    pub pose: EnrolmentPose,
    /// How good the templates are, in percent, once they are kept.
    pub quality: Option<u32>,
    /// Whom the face resembles, while an Admin has to decide.
    pub resembles: Option<String>,
    /// Why it failed.
    pub failure: Option<AppError>,
}

/// An enrolment that is going on or has just ended.
pub(crate) struct Sitting {
    pub(crate) view: EnrolmentView,
    /// What is kept if an Admin says that it is somebody else.
    resembling: Option<Enrolled>,
}

impl EnrolmentVisit {
    fn in_core(self) -> face_template::Visit {
        match self {
            Self::First => face_template::Visit::First,
            Self::Second => face_template::Visit::Second,
            Self::TopUp => face_template::Visit::TopUp,
        }
    }

    fn in_face(self) -> Visit {
        match self {
            Self::First => Visit::First,
            Self::Second => Visit::Second,
            Self::TopUp => Visit::TopUp,
        }
    }

    /// Good frames that are asked for, as the window shows it until the first one was looked at.
    fn frames(self) -> u32 {
        match self {
            Self::First | Self::Second => 10,
            Self::TopUp => 3,
        }
    }

    /// The number of the light for somebody who is known in so many.
    fn light(self, known: usize) -> i16 {
        match self {
            Self::First => 1,
            Self::Second => 2,
            Self::TopUp => 2 + i16::from(known > 1),
        }
    }
}

impl From<Pose> for EnrolmentPose {
    fn from(pose: Pose) -> Self {
        match pose {
            Pose::Straight => Self::Straight,
            Pose::Left => Self::Left,
            Pose::Right => Self::Right,
            Pose::Up => Self::Up,
            Pose::Down => Self::Down,
            Pose::Speak => Self::Speak,
        }
    }
}

impl Ombor {
    /// Begins to collect frames of an employee.
    pub async fn start_enrolment(
        self: &Arc<Self>,
        employee_id: String,
        visit: EnrolmentVisit,
    ) -> Result<EnrolmentView> {
        let id: EmployeeId = employee_id.parse().map_err(fault::from_core)?;
        let mut work = self.work().await?;
        let (connection, actor) = work.parts();
        let found = async {
            actor.require(Permission::EnrolEmployee)?;
            let employee = employee::get_employee(connection, id).await?;
            if visit != EnrolmentVisit::First && employee.template_count == 0 {
                return Err(ombor_core::Error::EmployeeNotEnrolled);
            }
            Ok(employee)
        };
        let found = found.await;
        let employee = work.done(found).await?;
        let view = EnrolmentView {
            employee_id: id.to_string(),
            visit,
            phase: EnrolmentPhase::Collecting,
            accepted: 0,
            wanted: visit.frames(),
            hint: FaceHint::NoFace,
            pose: EnrolmentPose::Straight,
            quality: None,
            resembles: None,
            failure: None,
        };
        let bench = self.bench.lock().await;
        let sitting = sitting(&bench.gallery, employee.face_label, visit);
        *lock(&self.enrolling) = Some(Sitting {
            view: view.clone(),
            resembling: None,
        });
        self.set_purpose(Purpose::Enrol(sitting));
        drop(bench);
        Ok(view)
    }

    /// Breaks the enrolment off; nothing is kept.
    pub async fn cancel_enrolment(self: &Arc<Self>) {
        *lock(&self.enrolling) = None;
        self.set_purpose(Purpose::Rest);
        self.look_again().await;
    }

    /// The enrolment that is going on or has just ended.
    pub fn enrolment(&self) -> Option<EnrolmentView> {
        lock(&self.enrolling)
            .as_ref()
            .map(|sitting| sitting.view.clone())
    }

    /// The face resembles somebody else's who is enrolled: an Admin says whether it is somebody else (then it is kept)
    /// or the same person (then it is not).
    pub async fn answer_resemblance(self: &Arc<Self>, is_somebody_else: bool) -> Result<()> {
        let work = self.work().await?;
        let permitted = work.actor.require(Permission::EnrolEmployee);
        work.done(permitted).await?;
        let waiting = lock(&self.enrolling)
            .as_mut()
            .and_then(|sitting| Some((sitting.resembling.take()?, sitting.view.clone())));
        let Some((enrolled, view)) = waiting else {
            return Err(AppError::new(ErrorCode::NotReady));
        };
        let kept = if is_somebody_else {
            self.keep_templates(&view, &enrolled).await
        } else {
            let name = view.resembles.unwrap_or_default();
            Err(AppError::new(ErrorCode::FaceAlreadyEnrolled).with("name", name))
        };
        self.end_enrolment(kept, &enrolled).await;
        Ok(())
    }

    pub(crate) async fn enrolling(self: &Arc<Self>, step: &EnrolmentStep) {
        let hint = hint_of(step.hint);
        self.change_enrolment(|view| {
            view.accepted = u32::try_from(step.accepted).unwrap_or(u32::MAX);
            view.wanted = u32::try_from(step.wanted).unwrap_or(u32::MAX);
            view.hint = hint;
            view.pose = step.pose.into();
        });
        self.camera_shows(hint).await;
    }

    /// What the camera itself has to say to an enrolment that is going on.
    pub(crate) fn enrolment_hint(&self, hint: FaceHint) {
        self.change_enrolment(|view| {
            if view.phase == EnrolmentPhase::Collecting {
                view.hint = hint;
            }
        });
    }

    fn change_enrolment(&self, change: impl FnOnce(&mut EnrolmentView)) {
        let mut enrolling = lock(&self.enrolling);
        let Some(Sitting { view, .. }) = enrolling.as_mut() else {
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
        let Some(view) = self.enrolment() else { return };
        let enrolled = match outcome {
            Ok(enrolled) => enrolled,
            Err(error) => return self.fail_enrolment(fault::from_face(&error)).await,
        };
        if let Some(other) = enrolled.already_enrolled {
            match self.name_of(other.label).await {
                Ok(name) => self.ask_about(name, enrolled),
                Err(failure) => self.fail_enrolment(failure).await,
            }
            return;
        }
        let kept = self.keep_templates(&view, &enrolled).await;
        self.end_enrolment(kept, &enrolled).await;
    }

    fn ask_about(&self, name: String, enrolled: Enrolled) {
        self.sounds.play(Tone::Error);
        if let Some(sitting) = lock(&self.enrolling).as_mut() {
            sitting.resembling = Some(enrolled);
        }
        self.change_enrolment(|view| {
            view.phase = EnrolmentPhase::Resembles;
            view.resembles = Some(name);
        });
    }

    async fn end_enrolment(self: &Arc<Self>, kept: Result<()>, enrolled: &Enrolled) {
        if let Err(failure) = kept {
            return self.fail_enrolment(failure).await;
        }
        self.sounds.play(Tone::Saved);
        let quality = percent(enrolled.quality);
        self.change_enrolment(|view| {
            view.phase = EnrolmentPhase::Done;
            view.quality = Some(quality);
            view.resembles = None;
        });
        self.changed(&[ChangeTag::Employee, ChangeTag::Audit]);
        self.look_again().await;
    }

    async fn fail_enrolment(self: &Arc<Self>, failure: AppError) {
        self.sounds.play(Tone::Error);
        self.change_enrolment(|view| {
            view.phase = EnrolmentPhase::Failed;
            view.resembles = None;
            view.failure = Some(failure);
        });
        self.look_again().await;
    }

    async fn name_of(&self, label: i32) -> Result<String> {
        let mut work = self.work().await?;
        let (connection, _) = work.parts();
        let other = employee::employee_by_face_label(connection, label).await;
        let other = work.done(other).await?;
        Ok(other.map(|other| other.name).unwrap_or_default())
    }

    async fn keep_templates(
        self: &Arc<Self>,
        view: &EnrolmentView,
        enrolled: &Enrolled,
    ) -> Result<()> {
        let id: EmployeeId = view.employee_id.parse().map_err(fault::from_core)?;
        let mut work = self.work().await?;
        let (connection, actor) = work.parts();
        let rows: Vec<_> = enrolled.templates.iter().map(row).collect();
        let visit = view.visit.in_core();
        let kept = async {
            face_template::enrol(connection, actor, id, visit, &rows, PIPELINE_VERSION).await?;
            if let Some(resembles) = &view.resembles {
                let details = serde_json::json!({ "resembles": resembles });
                let id = Some(id.as_uuid());
                let action = "resemblance_overruled";
                audit::record(connection, Some(actor), action, "employee", id, &details).await?;
            }
            Ok(())
        };
        let kept = kept.await;
        work.done(kept).await?;
        self.load_gallery().await
    }
}

fn sitting(gallery: &Gallery, label: i32, visit: EnrolmentVisit) -> camera::Sitting {
    let (own, others): (Vec<Template>, Vec<Template>) = gallery
        .templates()
        .partition(|template| template.label == label);
    let before = match visit {
        EnrolmentVisit::First => Vec::new(),
        EnrolmentVisit::Second | EnrolmentVisit::TopUp => own,
    };
    camera::Sitting {
        label,
        light: visit.light(gallery.lights(label)),
        visit: visit.in_face(),
        others: Arc::new(Gallery::build(others)),
        before: before.into(),
    }
}

fn row(template: &Template) -> TemplateRow {
    TemplateRow {
        counts: template.counts.as_bytes().to_vec(),
        quality: Decimal::from_f32(template.quality).map(|quality| quality.round_dp(4)),
    }
}

/// A share in percent.
fn percent(share: f32) -> u32 {
    Decimal::from_f32(share * 100.0)
        .and_then(|percent| u32::try_from(percent.round()).ok())
        .unwrap_or_default()
}
