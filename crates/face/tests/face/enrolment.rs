//! From a visit to templates.

use crate::Outcome;
use crate::people::{ANVAR, BEKZOD, enrol, frame, frames, gallery, templates, visit};
use ombor_face::{Enrolment, Error, Gallery, Hint, Pose, Visit};
use ombor_testkit::face::{Look, Person, Variation, draw, draw_doing, draw_nobody};
use std::time::Duration;

#[test]
fn a_visit_gives_ten_templates_that_know_their_person() -> Outcome {
    let seen = frames(ANVAR, &Variation::visit(31), 26)?;
    let enrolled = enrol(7, &seen, &Gallery::build([]))?;
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
fn a_top_up_adds_three_frames_of_the_new_light() -> Outcome {
    let mut top_up = Enrolment::new(ANVAR as i32, 2, Visit::TopUp)?;
    let step = visit(&mut top_up, &frames(ANVAR, &Variation::later(38), 10)?)?;
    assert_eq!((step.accepted, step.wanted, step.done), (3, 3, true));
    let before = templates(ANVAR)?;
    let others = gallery(&[ANVAR, BEKZOD])?;
    let enrolled = top_up.finish(&others, &before)?;
    assert_eq!(enrolled.templates.len(), 3);
    assert!(
        enrolled
            .templates
            .iter()
            .all(|template| template.light == 2)
    );
    assert_eq!(enrolled.already_enrolled, None, "it is the same person");
    let both = Gallery::build(before.into_iter().chain(enrolled.templates));
    assert_eq!(both.lights(ANVAR as i32), 2);
    Ok(())
}

#[test]
fn somebody_elses_top_up_does_not_pass_its_test() -> Outcome {
    let mut top_up = Enrolment::new(ANVAR as i32, 2, Visit::TopUp)?;
    visit(&mut top_up, &frames(BEKZOD, &Variation::later(39), 10)?)?;
    let tested = top_up.finish(&*gallery(&[BEKZOD])?, &templates(ANVAR)?);
    let resembles = tested.map(|enrolled| enrolled.already_enrolled.map(|other| other.label));
    assert!(
        matches!(resembles, Ok(Some(label)) if label == BEKZOD as i32)
            || matches!(resembles, Err(Error::SelfTestFailed { .. })),
        "{resembles:?}"
    );
    Ok(())
}

#[test]
fn a_visit_asks_for_one_pose_after_the_other_and_takes_it_at_once() -> Outcome {
    let slightly = |turn: f32| Variation {
        turn,
        ..Variation::visit(41)
    };
    let person = Person::of(ANVAR);
    let straight = slightly(0.0);
    let mut enrolment = Enrolment::new(7, 1, Visit::First)?;
    let mut asked = Vec::new();
    for n in 0..2 {
        let picture = draw(&person, &straight, n);
        asked.push(
            enrolment
                .push(&frame(&picture)?, n * Duration::from_millis(400))?
                .0
                .pose,
        );
    }
    assert_eq!(asked, [Pose::Straight, Pose::Left]);
    // A head that is turned the other way is waited for, one that turns to the asked side is taken at once.
    let mut push = |look, n: u32, at| -> Result<usize, Error> {
        let picture = frame(&draw_doing(&person, &straight, n, look))?;
        Ok(enrolment
            .push(&picture, Duration::from_millis(at))?
            .0
            .accepted)
    };
    assert_eq!(push(Look::Right, 4, 1000)?, 2);
    assert_eq!(push(Look::Left, 5, 1100)?, 3);
    Ok(())
}

#[test]
fn a_face_that_is_enrolled_under_another_number_is_named() -> Outcome {
    let seen = frames(ANVAR, &Variation::later(32), 26)?;
    let twice = enrol(7, &seen, &*gallery(&[ANVAR, BEKZOD])?)?;
    assert_eq!(
        twice.already_enrolled.map(|other| other.label),
        Some(ANVAR as i32)
    );
    Ok(())
}

#[test]
fn a_short_visit_enrols_nobody() -> Outcome {
    let seen = frames(ANVAR, &Variation::visit(33), 5)?;
    let failed = enrol(7, &seen, &Gallery::build([]));
    assert!(matches!(
        failed,
        Err(Error::TooFewFrames {
            accepted: 1..5,
            needed: 10
        })
    ));
    Ok(())
}

#[test]
fn the_same_picture_counts_once() -> Outcome {
    let picture = frame(&draw(&Person::of(ANVAR), &Variation::visit(34), 0))?;
    let mut enrolment = Enrolment::new(7, 1, Visit::First)?;
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
    let mut enrolment = Enrolment::new(7, 1, Visit::First)?;
    for (frame, n) in frames(ANVAR, &Variation::visit(35), 4)?.iter().zip(0..) {
        enrolment.push(frame, n * Duration::from_millis(100))?;
    }
    let empty = frame(&draw_nobody(&Variation::visit(35), 0))?;
    let (step, _) = enrolment.push(&empty, Duration::from_millis(700))?;
    assert_eq!(
        (step.accepted, step.wanted, step.hint),
        (2, 10, Hint::NoFace)
    );
    Ok(())
}

#[test]
fn somebody_else_in_the_middle_of_a_visit_is_left_out() -> Outcome {
    let mut enrolment = Enrolment::new(7, 1, Visit::First)?;
    let own = visit(&mut enrolment, &frames(ANVAR, &Variation::visit(36), 10)?)?;
    let mut hints = Vec::new();
    let mut accepted = own.accepted;
    for (other, n) in frames(BEKZOD, &Variation::visit(37), 6)?.iter().zip(0..) {
        let (step, _) =
            enrolment.push(other, Duration::from_mins(1) + n * Duration::from_secs(2))?;
        accepted = step.accepted;
        hints.push(step.hint);
    }
    assert_eq!(accepted, own.accepted);
    assert!(hints.contains(&Hint::LookHere), "{hints:?}");
    Ok(())
}
