//! What is printed is what is scanned: the very dots of a label, read by another library.

use std::error::Error as StdError;

use image::GrayImage;
use ombor_print::{Error, Label, label_png};
use ombor_scan::{Command, command_code};
use rxing::BarcodeFormat;
use rxing::helpers::detect_in_luma;

const DPI: u32 = 203;

type Outcome<T = ()> = Result<T, Box<dyn StdError>>;

fn printed(code: &str, dpi: u32) -> Outcome<GrayImage> {
    let label = Label {
        code,
        title: "Paxta yogʻi “Oltin tomchi”, 1 литр, қадоқланган",
        subtitle: "YOG-001",
    };
    let png = label_png(&label, dpi)?;
    Ok(image::load_from_memory(&png)?.into_luma8())
}

fn scanned(picture: GrayImage) -> Outcome<String> {
    let (width, height) = picture.dimensions();
    let read = detect_in_luma(
        picture.into_raw(),
        width,
        height,
        Some(BarcodeFormat::QR_CODE),
    );
    Ok(read?.getText().to_owned())
}

#[test]
fn what_is_printed_is_what_is_scanned() -> Outcome {
    for n in 0..500_u32 {
        let number = n.wrapping_mul(8_589_973);
        let code = if n % 2 == 0 {
            format!("29{number:010}7")
        } else {
            format!("27{number:010}4")
        };
        assert_eq!(scanned(printed(&code, DPI)?)?, code);
    }
    Ok(())
}

#[test]
fn control_cards_and_foreign_codes_are_scanned_too() -> Outcome {
    let cards = [Command::In, Command::Out, Command::Save, Command::Cancel];
    let mut codes: Vec<String> = cards.into_iter().filter_map(command_code).collect();
    assert_eq!(codes.len(), 4);
    codes.push("A-17/b".to_owned());
    codes.push("https://id.example/01/04600702083118?17=271231".to_owned());
    for code in codes {
        for dpi in [DPI, 300, 600] {
            assert_eq!(scanned(printed(&code, dpi)?)?, code);
        }
    }
    Ok(())
}

#[test]
fn a_label_has_only_black_and_white_dots() -> Outcome {
    assert!(
        printed("2900000000018", DPI)?
            .pixels()
            .all(|dot| matches!(dot.0[0], 0 | 255))
    );
    Ok(())
}

#[test]
fn the_quiet_zone_is_white_and_modules_are_whole_dots() -> Outcome {
    let picture = printed("2900000000018", DPI)?;
    // 27 mm are 216 dots: 29 modules with the quiet zone of 7 dots each, in the middle.
    let (module, start) = (7, (216 - 21 * 7) / 2);
    for y in 0..216 {
        for x in 0..216 {
            let dot = picture.get_pixel(x, y).0[0];
            let is_inside = |place: u32| (start..start + 21 * module).contains(&place);
            if is_inside(x) && is_inside(y) {
                let corner = |place: u32| start + (place - start) / module * module;
                assert_eq!(dot, picture.get_pixel(corner(x), corner(y)).0[0], "{x} {y}");
            } else {
                assert_eq!(dot, 255, "{x} {y}");
            }
        }
    }
    Ok(())
}

#[test]
fn the_title_the_second_line_and_the_digits_are_on_the_label() {
    let dark = |title, subtitle| {
        let label = Label {
            code: "2900000000018",
            title,
            subtitle,
        };
        let png = label_png(&label, DPI).unwrap();
        let picture = image::load_from_memory(&png).unwrap().into_luma8();
        let is_right_of_the_code = |x: u32, y: u32| x >= 216 && y < 216;
        let (beside, below): (Vec<_>, Vec<_>) = picture
            .enumerate_pixels()
            .filter(|(x, y, dot)| dot.0[0] == 0 && (*y >= 216 || is_right_of_the_code(*x, *y)))
            .partition(|(x, y, _)| is_right_of_the_code(*x, *y));
        (beside.len(), below.len())
    };
    let (nothing, digits) = dark("", "");
    let (title, _) = dark("KIRIM", "");
    let (both, _) = dark("KIRIM", "+");
    assert_eq!(nothing, 0);
    assert!(digits > 500, "{digits}");
    assert!(title > 500, "{title}");
    assert_ne!(both, title);
}

#[test]
fn a_label_that_nobody_could_scan_is_refused() {
    let draw = |code: &str, dpi| {
        label_png(
            &Label {
                code,
                title: "",
                subtitle: "",
            },
            dpi,
        )
    };
    assert!(matches!(draw("", DPI), Err(Error::CodeEmpty)));
    assert!(matches!(
        draw(&"x".repeat(2_000), DPI),
        Err(Error::CodeTooLong)
    ));
    assert!(matches!(
        draw(&"x".repeat(9_000), DPI),
        Err(Error::CodeTooLong)
    ));
    for dpi in [0, 99, 1_201] {
        assert!(matches!(
            draw("2900000000018", dpi),
            Err(Error::Resolution(_))
        ));
    }
}
