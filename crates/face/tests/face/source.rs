//! Folders, videos and cameras that are not there.

use crate::Outcome;
use ombor_face::source::{Capture, Limits, Seen, Watch, wire};
use ombor_face::{Error, Frame, FrameSource, PixelFormat, SourceConfig, open};
use ombor_testkit::face::{Variation, write_folder};
use std::collections::VecDeque;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

fn folder(path: &Path, repeat: bool) -> SourceConfig {
    SourceConfig::Folder {
        path: path.to_owned(),
        fps: 10.0,
        repeat,
    }
}

#[test]
fn a_folder_is_shown_in_the_order_of_its_names_and_ends() -> Outcome {
    let place = tempfile::tempdir()?;
    for (name, side) in [("b.png", 2), ("a.png", 1), ("c.PNG", 3)] {
        image::RgbImage::new(side, side)
            .save_with_format(place.path().join(name), image::ImageFormat::Png)?;
    }
    let mut source = open(&folder(place.path(), false))?;
    let mut sides = Vec::new();
    while let Some(frame) = source.next_frame()? {
        sides.push(frame.width());
    }
    assert_eq!(sides, [1, 2, 3]);
    assert_eq!(source.interval(), Some(Duration::from_millis(100)));
    Ok(())
}

#[test]
fn a_repeated_folder_begins_again() -> Outcome {
    let place = tempfile::tempdir()?;
    image::RgbImage::new(4, 3).save(place.path().join("only.png"))?;
    let mut source = open(&folder(place.path(), true))?;
    for _ in 0..3 {
        assert_eq!(source.next_frame()?.map(|frame| frame.height()), Some(3));
    }
    Ok(())
}

#[test]
fn text_files_beside_pictures_are_passed_over_and_alone_are_an_error() -> Outcome {
    let place = tempfile::tempdir()?;
    std::fs::write(place.path().join("notes.txt"), "no picture")?;
    let alone = open(&folder(place.path(), false)).err();
    assert!(
        matches!(alone, Some(Error::FolderWithoutPictures { .. })),
        "{alone:?}"
    );
    image::RgbImage::new(4, 3).save(place.path().join("only.png"))?;
    assert!(open(&folder(place.path(), false))?.next_frame()?.is_some());
    Ok(())
}

#[test]
fn a_text_file_with_a_pictures_name_is_named() -> Outcome {
    let place = tempfile::tempdir()?;
    std::fs::write(place.path().join("001.jpg"), "no picture")?;
    let failed = open(&folder(place.path(), false))?.next_frame().err();
    assert!(
        matches!(failed, Some(Error::PictureUnreadable { .. })),
        "{failed:?}"
    );
    let missing = open(&folder(&place.path().join("not there"), false)).err();
    assert!(
        matches!(missing, Some(Error::FolderUnreadable { .. })),
        "{missing:?}"
    );
    Ok(())
}

#[test]
fn a_video_gives_all_its_frames_and_ends() -> Outcome {
    let place = tempfile::tempdir()?;
    // One JPEG after the other is a video that every build of OpenCV reads.
    let mut video = Vec::new();
    for picture in write_folder(&place.path().join("frames"), 1, 5, &Variation::visit(1))? {
        video.extend(std::fs::read(picture)?);
    }
    let path = place.path().join("видео 1.mjpeg");
    std::fs::write(&path, video)?;
    let mut source = open(&SourceConfig::Video { path })?;
    let mut sizes = Vec::new();
    while let Some(frame) = source.next_frame()? {
        sizes.push((frame.width(), frame.height(), frame.format()));
    }
    assert_eq!(sizes, [(640, 480, PixelFormat::Bgr); 5]);
    assert_eq!(source.name(), "видео 1.mjpeg");
    Ok(())
}

#[test]
fn a_video_that_is_none_is_named() -> Outcome {
    let place = tempfile::tempdir()?;
    let path = place.path().join("clip.mp4");
    std::fs::write(&path, "no video")?;
    let failed = open(&SourceConfig::Video { path })?.next_frame().err();
    assert!(
        matches!(failed, Some(Error::VideoUnreadable { .. })),
        "{failed:?}"
    );
    Ok(())
}

