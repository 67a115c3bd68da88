//! Judges the newest frame: for a confirmation, or for an enrolment.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use ombor_face::{
    Claim, Enrolment, Error, FaceFinder, Frame, Gallery, Hint, Search, Verdict, Window,
};

use super::{Eye, Purpose, Seen};

/// The person who is being enrolled has no number of their own yet where this stands for it.
pub(super) const NEWCOMER: i32 = 0;

/// The first visit's light.
const FIRST_LIGHT: i16 = 1;

enum Task {
    Rest,
    Confirm {
        finder: Box<FaceFinder>,
        window: Box<Window>,
    },
    Enrol {
        enrolment: Box<Enrolment>,
        others: Arc<Gallery>,
    },
}

pub(super) fn judge(eye: &Eye) {
    let mut task = Task::Rest;
    let mut revision = 0;
    let mut last = 0;
    while let Some((purpose, frame)) = next(eye, &mut revision, &mut last) {
        if let Some(purpose) = purpose {
            task = begin(eye, &purpose);
        }
        let Some((frame, at)) = frame else { continue };
        task = match look(eye, task, &frame, at) {
            Ok(task) => task,
            Err(error) => {
                tracing::warn!(%error, "a frame could not be judged");
                Task::Rest
            }
        };
    }
}

type Next = (Option<Purpose>, Option<(Arc<Frame>, Duration)>);

/// Waits for a new purpose or, unless there is nothing to do, for a new frame.
fn next(eye: &Eye, revision: &mut u32, last: &mut u64) -> Option<Next> {
    let shared = eye.shared();
    let waiting = eye.changed.wait_while(shared, |shared| {
        let rests = matches!(shared.purpose, Purpose::Rest);
        let fresh = shared
            .newest
            .as_ref()
            .is_some_and(|(number, ..)| number != last);
        !eye.closing() && shared.purpose_revision == *revision && (rests || !fresh)
    });
    let shared = waiting.unwrap_or_else(PoisonError::into_inner);
    if eye.closing() {
        return None;
    }
    let purpose = (shared.purpose_revision != *revision).then(|| shared.purpose.clone());
    *revision = shared.purpose_revision;
    let newest = shared.newest.as_ref().filter(|(number, ..)| number != last);
    let frame = newest.map(|(number, frame, at)| {
        *last = *number;
        (Arc::clone(frame), *at)
    });
    Some((purpose, frame))
}

fn begin(eye: &Eye, purpose: &Purpose) -> Task {
    let task = match purpose {
        Purpose::Rest => return Task::Rest,
        Purpose::Confirm(gallery) => confirm(Arc::clone(gallery)),
        Purpose::Enrol(others) => {
            Enrolment::new(NEWCOMER, FIRST_LIGHT).map(|enrolment| Task::Enrol {
                enrolment: Box::new(enrolment),
                others: Arc::clone(others),
            })
        }
    };
    task.unwrap_or_else(|error| {
        eye.tell(Seen::Enrolled(Box::new(Err(error))));
        Task::Rest
    })
}

fn confirm(gallery: Arc<Gallery>) -> Result<Task, Error> {
    let finder = Box::new(FaceFinder::for_desk(Search::Careful)?);
    let window = Box::new(Window::new(gallery, Claim::Anyone)?);
    Ok(Task::Confirm { finder, window })
}

/// Looks at one frame; answers what to do with the next one.
fn look(eye: &Eye, task: Task, frame: &Frame, at: Duration) -> Result<Task, Error> {
    match task {
        Task::Rest => Ok(Task::Rest),
        Task::Confirm {
            mut finder,
            mut window,
        } => {
            let observation = finder.observe(frame, at)?;
            let confirmed = decide(eye, window.push(&observation)?, observation.hint);
            Ok(if confirmed {
                Task::Rest
            } else {
                Task::Confirm { finder, window }
            })
        }
        Task::Enrol {
            mut enrolment,
            others,
        } => {
            let (step, _) = enrolment.push(frame, at)?;
            eye.tell(Seen::Enrolling {
                accepted: step.accepted,
                wanted: step.wanted,
                hint: step.hint,
            });
            if !step.done {
                return Ok(Task::Enrol { enrolment, others });
            }
            eye.tell(Seen::Enrolled(Box::new(enrolment.finish(&others))));
            Ok(Task::Rest)
        }
    }
}

/// Tells what the window of frames says; answers whether somebody was confirmed.
fn decide(eye: &Eye, verdict: Verdict, hint: Hint) -> bool {
    match verdict {
        Verdict::Gathering { progress } => {
            eye.tell(Seen::Hint { hint, progress });
            false
        }
        Verdict::Confirmed(confirmed) => {
            eye.tell(Seen::Confirmed(confirmed));
            true
        }
        Verdict::Refused(refused) => {
            tracing::info!(reason = ?refused.reason, score = ?refused.score, "a face was not confirmed");
            eye.tell(Seen::NotKnown);
            false
        }
    }
}
