//! The audit log: acts and documents in one list, refusals too.

use anyhow::Result;
use ombor_core::{
    actor::Permission,
    audit::{list_audit, record, record_refusal},
};
use ombor_testkit::Warehouse;

use crate::sealing::seal_up_to;

#[tokio::test]
async fn acts_documents_and_refusals_stand_in_one_log() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let product = warehouse.product_with(dec!(10)).await?;
    let mut connection = warehouse.database.connection().await?;
    seal_up_to(&mut connection, 1).await?;
    warehouse.post_issue(product, dec!(1)).await?;
    record_refusal(&mut connection, &warehouse.viewer, Permission::PostMovement).await?;
    record(
        &mut connection,
        None,
        "started",
        "application",
        None,
        &serde_json::json!({ "version": "0.1.0" }),
    )
    .await?;

    let page = list_audit(&mut connection, &warehouse.admin, None, 50).await?;
    let seen: Vec<_> = page
        .rows
        .iter()
        .take(4)
        .map(|row| (row.action.as_str(), row.user_name.as_deref(), row.sealed))
        .collect();
    assert_eq!(
        seen,
        [
            ("started", None, false),
            ("not_permitted", Some("viewer"), false),
            ("issue_posted", Some("operator"), false),
            ("receipt_posted", Some("operator"), true),
        ]
    );
    assert!(page.rows.iter().any(|row| row.action == "logged_in") && page.next.is_none());
    Ok(())
}

#[tokio::test]
async fn pages_of_the_log_show_every_entry_once() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let product = warehouse.product().await?;
    let mut connection = warehouse.database.connection().await?;
    for number in 0..6 {
        warehouse.post_receipt(product, dec!(1)).await?;
        record(
            &mut connection,
            None,
            "ticked",
            "clock",
            None,
            &serde_json::json!({ "number": number }),
        )
        .await?;
    }
    let all = list_audit(&mut connection, &warehouse.admin, None, 200)
        .await?
        .rows;
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = list_audit(&mut connection, &warehouse.admin, after, 5).await?;
        seen.extend(page.rows);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen, all);
    Ok(())
}
