//! T02: goods move between two places in random order, and their sum is the same in every snapshot.

use std::sync::Arc;

use ombor_core::id::{DocumentId, LocationId, MovementId, ProductId};
use ombor_core::name::Name;
use ombor_core::quantity::Quantity;
use ombor_core::stock::location::{LocationKind, create_location};
use ombor_core::stock::posting::{DocumentKind, Line, PostDocument, post_document};
use ombor_testkit::Warehouse;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng, rngs::StdRng};
use rust_decimal::Decimal;
use sqlx::{Connection, PgConnection};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::kills::{dice, short_or_long};

const WRITERS: u64 = 8;
/// Snapshots that are looked at; the long form of the list.
const SNAPSHOTS: (usize, usize) = (250, 10_000);
const PRODUCTS: usize = 8;
const STOCK: i64 = 100;

/// One writer's transfers there and back, lines in random order, until enough snapshots were looked at.
async fn transfer(
    warehouse: Arc<Warehouse>,
    places: [LocationId; 2],
    products: Vec<ProductId>,
    enough: watch::Receiver<bool>,
    seed: u64,
) -> u32 {
    let mut dice = StdRng::seed_from_u64(seed);
    let operator = &warehouse.operator;
    let mut connection = warehouse.database.connection().await.unwrap();
    let mut confirmation = warehouse.confirm(operator).await.unwrap();
    let mut posted = 0;
    while !*enough.borrow() {
        let there = dice.random_bool(0.5);
        let mut chosen = products.clone();
        chosen.shuffle(&mut dice);
        chosen.truncate(dice.random_range(1..=4));
        let lines = chosen.into_iter().map(|product_id| Line {
            movement_id: MovementId::generate(),
            product_id,
            lot_id: None,
            quantity: Quantity::try_from(Decimal::from(dice.random_range(1..4))).unwrap(),
        });
        let document = PostDocument {
            id: DocumentId::generate(),
            kind: DocumentKind::Transfer,
            from: Some(places[usize::from(!there)]),
            to: Some(places[usize::from(there)]),
            confirmation_id: Some(confirmation),
            lines: lines.collect(),
            note: None,
        };
        match post_document(&mut connection, operator, &document).await {
            Ok(_) => posted += 1,
            Err(ombor_core::Error::InsufficientStock { .. }) => {}
            Err(ombor_core::Error::ConfirmationExpired) => {
                confirmation = warehouse.confirm(operator).await.unwrap();
            }
            Err(error) => panic!("a writer saw {error}"),
        }
    }
    posted
}

/// Products whose two places do not hold together what they held.
async fn deviations(connection: &mut PgConnection) -> i64 {
    sqlx::query_scalar(
        "select count(*) from (
             select product_id from ombor.stock group by product_id having sum(on_hand) not in (0, $1)
         ) as off",
    )
    .bind(Decimal::from(STOCK))
    .fetch_one(connection)
    .await
    .unwrap()
}

/// What a reader sees who asks for one place after the other, each in its own snapshot.
async fn carelessly(connection: &mut PgConnection, places: [LocationId; 2]) -> bool {
    let mut total = Decimal::ZERO;
    for place in places {
        let sum = "select coalesce(sum(on_hand), 0) from ombor.stock where location_id = $1";
        let held: Decimal = sqlx::query_scalar(sum)
            .bind(place.as_uuid())
            .fetch_one(&mut *connection)
            .await
            .unwrap();
        total += held;
    }
    total != Decimal::from(STOCK * i64::try_from(PRODUCTS).unwrap())
}

#[tokio::test]
async fn t02_goods_that_move_are_the_same_in_every_snapshot() {
    let warehouse = Arc::new(Warehouse::open().await.unwrap());
    let mut products = Vec::new();
    for _ in 0..PRODUCTS {
        products.push(warehouse.product_with(Decimal::from(STOCK)).await.unwrap());
    }
    let mut connection = warehouse.database.connection().await.unwrap();
    let hall = Name::parse("Hall").unwrap();
    let hall = create_location(
        &mut connection,
        &warehouse.admin,
        LocationKind::Internal,
        &hall,
    );
    let places = [
        warehouse.location("internal").await.unwrap(),
        hall.await.unwrap(),
    ];
    let (done, is_done) = watch::channel(false);
    let mut dice = dice();
    let mut writers = JoinSet::new();
    for _ in 0..WRITERS {
        writers.spawn(transfer(
            warehouse.clone(),
            places,
            products.clone(),
            is_done.clone(),
            dice.random(),
        ));
    }
    let mut reader = warehouse.database.connection().await.unwrap();
    let (mut snapshots, mut off, mut careless) = (0, 0, 0);
    // A careless reader sees goods vanish sooner or later.
    while snapshots < short_or_long(SNAPSHOTS) || careless == 0 {
        let mut snapshot = reader.begin().await.unwrap();
        let level = "set transaction isolation level repeatable read";
        sqlx::query(level).execute(&mut *snapshot).await.unwrap();
        off += deviations(&mut snapshot).await;
        snapshot.commit().await.unwrap();
        careless += u32::from(carelessly(&mut reader, places).await);
        snapshots += 1;
    }
    done.send_replace(true);
    let mut posted = 0;
    while let Some(written) = writers.join_next().await {
        posted += written.unwrap();
    }
    println!(
        "T02: {snapshots} snapshots, {off} off, {posted} documents; a careless reader was wrong {careless} times"
    );
    assert_eq!(off, 0);
}
