//! A camera that shows no face because it cannot.

use crate::Outcome;
use crate::people::{ANVAR, frame};
use image::{RgbImage, imageops};
use ombor_face::{Error, FaceFinder, Hint, Search};
use ombor_testkit::face::{Person, Variation, draw, draw_nobody};
use std::time::Duration;

/// The hints of the same frame shown ten times a second.
fn hints(picture: &RgbImage, count: u32) -> Result<Vec<Hint>, Error> {
    let mut finder = FaceFinder::for_desk(Search::Quick)?;
    let frame = frame(picture)?;
    (0..count)
        .map(|n| {
            let seen = finder.observe(&frame, n * Duration::from_millis(100))?;
            Ok(seen.hint)
        })
        .collect()
}

#[test]
fn a_covered_camera_is_black_after_a_second_and_not_before() -> Outcome {
    let black = RgbImage::from_pixel(640, 480, image::Rgb([3, 2, 4]));
    let hints = hints(&black, 14)?;
    assert_eq!(hints[..11], [Hint::NoFace; 11]);
    assert_eq!(hints[11..], [Hint::Black; 3]);
    Ok(())
}

#[test]
fn a_camera_upside_down_is_told() -> Outcome {
    let picture = imageops::rotate180(&draw(&Person::of(ANVAR), &Variation::visit(5), 1));
    assert_eq!(hints(&picture, 10)?.last(), Some(&Hint::UpsideDown));
    Ok(())
}

#[test]
fn an_empty_place_is_neither_black_nor_upside_down() -> Outcome {
    let empty = draw_nobody(&Variation::visit(5), 0);
    assert_eq!(hints(&empty, 24)?, [Hint::NoFace; 24]);
    Ok(())
}
