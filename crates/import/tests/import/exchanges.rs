//! What the versions of CommerceML and the programs that write it do differently.

use ombor_import::Plan;

use crate::files::{Folder, groups, names, plan_of, plan_of_text, skipped, stock};

fn exchange(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><КоммерческаяИнформация ВерсияСхемы=\"2.08\">{body}</КоммерческаяИнформация>"
    )
}

fn catalogue(goods: &str) -> String {
    format!("<Каталог><Ид>k</Ид><Товары>{goods}</Товары></Каталог>")
}

fn offers(offers: &str) -> String {
    format!("<ПакетПредложений><Ид>k#</Ид><Предложения>{offers}</Предложения></ПакетПредложений>")
}

fn product(key: &str, name: &str) -> String {
    format!("<Товар><Ид>{key}</Ид><Наименование>{name}</Наименование></Товар>")
}

fn offer(key: &str, content: &str) -> String {
    format!("<Предложение><Ид>{key}</Ид>{content}</Предложение>")
}

fn read(body: &str) -> Plan {
    plan_of_text("exchange.xml", exchange(body))
}

fn told(plan: &Plan) -> Vec<String> {
    let notes = plan.notes.iter();
    notes.map(|noted| noted.note.to_string()).collect()
}

fn price(plan: &Plan, at: usize) -> Option<String> {
    let price = plan.products.get(at)?.price?;
    Some(price.to_string())
}

fn row(product: &str, place: &str, quantity: &str) -> (String, String, String) {
    (product.to_owned(), place.to_owned(), quantity.to_owned())
}

#[test]
fn stock_by_warehouse_is_read_in_every_way_in_which_it_is_written() {
    for written in [
        "<Склад ИдСклада=\"a\" КоличествоНаСкладе=\"2\"/><Склад ИдСклада=\"b\" КоличествоНаСкладе=\"3\"/>",
        "<Склады ИдСклада=\"a\" КоличествоНаСкладе=\"2\"/><Склады ИдСклада=\"b\" КоличествоНаСкладе=\"3\"/>",
        "<Склады><Склад><Ид>a</Ид><Количество>2</Количество></Склад><Склад><Ид>b</Ид><Количество>3</Количество></Склад></Склады>",
        "<Остатки><Остаток><Склад><Ид>a</Ид><Количество>2</Количество></Склад></Остаток>\
         <Остаток><Склад><Ид>b</Ид><Количество>3</Количество></Склад></Остаток></Остатки>",
        "<Остатки><Остаток><Количество>5</Количество></Остаток><Остаток><Склад><Ид>a</Ид><Количество>2</Количество></Склад>\
         <Склад><Ид>b</Ид><Количество>3</Количество></Склад></Остаток></Остатки>",
        "<Остатки><Остаток><Склад>a</Склад><Количество>2</Количество></Остаток><Остаток><Склад>b</Склад><Количество>3</Количество>\
         </Остаток></Остатки>",
        "<КоличествоНаСкладах><КоличествоНаСкладе><ИдСклада>a</ИдСклада><Количество>2</Количество></КоличествоНаСкладе>\
         <КоличествоНаСкладе><ИдСклада>b</ИдСклада><Количество>3</Количество></КоличествоНаСкладе></КоличествоНаСкладах>",
        "<ОстаткиПоСкладу><ОстаткиПоСкладу><ИдСклада>a</ИдСклада><КоличествоНаСкладе>2</КоличествоНаСкладе></ОстаткиПоСкладу>\
         <ОстаткиПоСкладу><ИдСклада>b</ИдСклада><КоличествоНаСкладе>3</КоличествоНаСкладе></ОстаткиПоСкладу></ОстаткиПоСкладу>",
    ] {
        let body = catalogue(&product("1", "Чай")) + &offers(&offer("1", written));
        let expected = [row("Чай", "a", "2"), row("Чай", "b", "3")];
        assert_eq!(stock(&read(&body)), expected, "{written}");
    }
}

#[test]
fn a_total_in_the_offers_and_the_warehouses_in_another_file_are_one_stock() {
    let goods = exchange(
        &(catalogue(&product("1", "Чай")) + &offers(&offer("1", "<Количество>9</Количество>"))),
    );
    let rests = exchange(&offers(&offer(
        "1",
        "<Остатки><Остаток><Склад><Ид>a</Ид><Количество>9</Количество></Склад></Остаток></Остатки>",
    )));
    let folder = Folder::new();
    let plan = plan_of(&[folder.with("a.xml", goods), folder.with("b.xml", rests)]);
    assert_eq!(stock(&plan.expect("a plan")), [row("Чай", "a", "9")]);
}

