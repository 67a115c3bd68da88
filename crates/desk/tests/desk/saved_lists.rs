//! Lists of the window as files, for those who may see them.

use std::collections::BTreeMap;
use std::path::Path;

use calamine::{Data, Reader as _};
use ombor_desk::api::catalogue::{ProductFilter, ProductQuery};
use ombor_desk::api::movement::MovementQuery;
use ombor_desk::api::old_movement::OldMovementQuery;
use ombor_desk::api::saved_list::{
    ListChoice, ListColumn, ListField, ListFormat, ListOrder, SavedList,
};
use ombor_desk::api::session::Role;
use ombor_desk::error::{AppError, ErrorCode};

use crate::station::{Desk, Premises};

fn products(text: &str) -> ListChoice {
    ListChoice::Products {
        query: ProductQuery {
            text: text.to_owned(),
            filter: ProductFilter::All,
            category_id: None,
            after: None,
            limit: 1,
        },
    }
}

fn movements(text: Option<&str>) -> ListChoice {
    ListChoice::Movements {
        query: MovementQuery {
            product_id: None,
            employee_id: None,
            user_id: None,
            kind: None,
            text: text.map(str::to_owned),
            from: None,
            to: None,
            after: None,
            limit: 1,
        },
    }
}

fn order(list: ListChoice, format: ListFormat, path: &Path, fields: &[ListField]) -> ListOrder {
    let words = [
        ("opening", "Boshlangʻich qoldiq"),
        ("yes", "ha"),
        ("admin", "Egasi"),
    ];
    ListOrder {
        list,
        format,
        path: path.to_string_lossy().into_owned(),
        title: "Roʻyxat".to_owned(),
        columns: fields
            .iter()
            .map(|&field| ListColumn {
                field,
                head: format!("{field:?} boshi"),
            })
            .collect(),
        words: words
            .map(|(value, text)| (value.to_owned(), text.to_owned()))
            .into(),
    }
}

async fn save(desk: &Desk, order: ListOrder) -> Result<SavedList, AppError> {
    desk.ombor.save_list(order).await
}

fn sheet(path: &str) -> Vec<Vec<Data>> {
    let mut workbook = calamine::open_workbook_auto(path).expect("a workbook");
    let range = workbook.worksheet_range("Roʻyxat").expect("the sheet");
    range.rows().map(<[Data]>::to_vec).collect()
}

