//! What stands before a test's camera: drawn people, nobody, or a camera that is broken.

use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;

use ombor_desk::Opener;
use ombor_face::{Error, Frame, FrameSource, PixelFormat};
use ombor_testkit::face::{self, Look, Person, Variation};

/// Frames in the order in which the camera sees them, over and over.
pub type Scene = Arc<[Frame]>;

/// Frames of a round in which a drawn person does whatever may be asked.
const ROUND: u32 = 30;

/// Ali at the desk.
pub static ALI: LazyLock<Scene> = LazyLock::new(|| in_rounds(1, &Variation::visit(11)));
/// Ali in another light.
pub static ALI_LATER: LazyLock<Scene> = LazyLock::new(|| in_rounds(1, &Variation::later(12)));
/// Vali, who works beside Ali.
pub static VALI: LazyLock<Scene> = LazyLock::new(|| in_rounds(3, &Variation::visit(31)));
/// Somebody who was never enrolled.
pub static STRANGER: LazyLock<Scene> = LazyLock::new(|| in_rounds(2, &Variation::visit(21)));
/// A photo of Ali, held by a hand that is not quite still.
pub static PHOTO_OF_ALI: LazyLock<Scene> = LazyLock::new(|| {
    let variation = Variation {
        turn: 0.0,
        ..Variation::visit(11)
    };
    let person = Person::of(1);
    let draw = |number| face::draw_doing(&person, &variation, number, Look::Open);
    (0..ROUND).map(|number| frame(draw(number))).collect()
});
/// An empty place.
pub static NOBODY: LazyLock<Scene> = LazyLock::new(|| {
    let draw = |number| face::draw_nobody(&Variation::visit(1), number);
    (0..4).map(|number| frame(draw(number))).collect()
});
/// A covered lens.
pub static BLACK: LazyLock<Scene> =
    LazyLock::new(|| Arc::from([frame(image::RgbImage::new(640, 480))]));
/// Ali before a camera that hangs upside down.
pub static UPSIDE_DOWN: LazyLock<Scene> = LazyLock::new(|| {
    let draw = |number| face::draw_in_round(&Person::of(1), &Variation::visit(11), number);
    (0..4)
        .map(|number| frame(image::imageops::rotate180(&draw(number))))
        .collect()
});

fn in_rounds(seed: u64, variation: &Variation) -> Scene {
    let person = Person::of(seed);
    (0..ROUND)
        .map(|number| frame(face::draw_in_round(&person, variation, number)))
        .collect()
}

fn frame(picture: image::RgbImage) -> Frame {
    let (width, height) = picture.dimensions();
    Frame::new(width, height, PixelFormat::Rgb, picture.into_raw()).expect("a frame")
}

/// What the camera meets when it looks.
enum Shown {
    Scene(Scene),
    Broken(fn() -> Error),
}

/// Where a test's camera looks.
#[derive(Clone)]
pub struct Stage(Arc<Mutex<Shown>>);

impl Stage {
    /// Nobody is there yet.
    pub fn empty() -> Self {
        Self(Arc::new(Mutex::new(Shown::Scene(Arc::clone(&NOBODY)))))
    }

    /// From now on this is seen.
    pub fn show(&self, scene: &Scene) {
        self.set(Shown::Scene(Arc::clone(scene)));
    }

    /// From now on the camera fails in this way, however often it is opened.
    pub fn break_with(&self, error: fn() -> Error) {
        self.set(Shown::Broken(error));
    }

    fn set(&self, shown: Shown) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = shown;
    }

    fn scene(&self) -> Result<Scene, Error> {
        match &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            Shown::Scene(scene) => Ok(Arc::clone(scene)),
            Shown::Broken(error) => Err(error()),
        }
    }

    /// Opens cameras that look at this stage.
    pub fn opener(&self) -> Opener {
        let stage = self.clone();
        Arc::new(move |_| {
            stage.scene()?;
            Ok(Box::new(Eye {
                stage: stage.clone(),
                next: 0,
            }))
        })
    }
}

struct Eye {
    stage: Stage,
    next: usize,
}

impl FrameSource for Eye {
    fn next_frame(&mut self) -> Result<Option<Frame>, Error> {
        let scene = self.stage.scene()?;
        self.next += 1;
        Ok(Some(scene[self.next % scene.len()].clone()))
    }

    fn interval(&self) -> Option<Duration> {
        Some(Duration::from_millis(66))
    }

    fn name(&self) -> &'static str {
        "a stage"
    }
}
