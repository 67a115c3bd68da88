//! Lists of purchases and sales: history, and stock only where they tell it.

use ombor_import::{Plan, plan::Direction, skipped::Note};

use crate::files::{Folder, names, plan_of, plan_of_text, stock};

fn notes(plan: &Plan) -> Vec<&Note> {
    plan.notes
        .iter()
        .map(|noted| &noted.note)
        .filter(|note| !matches!(note, Note::ColumnLeft { .. }))
        .collect()
}

fn quantities(plan: &Plan) -> Vec<(String, String)> {
    let rows = stock(plan).into_iter();
    rows.map(|(product, _, quantity)| (product, quantity))
        .collect()
}

fn expected<const N: usize>(rows: [(&str, &str); N]) -> Vec<(String, String)> {
    rows.map(|(product, quantity)| (product.to_owned(), quantity.to_owned()))
        .to_vec()
}

#[test]
fn a_list_of_sales_brings_its_products_and_history_and_no_stock() {
    let plan = plan_of_text(
        "list.csv",
        "Дата;Покупатель;Товар;Кол-во;Цена\n01.09.2026;Ali;Қалам;2;12\n02.09.2026;Vali;Қалам;3;12\n02.09.2026;Ali;Дәптер;-1;7\n",
    );
    assert_eq!(names(&plan), ["Қалам", "Дәптер"]);
    assert!(plan.balances.is_empty());
    let told: Vec<_> = plan
        .movements
        .iter()
        .map(|movement| {
            (
                movement.at.as_deref(),
                movement.direction,
                movement.note.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (Some("01.09.2026"), Some(Direction::Out), Some("Ali")),
            (Some("02.09.2026"), Some(Direction::Out), Some("Vali")),
            (Some("02.09.2026"), Some(Direction::In), Some("Ali")),
        ],
        "what comes back is written with a minus"
    );
}

#[test]
fn purchases_alone_are_no_stock_and_their_price_is_not_the_one_for_sale() {
    let plan = plan_of_text(
        "list.csv",
        "Sana;Yetkazib beruvchi;Mahsulot nomi;Miqdori;Narxi\n01.09.2026;Un MCHJ;Un;100;5000\n05.09.2026;Un MCHJ;Un;50;5100\n",
    );
    assert!(plan.balances.is_empty());
    assert_eq!(plan.movements.len(), 2);
    assert_eq!(
        plan.products.first().and_then(|product| product.price),
        None
    );
    assert_eq!(
        notes(&plan),
        [&Note::History { count: 2 }, &Note::StockUnknown]
    );
}

#[test]
fn what_came_less_what_went_is_the_stock_where_nothing_else_tells_it() {
    for list in [
        "Sana,Mahsulot,Turi,Soni\n2026-10-01,Non,kirim,100\n2026-10-01,Non,chiqim,40\n2026-10-02,Sut,kirim,5\n",
        "Дата;Документ;Номенклатура;Количество\n1.10.26;Поступление 1;Non;100\n2.10.26;Реализация 2;Non;40\n3.10.26;Поступление 3;Sut;5\n",
        "Дата;Товар;Приход;Расход\n1.10.2026;Non;100;\n2.10.2026;Non;;40\n2.10.2026;Sut;5;\n",
    ] {
        let plan = plan_of_text("list.csv", list);
        assert_eq!(
            quantities(&plan),
            expected([("Non", "60"), ("Sut", "5")]),
            "{list}"
        );
        assert_eq!(plan.movements.len(), 3, "{list}");
        assert!(plan.categories.is_empty(), "{list}");
    }
}

#[test]
fn a_stock_list_beside_the_history_stands_and_is_compared_with_it() {
    let folder = Folder::new();
    let plan = plan_of(&[
        folder.with(
            "a.csv",
            "Дата;Товар;Приход;Расход\n1.10.2026;Non;100;\n2.10.2026;Non;;40\n2.10.2026;Sut;5;\n",
        ),
        folder.with("b.csv", "Товар;Остаток\nNon;55\nSut;5\n"),
    ])
    .expect("a plan");
    assert_eq!(quantities(&plan), expected([("Non", "55"), ("Sut", "5")]));
    let [disagreement] = plan.disagreements.as_slice() else {
        panic!("{:?}", plan.disagreements)
    };
    assert_eq!(
        (
            disagreement.product.as_str(),
            disagreement.stock.to_string(),
            disagreement.movements.to_string()
        ),
        ("Non", "55".to_owned(), "60".to_owned())
    );
}

#[test]
fn a_report_of_sales_by_shop_is_no_stock() {
    let plan = plan_of_text(
        "list.csv",
        "Продажи товаров за период с 01.04.2026 по 30.04.2026;;;\nКод;Номенклатура;Склад Юг;Склад Бек\n1;Қалам;5;3\n",
    );
    assert_eq!((plan.balances.len(), plan.movements.len()), (0, 2));
}

#[test]
fn batches_and_days_of_receipt_leave_a_stock_list_what_it_is() {
    for list in [
        "Товар;Серия;Срок годности;Кол-во\nБинт;A;01.01.2027;4\nБинт;B;01.02.2027;6\n",
        "Товар;Дата поступления;Остаток\nБинт;01.01.2026;4\nБинт;01.02.2026;6\n",
    ] {
        let plan = plan_of_text("list.csv", list);
        assert_eq!(quantities(&plan), expected([("Бинт", "10")]), "{list}");
    }
    let once = plan_of_text(
        "list.csv",
        "Товар;Кол-во;Дата поступления;Поставщик\nБинт;10;01.09.2026;A\nВата;3;02.09.2026;B\n",
    );
    assert_eq!(quantities(&once), expected([("Бинт", "10"), ("Вата", "3")]));
}
