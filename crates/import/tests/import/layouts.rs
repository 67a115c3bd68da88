//! Lists as people lay them out: groups with totals among the goods, warehouses below the quantities.

use ombor_import::skipped::Note;

use crate::files::{names, plan_of_text, stock};

/// A stock list of 1C without its outline, as it is saved in the old format of Excel: store and groups stand above their
/// goods with the sum of what is in them.
const WITH_SUBTOTALS: &str = "\
    Ведомость по товарам на складах;;;;;\n\
    №;Артикул;Номенклатура;Ед.;Остаток;Цена\n\
    ;;Основной склад;;120,5;\n\
    ;;Напитки;;70;\n\
    1;А-1;Вода 0,5 л;шт;50;3500\n\
    2;А-2;Сок 1 л;шт;20;12000\n\
    ;;Крупы;;50,5;\n\
    3;А-3;Рис;кг;60,5;15000\n\
    4;А-4;Гречка;кг;-10;14000\n\
    ;;Итого;;120,5;\n";

#[test]
fn groups_that_show_the_total_of_their_goods_are_no_goods() {
    let plan = plan_of_text("vedomost.csv", WITH_SUBTOTALS);
    assert_eq!(names(&plan), ["Вода 0,5 л", "Сок 1 л", "Рис", "Гречка"]);
    let groups: Vec<_> = plan
        .categories
        .iter()
        .map(|group| (group.name.as_str(), group.parent))
        .collect();
    assert_eq!(
        groups,
        [
            ("Основной склад", None),
            ("Напитки", Some(0)),
            ("Крупы", Some(0))
        ]
    );
    let of_rice = plan.products.get(2).and_then(|product| product.category);
    assert_eq!(of_rice, Some(2));
    let quantities: Vec<_> = stock(&plan).into_iter().map(|row| row.2).collect();
    assert_eq!(quantities, ["50", "20", "60.5"]);
    assert!(
        plan.notes
            .iter()
            .any(|noted| noted.note == Note::Headings { count: 3 }),
        "{:?}",
        plan.notes
    );
}

#[test]
fn a_product_that_lacks_what_the_others_have_stays_a_product() {
    let plan = plan_of_text(
        "list.csv",
        "Артикул;Наименование;Ед.;Остаток\nA-1;Болт;шт;5\n;Шайба;;7\nA-2;Гайка;шт;5\nA-3;Винт;шт;4\n",
    );
    assert_eq!(names(&plan), ["Болт", "Шайба", "Гайка", "Винт"]);
    let quantities: Vec<_> = stock(&plan).into_iter().map(|row| row.2).collect();
    assert_eq!(quantities, ["5", "7", "5", "4"]);
}

#[test]
fn warehouses_named_below_the_quantities_are_the_places_of_the_stock() {
    let plan = plan_of_text(
        "list.csv",
        "Товар;Ед. изм.;Остаток;;;Цена\n;;Юнусабад;Чиланзар;Всего;\nПлитка A;м2;10,5;2;12,5;90000\nПлитка B;м2;0;4;4;85000\n",
    );
    let expected = [
        ("Плитка A", "Юнусабад", "10.5"),
        ("Плитка A", "Чиланзар", "2"),
        ("Плитка B", "Чиланзар", "4"),
    ]
    .map(|(product, place, quantity)| (product.to_owned(), place.to_owned(), quantity.to_owned()));
    assert_eq!(stock(&plan), expected);
}

#[test]
fn the_other_columns_say_what_a_comma_means() {
    let plan = plan_of_text(
        "list.csv",
        "\"SKU\";\"Product Name\";\"Qty\";\"UoM\";\"Unit Price\"\n\"A1\";\"Pump\";\"1,000\";\"pcs\";\"1,250.50\"\n",
    );
    let quantities: Vec<_> = stock(&plan).into_iter().map(|row| row.2).collect();
    assert_eq!(quantities, ["1000"]);
    assert_eq!(plan.units, ["dona"]);
}