#[test]
fn the_newest_file_of_an_exchange_is_right_whatever_it_is_called() {
    let dated = |day: &str, body: &str| {
        exchange(body).replace(
            "ВерсияСхемы",
            &format!("ДатаФормирования=\"{day}T10:00:00\" ВерсияСхемы"),
        )
    };
    let full = dated(
        "2026-01-01",
        &(catalogue(&(product("1", "Старый чай") + &product("2", "Кофе")))
            + &offers(
                &(offer("1", "<Цена>10</Цена><Количество>5</Количество>")
                    + &offer("2", "<Количество>2</Количество>")),
            )),
    );
    let changes = dated(
        "2026-02-01",
        &(catalogue(
            &(product("1", "Чай")
                + &product("2", "Кофе").replace("<Товар>", "<Товар Статус=\"Удален\">")),
        ) + &offers(&offer("1", "<Цена>12</Цена><Количество>3</Количество>"))),
    );
    let folder = Folder::new();
    let plan =
        plan_of(&[folder.with("a.xml", changes), folder.with("b.xml", full)]).expect("a plan");
    assert_eq!(names(&plan), ["Чай"]);
    assert_eq!(price(&plan, 0).as_deref(), Some("12"));
    assert_eq!(stock(&plan), [row("Чай", "", "3")]);
    assert!(
        told(&plan)
            .iter()
            .any(|note| note.contains("2 entries of goods were replaced")),
        "{:?}",
        told(&plan)
    );
}

#[test]
fn a_characteristic_may_stand_apart_from_its_product_or_among_the_goods() {
    let apart = catalogue(&product("1", "Кеды"))
        + &offers(
            &(offer(
                "1",
                "<ИдХарактеристики>a</ИдХарактеристики><Наименование>Кеды 38</Наименование><Количество>1</Количество>",
            ) + &offer(
                "1#00000000-0000-0000-0000-000000000000",
                "<Количество>4</Количество>",
            )),
        );
    let plan = read(&apart);
    assert_eq!(names(&plan), ["Кеды", "Кеды 38"]);
    assert_eq!(plan.products[1].variant_of, Some(0));
    assert_eq!(
        stock(&plan),
        [row("Кеды 38", "", "1"), row("Кеды", "", "4")]
    );

    let size = "<ХарактеристикиТовара><ХарактеристикаТовара><Наименование>Размер</Наименование><Значение>38</Значение>\
        </ХарактеристикаТовара></ХарактеристикиТовара></Товар>";
    let among = catalogue(
        &(product("1#a", "Кеды").replace("</Товар>", size)
            + &product("1", "Кеды")
            + &product("2#b", "Шарф")),
    ) + &offers(
        &(offer("1#a", "<Количество>3</Количество>") + &offer("2#b", "<Количество>4</Количество>")),
    );
    let plan = read(&among);
    assert_eq!(names(&plan), ["Кеды", "Кеды (38)", "Шарф"]);
    let variants: Vec<_> = plan
        .products
        .iter()
        .map(|product| product.variant_of)
        .collect();
    assert_eq!(variants, [None, Some(0), None]);
    assert_eq!(
        stock(&plan),
        [row("Кеды (38)", "", "3"), row("Шарф", "", "4")]
    );
}

#[test]
fn packages_of_offers_of_the_old_version_are_price_lists_of_one_stock() {
    let list = |name: &str, price: &str| {
        format!(
            "<ПакетПредложений Идентификатор=\"{name}\" Наименование=\"{name}\"><Предложение ИдентификаторТовара=\"a\" \
             Цена=\"{price}\" Количество=\"7\" Валюта=\"UZS\"/></ПакетПредложений>"
        )
    };
    let goods = "<Каталог Идентификатор=\"k\"><Товар Идентификатор=\"a\" Наименование=\"Гайка\" Единица=\"кг\"/></Каталог>";
    let plan = read(&format!(
        "{goods}{}{}",
        list("Оптовая", "90"),
        list("Розничная", "100")
    ));
    assert_eq!(price(&plan, 0).as_deref(), Some("100"));
    assert_eq!(stock(&plan), [row("Гайка", "", "7")]);
    assert_eq!(plan.source, "commerceml k");
}

