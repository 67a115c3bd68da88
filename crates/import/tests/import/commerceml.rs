//! Exchanges of 1C.

use encoding_rs::WINDOWS_1251;
use ombor_import::{Error, NotCatalogue};

use crate::files::{Folder, groups, names, plan_of, plan_of_text, skipped, stock};

const CATALOGUE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<КоммерческаяИнформация xmlns="urn:1C.ru:commerceml_2" ВерсияСхемы="2.07">
 <Классификатор><Ид>k</Ид><Наименование>Классификатор</Наименование>
  <Группы>
   <Группа><Ид>g1</Ид><Наименование>Обувь</Наименование>
    <Группы><Группа><Ид>g2</Ид><Наименование>Ботинки &amp; сапоги</Наименование></Группа></Группы>
   </Группа>
  </Группы>
 </Классификатор>
 <Каталог СодержитТолькоИзменения="false"><Ид>k</Ид>
  <Товары>
   <Товар><Ид>p1</Ид><Артикул>B-1</Артикул><Наименование>Ботинки</Наименование><Описание>Тёплые</Описание><Штрихкод>2000018987155</Штрихкод>
    <БазоваяЕдиница Код="715 " НаименованиеПолное="Пара (2 шт.)"><Пересчет><Единица>715</Единица></Пересчет></БазоваяЕдиница>
    <Группы><Ид>g2</Ид></Группы></Товар>
   <Товар><Ид>p2</Ид><Артикул/><Наименование>Крем</Наименование><БазоваяЕдиница>796</БазоваяЕдиница>
    <ЗначенияРеквизитов><ЗначениеРеквизита><Наименование>Минимальный остаток</Наименование><Значение>1.5</Значение></ЗначениеРеквизита>
     <ЗначениеРеквизита><Наименование>Не используется</Наименование><Значение>true</Значение></ЗначениеРеквизита>
     <ЗначениеРеквизита><Наименование>ТипНоменклатуры</Наименование><Значение>Товар</Значение></ЗначениеРеквизита></ЗначенияРеквизитов></Товар>
   <Товар Статус="Удален"><Ид>p3</Ид><Наименование>Старьё</Наименование></Товар>
  </Товары>
 </Каталог>
</КоммерческаяИнформация>"#;

const OFFERS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<КоммерческаяИнформация xmlns="urn:1C.ru:commerceml_2" ВерсияСхемы="2.07">
 <ПакетПредложений СодержитТолькоИзменения="false"><Ид>k#</Ид>
  <ТипыЦен>
   <ТипЦены><Ид>t1</Ид><Наименование>Закупочная</Наименование></ТипЦены>
   <ТипЦены><Ид>t2</Ид><Наименование>Розничная</Наименование></ТипЦены>
  </ТипыЦен>
  <Склады><Склад><Ид>w1</Ид><Наименование>Юг</Наименование></Склад><Склад><Ид>w2</Ид><Наименование>Север</Наименование></Склад></Склады>
  <Предложения>
   <Предложение><Ид>p1#c38</Ид><Наименование>Ботинки (38)</Наименование><Штрихкод>2000000010533</Штрихкод>
    <Цены><Цена><ИдТипаЦены>t1</ИдТипаЦены><ЦенаЗаЕдиницу>900</ЦенаЗаЕдиницу></Цена>
          <Цена><ИдТипаЦены>t2</ИдТипаЦены><ЦенаЗаЕдиницу>1719.50</ЦенаЗаЕдиницу></Цена></Цены>
    <Количество>20</Количество><Склад ИдСклада="w1" КоличествоНаСкладе="15"/><Склад ИдСклада="w2" КоличествоНаСкладе="5"/></Предложение>
   <Предложение><Ид>p1#c39</Ид><Наименование>Ботинки</Наименование>
    <ХарактеристикиТовара><ХарактеристикаТовара><Наименование>Размер</Наименование><Значение>39</Значение></ХарактеристикаТовара></ХарактеристикиТовара>
    <Количество>0</Количество></Предложение>
   <Предложение><Ид>p2</Ид><Наименование>Крем</Наименование><Количество>2.5</Количество></Предложение>
   <Предложение><Ид>p9</Ид><Наименование>Чужой</Наименование><Количество>7</Количество></Предложение>
  </Предложения>
 </ПакетПредложений>
