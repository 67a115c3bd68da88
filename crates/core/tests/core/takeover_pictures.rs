//! Pictures of an old program's goods.

use std::fs;

use anyhow::{Context, Result};
use ombor_core::{
    catalogue::picture::{LARGEST_BYTES, Picture, find_picture, set_picture},
    catalogue::product::{ProductFilter, search_products},
    takeover::{LeftReason, old},
};
use ombor_testkit::Warehouse;

use crate::old_program::{Old, product, taken};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n of the old program";

#[tokio::test]
async fn goods_get_their_pictures_and_keep_those_that_were_chosen_here() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let mut connection = warehouse.database.connection().await?;
    let folder = tempfile::tempdir()?;
    let file = |name: &str, bytes: &[u8]| -> Result<_> {
        let path = folder.path().join(name);
        fs::write(&path, bytes)?;
        Ok(path)
    };
    let mut too_big = PNG.to_vec();
    too_big.resize(LARGEST_BYTES + 1, 0);
    let paths = [
        file("tea.png", PNG)?,
        file("salt.png", &too_big)?,
        folder.path().join("gone.png"),
    ];
    let mut old = Old::new()
        .with(product(1, Some("1"), None, "Choy"), "0")
        .with(product(2, Some("2"), None, "Tuz"), "0")
        .with(product(3, Some("3"), None, "Un"), "0");
    old.pictures = paths
        .into_iter()
        .enumerate()
        .map(|(product, path)| old::Picture {
            origin: old::Origin::whole("import.xml"),
            product,
            path,
        })
        .collect();

    let report = taken(&mut connection, &warehouse.admin, &old).await?;
    assert_eq!(report.pictures, 1);
    let left: Vec<_> = report.left.iter().map(|left| &left.reason).collect();
    assert!(
        matches!(
            left.as_slice(),
            [
                LeftReason::PictureUnusable { file: big },
                LeftReason::PictureUnusable { file: gone },
            ] if big == "salt.png" && gone == "gone.png"
        ),
        "{left:?}"
    );
    let page = search_products(&mut connection, &ProductFilter::default(), None, 100).await?;
    let tea = page
        .rows
        .iter()
        .find(|row| row.name.as_str() == "Choy")
        .context("tea")?;
    let picture = find_picture(&mut connection, tea.id).await?;
    assert_eq!(picture.map(|picture| picture.bytes).as_deref(), Some(PNG));

    let chosen = Picture::parse(b"\xff\xd8\xff chosen here".to_vec())?;
    set_picture(&mut connection, &warehouse.admin, tea.id, Some(&chosen)).await?;
    let again = taken(&mut connection, &warehouse.admin, &old).await?;
    assert_eq!(again.pictures, 0);
    assert_eq!(find_picture(&mut connection, tea.id).await?, Some(chosen));
    Ok(())
}