fn text(path: &str) -> Vec<Vec<String>> {
    let bytes = std::fs::read(path).expect("the file");
    let unmarked = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .expect("marked as UTF-8");
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .has_headers(false)
        .from_reader(unmarked);
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.map(|row| row.iter().map(str::to_owned).collect())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_saved_as_it_is_filtered_with_numbers_and_times() {
    let premises = Premises::open().await;
    let desk = &premises.desk;
    products_are_saved_as_shown(desk, premises.folder.path()).await;
    history_is_saved_with_signs(desk, premises.folder.path()).await;
    let log = desk.ombor.list_audit(None, 1).await.expect("the log");
    assert_eq!(log.rows[0].action, "list_saved");
    assert!(
        log.rows[0].details.contains("movements"),
        "{:?}",
        log.rows[0]
    );
    desk.ombor.shut_down().await;
}

async fn products_are_saved_as_shown(desk: &Desk, folder: &Path) {
    let fields = [
        ListField::Name,
        ListField::OnHand,
        ListField::Price,
        ListField::Active,
    ];
    let path = folder.join("mahsulotlar");
    let all = order(products(""), ListFormat::Excel, &path, &fields);
    let saved = save(desk, all).await.expect("saved");
    assert!(saved.path.ends_with("mahsulotlar.xlsx"), "{saved:?}");
    let query = ProductQuery {
        text: String::new(),
        filter: ProductFilter::All,
        category_id: None,
        after: None,
        limit: 200,
    };
    let shown = desk.ombor.search_products(query).await.expect("shown");
    assert_eq!(saved.rows, shown.total, "every page is in the file");
    let rows = sheet(&saved.path);
    assert_eq!(rows[0][0], Data::String("Name boshi".to_owned()));
    let bottle = rows
        .iter()
        .find(|row| row[0].to_string().contains("Coca-Cola"))
        .expect("a bottle");
    assert!(matches!(bottle[1], Data::Float(120.0)), "{bottle:?}");
    assert!(matches!(bottle[2], Data::Float(_)), "{bottle:?}");
    assert_eq!(bottle[3], Data::String("ha".to_owned()));

    let some = order(products("Coca-Cola"), ListFormat::Csv, &path, &fields[..2]);
    let saved = save(desk, some).await.expect("saved");
    let rows = text(&saved.path);
    assert_eq!(rows[0], ["Name boshi", "OnHand boshi"]);
    assert!(rows.len() > 1 && rows[1..].iter().all(|row| row[0].contains("Coca-Cola")));
}

async fn history_is_saved_with_signs(desk: &Desk, folder: &Path) {
    let fields = [
        ListField::At,
        ListField::Kind,
        ListField::Quantity,
        ListField::Document,
    ];
    let path = folder.join("harakatlar.xlsx");
    let history = order(
        movements(Some("Coca-Cola")),
        ListFormat::Excel,
        &path,
        &fields,
    );
    let saved = save(desk, history).await.expect("saved");
    assert_eq!(saved.path, path.to_string_lossy());
    let rows = sheet(&saved.path);
    let opening = rows.last().expect("the first movement");
    assert!(
        matches!(&opening[0], Data::DateTime(at) if at.is_datetime()),
        "{opening:?}"
    );
    assert_eq!(opening[1], Data::String("Boshlangʻich qoldiq".to_owned()));
    assert!(matches!(opening[2], Data::Float(quantity) if quantity > 0.0));
    assert!(matches!(opening[3], Data::Float(_)));
    let total: f64 = rows[1..]
        .iter()
        .filter_map(|row| match row[2] {
            Data::Float(quantity) => Some(quantity),
            _ => None,
        })
        .sum();
    assert!(
        (total - 120.0).abs() < 0.001,
        "what went out counts against what came in"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_see_a_list_may_save_it_and_nobody_else() {
    const EVERYBODY: &[Role] = &[Role::Admin, Role::Operator, Role::Viewer];
    const ADMIN: &[Role] = &[Role::Admin];
    let premises = Premises::open().await;
    let desk = &premises.desk;
    let old = OldMovementQuery {
        text: String::new(),
        from: None,
        to: None,
        after: None,
        limit: 1,
    };
    let lists: [(ListChoice, ListField, &[Role]); 9] = [
        (
            ListChoice::OldMovements { query: old },
            ListField::Product,
            EVERYBODY,
        ),
        (products(""), ListField::Name, EVERYBODY),
        (movements(None), ListField::Product, EVERYBODY),
        (ListChoice::Employees, ListField::Name, EVERYBODY),
        (ListChoice::Users, ListField::Role, ADMIN),
        (ListChoice::Audit, ListField::Action, ADMIN),
        (ListChoice::FaceGate, ListField::Name, ADMIN),
        (ListChoice::Backups, ListField::Name, ADMIN),
        (ListChoice::TakeoverReport, ListField::Remark, ADMIN),
    ];
    for role in EVERYBODY {
        desk.log_in("egasi").await;
        let login = format!("{role:?}").to_lowercase();
        desk.log_in_as_new(&login, *role).await;
        for (list, field, roles) in &lists {
            let path = premises.folder.path().join(format!("{login}.csv"));
            let wanted = order(list.clone(), ListFormat::Csv, &path, &[*field]);
            let outcome = save(desk, wanted).await;
            if roles.contains(role) {
                let saved = outcome.unwrap_or_else(|error| panic!("{role:?} {list:?}: {error}"));
                let rows = text(&saved.path);
                assert_eq!(rows.len(), saved.rows as usize + 1, "{list:?}");
                std::fs::remove_file(&path).expect("written");
            } else {
                let refused = outcome.expect_err("refused");
                assert_eq!(refused.code, ErrorCode::NotPermitted, "{role:?} {list:?}");
                assert!(!path.exists(), "{role:?} {list:?} left a file");
            }
        }
    }
    desk.ombor.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_cannot_be_written_is_named() {
    let premises = Premises::open().await;
    let path = premises.folder.path().join("no/such/folder/list.csv");
    let wanted = order(products(""), ListFormat::Csv, &path, &[ListField::Name]);
    let refused = save(&premises.desk, wanted).await.expect_err("refused");
    assert_eq!(refused.code, ErrorCode::FileNotWritable);
    let named = BTreeMap::from([("path".to_owned(), path.to_string_lossy().into_owned())]);
    assert_eq!(refused.params, named);
    premises.desk.ombor.shut_down().await;
}
