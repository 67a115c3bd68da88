//! Products and their codes: found by a scan, by the beginning of a word, page by page.

use anyhow::Result;
use ombor_core::{
    Error,
    catalogue::{
        category,
        code::{self, CodeInput, CodeKind, ProductCode},
        picture::{self, Picture},
        product::{
            ProductFilter, ProductInput, Sku, StockFilter, card, create_product, get_product,
            look_up, search_products, update_product,
        },
        unit,
    },
    money::Money,
    name::Name,
    quantity::{Quantity, StockLevel},
};
use ombor_testkit::{Server, Warehouse};
use sqlx::PgConnection;

async fn input(connection: &mut PgConnection, sku: &str, name: &str) -> Result<ProductInput> {
    Ok(ProductInput {
        sku: Sku::parse(sku)?,
        name: Name::parse(name)?,
        category_id: None,
        unit_id: unit::list_units(connection).await?[0].id,
        min_stock: None,
        price: None,
        codes: Vec::new(),
        active: true,
    })
}

fn code(text: &str, quantity: &str) -> Result<CodeInput> {
    Ok(CodeInput {
        code: ProductCode::parse(text)?,
        quantity: Quantity::parse(quantity)?,
    })
}

#[tokio::test]
async fn a_scanned_code_finds_its_product_and_how_many_it_stands_for() -> Result<()> {
    for server in Server::all() {
        let warehouse = Warehouse::open_on(server).await?;
        let mut connection = warehouse.database.connection().await?;
        let category = category::create_category(
            &mut connection,
            &warehouse.admin,
            &Name::parse("Oziq-ovqat")?,
        )
        .await?;
        let mut shakar = input(&mut connection, "SH-1", "Shakar 1 kg").await?;
        shakar.category_id = Some(category.id);
        shakar.min_stock = Some(StockLevel::parse("10")?);
        shakar.price = Some(Money::parse("12500.50")?);
        shakar.codes = vec![code("4006381333931", "1")?, code("14006381333938", "12")?];
        let id = create_product(&mut connection, &warehouse.admin, &shakar).await?;

        let found = look_up(&mut connection, "14006381333938")
            .await?
            .expect("the box");
        assert_eq!((found.product.id, found.quantity), (id, dec!(12)));
        assert_eq!(found.product.category.as_deref(), Some("Oziq-ovqat"));
        assert_eq!(
            (found.product.on_hand, found.product.min_stock),
            (dec!(0), Some(dec!(10)))
        );
        assert_eq!(card(&mut connection, id).await?, Some(found.product));
        assert_eq!(look_up(&mut connection, "4006381333932").await?, None);

        let product = get_product(&mut connection, id).await?;
        assert_eq!(product.row.price, Some(dec!(12500.50)));
        assert_eq!(
            product
                .codes
                .iter()
                .map(|code| code.kind)
                .collect::<Vec<_>>(),
            [CodeKind::Gtin, CodeKind::Gtin]
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_sku_and_a_code_belong_to_one_product() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let mut first = input(&mut connection, "A", "Birinchi").await?;
    first.codes = vec![code("111", "1")?];
    let id = create_product(&mut connection, &warehouse.admin, &first).await?;

    let refused = create_product(&mut connection, &warehouse.admin, &first).await;
    assert!(matches!(refused, Err(Error::SkuTaken)), "{refused:?}");
    let mut second = input(&mut connection, "B", "Ikkinchi").await?;
    second.codes = first.codes.clone();
    let refused = create_product(&mut connection, &warehouse.admin, &second).await;
    assert!(matches!(refused, Err(Error::CodeTaken)), "{refused:?}");
    second.codes = vec![code("222", "1")?];
    let second_id = create_product(&mut connection, &warehouse.admin, &second).await?;
    second.codes = vec![code("111", "1")?];
    let refused = update_product(&mut connection, &warehouse.admin, second_id, 1, &second).await;
    assert!(matches!(refused, Err(Error::CodeTaken)), "{refused:?}");
    let refused = code::add_code(
        &mut connection,
        &warehouse.admin,
        second_id,
        &code("111", "1")?,
    )
    .await;
    assert!(matches!(refused, Err(Error::CodeTaken)), "{refused:?}");
    code::remove_code(&mut connection, &warehouse.admin, id, "111").await?;
    code::add_code(
        &mut connection,
        &warehouse.admin,
        second_id,
        &code("111", "1")?,
    )
    .await?;
    assert_eq!(
        look_up(&mut connection, "111")
            .await?
            .map(|found| found.product.id),
        Some(second_id)
    );
    Ok(())
}

#[tokio::test]
async fn who_changes_a_product_second_is_told_so() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let mut product = input(&mut connection, "A", "Birinchi").await?;
    product.codes = vec![code("111", "1")?, code("222", "6")?];
    let id = create_product(&mut connection, &warehouse.admin, &product).await?;
    product.name = Name::parse("Boshqa")?;
    product.codes = vec![code("222", "12")?, code("333", "1")?];
    update_product(&mut connection, &warehouse.admin, id, 1, &product).await?;
    let refused = update_product(&mut connection, &warehouse.admin, id, 1, &product).await;
    assert!(
        matches!(refused, Err(Error::VersionConflict)),
        "{refused:?}"
    );

    let kept = get_product(&mut connection, id).await?;
    assert_eq!((kept.row.name.as_str(), kept.row.version), ("Boshqa", 2));
    let codes: Vec<_> = kept
        .codes
        .iter()
        .map(|code| (code.code.as_str(), code.quantity))
        .collect();
    assert_eq!(codes, [("222", dec!(12)), ("333", dec!(1))]);
    Ok(())
}

#[tokio::test]
async fn products_are_found_by_the_beginning_of_each_word_however_it_is_written() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    for (sku, name) in [
        ("O-1", "Oʻrik quritilgan"),
        ("U-50", "Un oliy nav 50 kg"),
        ("U-25", "Un oliy nav 25 kg"),
        ("Ё-1", "Ёлка"),
    ] {
        let product = input(&mut connection, sku, name).await?;
        create_product(&mut connection, &warehouse.admin, &product).await?;
    }
    for (text, skus) in [
        ("o'ri", vec!["O-1"]),
        ("OʻR QUR", vec!["O-1"]),
        ("un 50", vec!["U-50"]),
        ("oliy", vec!["U-25", "U-50"]),
        ("u-25", vec!["U-25"]),
        ("елк", vec!["Ё-1"]),
        ("nav shakar", vec![]),
        ("'; drop table", vec![]),
    ] {
        let filter = ProductFilter {
            text: text.to_owned(),
            ..ProductFilter::default()
        };
        let page = search_products(&mut connection, &filter, None, 50).await?;
        assert_eq!(
            page.rows
                .iter()
                .map(|row| row.sku.as_str())
                .collect::<Vec<_>>(),
            skus,
            "{text}"
        );
        assert_eq!(page.total as usize, skus.len());
    }
    Ok(())
}

