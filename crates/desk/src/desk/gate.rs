//! The face gate as it stands: who is looked for, by which rules, and what the camera panel says.

use std::time::{Duration, Instant};

use ombor_core::id::EmployeeId;
use ombor_core::people::employee::Employee;
use ombor_core::settings::{ConfirmationMode, WarehouseSettings};
use ombor_face::Claim;

use crate::api::desk::{FaceHint, FaceView};

/// A refusal stays readable for so long while the same face is still there.
const SAID_FOR: Duration = Duration::from_millis(1500);

/// The warehouse's rules for a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rules {
    pub(crate) mode: ConfirmationMode,
    pub(crate) liveness: bool,
    /// How long a document waits for a face before the ways on are shown.
    pub(crate) patience: Duration,
}

impl From<&WarehouseSettings> for Rules {
    fn from(settings: &WarehouseSettings) -> Self {
        Self {
            mode: settings.confirmation_mode,
            liveness: settings.liveness,
            patience: Duration::from_secs(u64::from(settings.face_patience_seconds.unsigned_abs())),
        }
    }
}

/// An employee whom the gate knows by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    pub(crate) id: EmployeeId,
    pub(crate) label: i32,
    pub(crate) name: String,
}

impl From<&Employee> for Person {
    fn from(employee: &Employee) -> Self {
        Self {
            id: employee.id,
            label: employee.face_label,
            name: employee.name.clone(),
        }
    }
}

/// Somebody is being vouched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Vouching {
    pub(crate) employee: Person,
    /// Whose badge was scanned since: that person is about to vouch.
    pub(crate) voucher: Option<Person>,
}

/// What is said for a while, whatever the next frame shows.
#[derive(Debug, Clone, Copy)]
struct Said {
    hint: FaceHint,
    until: Instant,
}

/// The face gate.
pub(crate) struct Gate {
    pub(crate) rules: Rules,
    /// A face is wanted.
    pub(crate) looking: bool,
    /// Whose badge was scanned; only that face counts.
    pub(crate) claim: Option<Person>,
    pub(crate) vouching: Option<Vouching>,
    /// What is wrong with the camera, as long as it gives no frames.
    pub(crate) camera_lost: Option<FaceHint>,
    search: u64,
    /// The document that waits for a face, counted; none waits if `None`.
    waiting: Option<u64>,
    waits: u64,
    ways_on: bool,
    hint: FaceHint,
    progress: f64,
    said: Option<Said>,
    shown: Option<FaceView>,
}

impl Gate {
    pub(crate) fn new() -> Self {
        Self {
            rules: Rules {
                mode: ConfirmationMode::Face,
                liveness: true,
                patience: Duration::from_secs(6),
            },
            looking: false,
            claim: None,
            vouching: None,
            camera_lost: None,
            search: 0,
            waiting: None,
            waits: 0,
            ways_on: false,
            hint: FaceHint::NoFace,
            progress: 0.0,
            said: None,
            shown: None,
        }
    }

    /// Somebody else is at the desk.
    pub(crate) fn clear(&mut self) {
        self.end_search();
        self.claim = None;
        self.stop_waiting();
    }

    /// Begins a search; answers its number.
    pub(crate) fn begin_search(&mut self) -> u64 {
        self.looking = true;
        self.search += 1;
        self.see(FaceHint::NoFace, 0.0);
        self.said = None;
        self.search
    }

    /// Nobody is looked for any more; what a search still says is not heard.
    pub(crate) fn end_search(&mut self) {
        self.looking = false;
        self.search += 1;
        self.vouching = None;
        self.said = None;
        self.see(FaceHint::NoFace, 0.0);
    }

    /// The search that is going on has this number.
    pub(crate) fn is_search(&self, number: u64) -> bool {
        self.looking && self.search == number
    }

    /// Who is said to stand there; `None` while a badge has to say it first.
    pub(crate) fn wanted(&self) -> Option<Claim> {
        let badge = match &self.vouching {
            Some(vouching) => vouching.voucher.as_ref(),
            None => self.claim.as_ref(),
        };
        match (badge, self.rules.mode, &self.vouching) {
            (Some(person), ..) => Some(Claim::Person(person.label)),
            (None, ConfirmationMode::BadgeFace, _) => None,
            (None, ConfirmationMode::Face, Some(vouching)) => {
                Some(Claim::AnyoneBut(vouching.employee.label))
            }
            (None, ConfirmationMode::Face, None) => Some(Claim::Anyone),
        }
    }

    /// A closed document waits for a face from now on; answers the number of the wait.
    pub(crate) fn begin_waiting(&mut self) -> u64 {
        self.waits += 1;
        self.waiting = Some(self.waits);
        self.ways_on = false;
        self.waits
    }

    /// No document waits any more; answers whether somebody was being vouched for.
    pub(crate) fn stop_waiting(&mut self) -> bool {
        self.waiting = None;
        self.ways_on = false;
        self.vouching.take().is_some()
    }

    /// A closed document waits for a face.
    pub(crate) fn is_waiting(&self) -> bool {
        self.waiting.is_some()
    }

