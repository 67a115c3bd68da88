//! Answers that are lost: T03 (cut after sending) and T38 (half-open: the line is there and nothing comes back).

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use ombor_core::Error;
use ombor_core::stock::posting::{DocumentKind, PostDocument, Posted, find_posted, post_document};
use ombor_testkit::Warehouse;
use ombor_tests::until::until;
use rand::{Rng, SeedableRng, rngs::StdRng};
use rust_decimal::Decimal;
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, PgConnection};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::kills::{dice, short_or_long};

/// Ids that are sent; the long form of the list.
const IDS: (usize, usize) = (60, 5_000);
/// As many are sent before the face confirmation that they are made with runs out.
const IDS_AT_ONCE: usize = 500;
const SENDERS: usize = 8;

/// How the application's role reaches the warehouse's database, through `folder` instead of the server's own.
fn options(warehouse: &Warehouse, folder: Option<&Path>) -> PgConnectOptions {
    let environment = warehouse.database.program_environment();
    let value = |name: &str| {
        let found = environment.iter().find(|(key, _)| *key == name);
        found.unwrap().1.clone()
    };
    let host = folder.map_or_else(|| value("PGHOST"), |folder| folder.display().to_string());
    PgConnectOptions::new_without_pgpass()
        .socket(host)
        .port(value("PGPORT").parse().unwrap())
        .database(&value("PGDATABASE"))
        .username(&value("PGUSER"))
        .password(&value("PGPASSWORD"))
        .disable_statement_logging()
}

/// Sends each document one to five times, cuts the line after one of five sendings, and keeps every answer.
async fn send(
    options: PgConnectOptions,
    warehouse: Arc<Warehouse>,
    documents: Arc<Vec<PostDocument>>,
    seed: u64,
) -> (Vec<Posted>, u32) {
    let mut dice = StdRng::seed_from_u64(seed);
    let (mut answers, mut cut) = (Vec::new(), 0);
    let mut line = options.connect().await.unwrap();
    for document in documents.iter() {
        let sending = post_document(&mut line, &warehouse.operator, document);
        if dice.random_bool(0.2) {
            let soon = Duration::from_micros(dice.random_range(100..3000));
            if let Ok(answer) = tokio::time::timeout(soon, sending).await {
                answers.push(answer.unwrap());
            }
            line = options.connect().await.unwrap();
            cut += 1;
        } else {
            answers.push(sending.await.unwrap());
        }
    }
    (answers, cut)
}

async fn receipts(warehouse: &Warehouse, count: usize) -> Vec<PostDocument> {
    let product = warehouse.product().await.unwrap();
    let mut documents = Vec::new();
    for _ in 0..count {
        let one = Decimal::ONE;
        let document = warehouse.document(&warehouse.operator, DocumentKind::Receipt, product, one);
        documents.push(document.await.unwrap());
    }
    documents
}

/// Has every sender send each of `count` new documents, and compares the answers with what stands. Answers: how many
/// answers came, and how many lines were cut.
async fn sent_by_all(warehouse: &Arc<Warehouse>, count: usize, dice: &mut StdRng) -> (usize, u32) {
    let documents = Arc::new(receipts(warehouse, count).await);
    let mut senders = JoinSet::new();
    for _ in 0..SENDERS {
        let options = options(warehouse, None);
        senders.spawn(send(
            options,
            warehouse.clone(),
            documents.clone(),
            dice.random(),
        ));
    }
    let (mut answers, mut count, mut cut) = (HashMap::<_, Vec<Posted>>::new(), 0, 0);
    while let Some(sent) = senders.join_next().await {
        let (given, lost) = sent.unwrap();
        count += given.len();
        cut += lost;
        for answer in given {
            answers.entry(answer.document_id).or_default().push(answer);
        }
    }
    let mut line = warehouse.database.connection().await.unwrap();
    for document in documents.iter() {
        let stands = find_posted(&mut line, document.id).await.unwrap().unwrap();
        for answer in answers.remove(&document.id).unwrap_or_default() {
            assert_eq!(
                (answer.number, answer.lines),
                (stands.number, stands.lines.clone())
            );
        }
        let mut other = document.clone();
        other.note = Some("another body".to_owned());
        let refusal = warehouse
            .post(&warehouse.operator, &other)
            .await
            .unwrap_err();
        assert!(matches!(refusal, Error::IdempotencyConflict), "{refusal}");
    }
    (count, cut)
}