#[tokio::test]
async fn pages_show_every_product_once_in_the_order_of_names() -> Result<()> {
    for text in ["", "mahsulot"] {
        let warehouse = Warehouse::open().await?;
        let mut connection = warehouse.database.connection().await?;
        for number in 0..25 {
            let product = input(
                &mut connection,
                &format!("M-{number}"),
                &format!("Mahsulot {}", number % 7),
            )
            .await?;
            create_product(&mut connection, &warehouse.admin, &product).await?;
        }
        let filter = ProductFilter {
            text: text.to_owned(),
            ..ProductFilter::default()
        };
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = search_products(&mut connection, &filter, after.as_ref(), 10).await?;
            assert_eq!(page.total, 25);
            seen.extend(page.rows.into_iter().map(|row| (row.name, row.id)));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        let names: Vec<_> = seen.iter().map(|(name, _)| name.clone()).collect();
        assert!(names.is_sorted(), "{names:?}");
        seen.sort_unstable_by_key(|(_, id)| *id);
        seen.dedup_by_key(|(_, id)| *id);
        assert_eq!(seen.len(), 25);
    }
    Ok(())
}

#[tokio::test]
async fn products_are_filtered_by_what_there_is() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    for (sku, min_stock, on_hand) in [
        ("ENOUGH", Some("5"), Some(dec!(5))),
        ("LESS", Some("5"), Some(dec!(4.999))),
        ("NONE", None, None),
    ] {
        let mut product = input(&mut connection, sku, sku).await?;
        product.min_stock = min_stock.map(StockLevel::parse).transpose()?;
        let id = create_product(&mut connection, &warehouse.admin, &product).await?;
        if let Some(on_hand) = on_hand {
            warehouse.post_receipt(id, on_hand).await?;
        }
    }
    for (stock, skus) in [
        (StockFilter::BelowMinimum, ["LESS"]),
        (StockFilter::OutOfStock, ["NONE"]),
    ] {
        let filter = ProductFilter {
            stock,
            ..ProductFilter::default()
        };
        let page = search_products(&mut connection, &filter, None, 50).await?;
        assert_eq!(
            page.rows
                .iter()
                .map(|row| row.sku.as_str())
                .collect::<Vec<_>>(),
            skus
        );
    }
    Ok(())
}

#[tokio::test]
async fn own_labels_are_never_given_out_twice() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let first = code::next_own_label(&mut connection, &warehouse.admin).await?;
    let second = code::next_own_label(&mut connection, &warehouse.admin).await?;
    assert_ne!(first, second);
    assert!(first.as_str().len() == 13 && first.as_str().starts_with("29"));
    assert_eq!(CodeKind::of(&first), CodeKind::OwnLabel);
    Ok(())
}

#[tokio::test]
async fn a_picture_is_kept_as_it_came_and_taken_away() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let product = warehouse.product().await?;
    assert!(matches!(
        Picture::parse(b"<svg/>".to_vec()),
        Err(Error::InvalidPicture)
    ));
    let png = Picture::parse(b"\x89PNG\r\n\x1a\n...".to_vec())?;
    picture::set_picture(&mut connection, &warehouse.admin, product, Some(&png)).await?;
    assert_eq!(
        picture::find_picture(&mut connection, product).await?,
        Some(png)
    );
    assert!(
        card(&mut connection, product)
            .await?
            .is_some_and(|card| card.has_picture)
    );
    picture::set_picture(&mut connection, &warehouse.admin, product, None).await?;
    assert_eq!(picture::find_picture(&mut connection, product).await?, None);
    Ok(())
}
