//! Archives that hold what is to be imported.

use std::{
    fs,
    io::{Cursor, Write},
    path::PathBuf,
};

use ombor_import::{Error, NotCatalogue};
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::files::{Folder, names, plan_of, stock_lines};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n a picture";
const LIST: &[u8] = "Наименование;Остаток\nЧай;2\nКофе;5\n".as_bytes();

const CATALOGUE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<КоммерческаяИнформация ВерсияСхемы="2.07"><Каталог><Ид>k</Ид><Товары>
  <Товар><Ид>p1</Ид><Наименование>Лопата</Наименование><Картинка>import_files/a.png</Картинка></Товар>
  <Товар><Ид>p2</Ид><Наименование>Грабли</Наименование></Товар>
</Товары></Каталог></КоммерческаяИнформация>"#;

const OFFERS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<КоммерческаяИнформация ВерсияСхемы="2.07"><ПакетПредложений><Ид>k</Ид><ИдКаталога>k</ИдКаталога><Предложения>
  <Предложение><Ид>p1</Ид><Количество>7</Количество></Предложение>
</Предложения></ПакетПредложений></КоммерческаяИнформация>"#;

/// A ZIP archive of these files.
fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .expect("an entry");
        writer.write_all(bytes).expect("its bytes");
    }
    writer.finish().expect("an archive").into_inner()
}

fn refusal_of(bytes: Vec<u8>) -> Error {
    let folder = Folder::new();
    plan_of(&[folder.with("old.zip", bytes)]).expect_err("a refusal")
}

#[test]
fn an_exchange_in_an_archive_is_read_as_the_folder_that_it_holds() {
    let bytes = archive(&[
        ("webdata/import.xml", CATALOGUE.as_bytes()),
        ("webdata/offers.xml", OFFERS.as_bytes()),
        ("webdata/import_files/a.png", PNG),
        ("webdata/import_files/b.png", PNG),
    ]);
    let folder = Folder::new();
    let path = folder.with("webdata.zip", bytes);
    let plan = plan_of(std::slice::from_ref(&path)).expect("a plan");
    assert_eq!(names(&plan), ["Лопата", "Грабли"]);
    assert_eq!(stock_lines(&plan), ["Лопата  7"]);
    assert_eq!(plan.formats, ["commerceml"]);
    let left: Vec<String> = plan
        .skipped
        .iter()
        .map(|skipped| skipped.origin.part.to_string())
        .collect();
    let unnamed = path.join("webdata/import_files/b.png");
    assert_eq!(left, [unnamed.to_string_lossy()]);
}

#[test]
fn the_pictures_of_an_archive_last_as_long_as_what_was_read() {
    let bytes = archive(&[
        ("import.xml", CATALOGUE.as_bytes()),
        ("import_files/a.png", PNG),
    ]);
    let folder = Folder::new();
    let plan = plan_of(&[folder.with("import.zip", bytes)]).expect("a plan");
    let pictures: Vec<PathBuf> = plan
        .pictures
        .iter()
        .map(|picture| picture.path.clone())
        .collect();
    let kept = plan.clone();
    drop(plan);
    assert_eq!(pictures.len(), 1);
    for picture in &pictures {
        assert_eq!(fs::read(picture).expect("a picture"), PNG);
    }
    drop(kept);
    assert!(pictures.iter().all(|picture| !picture.exists()));
}

#[test]
fn a_list_in_an_archive_beside_other_files_is_read() {
    let folder = Folder::new();
    folder.with("a.zip", archive(&[("список.csv", LIST)]));
    folder.with("b.csv", "Наименование;Остаток\nСоль;1\n");
    let plan = plan_of(&[folder.path()]).expect("a plan");
    assert_eq!(names(&plan), ["Чай", "Кофе", "Соль"]);
    assert_eq!(&*plan.products[0].origin.part, "список.csv");
}

#[test]
fn an_archive_in_an_archive_is_named_and_left() {
    let inner = archive(&[("more.csv", LIST)]);
    let bytes = archive(&[("list.csv", LIST), ("more.zip", &inner)]);
    let folder = Folder::new();
    let path = folder.with("old.zip", bytes);
    let plan = plan_of(std::slice::from_ref(&path)).expect("a plan");
    assert_eq!(names(&plan), ["Чай", "Кофе"]);
    let left = plan.skipped.first().expect("what was left");
    assert_eq!(*left.origin.part, *path.join("more.zip").to_string_lossy());
    assert_eq!(left.reason.to_string(), NotCatalogue::Archive.to_string());
}

#[test]
fn no_entry_of_an_archive_is_written_outside_its_folder() {
    let folder = Folder::new();
    let outside = folder.path().join("outside.csv");
    let name = outside.to_string_lossy().into_owned();
    let bytes = archive(&[
        ("list.csv", LIST),
        (&name, LIST),
        ("../../outside.csv", LIST),
        ("in\\..\\..\\outside.csv", LIST),
    ]);
    let plan = plan_of(&[folder.with("old.zip", bytes)]).expect("a plan");
    assert_eq!(names(&plan), ["Чай", "Кофе"]);
    assert_eq!(plan.skipped.len(), 3, "{:?}", plan.skipped);
    assert!(!outside.exists());
}

#[test]
fn an_archive_with_a_password_is_refused_by_that() {
    let mut bytes = archive(&[("list.csv", LIST)]);
    for (mark, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let at = (0..bytes.len())
            .find(|at| bytes.get(*at..).is_some_and(|rest| rest.starts_with(mark)))
            .expect("an entry");
        bytes[at + flags] |= 1;
    }
    let refused = refusal_of(bytes);
    assert!(matches!(refused, Error::Protected { .. }), "{refused:?}");
}

#[test]
fn what_is_no_catalogue_in_an_archive_is_called_what_it_is() {
    for (bytes, expected) in [
        (archive(&[("photo.png", PNG)]), NotCatalogue::Picture),
        (archive(&[]), NotCatalogue::Empty),
        (
            archive(&[("mimetype", b"application/epub+zip"), ("list.csv", LIST)]),
            NotCatalogue::Archive,
        ),
        (
            archive(&[("list.csv", LIST)])[..60].to_vec(),
            NotCatalogue::Archive,
        ),
    ] {
        let refused = refusal_of(bytes);
        assert!(
            matches!(refused, Error::NotCatalogue { what, .. } if what == expected),
            "{refused:?}"
        );
    }
}

#[test]
fn an_archive_of_too_many_files_is_not_unpacked() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for entry in 0..=100_000 {
        let options = SimpleFileOptions::default().large_file(false);
        writer
            .start_file(format!("{entry}.csv"), options)
            .expect("an entry");
    }
    let refused = refusal_of(writer.finish().expect("an archive").into_inner());
    assert!(
        matches!(
            refused,
            Error::NotCatalogue {
                what: NotCatalogue::Archive,
                ..
            }
        ),
        "{refused:?}"
    );
}
