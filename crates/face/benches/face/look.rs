//! What each system sees in each picture, once for all protocols.

use crate::plain::Plain;
use crate::set::{Set, frame};
use anyhow::Result;
use ombor_face::{Counts, Crop, FaceFinder, Gates, Hint, Histogram, Lbph, Quality, Search};
use std::thread;
use std::time::Duration;

/// Gates that let every face pass; what they would have said is asked afterwards.
const OPEN: Gates = Gates {
    face_share: 0.0,
    fill: f32::INFINITY,
    darkest: 0.0,
    brightest: 256.0,
    saturated: 1.0,
    contrast: 0.0,
    sharpness: 0.0,
    side_light: f32::INFINITY,
    both_eyes: false,
    roll_degrees: 180.0,
    off_middle: 1.0,
    eye_distance: (0.0, 1.0),
};

/// A face in one picture.
#[derive(Clone)]
pub struct Face {
    pub counts: Counts,
    /// Missing where the set says where the eyes are.
    quality: Option<Quality>,
}

impl Face {
    pub fn passes(&self, gates: &Gates) -> bool {
        self.quality
            .is_none_or(|quality| gates.judge(&quality) == Hint::Good)
    }
}

/// What is seen in one picture.
#[derive(Clone, Default)]
pub struct Seen {
    /// By the careful search.
    pub careful: Option<Face>,
    /// By the quick one.
    pub quick: Option<Face>,
    /// By plain OpenCV: the histogram of the default box.
    pub plain: Option<Vec<f32>>,
}

struct Eyes {
    careful: FaceFinder,
    quick: FaceFinder,
    plain: Plain,
    lbph: Lbph,
}

/// Looks at all pictures of a set on two threads; each picture by itself, as if the camera had just been opened.
pub fn look(set: &Set) -> Result<Vec<Seen>> {
    let threads = 2;
    let parts: Vec<Result<Vec<Seen>>> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|first| scope.spawn(move || look_at_part(set, first, threads)))
            .collect();
        workers
            .into_iter()
            .map(|worker| {
                worker
                    .join()
                    .unwrap_or_else(|_| anyhow::bail!("a thread panicked"))
            })
            .collect()
    });
    let parts: Vec<Vec<Seen>> = parts.into_iter().collect::<Result<_>>()?;
    let of = |place: usize| parts[place % threads].get(place / threads).cloned();
    Ok((0..set.pictures.len()).filter_map(of).collect())
}

fn look_at_part(set: &Set, first: usize, step: usize) -> Result<Vec<Seen>> {
    let mut eyes = Eyes {
        careful: FaceFinder::new(OPEN, Search::Careful)?,
        quick: FaceFinder::new(OPEN, Search::Quick)?,
        plain: Plain::new()?,
        lbph: Lbph::new()?,
    };
    set.pictures
        .iter()
        .skip(first)
        .step_by(step)
        .map(|picture| {
            let frame = frame(picture, set.eyes.is_none())?;
            if let Some((left, right)) = set.eyes {
                let face = Face {
                    counts: eyes.lbph.counts(&Crop::at_eyes(&frame, left, right)?)?,
                    quality: None,
                };
                return Ok(Seen {
                    careful: Some(face.clone()),
                    quick: Some(face),
                    plain: eyes.plain.cropped(&frame)?,
                });
            }
            Ok(Seen {
                careful: face(&mut eyes.careful, &mut eyes.lbph, &frame)?,
                quick: face(&mut eyes.quick, &mut eyes.lbph, &frame)?,
                plain: eyes.plain.detected(&frame)?,
            })
        })
        .collect()
}

fn face(
    finder: &mut FaceFinder,
    lbph: &mut Lbph,
    frame: &ombor_face::Frame,
) -> Result<Option<Face>> {
    finder.forget();
    let seen = finder.observe(frame, Duration::ZERO)?;
    let Some(crop) = &seen.crop else {
        return Ok(None);
    };
    Ok(Some(Face {
        counts: lbph.counts(crop)?,
        quality: seen.quality,
    }))
}