#[test]
fn a_price_for_purchase_is_not_taken_where_there_is_another() {
    let types = "<ТипыЦен><ТипЦены><Ид>b</Ид><Наименование>Закупочная</Наименование></ТипЦены>\
        <ТипЦены><Ид>o</Ид><ПометкаУдаления>true</ПометкаУдаления><Наименование>Розничная</Наименование></ТипЦены>\
        <ТипЦены><Ид>s</Ид><Наименование>Базовая</Наименование><Валюта>KZT</Валюта></ТипЦены></ТипыЦен>";
    let prices = "<Цены><Цена><ИдТипаЦены>b</ИдТипаЦены><ЦенаЗаЕдиницу>60</ЦенаЗаЕдиницу></Цена>\
        <Цена><ИдТипаЦены>s</ИдТипаЦены><ЦенаЗаЕдиницу>120</ЦенаЗаЕдиницу><Единица>упак</Единица><Коэффициент>6</Коэффициент></Цена></Цены>";
    let body = catalogue(&product("1", "Вода"))
        + &offers(&offer("1", prices)).replace("<Предложения>", &format!("{types}<Предложения>"));
    let plan = read(&body);
    assert_eq!(
        price(&plan, 0).as_deref(),
        Some("20"),
        "the price of one of six"
    );
    assert!(
        told(&plan).iter().any(|note| note.ends_with("in KZT (1)")),
        "{:?}",
        told(&plan)
    );

    let untyped = "<Цены><Цена><Представление>Закупочная</Представление><ЦенаЗаЕдиницу>60</ЦенаЗаЕдиницу></Цена>\
        <Цена><Представление>Розничная</Представление><ЦенаЗаЕдиницу>1\u{a0}500,50</ЦенаЗаЕдиницу></Цена></Цены>";
    let plan = read(&(catalogue(&product("1", "Вода")) + &offers(&offer("1", untyped))));
    assert_eq!(price(&plan, 0).as_deref(), Some("1500.5"));
}

#[test]
fn a_comma_before_three_digits_is_decimal_unless_the_file_groups_by_it() {
    let body = |price: &str| {
        catalogue(&product("1", "Сахар"))
            + &offers(&offer(
                "1",
                &format!("<Цена>{price}</Цена><Количество>1,500</Количество>"),
            ))
    };
    assert_eq!(stock(&read(&body("99,90"))), [row("Сахар", "", "1.5")]);
    assert_eq!(stock(&read(&body("1,299.90"))), [row("Сахар", "", "1500")]);
}

#[test]
fn a_unit_may_be_named_by_its_key() {
    let units = "<Классификатор><ЕдиницыИзмерения><ЕдиницаИзмерения><Ид>0b3a1c5e-1111-4222-8333-0123456789ab</Ид>\
        <НаименованиеКраткое>кг</НаименованиеКраткое></ЕдиницаИзмерения></ЕдиницыИзмерения></Классификатор>";
    let goods = |key: &str| {
        let unit = format!("<БазоваяЕдиница>{key}</БазоваяЕдиница></Товар>");
        catalogue(&product("1", "Мука").replace("</Товар>", &unit))
    };
    let known = goods("0b3a1c5e-1111-4222-8333-0123456789ab");
    assert_eq!(read(&format!("{units}{known}")).units, ["kg"]);
    let plan = read(&known);
    assert!(plan.units.is_empty());
    assert!(
        told(&plan).iter().any(|note| note.contains("name a unit")),
        "{:?}",
        told(&plan)
    );
}

#[test]
fn groups_without_a_key_are_groups_of_their_own() {
    let classifier = "<Классификатор><Группы><Группа><Наименование>Обувь</Наименование><Группы><Группа><Ид>2</Ид><Наименование>Кеды</Наименование>\
        </Группа></Группы></Группа><Группа><Наименование>Одежда</Наименование></Группа></Группы></Классификатор>";
    let goods = product("1", "Кеды").replace(
        "</Товар>",
        "<Группы><Ид>gone</Ид><Ид>2</Ид></Группы></Товар>",
    );
    let plan = read(&(classifier.to_owned() + &catalogue(&goods)));
    assert_eq!(
        groups(&plan),
        [("Обувь", None), ("Кеды", Some(0)), ("Одежда", None)]
    );
    assert_eq!(
        plan.products[0].category,
        Some(1),
        "the first group that is described"
    );
}

#[test]
fn goods_without_a_key_are_told_apart_by_article_or_name() {
    let keyless = "<Товар><Артикул>A1</Артикул><Наименование>Мыло</Наименование></Товар>\
        <Товар><Артикул>A2</Артикул><Наименование>Мыло</Наименование></Товар><Товар><Наименование>Губка</Наименование></Товар>";
    assert_eq!(names(&read(&catalogue(keyless))), ["Мыло", "Мыло", "Губка"]);
}

