//! Judges the newest frame: for a confirmation, or for an enrolment.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use ombor_face::{
    Act, Enrolment, Error, FaceFinder, Frame, Hint, Refusal, Search as Care, Verdict, Window,
};

use super::{Eye, Purpose, Search, Seen, Sitting};

enum Task {
    Rest,
    Confirm(Box<Confirming>),
    Enrol(Box<Enrolment>, Sitting),
}

struct Confirming {
    search: Search,
    finder: FaceFinder,
    window: Window,
    asked: Option<Act>,
    /// That there is nobody to compare with is said once.
    said_nobody: bool,
}

pub(super) fn judge(eye: &Eye) {
    let mut task = Task::Rest;
    let mut revision = 0;
    let mut last = 0;
    while let Some((purpose, frame)) = next(eye, &mut revision, &mut last) {
        if let Some(purpose) = purpose {
            task = begin(eye, purpose);
        }
        let Some((frame, at)) = frame else { continue };
        match look(eye, &mut task, &frame, at) {
            Ok(Outlook::GoesOn) => {}
            Ok(Outlook::IsOver) => task = Task::Rest,
            Err(error) => tracing::warn!(%error, "a frame could not be judged"),
        }
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
    let mut shared = waiting.unwrap_or_else(PoisonError::into_inner);
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
    shared.taken = *last;
    eye.changed.notify_all();
    Some((purpose, frame))
}

fn begin(eye: &Eye, purpose: Purpose) -> Task {
    match purpose {
        Purpose::Rest => Task::Rest,
        Purpose::Confirm(search) => match Confirming::begin(search) {
            Ok(confirming) => Task::Confirm(Box::new(confirming)),
            Err(error) => {
                tracing::error!(%error, "nobody can be looked for");
                Task::Rest
            }
        },
        Purpose::Enrol(sitting) => {
            match Enrolment::new(sitting.label, sitting.light, sitting.visit) {
                Ok(enrolment) => Task::Enrol(Box::new(enrolment), sitting),
                Err(error) => {
                    eye.tell(Seen::Enrolled(Box::new(Err(error))));
                    Task::Rest
                }
            }
        }
    }
}

/// Whether the next frame is to be looked at too.
enum Outlook {
    GoesOn,
    IsOver,
}

fn look(eye: &Eye, task: &mut Task, frame: &Frame, at: Duration) -> Result<Outlook, Error> {
    match task {
        Task::Rest => Ok(Outlook::GoesOn),
        Task::Confirm(confirming) => confirming.look(eye, frame, at),
        Task::Enrol(enrolment, _) => {
            let (step, _) = enrolment.push(frame, at)?;
            eye.tell(Seen::Enrolling(step));
            if step.done
                && let Task::Enrol(enrolment, sitting) = std::mem::replace(task, Task::Rest)
            {
                let outcome = enrolment.finish(&sitting.others, &sitting.before);
                eye.tell(Seen::Enrolled(Box::new(outcome)));
            }
            Ok(Outlook::GoesOn)
        }
    }
}

impl Confirming {
    fn begin(search: Search) -> Result<Self, Error> {
        let (window, asked) = window(&search)?;
        Ok(Self {
            finder: FaceFinder::for_desk(Care::Careful)?,
            window,
            asked,
            search,
            said_nobody: false,
        })
    }

    fn look(&mut self, eye: &Eye, frame: &Frame, at: Duration) -> Result<Outlook, Error> {
        let observation = self.finder.observe(frame, at)?;
        let verdict = self.window.push(&observation)?;
        self.decide(eye, verdict, observation.hint)
    }

    /// Tells what the window of frames says.
    fn decide(&mut self, eye: &Eye, verdict: Verdict, hint: Hint) -> Result<Outlook, Error> {
        let search = self.search.number;
        match verdict {
            Verdict::Gathering { progress, asked } => {
                eye.tell(Seen::Hint {
                    search,
                    hint,
                    asked,
                    progress,
                });
                Ok(Outlook::GoesOn)
            }
            Verdict::Confirmed(face) => {
                eye.tell(Seen::Confirmed { search, face });
                Ok(Outlook::IsOver)
            }
            Verdict::Refused(face) => {
                let nobody = matches!(
                    face.reason,
                    Refusal::NobodyEnrolled | Refusal::ClaimNotEnrolled
                );
                let asked = self.asked;
                if !(nobody && std::mem::replace(&mut self.said_nobody, nobody)) {
                    tracing::info!(reason = ?face.reason, score = ?face.score, "a face was not confirmed");
                    eye.tell(Seen::Refused {
                        search,
                        face,
                        asked,
                    });
                }
                if asked.is_some() {
                    // Whoever failed an act may not practise the same one.
                    (self.window, self.asked) = window(&self.search)?;
                }
                Ok(Outlook::GoesOn)
            }
        }
    }
}

/// A window of frames, with a sign of life drawn by chance if one is asked for.
fn window(search: &Search) -> Result<(Window, Option<Act>), Error> {
    let asked = search.liveness.then(|| Act::draw(rand::random()));
    let window = Window::new(Arc::clone(&search.gallery), search.claim, asked)?;
    Ok((window, asked))
}