#[test]
fn a_camera_that_is_not_there_is_missing() -> Outcome {
    let failed = open(&SourceConfig::Camera { index: 63 })?
        .next_frame()
        .err();
    assert!(
        matches!(failed, Some(Error::CameraMissing { index: 63 })),
        "{failed:?}"
    );
    Ok(())
}

#[test]
fn a_camera_that_says_nothing_is_silent_one_that_ends_is_lost_and_a_taken_one_is_busy() -> Outcome {
    let limits = Limits {
        first: Duration::from_millis(50),
        next: Duration::from_millis(50),
    };
    let mut hanging = Command::new("sleep");
    hanging.arg("600");
    let silent = Capture::from_program(hanging, limits)?.next_frame().err();
    assert!(matches!(silent, Some(Error::CameraSilent)), "{silent:?}");
    let patient = Limits {
        first: Duration::from_mins(1),
        next: Duration::from_mins(1),
    };
    let lost = Capture::from_program(Command::new("true"), patient)?
        .next_frame()
        .err();
    assert!(matches!(lost, Some(Error::CameraLost)), "{lost:?}");
    let mut taken = Command::new("sh");
    taken.args(["-c", &format!("exit {}", wire::EXIT_BUSY)]);
    let busy = Capture::from_program(taken, patient)?.next_frame().err();
    assert!(
        matches!(busy, Some(Error::CameraBusy { index: 0 })),
        "{busy:?}"
    );
    let missing = Capture::from_program(Command::new("no-such-program"), limits).err();
    assert!(
        matches!(missing, Some(Error::CaptureProgram { .. })),
        "{missing:?}"
    );
    Ok(())
}

/// A camera that gives what a test says.
struct Scripted(VecDeque<Result<(), Error>>);

impl FrameSource for Scripted {
    fn next_frame(&mut self) -> Result<Option<Frame>, Error> {
        match self.0.pop_front() {
            Some(Ok(())) => Frame::new(1, 1, PixelFormat::Grey, vec![0]).map(Some),
            Some(Err(error)) => Err(error),
            None => Ok(None),
        }
    }

    fn interval(&self) -> Option<Duration> {
        None
    }

    fn name(&self) -> &'static str {
        "scripted"
    }
}

#[test]
fn a_lost_camera_is_opened_again_and_not_too_often() {
    let mut openings = VecDeque::from([
        Ok(Scripted([Ok(()), Err(Error::CameraLost)].into())),
        Err(Error::CameraMissing { index: 0 }),
        Ok(Scripted([Ok(())].into())),
    ]);
    let opener = move |_: &SourceConfig| -> Result<Box<dyn FrameSource>, Error> {
        let camera = openings.pop_front().unwrap_or(Err(Error::CameraLost))?;
        Ok(Box::new(camera))
    };
    let mut watch = Watch::with_opener(SourceConfig::Camera { index: 0 }, Box::new(opener));
    let at = Duration::from_millis;
    assert!(matches!(watch.next(at(0)), Seen::Frame(_)));
    let lost = watch.next(at(100));
    assert!(
        matches!(lost, Seen::Lost { error: Error::CameraLost, retry_in } if retry_in == at(1000))
    );
    assert!(matches!(watch.next(at(600)), Seen::Waiting { retry_in } if retry_in == at(500)));
    let missing = watch.next(at(1100));
    assert!(
        matches!(missing, Seen::Lost { error: Error::CameraMissing { .. }, retry_in } if retry_in == at(2000))
    );
    assert!(matches!(watch.next(at(3100)), Seen::Frame(_)));
    assert_eq!(watch.name(), Some("scripted"));
}

#[cfg(target_os = "linux")]
#[test]
fn the_library_does_not_load_the_camera_drivers() -> Outcome {
    let loaded = std::fs::read_to_string("/proc/self/maps")?;
    assert!(loaded.contains("libopencv_face"), "LBPH is OpenCV's");
    assert!(
        !loaded.contains("libopencv_videoio"),
        "capture belongs into ombor-camera"
    );
    Ok(())
}
