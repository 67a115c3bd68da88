//! The asked act: who does it is confirmed, who does not is refused.

use crate::Outcome;
use crate::people::{ANVAR, BEKZOD, STRANGER, frame, gallery, judge_living, observe};
use image::RgbImage;
use ombor_face::{Act, Error, Frame, Observation, Refusal, Verdict};
use ombor_testkit::face::{Look, Person, Variation, draw_doing, draw_in_round};
use std::sync::OnceLock;
use std::time::Duration;

fn refusal(verdict: &Verdict) -> Option<Refusal> {
    if let Verdict::Refused(refused) = verdict {
        Some(refused.reason)
    } else {
        None
    }
}

fn confirmed(verdict: &Verdict) -> Option<(i32, Option<Act>)> {
    if let Verdict::Confirmed(confirmed) = verdict {
        Some((confirmed.label, confirmed.act))
    } else {
        None
    }
}

/// Ten frames a second in which a person does one thing after the other, each for so many frames.
fn doing(person: u64, looks: &[(Look, u32)]) -> Result<Vec<Frame>, Error> {
    let still = Variation {
        shift: 0.004,
        size: 0.005,
        roll_degrees: 1.0,
        turn: 0.0,
        ..Variation::later(71)
    };
    let looks = looks
        .iter()
        .flat_map(|(look, count)| std::iter::repeat_n(*look, *count as usize));
    looks
        .zip(0..)
        .map(|(look, n)| frame(&draw_doing(&Person::of(person), &still, n, look)))
        .collect()
}

fn acting(act: Act) -> Vec<(Look, u32)> {
    let (look, frames) = match act {
        Act::Blink => (Look::Shut, 2),
        Act::TurnLeft => (Look::Left, 4),
        Act::TurnRight => (Look::Right, 4),
    };
    vec![(Look::Open, 6), (look, frames), (Look::Open, 10)]
}

/// What the desk sees of Anvar doing an act; drawn and looked at once.
fn seen_doing(act: Act) -> Result<Vec<Observation>, Error> {
    static SEEN: [OnceLock<Vec<Observation>>; 3] = [const { OnceLock::new() }; 3];
    let cell = &SEEN[act as usize];
    if let Some(seen) = cell.get() {
        return Ok(seen.clone());
    }
    let seen = observe(&doing(ANVAR, &acting(act))?)?;
    Ok(cell.get_or_init(|| seen).clone())
}

#[test]
fn whoever_does_what_is_asked_is_confirmed_and_the_act_is_recorded() -> Outcome {
    let gallery = gallery(&[ANVAR, BEKZOD])?;
    for act in Act::ALL {
        let verdict = judge_living(&gallery, act, &seen_doing(act)?)?;
        assert_eq!(
            confirmed(&verdict),
            Some((ANVAR as i32, Some(act))),
            "{act:?}: {verdict:?}"
        );
    }
    Ok(())
}

#[test]
fn other_people_who_turn_are_seen_too() -> Outcome {
    let gallery = gallery(&[ANVAR, BEKZOD, STRANGER])?;
    for (person, act) in [(BEKZOD, Act::TurnLeft), (STRANGER, Act::TurnRight)] {
        let seen = observe(&doing(person, &acting(act))?)?;
        let verdict = judge_living(&gallery, act, &seen)?;
        assert_eq!(
            confirmed(&verdict),
            Some((person as i32, Some(act))),
            "{act:?}: {verdict:?}"
        );
    }
    Ok(())
}

#[test]
fn another_act_than_the_asked_one_does_not_pass() -> Outcome {
    let gallery = gallery(&[ANVAR, BEKZOD])?;
    for asked in Act::ALL {
        for done in Act::ALL.into_iter().filter(|done| *done != asked) {
            let verdict = judge_living(&gallery, asked, &seen_doing(done)?)?;
            assert_eq!(confirmed(&verdict), None, "{asked:?} by {done:?}");
        }
    }
    Ok(())
}

