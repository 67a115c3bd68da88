//! What a frame costs, how long a desk takes to be ready, and how much memory the faces take.

use crate::goals::Goal;
use crate::set::Set;
use crate::set::frame as read;
use anyhow::{Context, Result, ensure};
use image::RgbImage;
use image::imageops::{FilterType, replace, resize};
use ombor_face::{
    Claim, Counts, FaceFinder, Frame, Gallery, Histogram, Lbph, PixelFormat, Search, Template,
    Window, model, model_bin, preview_jpeg,
};
use ombor_testkit::face::{Person, Variation, draw};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Asks this program to load the companion in a folder and to say what that took.
pub const RESIDENT: &str = "--resident";
/// Frames that each step is measured on.
const FRAMES: u32 = 120;
/// Frames by which the caches are warm.
const WARM_UP: usize = 10;
/// Patterns of a cell.
const PATTERNS: usize = 256;
/// Goals: milliseconds from a frame to its verdict, and from start to ready; megabytes.
const VERDICT_MS: f64 = 60.0;
const READY_MS: f64 = 1000.0;
const RESIDENT_MB: f64 = 150.0;

struct Step {
    name: String,
    median: f64,
    p95: f64,
}

pub fn measure(goals: &mut Vec<Goal>) -> Result<Value> {
    let frames = frames()?;
    let own = histograms(&frames)?;
    let hundred = Arc::new(gallery(&own, 100, 20)?);
    let five_hundred = Arc::new(gallery(&own, 500, 12)?);
    let mut steps = Vec::new();
    for (name, search) in [("careful", Search::Careful), ("quick", Search::Quick)] {
        let mut finder = FaceFinder::for_desk(search)?;
        steps.push(step(&format!("find and align, {name}"), |n| {
            finder.observe(&frames[n], at(n)).map(drop)
        })?);
    }
    for (name, gallery) in [("100 x 20", &hundred), ("500 x 12", &five_hundred)] {
        steps.push(step(&format!("scores against {name}"), |n| {
            std::hint::black_box(gallery.scores(&own[n % own.len()], None));
            Ok(())
        })?);
        for (search, how) in [(Search::Quick, "quick"), (Search::Careful, "careful")] {
            let mut finder = FaceFinder::for_desk(search)?;
            let mut window = Window::new(Arc::clone(gallery), Claim::Anyone, None)?;
            steps.push(step(&format!("frame to verdict, {how}, {name}"), |n| {
                let observation = finder.observe(&frames[n], at(n))?;
                window.push(&observation).map(drop)
            })?);
        }
    }
    steps.push(step("preview 640 x 480", |n| {
        preview_jpeg(&frames[n], 640, 480).map(drop)
    })?);
    println!("\nspeed, one core, 1280 x 720, milliseconds of processor time");
    println!("    {:<36} {:>8} {:>8}", "", "median", "p95");
    let mut report = json!({});
    for Step { name, median, p95 } in &steps {
        println!("    {name:<36} {median:>8.1} {p95:>8.1}");
        report[name] = json!({ "median": median, "p95": p95 });
        if name == "frame to verdict, quick, 100 x 20" {
            goals.push(Goal::new(
                format!("{name}, p95 ms"),
                *p95,
                VERDICT_MS,
                VERDICT_MS,
            ));
        }
    }
    for (people, each) in [(100, 20), (100, 30), (500, 12)] {
        let name = format!("{people} x {each}");
        report["resident"][&name] = residence(&name, &gallery(&own, people, each)?, goals)?;
    }
    report["writing 100 x 20"] = writing(&hundred)?;
    Ok(report)
}

/// How long writing both files takes, in the background of a desk.
fn writing(gallery: &Gallery) -> Result<Value> {
    let folder = tempfile::tempdir()?;
    let began = Instant::now();
    model::write(folder.path(), gallery)?;
    let milliseconds = began.elapsed().as_secs_f64() * 1e3;
    println!("    model.yml and model.bin of 100 x 20 written in {milliseconds:.0} ms");
    Ok(json!(milliseconds))
}

/// Load time and memory with this gallery, in a process of its own.
fn residence(name: &str, gallery: &Gallery, goals: &mut Vec<Goal>) -> Result<Value> {
    let folder = tempfile::tempdir()?;
    let companion = folder.path().join(model::COMPANION);
    model_bin::write(&companion, gallery, [0; 32])?;
    let asked = Command::new(std::env::current_exe()?)
        .arg(RESIDENT)
        .arg(folder.path())
        .output()?;
    ensure!(asked.status.success(), "the companion did not load");
    let said: Value = serde_json::from_slice(&asked.stdout)?;
    let (ready, resident) = (
        said["readyMs"].as_f64().context("no time")?,
        said["residentMb"].as_f64().context("no memory")?,
    );
    let file = std::fs::metadata(&companion)?.len() as f64 / 1e6;
    println!(
        "    {name}: ready from model.bin ({file:.1} MB) in {ready:.0} ms, {resident:.0} MB of memory at most"
    );
    goals.push(Goal::new(
        format!("{name}, start to ready, ms"),
        ready,
        READY_MS,
        READY_MS,
    ));
    goals.push(Goal::new(
        format!("{name}, memory, MB"),
        resident,
        RESIDENT_MB,
        RESIDENT_MB,
    ));
    Ok(json!({ "readyMs": ready, "residentMb": resident, "companionMb": file }))
}

