//! What no camera and no database should give.

use crate::Outcome;
use crate::people::{ANVAR, at_desk, gallery, judge, observe, templates};
use ombor_face::source::wire;
use ombor_face::{
    Claim, Counts, Enrolment, Error, Frame, Gallery, Hint, PixelFormat, Verdict, Visit,
    preview_jpeg,
};
use std::sync::Arc;

#[test]
fn a_frame_without_pixels_is_refused() {
    for (width, height) in [(0, 0), (0, 480), (640, 0)] {
        let made = Frame::new(width, height, PixelFormat::Bgr, Vec::new());
        assert!(matches!(made, Err(Error::FrameEmpty { .. })), "{made:?}");
    }
}

#[test]
fn a_frame_with_too_few_bytes_is_refused() {
    let made = Frame::new(4, 4, PixelFormat::Bgr, vec![0; 47]);
    assert!(
        matches!(
            made,
            Err(Error::FrameLayout {
                expected: 48,
                actual: 47
            })
        ),
        "{made:?}"
    );
}

#[test]
fn an_endless_frame_is_refused_before_its_memory_is_taken() {
    let made = Frame::bytes(u32::MAX, u32::MAX, PixelFormat::Bgr);
    assert!(matches!(made, Err(Error::FrameTooLarge { .. })), "{made:?}");
}

#[test]
fn the_smallest_and_an_8k_frame_are_looked_at_without_a_face() -> Outcome {
    for (width, height) in [(1, 1), (3, 200), (7680, 4320)] {
        let pixels = vec![127; width as usize * height as usize];
        let frame = Frame::new(width, height, PixelFormat::Grey, pixels)?;
        assert_eq!(observe(std::slice::from_ref(&frame))?[0].hint, Hint::NoFace);
        assert!(preview_jpeg(&frame, 640, 480)?.starts_with(&[0xff, 0xd8]));
    }
    Ok(())
}

#[test]
fn bytes_that_are_no_template_are_refused() -> Outcome {
    assert!(matches!(
        Counts::parse(vec![0; 10]),
        Err(Error::TemplateInvalid { .. })
    ));
    let gallery = gallery(&[ANVAR])?;
    let mut bytes = Vec::new();
    for template in gallery.templates().take(1) {
        bytes = template.counts.as_bytes().to_vec();
    }
    Counts::parse(bytes.clone())?;
    bytes[300] = bytes[300].wrapping_add(1);
    assert!(matches!(
        Counts::parse(bytes),
        Err(Error::TemplateInvalid { .. })
    ));
    Ok(())
}

#[test]
fn a_person_with_one_template_is_compared_and_with_one_frame_not_enrolled() -> Outcome {
    let one = Arc::new(Gallery::build(templates(ANVAR)?.into_iter().take(1)));
    assert_eq!(one.len(), 1);
    let verdict = judge(&one, Claim::Anyone, &at_desk(ANVAR)?)?;
    assert!(
        matches!(verdict, Verdict::Confirmed(_) | Verdict::Refused(_)),
        "{verdict:?}"
    );
    let enrolment = Enrolment::new(7, 1, Visit::TopUp)?;
    let ended = enrolment.finish(&Gallery::build([]), &[]);
    assert!(
        matches!(
            ended,
            Err(Error::TooFewFrames {
                accepted: 0,
                needed: 3
            })
        ),
        "{ended:?}"
    );
    Ok(())
}

#[test]
fn frames_pass_the_wire_unchanged_and_noise_on_it_is_an_error() -> Outcome {
    let mut stream = Vec::new();
    wire::write_frame(&mut stream, 2, 1, &[1, 2, 3, 4, 5, 6])?;
    let frame = wire::read_frame(&mut stream.as_slice())?.ok_or("no frame")?;
    assert_eq!(
        (frame.width(), frame.height(), frame.pixels()),
        (2, 1, &[1, 2, 3, 4, 5, 6][..])
    );
    assert!(wire::read_frame(&mut &stream[..stream.len() - 1]).is_err());
    assert!(wire::read_frame(&mut &b"noise instead"[..]).is_err());
    assert!(wire::read_frame(&mut &b""[..])?.is_none());
    Ok(())
}
