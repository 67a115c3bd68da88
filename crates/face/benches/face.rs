//! What one frame costs: prints a table and writes the same figures to `out/bench/face-speed.json`.
//!
//! Milliseconds of one call on drawn 1280 x 720 frames, median and 95th percentile.

use image::imageops::{FilterType, resize};
use ombor_face::{
    Claim, Counts, FaceFinder, Frame, Gallery, Histogram, Lbph, PixelFormat, Search, Template,
    Window, model_yml, preview_jpeg,
};
use ombor_testkit::face::{Person, Variation, draw};
use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Frames that each step is measured on.
const FRAMES: u32 = 40;
/// The gallery of the comparison: a hundred people with twenty templates each.
const PEOPLE: i32 = 100;
const TEMPLATES: i32 = 20;

type Figures = BTreeMap<String, [f64; 2]>;

fn main() -> Result<(), Box<dyn Error>> {
    let frames = frames()?;
    let mut figures = Figures::new();
    for (name, search) in [("careful", Search::Careful), ("quick", Search::Quick)] {
        let mut finder = FaceFinder::for_desk(search)?;
        let observe = |n: usize| {
            finder
                .observe(&frames[n], Duration::from_millis(33) * n as u32)
                .map(drop)
        };
        measure(&mut figures, &format!("find and align, {name}"), observe)?;
    }
    let (own, gallery) = gallery(&frames)?;
    let mut finder = FaceFinder::for_desk(Search::Quick)?;
    let mut window = Window::new(Arc::clone(&gallery), Claim::Anyone)?;
    measure(&mut figures, "frame to verdict, quick, 100 x 20", |n| {
        let observation = finder.observe(&frames[n], Duration::from_millis(33) * n as u32)?;
        window.push(&observation).map(drop)
    })?;
    measure(&mut figures, "scores against 100 x 20", |n| {
        std::hint::black_box(gallery.scores(&own[n % own.len()]));
        Ok(())
    })?;
    measure(&mut figures, "preview 640 x 480", |n| {
        preview_jpeg(&frames[n], 640, 480).map(drop)
    })?;
    let folder = tempfile::tempdir()?;
    let began = Instant::now();
    model_yml::write(&folder.path().join("model.yml"), gallery.templates())?;
    figures.insert(
        "model.yml of 100 x 20".into(),
        [began.elapsed().as_secs_f64() * 1e3; 2],
    );
    report(&figures)
}

fn frames() -> Result<Vec<Frame>, ombor_face::Error> {
    let (person, visit) = (Person::of(1), Variation::visit(1));
    (0..FRAMES)
        .map(|number| {
            let picture = resize(
                &draw(&person, &visit, number),
                1280,
                720,
                FilterType::Triangle,
            );
            Frame::new(1280, 720, PixelFormat::Rgb, picture.into_raw())
        })
        .collect()
}

/// The drawn person's histograms, and a gallery of the wanted size made by turning their cells round.
fn gallery(frames: &[Frame]) -> Result<(Vec<Counts>, Arc<Gallery>), ombor_face::Error> {
    let mut finder = FaceFinder::for_enrolment()?;
    let mut lbph = Lbph::new()?;
    let mut own = Vec::new();
    for (frame, n) in frames.iter().zip(0..) {
        let observation = finder.observe(frame, n * Duration::from_millis(33))?;
        if let Some(crop) = &observation.crop {
            own.push(lbph.counts(crop)?);
        }
    }
    let mut templates = Vec::new();
    for label in 0..PEOPLE {
        for n in 0..TEMPLATES {
            let mut bytes = own[n as usize % own.len()].as_bytes().to_vec();
            bytes.rotate_left(256 * label as usize);
            templates.push(Template {
                label,
                light: 1,
                quality: 1.0,
                counts: Counts::parse(bytes)?,
            });
        }
    }
    Ok((own, Arc::new(Gallery::build(templates))))
}

fn measure(
    figures: &mut Figures,
    name: &str,
    mut step: impl FnMut(usize) -> Result<(), ombor_face::Error>,
) -> Result<(), ombor_face::Error> {
    let mut times = Vec::new();
    for n in 0..FRAMES as usize {
        let began = Instant::now();
        step(n)?;
        times.push(began.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    figures.insert(
        name.to_owned(),
        [times[times.len() / 2], times[times.len() * 95 / 100]],
    );
    Ok(())
}

#[expect(clippy::print_stdout, reason = "a bench prints its table")]
fn report(figures: &Figures) -> Result<(), Box<dyn Error>> {
    println!("{:<36} {:>9} {:>9}", "milliseconds", "median", "p95");
    for (name, [median, p95]) in figures {
        println!("{name:<36} {median:>9.1} {p95:>9.1}");
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../out/bench");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(
        folder.join("face-speed.json"),
        serde_json::to_vec_pretty(figures)?,
    )?;
    Ok(())
}