</КоммерческаяИнформация>"#;

#[test]
fn a_catalogue_and_its_offers_are_one_import_in_any_order() {
    let folder = Folder::new();
    let (catalogue, offers) = (
        folder.with("import.xml", CATALOGUE),
        folder.with("offers.xml", OFFERS),
    );
    let plan = plan_of(&[catalogue.clone(), offers.clone()]).expect("a plan");
    assert_eq!(
        plan_of(&[offers, catalogue]).expect("a plan").products,
        plan.products
    );
    assert_eq!(
        names(&plan),
        ["Ботинки", "Крем", "Ботинки (38)", "Ботинки (39)"]
    );
    let variants: Vec<_> = plan
        .products
        .iter()
        .map(|product| product.variant_of)
        .collect();
    assert_eq!(variants, [None, None, Some(0), Some(0)]);
    assert_eq!(
        groups(&plan),
        [("Обувь", None), ("Ботинки & сапоги", Some(0))]
    );
    let expected = [
        ("Ботинки (38)", "Юг", "15"),
        ("Ботинки (38)", "Север", "5"),
        ("Крем", "", "2.5"),
    ];
    assert_eq!(
        stock(&plan),
        expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned()))
    );
    let price = plan
        .products
        .get(2)
        .and_then(|product| product.price)
        .map(|price| price.to_string());
    assert_eq!(
        price.as_deref(),
        Some("1719.5"),
        "the retail price is the one for sale"
    );
    assert_eq!(plan.units, ["juft", "dona"]);
    let notes: Vec<String> = plan
        .notes
        .iter()
        .map(|noted| noted.note.to_string())
        .collect();
    assert!(
        notes
            .iter()
            .any(|note| note.ends_with("Описание (1), ТипНоменклатуры (1)")),
        "{notes:?}"
    );
    let said: Vec<String> = skipped(&plan)
        .into_iter()
        .map(|(_, reason)| reason)
        .collect();
    assert_eq!(
        said,
        [
            "marked as deleted in the old program",
            "product \"p9\" is not in what was read"
        ]
    );
}

#[test]
fn least_stock_and_what_is_out_of_use_come_as_pairs_of_name_and_value() {
    let plan = plan_of_text("import.xml", CATALOGUE);
    let cream = plan.products.get(1).expect("the cream");
    let level = cream.min_stock.map(|level| level.to_string());
    assert_eq!((level.as_deref(), cream.active), (Some("1.5"), false));
}

#[test]
fn offers_alone_say_that_their_catalogue_is_missing() {
    let plan = plan_of_text("offers.xml", OFFERS);
    assert!(plan.products.is_empty() && plan.balances.is_empty());
    assert_eq!(plan.skipped.len(), 4);
    assert!(
        skipped(&plan)
            .iter()
            .all(|(_, reason)| reason.contains("import.xml"))
    );
    assert!(
        plan.notes
            .iter()
            .any(|noted| noted.note.to_string().contains("without their catalogue"))
    );
}

#[test]
fn stock_that_is_not_the_sum_of_its_warehouses_is_told() {
    let folder = Folder::new();
    let offers = OFFERS.replace("<Количество>20<", "<Количество>33<");
    let plan = plan_of(&[
        folder.with("a.xml", CATALOGUE),
        folder.with("b.xml", offers),
    ])
    .expect("a plan");
    let said: Vec<_> = plan
        .disagreements
        .iter()
        .map(|known| (known.stock.to_string(), known.movements.to_string()))
        .collect();
    assert_eq!(said, [("20".to_owned(), "33".to_owned())]);
}

#[test]
fn the_old_version_keeps_everything_in_attributes_and_parents_after_children() {
    let old = r#"<?xml version="1.0" encoding="windows-1251"?>
<КоммерческаяИнформация>
 <Каталог Идентификатор="k" Наименование="Каталог" Единица="шт">
  <Группа Идентификатор="g2" Наименование="Сталь" Родитель="g1"/>
  <Группа Идентификатор="g1" Наименование="Фитинги"/>
  <Товар Идентификатор="p1" ИдентификаторВКаталоге="1735" Наименование="Вентиль 1/2&quot;" Родитель="g2" Единица="шт"/>
 </Каталог>
 <Документ Номер="1"><ТоварнаяПозиция Товар="1735" Количество="1"/></Документ>
</КоммерческаяИнформация>"#;
    let (bytes, _, _) = WINDOWS_1251.encode(old);
    let plan = plan_of_text("Sale77.xml", bytes);
    assert_eq!(names(&plan), ["Вентиль 1/2\""]);
    assert_eq!(groups(&plan), [("Фитинги", None), ("Сталь", Some(0))]);
    assert_eq!(
        skipped(&plan),
        [(
            8,
            "a document (1 lines), not a part of the catalogue".to_owned()
        )]
    );
}

