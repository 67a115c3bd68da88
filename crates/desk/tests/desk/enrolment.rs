//! Enrolment: visits, resemblance, withdrawal, and that no picture is left behind.

use std::fs;
use std::path::Path;

use ombor_desk::api::desk::Phase;
use ombor_desk::api::employee::Employee;
use ombor_desk::api::enrolment::{EnrolmentPhase, EnrolmentVisit};
use ombor_desk::error::ErrorCode;

use crate::stage::{ALI, ALI_LATER};
use crate::station::{Desk, Premises};

async fn one(desk: &Desk, id: &str) -> Employee {
    let everybody = desk.ombor.list_employees().await.expect("employees");
    let found = everybody.into_iter().find(|employee| employee.id == id);
    found.expect("the employee")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_visit_and_a_top_up_add_lights_and_a_withdrawal_erases_them() {
    let mut premises = Premises::open().await;
    let ali = premises.desk.employ("Ali").await;
    let early = premises
        .desk
        .ombor
        .start_enrolment(ali.id.clone(), EnrolmentVisit::Second)
        .await;
    assert_eq!(
        early.expect_err("refused").code,
        ErrorCode::EmployeeNotEnrolled
    );
    let mut lights = Vec::new();
    for (visit, scene) in [
        (EnrolmentVisit::First, &ALI),
        (EnrolmentVisit::Second, &ALI_LATER),
        (EnrolmentVisit::TopUp, &ALI),
    ] {
        premises.stage.show(scene);
        let view = premises.desk.visit(&ali, visit).await;
        assert_eq!(view.phase, EnrolmentPhase::Done, "{view:?}");
        assert_eq!((view.visit, view.accepted), (visit, view.wanted));
        assert!(
            view.quality.is_some_and(|quality| quality <= 100),
            "{view:?}"
        );
        let known = one(&premises.desk, &ali.id).await;
        lights.push((known.lights, known.template_count));
    }
    assert_eq!(lights, [(1, 10), (2, 20), (2, 23)]);

    let desk = &premises.desk;
    desk.ombor
        .erase_templates(ali.id.clone())
        .await
        .expect("erased");
    let known = one(desk, &ali.id).await;
    assert_eq!(
        (known.lights, known.quality, known.enrolled_at),
        (0, None, None)
    );
    let log = desk.ombor.list_audit(None, 50).await.expect("the log");
    assert!(log.rows.iter().any(|entry| entry.action == "face_erased"));
    desk.ombor.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_face_that_resembles_a_colleagues_waits_for_an_admin() {
    let mut premises = Premises::open().await;
    premises.enrol("Ali", &ALI).await;
    let vali = premises.desk.employ("Vali").await;
    for (is_somebody_else, expected) in [
        (false, EnrolmentPhase::Failed),
        (true, EnrolmentPhase::Done),
    ] {
        premises.stage.show(&ALI);
        let view = premises.desk.visit(&vali, EnrolmentVisit::First).await;
        assert_eq!(view.phase, EnrolmentPhase::Resembles);
        assert_eq!(view.resembles.as_deref(), Some("Ali"));
        let desk = &premises.desk;
        assert_eq!(one(desk, &vali.id).await.template_count, 0);
        let answered = desk.ombor.answer_resemblance(is_somebody_else).await;
        answered.expect("answered");
        let view = desk.ombor.enrolment().expect("the enrolment");
        assert_eq!(view.phase, expected);
        assert_eq!(
            view.failure.map(|failure| failure.code),
            (!is_somebody_else).then_some(ErrorCode::FaceAlreadyEnrolled)
        );
        assert_eq!(
            one(desk, &vali.id).await.template_count > 0,
            is_somebody_else
        );
    }
    premises.desk.ombor.shut_down().await;
}

/// How a picture begins, in whichever format a program may keep one.
const BEGINNINGS: [(&str, &[u8]); 5] = [
    ("JPEG", &[0xFF, 0xD8, 0xFF]),
    ("PNG", b"\x89PNG"),
    ("BMP", b"BM6"),
    ("WebP", b"WEBPVP8"),
    ("PGM", b"P5\n"),
];

/// Bytes out of the middle of a frame, where the face is, as they would lie in an uncompressed picture.
fn pieces_of_faces() -> Vec<Vec<u8>> {
    let frames = ALI.iter().chain(ALI_LATER.iter());
    frames
        .map(|frame| {
            let pixels = frame.pixels();
            pixels[pixels.len() / 2..][..24].to_vec()
        })
        .collect()
}

fn holds(bytes: &[u8], piece: &[u8]) -> bool {
    bytes.windows(piece.len()).any(|window| window == piece)
}

/// Everything below a folder that is a file.
fn files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_picture_is_left_on_the_disk_or_in_the_database() {
    let mut premises = Premises::open().await;
    premises.enrol("Ali", &ALI).await;
    premises.desk.close_a_receipt().await;
    premises.stage.show(&ALI);
    premises.desk.reaches(Phase::Saved).await;
    premises.desk.ombor.shut_down().await;
    let pieces = pieces_of_faces();

    let mut found = Vec::new();
    files(premises.folder.path(), &mut found);
    assert!(
        found.iter().any(|path| path.ends_with("model.bin")),
        "{found:?}"
    );
    for path in found {
        let bytes = fs::read(&path).expect("a file");
        let name = path.display();
        for (format, beginning) in BEGINNINGS {
            assert!(!bytes.starts_with(beginning), "{name} is a {format}");
        }
        assert!(!holds(&bytes, BEGINNINGS[0].1), "{name} holds a JPEG");
        for piece in &pieces {
            assert!(!holds(&bytes, piece), "{name} holds a piece of a frame");
        }
    }

    let columns: Vec<(String, String)> = sqlx::query_as(
        "select table_name::text, column_name::text from information_schema.columns
         where table_schema = 'ombor' and data_type = 'bytea'",
    )
    .fetch_all(premises.database.app())
    .await
    .expect("columns");
    assert!(columns.len() > 2, "{columns:?}");
    for (table, column) in columns {
        let query = format!("select {column} from ombor.{table} where {column} is not null");
        let values: Vec<Vec<u8>> = sqlx::query_scalar(sqlx::AssertSqlSafe(query))
            .fetch_all(premises.database.app())
            .await
            .expect("values");
        for bytes in values {
            for (format, beginning) in BEGINNINGS {
                let message = format!("{table}.{column} holds a {format}");
                assert!(!bytes.starts_with(beginning), "{message}");
            }
            for piece in &pieces {
                assert!(
                    !holds(&bytes, piece),
                    "{table}.{column} holds a piece of a frame"
                );
            }
        }
    }
}
