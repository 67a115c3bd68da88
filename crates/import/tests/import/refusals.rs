//! Files that are no catalogue are called what they are; nothing that is thrown at the reader makes it fall.

use ombor_import::{Error, NotCatalogue, Refusal};
use proptest::prelude::*;

use crate::files::{Folder, names, plan_of};

fn refusal_of(content: impl AsRef<[u8]>) -> Error {
    let folder = Folder::new();
    plan_of(&[folder.with("file", content)]).expect_err("no plan")
}

#[test]
fn every_file_that_is_no_catalogue_is_called_what_it_is() {
    let orders = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><КоммерческаяИнформация ВерсияСхемы=\"2.08\"><Документ><Ид>1</Ид><Товары><Товар><Ид>a</Ид></Товар></Товары></Документ></КоммерческаяИнформация>";
    for (content, what) in [
        (
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(),
            NotCatalogue::Picture,
        ),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", NotCatalogue::Picture),
        (b"%PDF-1.7 ...", NotCatalogue::Pdf),
        (b"\x1f\x8b\x08\0\0\0\0\0", NotCatalogue::Archive),
        (b"\x7fELF\x02\x01\x01\0", NotCatalogue::Binary),
        (b"SQLite format 3\0\x10\0", NotCatalogue::TruncatedDatabase),
        (b"SQLite for", NotCatalogue::TruncatedDatabase),
        (
            b"<html><table><tr><td>\xd0\xa2</td></tr></table></html>",
            NotCatalogue::WebPage,
        ),
        (b"<?xml version=\"1.0\"?><rss/>", NotCatalogue::NewsFeed),
        (b"<?xml version=\"1.0\"?><Persons/>", NotCatalogue::OtherXml),
        (
            b"<?xml version=\"1.0\"?><!DOCTYPE yml_catalog SYSTEM \"shops.dtd\"><yml_catalog><shop/></yml_catalog>",
            NotCatalogue::ShopFeed,
        ),
        (
            b"<kaspi_catalog xmlns=\"kaspiShopping\"><offers/></kaspi_catalog>",
            NotCatalogue::ShopFeed,
        ),
        (
            b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Table/></Workbook>",
            NotCatalogue::OtherWorkbook,
        ),
        (
            b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet><Table>",
            NotCatalogue::XmlTable,
        ),
        (
            b"<Message xmlns:m=\"http://www.1c.ru/SSL/Exchange/Message\"><m:Header/><Body/></Message>",
            NotCatalogue::OtherExchange,
        ),
        (
            "<ФайлОбмена ВерсияФормата=\"2.0\"/>".as_bytes(),
            NotCatalogue::OtherExchange,
        ),
        (
            "<КоммерческаяИнформация><Контрагенты/></КоммерческаяИнформация>".as_bytes(),
            NotCatalogue::OtherCommerceMl,
        ),
        (
            b"Dear friend, the goods came yesterday.\nAll of them.",
            NotCatalogue::OtherText,
        ),
        (
            b"# Goods\n\n| groups | products | barcodes |\n|---|---|---|\n| 59 | 1197 | 703 |\n",
            NotCatalogue::Document,
        ),
        (b"", NotCatalogue::Empty),
        (orders.as_bytes(), NotCatalogue::Orders),
        (
            b"Order No,Customer,Date,Product,Quantity,Total\n1,Ali,2024-01-01,Tea,2,20\n",
            NotCatalogue::OrderList,
        ),
    ] {
        let error = refusal_of(content);
        assert!(
            matches!(&error, Error::NotCatalogue { what: said, .. } if *said == what),
            "{what:?}: {error}"
        );
        assert!(error.is_not_catalogue());
    }
}

#[test]
fn several_files_of_orders_are_called_orders() {
    let orders = "<КоммерческаяИнформация><Контейнер><Документ><Ид>1</Ид></Документ></Контейнер></КоммерческаяИнформация>";
    let folder = Folder::new();
    let error = plan_of(&[folder.with("a.xml", orders), folder.with("b.xml", orders)]);
    assert!(matches!(
        error,
        Err(Error::NotCatalogue {
            what: NotCatalogue::Orders,
            ..
        })
    ));
}

