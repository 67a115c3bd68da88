//! From a visit to templates.

use crate::Outcome;
use crate::people::{ANVAR, BEKZOD, enrol, frame, frames, gallery};
use ombor_face::{Enrolment, Error, Gallery, Hint, MIN_FRAMES, WANTED_FRAMES};
use ombor_testkit::face::{Person, Variation, draw, draw_nobody};
use std::time::Duration;

#[test]
fn a_visit_gives_ten_templates_that_know_their_person() -> Outcome {
    let visit = frames(ANVAR, &Variation::visit(31), 22)?;
    let enrolled = enrol(7, &visit, &Gallery::build([]))?;
    assert_eq!(enrolled.templates.len(), 10);
    assert!(
        enrolled
            .templates
            .iter()
            .all(|template| template.label == 7 && template.light == 1)
    );
    assert!(
        enrolled.self_test < 0.85 && enrolled.quality > 0.5,
        "{enrolled:?}"
    );
    assert_eq!(enrolled.already_enrolled, None);
    Ok(())
}

#[test]
fn a_face_that_is_enrolled_under_another_number_is_named() -> Outcome {
    let visit = frames(ANVAR, &Variation::later(32), 12)?;
    let twice = enrol(7, &visit, &*gallery(&[ANVAR, BEKZOD])?)?;
    assert_eq!(
        twice.already_enrolled.map(|other| other.label),
        Some(ANVAR as i32)
    );
    Ok(())
}

#[test]
fn a_short_visit_enrols_nobody() -> Outcome {
    let visit = frames(ANVAR, &Variation::visit(33), 5)?;
    let failed = enrol(7, &visit, &Gallery::build([]));
    assert!(matches!(
        failed,
        Err(Error::TooFewFrames {
            accepted: 5,
            needed: MIN_FRAMES
        })
    ));
    Ok(())
}

#[test]
fn the_same_picture_counts_once() -> Outcome {
    let picture = frame(&draw(&Person::of(ANVAR), &Variation::visit(34), 0))?;
    let mut enrolment = Enrolment::new(7, 1)?;
    let mut accepted = Vec::new();
    for n in 0..6 {
        accepted.push(
            enrolment
                .push(&picture, n * Duration::from_secs(1))?
                .0
                .accepted,
        );
    }
    assert_eq!(accepted, [1; 6]);
    Ok(())
}

#[test]
fn frames_that_follow_at_once_wait_for_their_turn() -> Outcome {
    let mut enrolment = Enrolment::new(7, 1)?;
    for (frame, n) in frames(ANVAR, &Variation::visit(35), 6)?.iter().zip(0..) {
        enrolment.push(frame, n * Duration::from_millis(100))?;
    }
    let empty = frame(&draw_nobody(&Variation::visit(35), 0))?;
    let (step, _) = enrolment.push(&empty, Duration::from_millis(700))?;
    assert_eq!(
        (step.accepted, step.wanted, step.hint),
        (2, WANTED_FRAMES, Hint::NoFace)
    );
    Ok(())
}

#[test]
fn somebody_else_in_the_middle_of_a_visit_is_left_out() -> Outcome {
    let mut enrolment = Enrolment::new(7, 1)?;
    let own = frames(ANVAR, &Variation::visit(36), 6)?;
    let other = frames(BEKZOD, &Variation::visit(37), 4)?;
    let mut last = None;
    for (frame, n) in own.iter().chain(&other).zip(0..) {
        last = Some(enrolment.push(frame, n * Duration::from_secs(1))?.0);
    }
    assert_eq!(
        last.map(|step| (step.accepted, step.hint)),
        Some((6, Hint::LookHere))
    );
    Ok(())
}