#[tokio::test]
async fn t03_an_id_sent_again_and_again_is_one_document_and_one_answer() {
    let warehouse = Arc::new(Warehouse::open().await.unwrap());
    let ids = short_or_long(IDS);
    let mut dice = dice();
    let (mut count, mut cut, mut made) = (0, 0, 0);
    while made < ids {
        let more = IDS_AT_ONCE.min(ids - made);
        let (answers, lost) = sent_by_all(&warehouse, more, &mut dice).await;
        (count, cut, made) = (count + answers, cut + lost, made + more);
    }
    let mut line = warehouse.database.connection().await.unwrap();
    let rows: i64 = sqlx::query_scalar("select count(*) from ombor.document")
        .fetch_one(&mut *line)
        .await
        .unwrap();
    println!("T03: {ids} ids, {count} answers, {cut} lines cut, {rows} documents");
    assert_eq!(rows, i64::try_from(ids).unwrap());
}

/// A line between the application and the server that can fall silent without breaking.
fn line_that_falls_silent(folder: &Path, server: PgConnectOptions) -> watch::Sender<bool> {
    let name = format!(".s.PGSQL.{}", server.get_port());
    let target = server.get_socket().unwrap().join(&name);
    let listener = UnixListener::bind(folder.join(&name)).unwrap();
    let (silence, silent) = watch::channel(false);
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let (target, silent) = (target.clone(), silent.clone());
            tokio::spawn(async move {
                let server = UnixStream::connect(target).await.unwrap();
                let (mut from_client, mut to_client) = client.into_split();
                let (mut from_server, mut to_server) = server.into_split();
                let back = async {
                    let mut chunk = vec![0; 8192];
                    while let Ok(length @ 1..) = from_server.read(&mut chunk).await {
                        // A silent line swallows what the server says.
                        if !*silent.borrow() && to_client.write_all(&chunk[..length]).await.is_err()
                        {
                            break;
                        }
                    }
                };
                let _ = tokio::join!(back, tokio::io::copy(&mut from_client, &mut to_server));
            });
        }
    });
    silence
}

async fn times_booked(line: &mut PgConnection, note: &str) -> i64 {
    sqlx::query_scalar("select count(*) from ombor.document where note = $1")
        .bind(note)
        .fetch_one(line)
        .await
        .unwrap()
}

#[tokio::test]
async fn t38_a_line_that_falls_silent_in_a_commit_leaves_one_document_under_its_id() {
    let warehouse = Warehouse::open().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let silence = line_that_falls_silent(folder.path(), options(&warehouse, None));
    let mut direct = warehouse.database.connection().await.unwrap();
    let known = receipts(&warehouse, 1).await.remove(0);
    for mut document in receipts(&warehouse, 10).await {
        document.note = Some(format!("once {}", document.id));
        silence.send_replace(false);
        let mut line = options(&warehouse, Some(folder.path()))
            .connect()
            .await
            .unwrap();
        // The statement is prepared by now: the next one goes out in one piece.
        post_document(&mut line, &warehouse.operator, &known)
            .await
            .unwrap();
        silence.send_replace(true);
        let posting = post_document(&mut line, &warehouse.operator, &document);
        let unknown = tokio::time::timeout(Duration::from_millis(150), posting).await;
        assert!(unknown.is_err(), "nothing came back");
        drop(line);
        until("the document", Duration::from_secs(10), async || {
            Ok(find_posted(&mut direct, document.id).await?)
        })
        .await
        .unwrap();
        let again = post_document(&mut direct, &warehouse.operator, &document)
            .await
            .unwrap();
        assert!(again.repeated);
        assert_eq!(
            times_booked(&mut direct, document.note.as_deref().unwrap()).await,
            1
        );
    }
    // The control: who asks again under a new id books twice.
    let mut document = receipts(&warehouse, 1).await.remove(0);
    document.note = Some("twice".to_owned());
    post_document(&mut direct, &warehouse.operator, &document)
        .await
        .unwrap();
    document.id = ombor_core::id::DocumentId::generate();
    document.lines[0].movement_id = ombor_core::id::MovementId::generate();
    post_document(&mut direct, &warehouse.operator, &document)
        .await
        .unwrap();
    assert_eq!(times_booked(&mut direct, "twice").await, 2);
}