#[test]
fn the_act_is_asked_from_the_first_good_frames_until_it_is_seen() -> Outcome {
    let gallery = gallery(&[ANVAR, BEKZOD])?;
    let seen = seen_doing(Act::TurnLeft)?;
    let asked = |frames: usize| -> Result<Option<Act>, Error> {
        let verdict = judge_living(&gallery, Act::TurnLeft, &seen[..frames])?;
        Ok(match verdict {
            Verdict::Gathering { asked, .. } => asked,
            Verdict::Confirmed(_) | Verdict::Refused(_) => None,
        })
    };
    assert_eq!(asked(1)?, None);
    assert_eq!(asked(2)?, Some(Act::TurnLeft));
    assert_eq!(asked(8)?, Some(Act::TurnLeft));
    Ok(())
}

#[test]
fn an_act_that_is_not_done_in_its_time_is_refused() -> Outcome {
    let gallery = gallery(&[ANVAR, BEKZOD])?;
    let ahead = observe(&doing(ANVAR, &[(Look::Open, 12)])?)?;
    // The same frames again and again, for nine seconds.
    let waiting: Vec<Observation> = (0..90)
        .map(|n: u32| Observation {
            at: n * Duration::from_millis(100),
            ..ahead[n as usize % ahead.len()].clone()
        })
        .collect();
    for act in Act::ALL {
        let verdict = judge_living(&gallery, act, &waiting)?;
        assert_eq!(refusal(&verdict), Some(Refusal::NotLive), "{act:?}");
    }
    let early = judge_living(&gallery, Act::TurnLeft, &waiting[..75])?;
    assert!(
        matches!(early, Verdict::Gathering { progress, asked: Some(_) } if progress >= 1.0),
        "{early:?}"
    );
    Ok(())
}

#[test]
fn a_still_photo_never_passes() -> Outcome {
    let gallery = gallery(&[ANVAR, BEKZOD])?;
    // The camera's noise is new in each frame, the face is not.
    let photo: Vec<Frame> = (0..30)
        .map(|n| {
            let noise = Variation {
                shift: 0.0,
                size: 0.0,
                roll_degrees: 0.0,
                turn: 0.0,
                ..Variation::later(72 + n)
            };
            frame(&draw_doing(&Person::of(ANVAR), &noise, 0, Look::Open))
        })
        .collect::<Result<_, _>>()?;
    let seen = observe(&photo)?;
    for act in Act::ALL {
        let verdict = judge_living(&gallery, act, &seen)?;
        assert_eq!(confirmed(&verdict), None, "{act:?}");
    }
    Ok(())
}

/// A flat picture turned about its upright axis by so many degrees, as a camera far away sees it.
fn swung(photo: &RgbImage, degrees: f32) -> RgbImage {
    let (width, height) = photo.dimensions();
    let middle = width as f32 / 2.0;
    let narrow = degrees.to_radians().cos();
    RgbImage::from_fn(width, height, |x, y| {
        let from = (middle + (x as f32 - middle) / narrow).clamp(0.0, width as f32 - 1.0);
        *photo.get_pixel(from.round() as u32, y)
    })
}

#[test]
fn a_photo_that_is_swung_to_the_side_and_back_never_passes() -> Outcome {
    let gallery = gallery(&[ANVAR, BEKZOD])?;
    let photo = draw_doing(&Person::of(ANVAR), &Variation::later(75), 0, Look::Open);
    let swing = [0.0; 12]
        .into_iter()
        .chain([10.0, 20.0, 30.0, 35.0, 35.0, 30.0, 20.0, 10.0])
        .chain([0.0; 14]);
    let frames: Vec<Frame> = swing
        .map(|degrees| frame(&swung(&photo, degrees)))
        .collect::<Result<_, _>>()?;
    let seen = observe(&frames)?;
    for act in Act::ALL {
        let verdict = judge_living(&gallery, act, &seen)?;
        assert_eq!(confirmed(&verdict), None, "{act:?}");
    }
    Ok(())
}

