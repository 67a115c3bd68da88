//! The functions of the database × roles: it asks the session's role again, whatever program calls.

use anyhow::Result;
use ombor_core::actor::Role;
use ombor_testkit::Warehouse;

/// The functions of the database that write, each with a call that a forgetful program might make, and the roles whose
/// session may make it. `$1` is the session.
const FUNCTIONS: [(&str, &str, &[Role]); 35] = [
    (
        "create_user",
        "$1, gen_random_uuid(), 'x-y', 'X', 'viewer', 'x'",
        &[Role::Admin],
    ),
    (
        "change_user",
        "$1, gen_random_uuid(), true, null, null, null",
        &[Role::Admin],
    ),
    ("unlock_user", "$1, gen_random_uuid()", &[Role::Admin]),
    (
        "create_employee",
        "$1, gen_random_uuid(), 'X'",
        &[Role::Admin],
    ),
    (
        "set_employee_active",
        "$1, gen_random_uuid(), true",
        &[Role::Admin],
    ),
    (
        "enrol_face",
        "$1, gen_random_uuid(), 'first', '{}', '{}', 'x'",
        &[Role::Admin],
    ),
    ("erase_templates", "$1, gen_random_uuid()", &[Role::Admin]),
    (
        "put_warehouse",
        "$1, 'X', 'UTC', 'en', 'UZS', 15, 'face', true, true, 6::smallint",
        &[Role::Admin],
    ),
    (
        "create_category",
        "$1, gen_random_uuid(), 'X'",
        &[Role::Admin],
    ),
    (
        "create_product",
        "$1, gen_random_uuid(), 'S', 'X', null, gen_random_uuid(), null, null, 'x', '{}', '{}', '{}'",
        &[Role::Admin],
    ),
    (
        "update_product",
        "$1, gen_random_uuid(), 1, 'S', 'X', null, gen_random_uuid(), null, null, true, 'x', '{}', '{}', '{}'",
        &[Role::Admin],
    ),
    (
        "add_product_code",
        "$1, gen_random_uuid(), '1', 1, 'other'",
        &[Role::Admin],
    ),
    (
        "remove_product_code",
        "$1, gen_random_uuid(), '1'",
        &[Role::Admin],
    ),
    ("next_own_label", "$1", &[Role::Admin]),
    ("begin_takeover", "$1", &[Role::Admin]),
    ("take_over_categories", "$1, '{}', '{}'", &[Role::Admin]),
    ("take_over_units", "$1, '{}', '{}', '{}'", &[Role::Admin]),
    (
        "take_over_products",
        "$1, '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}'",
        &[Role::Admin],
    ),
    ("take_over_pictures", "$1, '{}', '{}', '{}'", &[Role::Admin]),
    (
        "bring_products_up_to_date",
        "$1, '{}', '{}', '{}', '{}', '{}', '{}', '{}'",
        &[Role::Admin],
    ),
    ("retire_products", "$1, '{}'", &[Role::Admin]),
    (
        "take_over_codes",
        "$1, '{}', '{}', '{}', '{}'",
        &[Role::Admin],
    ),
    (
        "keep_import_keys",
        "$1, 'x', 'product', '{}', '{}'",
        &[Role::Admin],
    ),
    (
        "take_over_users",
        "$1, '{}', '{}', '{}', '{}', '{}'",
        &[Role::Admin],
    ),
    (
        "take_over_movements",
        "$1, 'x', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}'",
        &[Role::Admin],
    ),
    (
        "set_product_picture",
        "$1, gen_random_uuid(), null, null",
        &[Role::Admin],
    ),
    (
        "create_location",
        "$1, gen_random_uuid(), 'internal', 'X'",
        &[Role::Admin],
    ),
    (
        "reverse_movement",
        "$1, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'x'",
        &[Role::Admin],
    ),
    (
        "create_lot",
        "$1, gen_random_uuid(), gen_random_uuid(), '1', null",
        &[Role::Admin, Role::Operator],
    ),
    ("save_draft", "$1, '{}'", &[Role::Admin, Role::Operator]),
    (
        "record_confirmation",
        "$1, gen_random_uuid(), gen_random_uuid(), 'face', 1, 2, 1, null, 'x'",
        &[Role::Admin, Role::Operator],
    ),
    (
        "vouch_by_face",
        "$1, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 1, 2, 1, null, 'x'",
        &[Role::Admin, Role::Operator],
    ),
    (
        "vouch_by_password",
        "$1, gen_random_uuid(), gen_random_uuid(), gen_random_uuid()",
        &[Role::Admin, Role::Operator],
    ),
    (
        "record_face_refusal",
        "$1, 'not_known', null, false, null, null, null",
        &[Role::Admin, Role::Operator],
    ),
    (
        "post_document",
        "$1, gen_random_uuid(), 'receipt', null, null, null, null, array[gen_random_uuid()],
         array[gen_random_uuid()], array[null::uuid], '{1}'",
        &[Role::Admin, Role::Operator],
    ),
];

/// Functions that only need a session, whatever its role.
const FOR_EVERY_ROLE: [&str; 5] = [
    "clear_login_failures",
    "end_session",
    "open_session",
    "record_event",
    "touch_session",
];

async fn code_of(warehouse: &Warehouse, call: String, session: uuid::Uuid) -> Result<String> {
    let mut transaction = warehouse.database.app().begin().await?;
    let outcome = sqlx::query(sqlx::AssertSqlSafe(call))
        .bind(session)
        .execute(&mut *transaction)
        .await;
    transaction.rollback().await?;
    Ok(match outcome {
        Ok(_) => String::new(),
        Err(error) => error
            .as_database_error()
            .and_then(|error| error.code().map(Into::into))
            .unwrap_or_default(),
    })
}

#[tokio::test]
async fn the_database_asks_the_sessions_role_again() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    for (function, arguments, roles) in FUNCTIONS {
        for role in Role::ALL {
            let call = format!("select ombor.{function}({arguments})");
            let code = code_of(
                &warehouse,
                call,
                warehouse.actor(role).session_id().as_uuid(),
            )
            .await?;
            assert_eq!(
                code == "OM008",
                !roles.contains(&role),
                "{function} for {role}: {code}"
            );
        }
        let call = format!("select ombor.{function}({arguments})");
        assert_eq!(
            code_of(&warehouse, call, uuid::Uuid::nil()).await?,
            "OM007",
            "{function} without a session"
        );
    }
    Ok(())
}

#[tokio::test]
async fn every_function_that_takes_a_session_is_in_the_table() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    let functions: Vec<String> = sqlx::query_scalar(
        "select distinct p.proname::text from pg_proc as p
         where p.pronamespace = 'ombor'::regnamespace and has_function_privilege('ombor_app', p.oid, 'execute')
             and p.proargnames[1] = 'p_session_id'
         order by 1",
    )
    .fetch_all(warehouse.database.app())
    .await?;
    let mut known: Vec<&str> = FUNCTIONS
        .iter()
        .map(|(name, ..)| *name)
        .chain(FOR_EVERY_ROLE)
        .collect();
    known.sort_unstable();
    assert_eq!(functions, known);
    Ok(())
}
