//! Reads a camera or a video with OpenCV and writes its frames to standard output, as `ombor_face::source::wire` says.
//!
//! `ombor-camera camera INDEX` or `ombor-camera video FILE`. It ends when its standard input or output is closed.

use ombor_face::source::{CAPTURE_BACKEND, list_cameras, wire};
use opencv::core::{Mat, MatTraitConst, MatTraitConstManual, Vector};
use opencv::imgproc;
use opencv::videoio::{self, VideoCapture, VideoCaptureTrait, VideoCaptureTraitConst};
use std::ffi::OsStr;
use std::io::{self, Read};
use std::process::{ExitCode, exit};

/// What is asked of a camera; it gives what it can.
const WANTED: [i32; 6] = [
    videoio::CAP_PROP_FRAME_WIDTH,
    1280,
    videoio::CAP_PROP_FRAME_HEIGHT,
    720,
    videoio::CAP_PROP_FPS,
    30,
];

fn main() -> ExitCode {
    end_with_parent();
    let mut arguments = std::env::args_os().skip(1);
    let (kind, what) = (
        arguments.next().unwrap_or_default(),
        arguments.next().unwrap_or_default(),
    );
    let live = kind == "camera";
    let opened = if live {
        open_camera(&what)
    } else {
        open_video(&what)
    };
    let not_opened = || {
        let taken = live && is_known(&what);
        ExitCode::from(if taken {
            wire::EXIT_BUSY
        } else {
            wire::EXIT_NOT_OPENED
        })
    };
    let Ok(Some(mut capture)) = opened else {
        return not_opened();
    };
    match pass_on(&mut capture) {
        Ok(0) => not_opened(),
        Ok(_) if !live => ExitCode::SUCCESS,
        Ok(_) | Err(_) => ExitCode::from(wire::EXIT_LOST),
    }
}

/// The parent holds our standard input open for as long as it lives, even when a driver keeps us from writing.
fn end_with_parent() {
    std::thread::spawn(|| {
        let mut rest = [0; 64];
        while matches!(io::stdin().read(&mut rest), Ok(1..)) {}
        exit(0);
    });
}

/// Whether the system has this camera, although it does not open or gives nothing.
fn is_known(index: &OsStr) -> bool {
    let index = index.to_str().and_then(|index| index.parse().ok());
    list_cameras()
        .iter()
        .any(|camera| Some(camera.index) == index)
}

fn open_camera(index: &OsStr) -> opencv::Result<Option<VideoCapture>> {
    let Some(index) = index.to_str().and_then(|index| index.parse().ok()) else {
        return Ok(None);
    };
    let mut capture = VideoCapture::default()?;
    let wanted = Vector::<i32>::from_slice(&WANTED);
    // Some drivers refuse to open with wishes that they cannot meet, so the second try has none.
    let opened = capture
        .open_with_params(index, CAPTURE_BACKEND, &wanted)
        .unwrap_or(false)
        || capture.open(index, CAPTURE_BACKEND)?;
    Ok(opened.then_some(capture))
}

fn open_video(file: &OsStr) -> opencv::Result<Option<VideoCapture>> {
    let capture = VideoCapture::from_file(file, videoio::CAP_ANY)?;
    Ok(if capture.is_opened()? {
        Some(capture)
    } else {
        None
    })
}

/// Writes frames until there are no more or nobody wants them; answers how many there were.
fn pass_on(capture: &mut VideoCapture) -> Result<u64, Box<dyn std::error::Error>> {
    let mut output = io::stdout().lock();
    let mut frame = Mat::default();
    let mut written = 0;
    while capture.read(&mut frame)? {
        if frame.channels() == 1 {
            let mut colour = Mat::default();
            imgproc::cvt_color_def(&frame, &mut colour, imgproc::COLOR_GRAY2BGR)?;
            frame = colour;
        }
        wire::write_frame(
            &mut output,
            frame.cols() as u32,
            frame.rows() as u32,
            frame.data_bytes()?,
        )?;
        written += 1;
    }
    Ok(written)
}
