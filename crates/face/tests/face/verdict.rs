//! Who is confirmed and who is refused.

use crate::Outcome;
use crate::people::{
    ANVAR, BEKZOD, STRANGER, at_desk, frames, gallery, hint, judge, judge_by, observe,
};
use ombor_face::{Claim, Counts, Crop, Error, Hint, Histogram, Refusal, Verdict, Window};
use ombor_testkit::face::{Person, Variation, draw, draw_nobody, draw_two};

fn refusal(verdict: &Verdict) -> Option<Refusal> {
    if let Verdict::Refused(refused) = verdict {
        Some(refused.reason)
    } else {
        None
    }
}

fn confirmed(verdict: &Verdict) -> Option<i32> {
    if let Verdict::Confirmed(confirmed) = verdict {
        Some(confirmed.label)
    } else {
        None
    }
}

fn gathered(progress: f32) -> Verdict {
    let asked = None;
    Verdict::Gathering { progress, asked }
}

#[test]
fn an_enrolled_person_is_confirmed_an_hour_later() -> Outcome {
    let verdict = judge(&gallery(&[ANVAR])?, Claim::Anyone, &at_desk(ANVAR)?)?;
    let Verdict::Confirmed(confirmed) = verdict else {
        return Err(format!("{verdict:?}").into());
    };
    assert_eq!(confirmed.label, ANVAR as i32);
    assert!(confirmed.score < confirmed.threshold - 0.1, "{confirmed:?}");
    assert!(
        confirmed.frames >= 5 && confirmed.agreeing_share >= 0.8,
        "{confirmed:?}"
    );
    Ok(())
}

#[test]
fn a_stranger_is_refused_while_one_person_is_enrolled() -> Outcome {
    let verdict = judge(&gallery(&[ANVAR])?, Claim::Anyone, &at_desk(STRANGER)?)?;
    assert_eq!(refusal(&verdict), Some(Refusal::NotKnown), "{verdict:?}");
    Ok(())
}

#[test]
fn among_two_enrolled_people_each_is_taken_for_themselves_and_a_stranger_for_nobody() -> Outcome {
    let both = gallery(&[ANVAR, BEKZOD])?;
    assert_eq!(
        confirmed(&judge(&both, Claim::Anyone, &at_desk(ANVAR)?)?),
        Some(ANVAR as i32)
    );
    assert_eq!(
        confirmed(&judge(&both, Claim::Anyone, &at_desk(BEKZOD)?)?),
        Some(BEKZOD as i32)
    );
    assert!(refusal(&judge(&both, Claim::Anyone, &at_desk(STRANGER)?)?).is_some());
    Ok(())
}

#[test]
fn a_badge_confirms_its_owner_and_nobody_else() -> Outcome {
    let both = gallery(&[ANVAR, BEKZOD])?;
    let claim = Claim::Person(ANVAR as i32);
    assert_eq!(
        confirmed(&judge(&both, claim, &at_desk(ANVAR)?)?),
        Some(ANVAR as i32)
    );
    assert_eq!(
        refusal(&judge(&both, claim, &at_desk(BEKZOD)?)?),
        Some(Refusal::NotKnown)
    );
    let unknown = judge(&both, Claim::Person(77), &at_desk(ANVAR)?)?;
    assert_eq!(refusal(&unknown), Some(Refusal::ClaimNotEnrolled));
    Ok(())
}

#[test]
fn who_vouches_is_somebody_else() -> Outcome {
    let both = gallery(&[ANVAR, BEKZOD])?;
    let claim = Claim::AnyoneBut(ANVAR as i32);
    assert_eq!(
        confirmed(&judge(&both, claim, &at_desk(BEKZOD)?)?),
        Some(BEKZOD as i32)
    );
    let own = judge(&both, claim, &at_desk(ANVAR)?)?;
    assert!(refusal(&own).is_some(), "{own:?}");
    Ok(())
}

#[test]
fn a_refusal_names_whom_the_face_is_nearest_to() -> Outcome {
    let verdict = judge(&gallery(&[ANVAR])?, Claim::Anyone, &at_desk(STRANGER)?)?;
    let Verdict::Refused(refused) = verdict else {
        return Err(format!("{verdict:?}").into());
    };
    assert_eq!(refused.label, Some(ANVAR as i32));
    assert!(
        refused.score.is_some_and(|score| score > 0.86),
        "{refused:?}"
    );
    Ok(())
}