/// Loads a companion, makes what a desk needs to look at a frame, and prints what that took.
pub fn report_residence(folder: &Path) -> Result<()> {
    let began = Instant::now();
    let (gallery, _) = model_bin::load(&folder.join(model::COMPANION))?;
    let mut finder = FaceFinder::for_desk(Search::Careful)?;
    let mut window = Window::new(Arc::new(gallery), Claim::Anyone, None)?;
    let ready = began.elapsed().as_secs_f64() * 1e3;
    for n in 0..WARM_UP {
        let drawn = draw(&Person::of(1), &Variation::visit(1), n as u32);
        window.push(&finder.observe(&in_large_frame(&drawn, 0)?, at(n))?)?;
    }
    let status = std::fs::read_to_string("/proc/self/status")?;
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok())
        .context("the system does not say how much memory is used")?;
    println!(
        "{}",
        json!({ "readyMs": ready, "residentMb": peak / 1024.0 })
    );
    Ok(())
}

fn at(n: usize) -> Duration {
    Duration::from_millis(40) * n as u32
}

/// A face that moves slowly through large frames: real ones with `FACES`, else drawn.
fn frames() -> Result<Vec<Frame>> {
    let stills = match std::env::var_os("FACES") {
        Some(folder) => real(Path::new(&folder))?,
        None => (0..12)
            .map(|n| draw(&Person::of(1), &Variation::visit(1), n))
            .collect(),
    };
    (0..FRAMES)
        .map(|n| {
            let still = &stills[n as usize / 10 % stills.len()];
            in_large_frame(still, (n % 20).abs_diff(10))
        })
        .collect()
}

/// The picture in the middle of a 1280 x 720 frame, so many pixels to the right.
fn in_large_frame(still: &RgbImage, sway: u32) -> Result<Frame> {
    let (width, height) = (still.width() * 720 / still.height(), 720);
    let large = resize(still, width, height, FilterType::Triangle);
    let mut frame = RgbImage::from_pixel(1280, height, image::Rgb([120, 120, 120]));
    replace(&mut frame, &large, i64::from((1280 - width) / 2 + sway), 0);
    let pixels = frame.into_raw();
    Ok(Frame::new(1280, height, PixelFormat::Rgb, pixels)?)
}

/// The first burst of the first set.
fn real(folder: &Path) -> Result<Vec<RgbImage>> {
    let sets = Set::all(folder)?;
    let set = &sets[0];
    let probes = set.pictures.iter().filter(|picture| picture.probes());
    probes
        .take(12)
        .map(|picture| {
            let frame = read(picture, true)?;
            RgbImage::from_raw(frame.width(), frame.height(), frame.pixels().to_vec())
                .context("a frame has as many bytes as its size says")
        })
        .collect()
}

fn histograms(frames: &[Frame]) -> Result<Vec<Counts>> {
    let mut finder = FaceFinder::for_desk(Search::Quick)?;
    let mut lbph = Lbph::new()?;
    let mut own = Vec::new();
    for (n, frame) in frames.iter().enumerate() {
        if let Some(crop) = &finder.observe(frame, at(n))?.crop {
            own.push(lbph.counts(crop)?);
        }
    }
    ensure!(!own.is_empty(), "no frame passed the gates");
    Ok(own)
}

/// A gallery of the wanted size, made by turning the cells of real histograms round.
fn gallery(own: &[Counts], people: i32, each: usize) -> Result<Gallery> {
    let mut templates = Vec::new();
    for label in 0..people {
        for n in 0..each {
            let mut bytes = own[n % own.len()].as_bytes().to_vec();
            bytes.rotate_left(PATTERNS * (label as usize % 100));
            templates.push(Template {
                label,
                light: 1,
                quality: 1.0,
                counts: Counts::parse(bytes)?,
            });
        }
    }
    Ok(Gallery::build(templates))
}

fn step(name: &str, mut work: impl FnMut(usize) -> Result<(), ombor_face::Error>) -> Result<Step> {
    let mut times = Vec::new();
    for n in 0..FRAMES as usize {
        let began = processor_time()?;
        work(n)?;
        times.push(1e3 * processor_time()?.saturating_sub(began).as_secs_f64());
    }
    let mut times = times.split_off(WARM_UP);
    times.sort_by(f64::total_cmp);
    Ok(Step {
        name: name.to_owned(),
        median: times[times.len() / 2],
        p95: times[times.len() * 95 / 100],
    })
}

/// What this thread has used of a core: another program on the machine changes it little.
fn processor_time() -> Result<Duration> {
    let used = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Ok(Duration::new(
        used.tv_sec.try_into()?,
        used.tv_nsec.try_into()?,
    ))
}