#[test]
fn orders_beside_a_list_are_named_and_the_list_is_read() {
    let orders = "<КоммерческаяИнформация><Документ><Ид>1</Ид></Документ></КоммерческаяИнформация>";
    let folder = Folder::new();
    let list = folder.with("list.csv", "Наименование;Остаток\nЧай;2\nКофе;3\n");
    let plan = plan_of(&[list, folder.with("orders.xml", orders)]).expect("a plan");
    assert_eq!(names(&plan), ["Чай", "Кофе"]);
    assert!(
        plan.skipped
            .iter()
            .any(|skipped| skipped.reason.to_string().contains("an order file")),
        "{:?}",
        plan.skipped
    );
}

#[test]
fn entities_that_multiply_are_refused() {
    let bomb = "<!DOCTYPE a [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]><КоммерческаяИнформация><Каталог><Товары>\
        <Товар><Ид>1</Ид><Наименование>&b;</Наименование></Товар></Товары></Каталог></КоммерческаяИнформация>";
    assert!(matches!(
        refusal_of(bomb),
        Error::NotCatalogue {
            what: NotCatalogue::Entities,
            ..
        }
    ));
}

#[test]
fn damaged_xml_says_the_line_to_which_it_could_be_read() {
    let cut =
        "<КоммерческаяИнформация>\n<Каталог>\n<Товары>\n<Товар><Ид>1</Ид>\n<Наименование>Чай</Наим";
    let error = refusal_of(cut);
    assert!(error.to_string().ends_with("beyond line 5"), "{error}");
}

#[test]
fn a_file_that_is_not_there_cannot_be_read() {
    let folder = Folder::new();
    let error = plan_of(&[folder.path().join("nothing.csv")]).expect_err("no plan");
    assert!(!error.is_not_catalogue());
    assert_eq!(Refusal::from(&error).error, "unreadable");
    assert!(matches!(
        plan_of(&[folder.path()]),
        Err(Error::NothingGiven)
    ));
}

#[test]
fn a_folder_too_deep_is_named_and_the_list_beside_it_is_read() {
    let folder = Folder::new();
    folder.with("list.csv", "Товар;Остаток\nЧай;2\n");
    let deepest = folder.path().join("1/2/3/4/5/6/7");
    std::fs::create_dir_all(&deepest).expect("folders");
    std::fs::write(deepest.join("more.csv"), "Товар\nКофе\n").expect("a list");
    let plan = plan_of(&[folder.path()]).expect("a plan");
    assert_eq!(names(&plan), ["Чай"]);
    let [left] = plan.skipped.as_slice() else {
        panic!("{:?}", plan.skipped)
    };
    let deepest_read = folder.path().join("1/2/3/4/5/6");
    assert_eq!(*left.origin.part, *deepest_read.to_string_lossy());
    assert_eq!(
        left.reason.to_string(),
        "a folder that lies too deep: import it by itself"
    );
}

#[test]
fn a_picture_beside_a_list_is_named_and_the_list_is_read() {
    let folder = Folder::new();
    folder.with("list.csv", "Товар;Остаток\nЧай;2\n");
    folder.with("photo.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    let plan = plan_of(&[folder.path()]).expect("a plan");
    assert_eq!(names(&plan), ["Чай"]);
    let said: Vec<String> = plan
        .skipped
        .iter()
        .map(|skipped| skipped.reason.to_string())
        .collect();
    assert_eq!(said, ["a picture"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_are_a_plan_or_a_refusal(
        front in prop_oneof![
            Just(b"SQLite format 3\0".to_vec()),
            Just(b"PK\x03\x04".to_vec()),
            Just(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec()),
            Just("<КоммерческаяИнформация><Каталог><Товары><Товар>".as_bytes().to_vec()),
            Just("Наименование;Остаток\n".as_bytes().to_vec()),
            Just(Vec::new()),
        ],
        rest in proptest::collection::vec(any::<u8>(), 0..2000),
    ) {
        let folder = Folder::new();
        let mut content = front;
        content.extend(rest);
        let _ = plan_of(&[folder.with("file", content)]);
    }
}
