//! Over, back, over again, confirmed.

use std::fs;

use ombor_core::schema;
use ombor_postgres::{ConnectInfo, attach};
use ombor_testkit::OldWarehouse;
use ombor_vault::{Settings, Vault};
use serde_json::json;
use sqlx::{ConnectOptions, Connection};

use crate::house::Computer;

/// The mark that the desk left beside the old database.
fn drop_anchor(computer: &Computer) {
    let facts = &computer.before;
    let anchor = json!({
        "lineage": facts.lineage,
        "epoch": facts.epoch,
        "documents": facts.documents,
        "newest_document_at": facts.newest_document_at,
        "seal_number": facts.seal_number,
        "seal_hash": facts.seal_hash,
        "machine": null,
    });
    fs::write(computer.data().join("anchor.json"), anchor.to_string()).expect("a mark");
}

#[tokio::test(flavor = "multi_thread")]
async fn t19_a_warehouse_of_postgresql_16_comes_over_whole_goes_back_and_stays_over() {
    let Some(computer) = Computer::with(8).await else {
        return;
    };
    drop_anchor(&computer);
    let refused = computer.answers(69, &["verify"]);
    assert_eq!(refused["error"], "serverVersion");
    let sentence = refused["message"].as_str().expect("a sentence");
    assert!(sentence.contains("omborctl upgrade"), "{sentence}");

    let told = computer.upgrade_answers(1, &[]);
    assert_eq!((&told["from"], &told["to"]), (&json!(16), &json!(18)));
    assert_eq!(
        (told["upgraded"].as_bool(), computer.major()),
        (Some(false), Some(16))
    );
    let told = computer.upgrade_answers(0, &["--yes"]);
    assert_eq!(told["left_behind"], json!([OldWarehouse::OTHER_DATABASE]));
    assert!(told["rows"].as_i64() > Some(20), "{told}");
    assert_eq!(computer.facts(), computer.before);
    notices_nothing_and_knows_everybody(&computer).await;

    let again = computer.upgrade_answers(1, &["--yes"]);
    assert_eq!(again["error"], "upgradeUnsettled");
    goes_back_with_its_loss_told(&computer).await;

    computer.upgrade_answers(0, &["--yes"]);
    let confirmed = computer.answers(0, &["upgrade", "--confirm"]);
    assert_eq!(confirmed["from"], 16);
    assert_eq!(computer.facts(), computer.before);
    let traces = computer.traces();
    // What was posted on the way is kept aside, and nothing else is left.
    assert!(
        traces.len() == 1 && traces[0].starts_with("cluster-18-"),
        "{traces:?}"
    );
    let gone = computer.answers(1, &["upgrade", "--back-out"]);
    assert_eq!(gone["error"], "noUpgrade");
}

/// A desk starts without a manual step: no alarm, the same logins, those made by hand included.
async fn notices_nothing_and_knows_everybody(computer: &Computer) {
    let attached = attach(&computer.options(), |_| ()).await.expect("a server");
    let vault = Vault::bundled(&attached, &computer.data()).expect("the roles");
    let suspicion = vault.suspect(&Settings::default()).await;
    assert_eq!(suspicion.expect("an answer"), None);

    let (login, password) = OldWarehouse::BY_HAND;
    let app = attached.connect_info(schema::APP_ROLE).expect("a login");
    let by_hand = ConnectInfo {
        login: login.to_owned(),
        password: password.to_owned(),
        ..app
    };
    let mut connection = by_hand
        .connect_options()
        .connect()
        .await
        .expect("a connection");
    let found: (String, String, String, i64) = sqlx::query_as(
        "select current_setting('server_version_num'), current_setting('work_mem'),
                current_setting('search_path'), (select count(*) from document)",
    )
    .fetch_one(&mut connection)
    .await
    .expect("what this login may see");
    assert!(found.0.starts_with("18"), "{found:?}");
    assert_eq!(
        (found.1.as_str(), found.2.as_str()),
        ("8MB", "ombor, pg_temp")
    );
    assert_eq!(found.3, computer.before.documents);
    connection.close().await.expect("an end");
}

async fn goes_back_with_its_loss_told(computer: &Computer) {
    let list = computer.data().join("list.csv");
    fs::write(&list, "Товар;Остаток\nЧай;2\nСоль;3,5\n").expect("a file");
    computer.answers(0, &["import", &list.to_string_lossy()]);
    let posted = computer.facts().movements - computer.before.movements;
    assert_eq!(posted, 2);

    let told = computer.answers(1, &["upgrade", "--back-out"]);
    assert_eq!(
        (told["back"].as_bool(), computer.major()),
        (Some(false), Some(18))
    );
    assert_eq!(told["lost"]["movements"], 2);
    let told = computer.answers(0, &["upgrade", "--back-out", "--yes"]);
    assert_eq!(told["lost"]["movements"], 2);
    assert_eq!(computer.major(), Some(16));
    let aside = told["aside"].as_str().expect("a folder");
    assert!(fs::exists(aside).expect("a folder"), "{aside}");
    assert_eq!(
        computer.look_at_old().await,
        (computer.before.clone(), Vec::new())
    );
}