#[test]
fn every_mark_of_deletion_counts_and_pairs_need_no_list_around_them() {
    let goods = "<Товар><Ид>1</Ид><Статус>Удален</Статус><Наименование>А</Наименование></Товар>\
        <Товар><Ид>2</Ид><ПометкаУдаления>Да</ПометкаУдаления><Наименование>Б</Наименование></Товар>\
        <Товар><Ид>3</Ид><ЗначениеРеквизита><Наименование>Полное наименование</Наименование><Значение>В целом</Значение></ЗначениеРеквизита></Товар>";
    let plan = read(&catalogue(goods));
    assert_eq!(names(&plan), ["В целом"]);
    assert_eq!(skipped(&plan).len(), 2);
}

#[test]
fn a_bare_ampersand_and_an_unknown_entity_stay_in_the_text() {
    let plan = read(&catalogue(&product(
        "1",
        "Соль &laquo;Экстра&raquo; & перец&nbsp;100 г",
    )));
    assert_eq!(names(&plan), ["Соль &laquo;Экстра&raquo; & перец 100 г"]);
}

#[test]
fn types_of_the_same_name_are_one_type_of_several_catalogues() {
    let package = |key: &str, kind: &str, amount: &str| {
        let types = format!(
            "<ТипыЦен><ТипЦены><Ид>{kind}</Ид><Наименование>Розничная</Наименование></ТипЦены></ТипыЦен><Предложения>"
        );
        let price = format!(
            "<Цены><Цена><ИдТипаЦены>{kind}</ИдТипаЦены><ЦенаЗаЕдиницу>{amount}</ЦенаЗаЕдиницу></Цена></Цены>"
        );
        offers(&offer(key, &price)).replace("<Предложения>", &types)
    };
    let body = catalogue(&(product("1", "Чай") + &product("2", "Кофе")))
        + &package("1", "a", "10")
        + &package("2", "b", "20");
    let plan = read(&body);
    let prices = [price(&plan, 0), price(&plan, 1)];
    assert_eq!(prices, [Some("10".to_owned()), Some("20".to_owned())]);
    assert!(!told(&plan).iter().any(|note| note.contains("not taken")));
}

#[test]
fn a_variant_keeps_an_article_of_its_own_and_not_one_that_it_shares() {
    let article = |article: &str| format!("<Артикул>{article}</Артикул>");
    let goods = product("1", "Брюки").replace("</Товар>", &(article("B") + "</Товар>"));
    let variants = ["B", "B-46", "B-48", "B-48"]
        .iter()
        .zip(1..)
        .map(|(own, n)| offer(&format!("1#v{n}"), &article(own)))
        .collect::<String>();
    let plan = read(&(catalogue(&goods) + &offers(&variants)));
    let articles: Vec<_> = plan
        .products
        .iter()
        .map(|product| product.sku.as_ref().map(|sku| sku.as_str().to_owned()))
        .collect();
    let own = |text: &str| Some(text.to_owned());
    assert_eq!(articles, [own("B"), None, own("B-46"), None, None]);
    assert!(
        told(&plan)
            .iter()
            .any(|note| note.contains("2 variants share")),
        "{:?}",
        told(&plan)
    );
}

#[test]
fn a_short_code_of_a_unit_is_no_number_of_the_classifier() {
    let goods = |code: &str, name: &str| {
        let unit =
            format!("<БазоваяЕдиница Код=\"{code}\" НаименованиеПолное=\"{name}\"/></Товар>");
        catalogue(&product("1", "Мыло").replace("</Товар>", &unit))
    };
    assert_eq!(read(&goods("6", "Штука")).units, ["dona"]);
    assert_eq!(read(&goods("006 ", "")).units, ["m"]);
}

#[test]
fn a_warehouse_below_zero_is_named_and_the_others_are_taken() {
    let plan = read(&format!(
        "<Каталог><Ид>k</Ид><Товары>{}</Товары></Каталог><ПакетПредложений><Ид>k</Ид><Предложения>{}</Предложения></ПакетПредложений>",
        product("1", "Мёд"),
        offer(
            "1",
            "<Склад ИдСклада=\"a\" КоличествоНаСкладе=\"5\"/><Склад ИдСклада=\"b\" КоличествоНаСкладе=\"-2\"/>"
        )
    ));
    assert_eq!(stock(&plan), [row("Мёд", "a", "5")]);
    assert_eq!(plan.skipped.len(), 1, "{:?}", plan.skipped);
}