#[test]
fn a_turn_of_somebody_else_before_the_enrolled_face_does_not_pass() -> Outcome {
    let gallery = gallery(&[ANVAR, BEKZOD])?;
    let mut seen = observe(&doing(BEKZOD, &acting(Act::TurnLeft)[..2])?)?;
    let own = seen_doing(Act::TurnRight)?;
    let after = seen.len() as u32;
    seen.extend(own.into_iter().filter(|o| o.crop.is_some()).take(12));
    // As if the faces had changed without a gap, on one track.
    let one_track: Vec<Observation> = seen
        .into_iter()
        .zip(0..)
        .map(|(observation, n)| Observation {
            at: n * Duration::from_millis(100),
            track: 1,
            ..observation
        })
        .collect();
    let verdict = judge_living(&gallery, Act::TurnLeft, &one_track)?;
    assert_eq!(
        confirmed(&verdict),
        None,
        "after {after} frames: {verdict:?}"
    );
    Ok(())
}

#[test]
fn a_face_that_comes_back_has_to_act_again() -> Outcome {
    let gallery = gallery(&[ANVAR, BEKZOD])?;
    let mut seen = seen_doing(Act::TurnLeft)?;
    for observation in seen.iter_mut().skip(12) {
        observation.track += 1;
    }
    let verdict = judge_living(&gallery, Act::TurnLeft, &seen)?;
    assert_eq!(confirmed(&verdict), None, "{verdict:?}");
    Ok(())
}

#[test]
fn a_round_of_drawn_frames_shows_every_act() -> Outcome {
    let gallery = gallery(&[ANVAR, BEKZOD])?;
    let person = Person::of(ANVAR);
    let round: Vec<Frame> = (0..30)
        .map(|n| frame(&draw_in_round(&person, &Variation::later(74), n)))
        .collect::<Result<_, _>>()?;
    for step in [1, 2] {
        // At fifteen frames a second all of them, or every second one.
        let frames: Vec<Frame> = round
            .iter()
            .cycle()
            .take(70)
            .step_by(step)
            .cloned()
            .collect();
        let seen: Vec<Observation> = observe(&frames)?
            .into_iter()
            .zip(0..)
            .map(|(observation, n)| Observation {
                at: n * step as u32 * Duration::from_millis(67),
                ..observation
            })
            .collect();
        for act in Act::ALL {
            let verdict = judge_living(&gallery, act, &seen)?;
            assert_eq!(
                confirmed(&verdict),
                Some((ANVAR as i32, Some(act))),
                "{act:?} in every frame of {step}: {verdict:?}"
            );
        }
    }
    Ok(())
}

#[test]
fn whoever_is_first_seen_in_the_midst_of_a_turn_passes_with_the_next_one() -> Outcome {
    let gallery = gallery(&[ANVAR, BEKZOD])?;
    for (act, look) in [(Act::TurnLeft, Look::Left), (Act::TurnRight, Look::Right)] {
        let looks = [(look, 3), (Look::Open, 36), (look, 4), (Look::Open, 10)];
        let verdict = judge_living(&gallery, act, &observe(&doing(ANVAR, &looks)?)?)?;
        assert_eq!(
            confirmed(&verdict),
            Some((ANVAR as i32, Some(act))),
            "{verdict:?}"
        );
    }
    Ok(())
}

#[test]
fn acts_are_drawn_evenly_and_named() {
    let drawn: Vec<Act> = (0..6).map(Act::draw).collect();
    assert_eq!(drawn[..3], drawn[3..]);
    assert_eq!(
        drawn[..3]
            .iter()
            .map(|act| act.as_str())
            .collect::<Vec<_>>(),
        ["blink", "turnLeft", "turnRight"]
    );
}