#[test]
fn nobody_is_confirmed_while_nobody_is_enrolled() -> Outcome {
    let verdict = judge(&gallery(&[])?, Claim::Anyone, &at_desk(ANVAR)?)?;
    assert_eq!(refusal(&verdict), Some(Refusal::NobodyEnrolled));
    Ok(())
}

#[test]
fn a_few_frames_are_no_verdict() -> Outcome {
    let verdict = judge(&gallery(&[ANVAR])?, Claim::Anyone, &at_desk(ANVAR)?[..4])?;
    assert_eq!(verdict, gathered(0.4));
    Ok(())
}

#[test]
fn a_face_that_was_away_begins_a_new_window() -> Outcome {
    let mut window = Window::new(gallery(&[ANVAR])?, Claim::Anyone, None)?;
    let seen = at_desk(ANVAR)?;
    let mut verdict = gathered(0.0);
    for observation in &seen[..8] {
        verdict = window.push(observation)?;
    }
    assert_eq!(verdict, gathered(0.8));
    let mut back = seen[8].clone();
    back.track += 1;
    assert_eq!(window.push(&back)?, gathered(0.1));
    Ok(())
}

/// Says of every face what it said of the first template.
struct Constant(Counts);

impl Histogram for Constant {
    fn counts(&mut self, _crop: &Crop) -> Result<Counts, Error> {
        Ok(self.0.clone())
    }
}

#[test]
fn with_a_constant_in_the_place_of_lbph_nobody_is_confirmed() -> Outcome {
    let gallery = gallery(&[ANVAR])?;
    let bins = gallery
        .templates()
        .next()
        .map_or(0, |template| template.counts.as_bytes().len());
    // A flat face: every pixel of each of the hundred cells has the same pattern.
    let flat = (0..bins)
        .map(|bin| if bin % 256 == 255 { 121 } else { 0 })
        .collect();
    let constant = Box::new(Constant(Counts::parse(flat)?));
    let verdict = judge_by(&gallery, Claim::Anyone, &at_desk(ANVAR)?, constant)?;
    assert_eq!(refusal(&verdict), Some(Refusal::NotKnown), "{verdict:?}");
    Ok(())
}

#[test]
fn two_faces_are_no_face() -> Outcome {
    let near = Variation {
        eye_distance: 70.0,
        ..Variation::visit(5)
    };
    let picture = draw_two(&Person::of(ANVAR), &Person::of(BEKZOD), &near, 0);
    assert_eq!(hint(&picture)?, Hint::TwoFaces);
    Ok(())
}

#[test]
fn an_empty_place_is_no_face() -> Outcome {
    assert_eq!(hint(&draw_nobody(&Variation::visit(5), 0))?, Hint::NoFace);
    Ok(())
}

#[test]
fn a_face_in_the_dark_is_asked_for_light() -> Outcome {
    let dark = Variation {
        exposure: 0.2,
        noise: 1.0,
        ..Variation::visit(5)
    };
    assert_eq!(hint(&draw(&Person::of(ANVAR), &dark, 0))?, Hint::MoreLight);
    Ok(())
}

#[test]
fn a_burnt_out_face_is_asked_for_less_light() -> Outcome {
    let bright = Variation {
        exposure: 1.7,
        ..Variation::visit(5)
    };
    assert_eq!(
        hint(&draw(&Person::of(ANVAR), &bright, 0))?,
        Hint::LessLight
    );
    Ok(())
}

#[test]
fn a_face_far_away_never_counts() -> Outcome {
    let far = Variation {
        eye_distance: 16.0,
        ..Variation::visit(5)
    };
    let seen = observe(&[crate::people::frame(&draw(&Person::of(ANVAR), &far, 0))?])?;
    assert!(seen[0].crop.is_none());
    assert!(
        matches!(seen[0].hint, Hint::Closer | Hint::NoFace),
        "{:?}",
        seen[0].hint
    );
    Ok(())
}

#[test]
fn the_verdict_is_the_same_on_every_run() -> Outcome {
    let gallery = gallery(&[ANVAR])?;
    let visit = frames(ANVAR, &Variation::later(7), 10)?;
    let first = judge(&gallery, Claim::Anyone, &observe(&visit)?)?;
    assert_eq!(first, judge(&gallery, Claim::Anyone, &observe(&visit)?)?);
    Ok(())
}
