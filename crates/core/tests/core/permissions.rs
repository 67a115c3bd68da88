//! Commands × roles, from one table: each role that may not is refused by `core`, and by the database behind it.

use std::ops::ControlFlow;

use anyhow::Result;
use ombor_core::{
    Error,
    actor::{Actor, PERMISSIONS, Permission, Role},
    audit,
    catalogue::{category, product, unit},
    id::{DocumentId, MovementId, ProductId},
    name::Name,
    people::{
        confirmation::{self, ConfirmationMethod, NewConfirmation},
        employee, face_report,
        face_template::{self, Visit},
        user::{self, Login, NewUser},
        vouching,
    },
    report::today,
    settings,
    stock::{
        draft,
        location::{self, LocationKind},
        lot,
        movement::{MovementFilter, list_movements},
        posting::DocumentKind,
        reversal::{Reversal, reverse_movement},
    },
    takeover::{OldWarehouse, take_over},
};
use ombor_testkit::{PASSWORD, Warehouse};
use sqlx::PgConnection;

/// A product as a window would send it.
async fn product_input(connection: &mut PgConnection) -> Result<product::ProductInput> {
    Ok(product::ProductInput {
        sku: product::Sku::parse(&format!("S-{}", ProductId::generate()))?,
        name: Name::parse("Shakar")?,
        category_id: None,
        unit_id: unit::list_units(connection).await?[0].id,
        min_stock: None,
        price: None,
        codes: Vec::new(),
        active: true,
    })
}

/// Does the act that the permission is for. A permission without an act does not compile.
#[expect(
    clippy::too_many_lines,
    reason = "one table: an act for each permission"
)]
async fn act(permission: Permission, actor: &Actor, warehouse: &Warehouse) -> Result<()> {
    let mut connection = warehouse.database.connection().await?;
    let connection = &mut *connection;
    let admin = &warehouse.admin;
    match permission {
        Permission::ViewCatalogue | Permission::TakeBackup | Permission::RestoreBackup => {
            actor.require(permission)?;
        }
        Permission::ViewMovements => {
            list_movements(connection, actor, &MovementFilter::default(), None, 10).await?;
        }
        Permission::ViewReports => drop(today::today(connection, actor).await?),
        Permission::PostMovement | Permission::PostOpening => {
            let kind = match permission {
                Permission::PostOpening => DocumentKind::Opening,
                _ => DocumentKind::Receipt,
            };
            let product = warehouse.product().await?;
            let confirmed_by = if actor.may(Permission::ConfirmEmployee) {
                actor
            } else {
                admin
            };
            let document = warehouse
                .document(confirmed_by, kind, product, dec!(1))
                .await?;
            warehouse.post(actor, &document).await?;
        }
        Permission::ConfirmEmployee => {
            confirmation::record(connection, actor, &a_face(warehouse)).await?;
        }
        Permission::VouchByPassword => {
            let (employee, login) = (warehouse.employee, actor.login());
            vouching::vouch_by_password(connection, admin, employee, login, PASSWORD).await?;
        }
        Permission::SaveDraft => draft::save(connection, actor, &serde_json::json!({})).await?,
        Permission::CreateLot => {
            let product = warehouse.product().await?;
            lot::create_lot(connection, actor, product, &Name::parse("1")?, None).await?;
        }
        Permission::ReverseMovement => reverse_one(connection, actor, warehouse).await?,
        Permission::CreateProduct => {
            let input = product_input(connection).await?;
            product::create_product(connection, actor, &input).await?;
        }
        Permission::UpdateProduct => {
            let (product, input) = (warehouse.product().await?, product_input(connection).await?);
            product::update_product(connection, actor, product, 1, &input).await?;
        }
        Permission::CreateCategory => {
            category::create_category(connection, actor, &Name::parse(&fresh("C"))?).await?;
        }
        Permission::CreateLocation => {
            location::create_location(
                connection,
                actor,
                LocationKind::Internal,
                &Name::parse(&fresh("L"))?,
            )
            .await?;
        }
        Permission::ViewUsers => drop(user::list_users(connection, actor).await?),
        Permission::CreateUser => {
            user::create_user(connection, actor, &somebody().await?).await?;
        }
        Permission::ChangeUser => {
            let somebody = user::create_user(connection, admin, &somebody().await?).await?;
            user::set_role(connection, actor, somebody, Role::Operator).await?;
        }
        Permission::CreateEmployee => {
            employee::create_employee(connection, actor, &Name::parse("Vali")?).await?;
        }
        Permission::ChangeEmployee => {
            employee::set_active(connection, actor, warehouse.employee, true).await?;
        }
        Permission::EnrolEmployee => {
            let employee = warehouse.employee;
            face_template::enrol(connection, actor, employee, Visit::First, &[], "test").await?;
        }
        Permission::EraseTemplates => {
            face_template::erase(connection, actor, warehouse.employee).await?;
        }
        Permission::ViewFaceReport => drop(face_report::face_report(connection, actor).await?),
        Permission::ViewAudit => drop(audit::list_audit(connection, actor, None, 10).await?),
        Permission::ChangeSettings => {
            let settings = settings::get_settings(connection).await?;
            settings::put_settings(connection, actor, &settings).await?;
        }
        Permission::TakeOver => {
            let old = OldWarehouse {
                source: "nothing",
                categories: &[],
                units: &[],
                places: &[],
                products: &[],
                balances: &[],
                users: &[],
                movements: &[],
            };
            take_over(connection, actor, &old, &mut |_| ControlFlow::Continue(())).await?;
        }
    }
    Ok(())
}

