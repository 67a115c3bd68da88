//! Pictures that lie beside an exchange of 1C.

use std::fs;

use ombor_import::skipped::Note;

use crate::files::{Folder, plan_of, skipped};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n a picture";

const CATALOGUE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<КоммерческаяИнформация xmlns="urn:1C.ru:commerceml_2" ВерсияСхемы="2.07">
 <Каталог><Ид>k</Ид><Товары>
  <Товар><Ид>p1</Ид><Наименование>Ботинки</Наименование>
   <Картинка>import_files/9a/main.png</Картинка><Картинка>import_files/9a/side.png</Картинка></Товар>
  <Товар><Ид>p2</Ид><Наименование>Крем</Наименование><Картинка>import_files/gone.png</Картинка></Товар>
  <Товар><Ид>p3</Ид><Наименование>Щётка</Наименование><Картинка>../secret.png</Картинка></Товар>
  <Товар><Ид>p4</Ид><Наименование>Шнурки</Наименование><Картинка>import_files\laces.png</Картинка></Товар>
 </Товары></Каталог>
</КоммерческаяИнформация>"#;

#[test]
fn goods_come_with_the_pictures_that_lie_beside_their_catalogue() {
    let folder = Folder::new();
    folder.with("secret.png", PNG);
    let exchange = folder.path().join("webdata");
    let pictures = exchange.join("import_files/9a");
    fs::create_dir_all(&pictures).expect("a folder");
    fs::write(exchange.join("import.xml"), CATALOGUE).expect("a catalogue");
    for name in ["9a/main.png", "9a/side.png", "laces.png", "other.png"] {
        fs::write(exchange.join("import_files").join(name), PNG).expect("a picture");
    }
    let plan = plan_of(std::slice::from_ref(&exchange)).expect("a plan");
    let taken: Vec<_> = plan
        .pictures
        .iter()
        .map(|picture| (picture.product, picture.path.clone()))
        .collect();
    assert_eq!(
        taken,
        [
            (0, pictures.join("main.png")),
            (3, exchange.join("import_files/laces.png"))
        ]
    );
    // What no product shows is named file by file; a name that leads out of the folder leads nowhere.
    let left: Vec<_> = plan
        .skipped
        .iter()
        .map(|skipped| skipped.origin.part.rsplit('/').next().unwrap_or_default())
        .collect();
    assert_eq!(left, ["side.png", "other.png"], "{:?}", skipped(&plan));
    assert!(
        plan.notes
            .iter()
            .any(|noted| noted.note == Note::Pictures { count: 2 }),
        "{:?}",
        plan.notes
    );
}
