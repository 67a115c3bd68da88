//! Drawn people, and what the crate says of their frames.

use image::RgbImage;
use ombor_face::{
    Act, Claim, Enrolled, Enrolment, EnrolmentStep, Error, FaceFinder, Frame, Gallery, Hint,
    Histogram, Lbph, Observation, PixelFormat, Search, Template, Verdict, Visit, Window,
};
use ombor_testkit::face::{Person, Variation, draw};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

/// Who is enrolled in these tests.
pub const ANVAR: u64 = 1;
pub const BEKZOD: u64 = 2;
pub const STRANGER: u64 = 3;
const PEOPLE: usize = 4;

/// Time between two frames of a desk's camera.
const DESK: Duration = Duration::from_millis(100);
/// Time between two frames that enrolment takes.
const ENROLMENT: Duration = Duration::from_millis(700);

pub fn frame(picture: &RgbImage) -> Result<Frame, Error> {
    Frame::new(
        picture.width(),
        picture.height(),
        PixelFormat::Rgb,
        picture.as_raw().clone(),
    )
}

pub fn frames(person: u64, variation: &Variation, count: u32) -> Result<Vec<Frame>, Error> {
    (0..count)
        .map(|number| frame(&draw(&Person::of(person), variation, number)))
        .collect()
}

/// What the desk sees of a person an hour after enrolment; drawn and looked at once.
pub fn at_desk(person: u64) -> Result<Vec<Observation>, Error> {
    static SEEN: [OnceLock<Vec<Observation>>; PEOPLE] = [const { OnceLock::new() }; PEOPLE];
    once(&SEEN[person as usize % PEOPLE], || {
        observe(&frames(person, &Variation::later(900 + person), 12)?)
    })
}

/// A value that is made by the first test that needs it.
fn once<T: Clone>(cell: &OnceLock<T>, make: impl Fn() -> Result<T, Error>) -> Result<T, Error> {
    // Tests run beside each other: the first holds the others back instead of all making the same.
    static MAKING: Mutex<()> = Mutex::new(());
    let _one = MAKING.lock().unwrap_or_else(PoisonError::into_inner);
    match cell.get() {
        Some(made) => Ok(made.clone()),
        None => make().map(|made| cell.get_or_init(|| made).clone()),
    }
}

pub fn enrol(label: i32, frames: &[Frame], enrolled: &Gallery) -> Result<Enrolled, Error> {
    let mut enrolment = Enrolment::new(label, 1, Visit::First)?;
    visit(&mut enrolment, frames)?;
    enrolment.finish(enrolled, &[])
}

/// Shows the frames to an enrolment, each for so long that a pose is passed over in time.
pub fn visit(enrolment: &mut Enrolment, frames: &[Frame]) -> Result<EnrolmentStep, Error> {
    let mut last = None;
    for (frame, n) in frames.iter().zip(0..) {
        last = Some(enrolment.push(frame, n * ENROLMENT)?.0);
    }
    last.ok_or(Error::TooFewFrames {
        accepted: 0,
        needed: 1,
    })
}

/// The person's templates under the person's own number; drawn and enrolled once.
pub fn templates(person: u64) -> Result<Vec<Template>, Error> {
    static MADE: [OnceLock<Vec<Template>>; PEOPLE] = [const { OnceLock::new() }; PEOPLE];
    once(&MADE[person as usize % PEOPLE], || {
        let seen = frames(person, &Variation::visit(100 + person), 26)?;
        Ok(enrol(person as i32, &seen, &Gallery::build([]))?.templates)
    })
}

pub fn gallery(people: &[u64]) -> Result<Arc<Gallery>, Error> {
    let mut all = Vec::new();
    for person in people {
        all.extend(templates(*person)?);
    }
    Ok(Arc::new(Gallery::build(all)))
}

/// What the desk sees in these frames.
pub fn observe(frames: &[Frame]) -> Result<Vec<Observation>, Error> {
    let mut finder = FaceFinder::for_desk(Search::Careful)?;
    frames
        .iter()
        .zip(0..)
        .map(|(frame, n)| finder.observe(frame, n * DESK))
        .collect()
}

pub fn hint(picture: &RgbImage) -> Result<Hint, Error> {
    Ok(observe(&[frame(picture)?])?[0].hint)
}

/// The first decision about what was seen, or where it left the window.
pub fn judge(gallery: &Arc<Gallery>, claim: Claim, seen: &[Observation]) -> Result<Verdict, Error> {
    judge_by(gallery, claim, seen, Box::new(Lbph::new()?))
}

/// The same when an act is asked.
pub fn judge_living(
    gallery: &Arc<Gallery>,
    act: Act,
    seen: &[Observation],
) -> Result<Verdict, Error> {
    let mut window = Window::new(Arc::clone(gallery), Claim::Anyone, Some(act))?;
    first_decision(&mut window, seen)
}

pub fn judge_by(
    gallery: &Arc<Gallery>,
    claim: Claim,
    seen: &[Observation],
    histogram: Box<dyn Histogram>,
) -> Result<Verdict, Error> {
    let mut window = Window::with_histogram(Arc::clone(gallery), claim, None, histogram);
    first_decision(&mut window, seen)
}

fn first_decision(window: &mut Window, seen: &[Observation]) -> Result<Verdict, Error> {
    let mut last = Verdict::Gathering {
        progress: 0.0,
        asked: None,
    };
    for observation in seen {
        last = window.push(observation)?;
        if !matches!(last, Verdict::Gathering { .. }) {
            break;
        }
    }
    Ok(last)
}