    /// The document of that wait has waited long enough; answers whether it still waits.
    pub(crate) fn run_out_of_patience(&mut self, wait: u64) -> bool {
        let still = self.waiting == Some(wait);
        self.ways_on |= still;
        still
    }

    /// What the camera sees now, and how far the agreement is, 0 to 1.
    pub(crate) fn see(&mut self, hint: FaceHint, progress: f64) {
        self.hint = hint;
        self.progress = progress;
        let same_face = matches!(
            hint,
            FaceHint::Good
                | FaceHint::HoldStill
                | FaceHint::LookHere
                | FaceHint::Blink
                | FaceHint::TurnLeft
                | FaceHint::TurnRight
        );
        self.said = self
            .said
            .filter(|said| same_face && Instant::now() < said.until);
    }

    /// Says why a face was refused; it stays readable for a moment.
    pub(crate) fn say(&mut self, hint: FaceHint) {
        self.progress = 0.0;
        self.said = Some(Said {
            hint,
            until: Instant::now() + SAID_FOR,
        });
    }

    /// What the camera panel shows over the picture.
    pub(crate) fn view(&self) -> FaceView {
        let said = self.said.map(|said| said.hint);
        FaceView {
            active: self.looking,
            hint: self.camera_lost.or(said).unwrap_or(self.hint),
            progress: self.progress,
            ways_on: self.ways_on,
            claimed_name: self.claim.as_ref().map(|person| person.name.clone()),
            vouching_for: self
                .vouching
                .as_ref()
                .map(|vouching| vouching.employee.name.clone()),
        }
    }

    /// The view, if it is another one than the one that was told last.
    pub(crate) fn news(&mut self) -> Option<FaceView> {
        let view = self.view();
        if self.shown.as_ref() == Some(&view) {
            return None;
        }
        self.shown = Some(view.clone());
        Some(view)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(label: i32) -> Person {
        Person {
            id: EmployeeId::generate(),
            label,
            name: format!("Xodim {label}"),
        }
    }

    #[test]
    fn who_is_wanted_follows_from_the_mode_the_badge_and_who_is_vouched_for() {
        let vouching = |voucher: Option<i32>| {
            Some(Vouching {
                employee: person(1),
                voucher: voucher.map(person),
            })
        };
        for (mode, badge, vouching, wanted) in [
            (ConfirmationMode::Face, None, None, Some(Claim::Anyone)),
            (
                ConfirmationMode::Face,
                Some(4),
                None,
                Some(Claim::Person(4)),
            ),
            (
                ConfirmationMode::Face,
                Some(4),
                vouching(None),
                Some(Claim::AnyoneBut(1)),
            ),
            (
                ConfirmationMode::Face,
                None,
                vouching(Some(2)),
                Some(Claim::Person(2)),
            ),
            (ConfirmationMode::BadgeFace, None, None, None),
            (
                ConfirmationMode::BadgeFace,
                Some(4),
                None,
                Some(Claim::Person(4)),
            ),
            (ConfirmationMode::BadgeFace, Some(1), vouching(None), None),
            (
                ConfirmationMode::BadgeFace,
                Some(1),
                vouching(Some(2)),
                Some(Claim::Person(2)),
            ),
        ] {
            let mut gate = Gate::new();
            gate.rules.mode = mode;
            gate.claim = badge.map(person);
            gate.vouching = vouching;
            assert_eq!(
                gate.wanted(),
                wanted,
                "{mode:?}, {badge:?}, {:?}",
                gate.vouching
            );
        }
    }

    #[test]
    fn a_refusal_stays_readable_while_the_same_face_is_there() {
        let mut gate = Gate::new();
        gate.begin_search();
        gate.say(FaceHint::NotKnown);
        gate.see(FaceHint::TurnLeft, 0.1);
        assert_eq!(gate.view().hint, FaceHint::NotKnown);
        gate.see(FaceHint::NoFace, 0.0);
        assert_eq!(gate.view().hint, FaceHint::NoFace);
        gate.see(FaceHint::Good, 0.0);
        assert_eq!(gate.view().hint, FaceHint::Good);
    }

    #[test]
    fn a_lost_camera_is_said_before_anything_else() {
        let mut gate = Gate::new();
        gate.begin_search();
        gate.say(FaceHint::NotLive);
        gate.camera_lost = Some(FaceHint::CameraBusy);
        assert_eq!(gate.view().hint, FaceHint::CameraBusy);
    }

    #[test]
    fn the_impatience_of_an_earlier_document_shows_no_ways_on() {
        let mut gate = Gate::new();
        let earlier = gate.begin_waiting();
        gate.stop_waiting();
        let later = gate.begin_waiting();
        assert!(!gate.run_out_of_patience(earlier));
        assert!(!gate.view().ways_on);
        assert!(gate.run_out_of_patience(later));
        assert!(gate.view().ways_on);
    }

    #[test]
    fn what_an_earlier_search_says_is_not_heard() {
        let mut gate = Gate::new();
        let earlier = gate.begin_search();
        let later = gate.begin_search();
        assert!(!gate.is_search(earlier) && gate.is_search(later));
        gate.end_search();
        assert!(!gate.is_search(later));
    }
}