#[test]
fn the_newest_version_splits_goods_prices_and_stock_into_files_of_changes() {
    let goods = r#"<КоммерческаяИнформация xmlns="urn:1C.ru:commerceml_3" ВерсияСхемы="3.1"><Каталог СодержитТолькоИзменения="true"><Товары>
        <Товар><Ид>p1</Ид><ПометкаУдаления>false</ПометкаУдаления><Штрихкод/><Наименование>Гироскутер</Наименование><БазоваяЕдиница>796</БазоваяЕдиница><Картинка>a.jpg</Картинка></Товар>
        <Товар><Ид>p2</Ид><ПометкаУдаления>true</ПометкаУдаления><Наименование>Снят</Наименование></Товар></Товары></Каталог></КоммерческаяИнформация>"#;
    let rests = r#"<КоммерческаяИнформация xmlns="urn:1C.ru:commerceml_3" ВерсияСхемы="3.1"><ПакетПредложений СодержитТолькоИзменения="true"><Предложения>
        <Предложение><Ид>p1</Ид><Остатки><Остаток><Склад><Ид>w1</Ид><Количество>4</Количество></Склад></Остаток><Остаток><Склад><Ид>w2</Ид><Количество>0</Количество></Склад></Остаток></Остатки></Предложение>
        </Предложения></ПакетПредложений></КоммерческаяИнформация>"#;
    let folder = Folder::new();
    let plan = plan_of(&[
        folder.with("rests.xml", rests),
        folder.with("goods.xml", goods),
    ])
    .expect("a plan");
    assert_eq!(
        stock(&plan),
        [("Гироскутер".to_owned(), "w1".to_owned(), "4".to_owned())]
    );
    assert_eq!(plan.skipped.len(), 1);
    let said: Vec<String> = plan
        .notes
        .iter()
        .map(|noted| noted.note.to_string())
        .collect();
    assert!(
        said.iter().any(|note| note.contains("only what changed"))
            && said.iter().any(|note| note.contains("1 pictures")),
        "{said:?}"
    );
}

#[test]
fn groups_that_stand_in_a_ring_are_cut_open() {
    let ring = "<КоммерческаяИнформация><Каталог><Группа Идентификатор=\"a\" Наименование=\"A\" Родитель=\"b\"/><Группа Идентификатор=\"b\" Наименование=\"B\" Родитель=\"a\"/></Каталог></КоммерческаяИнформация>";
    assert_eq!(plan_of_text("ring.xml", ring).categories.len(), 2);
}

#[test]
fn a_catalogue_cut_short_is_refused_wherever_it_was_cut() {
    let characters: Vec<char> = CATALOGUE.chars().collect();
    for part in 2..20 {
        let cut: String = characters
            .iter()
            .take(characters.len() * part / 20)
            .collect();
        let folder = Folder::new();
        let outcome = plan_of(&[folder.with("import.xml", cut)]);
        assert!(
            matches!(
                outcome,
                Err(Error::NotCatalogue {
                    what: NotCatalogue::TruncatedXml { .. },
                    ..
                })
            ),
            "{part}: {outcome:?}"
        );
    }
}

#[test]
fn an_element_of_a_thousand_elements_in_each_other_does_not_end_the_program() {
    let deep = format!(
        "<КоммерческаяИнформация><Каталог><Товары><Товар><Ид>1</Ид><Наименование>A</Наименование>{}{}</Товар></Товары></Каталог></КоммерческаяИнформация>",
        "<x>".repeat(100_000),
        "</x>".repeat(100_000)
    );
    assert_eq!(names(&plan_of_text("deep.xml", deep)), ["A"]);
}
