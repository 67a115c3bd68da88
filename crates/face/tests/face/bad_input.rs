//! What no camera and no database should give.

use crate::Outcome;
use crate::people::{ANVAR, gallery, observe};
use ombor_face::source::wire;
use ombor_face::{Counts, Error, Frame, Hint, PixelFormat, preview_jpeg};

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
