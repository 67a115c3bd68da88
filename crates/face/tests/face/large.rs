//! Galleries of many people, made up from the cells of a few.

use crate::Outcome;
use crate::people::{ANVAR, BEKZOD, at_desk, gallery, templates};
use ombor_face::{Counts, Error, Gallery, Histogram, Lbph, Template};

/// Patterns of a cell.
const PATTERNS: usize = 256;

/// `count` people with three templates each, whose cells are those of drawn people in another order.
fn crowd(count: i32) -> Result<Vec<Template>, Error> {
    let known = templates(BEKZOD)?;
    let mut crowd = Vec::new();
    for label in 100..100 + count {
        for template in &known[..3] {
            let mut bytes = template.counts.as_bytes().to_vec();
            bytes.rotate_left(PATTERNS * (label as usize * 7 % 100));
            crowd.push(Template {
                label,
                light: 1,
                quality: 1.0,
                counts: Counts::parse(bytes)?,
            });
        }
    }
    Ok(crowd)
}

#[test]
fn comparing_only_the_likeliest_finds_the_same_person_at_nearly_the_same_score() -> Outcome {
    let large = Gallery::build(templates(ANVAR)?.into_iter().chain(crowd(60)?));
    let mut lbph = Lbph::new()?;
    for seen in &at_desk(ANVAR)?[..3] {
        let Some(crop) = &seen.crop else { continue };
        let counts = lbph.counts(crop)?;
        let (full, quick) = (
            large.scores_in_full(&counts),
            large.scores_of_likeliest(&counts, None, 10),
        );
        assert_eq!(
            (full[0].label, quick[0].label),
            (ANVAR as i32, ANVAR as i32)
        );
        assert!((full[0].distance - quick[0].distance).abs() < f32::EPSILON);
        assert!(
            (full[0].relative - quick[0].relative).abs() < 0.02,
            "{} {}",
            full[0].relative,
            quick[0].relative
        );
        let nearest = quick
            .iter()
            .min_by(|a, b| a.distance.total_cmp(&b.distance));
        assert_eq!(nearest.map(|score| score.label), Some(ANVAR as i32));
    }
    Ok(())
}

#[test]
fn a_claimed_person_is_compared_in_full_however_unlike() -> Outcome {
    let large = Gallery::build(templates(ANVAR)?.into_iter().chain(crowd(60)?));
    let probe = large
        .templates()
        .find(|template| template.label == 130)
        .ok_or("nobody")?
        .counts;
    let of = |scores: &[ombor_face::Score]| scores[0].distance;
    let full = of(&large.scores_in_full(&probe));
    let claimed = of(&large.scores_of_likeliest(&probe, Some(ANVAR as i32), 1));
    assert!((full - claimed).abs() < f32::EPSILON, "{full} {claimed}");
    Ok(())
}

#[test]
fn badges_are_proposed_past_twenty_people_and_while_somebody_has_one_light() -> Outcome {
    let in_lights = |people: i32, lights: i16| -> Result<Gallery, Error> {
        let mut all = Vec::new();
        for light in 1..=lights {
            let twins = crowd(people)?;
            all.extend(
                twins
                    .into_iter()
                    .map(|template| Template { light, ..template }),
            );
        }
        Ok(Gallery::build(all))
    };
    assert!(!in_lights(20, 2)?.proposes_badges());
    assert!(in_lights(21, 2)?.proposes_badges());
    assert!(in_lights(2, 1)?.proposes_badges());
    let both = gallery(&[ANVAR, BEKZOD])?;
    assert_eq!((both.lights(ANVAR as i32), both.lights(77)), (1, 0));
    Ok(())
}
