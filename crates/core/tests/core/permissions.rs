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
                pictures: &[],
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