async fn reverse_one(
    connection: &mut PgConnection,
    actor: &Actor,
    warehouse: &Warehouse,
) -> Result<()> {
    let product = warehouse.product().await?;
    let document = warehouse
        .document(&warehouse.admin, DocumentKind::Opening, product, dec!(1))
        .await?;
    warehouse.post(&warehouse.admin, &document).await?;
    let reversal = Reversal {
        document_id: DocumentId::generate(),
        movement_id: MovementId::generate(),
        reversed_id: document.lines[0].movement_id,
        reason: "xato".to_owned(),
    };
    reverse_movement(connection, actor, &reversal, PASSWORD).await?;
    Ok(())
}

fn a_face(warehouse: &Warehouse) -> NewConfirmation {
    NewConfirmation {
        employee_id: warehouse.employee,
        method: ConfirmationMethod::Face,
        score: Some(dec!(1)),
        threshold: Some(dec!(2)),
        agreeing_share: Some(dec!(1)),
        liveness: Some("blink".to_owned()),
        pipeline_version: Some("test".to_owned()),
    }
}

async fn somebody() -> Result<NewUser> {
    let cost = ombor_core::people::password::Cost {
        memory_kib: 8,
        passes: 1,
        lanes: 1,
    };
    Ok(NewUser {
        login: Login::parse(&fresh("u")[..20])?,
        name: Name::parse("Kimdir")?,
        role: Role::Viewer,
        password: ombor_core::people::password::PasswordHash::with_cost(PASSWORD, cost).await?,
    })
}

fn fresh(prefix: &str) -> String {
    format!("{prefix}{}", uuid::Uuid::new_v4().simple())
}

#[tokio::test]
async fn each_command_is_done_for_the_roles_that_may_and_refused_for_the_others() -> Result<()> {
    let warehouse = Warehouse::open().await?;
    for (permission, roles) in PERMISSIONS {
        for role in Role::ALL {
            let outcome = act(*permission, warehouse.actor(role), &warehouse).await;
            if roles.contains(&role) {
                outcome
                    .unwrap_or_else(|error| panic!("{permission:?} failed for {role}: {error:#}"));
                continue;
            }
            match outcome.map_err(anyhow::Error::downcast) {
                Err(Ok(Error::NotPermitted {
                    permission: Some(refused),
                })) if refused == *permission => {}
                other => panic!("{permission:?} was not refused for {role}: {other:?}"),
            }
        }
    }
    Ok(())
}

/// The functions of the database that write, each with a call that a forgetful program might make, and the roles whose
/// session may make it. `$1` is the session.
const FUNCTIONS: [(&str, &str, &[Role]); 34] = [
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
        "$1, '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}'",
        &[Role::Admin],
    ),
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
        "$1, 'x', 'product', '{}', '{}', '{}'",
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
