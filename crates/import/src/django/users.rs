//! Logins come over; passwords, sessions and tokens do not.

use ombor_core::{actor::Role, name::Name, people::user::Login};

use super::{
    Fault,
    database::OldDatabase,
    roles::{LOGIN_COLUMNS, TableRole},
    schema::{OldTable, Rows, part_of},
};
use crate::{
    assembly::Assembly,
    plan::User,
    skipped::{Origin, Reason},
};

/// Reads the logins into the plan.
pub fn read_users(database: &mut OldDatabase, assembly: &mut Assembly<'_>) -> Result<(), Fault> {
    let mut logins = Vec::new();
    // Where two tables have one login, the framework's own is the one that people log in with.
    let mut tables: Vec<&OldTable> = database.with_role(TableRole::Users).collect();
    tables.sort_by_key(|table| table.column("is_superuser").is_none());
    for table in tables {
        let part = part_of(table);
        database.rows(table, &mut |row| {
            assembly.record_read()?;
            let origin = Origin::new(&part, row.number());
            let written = LOGIN_COLUMNS
                .iter()
                .find_map(|name| row.text(table.column(name)?))
                .or_else(|| row.text(table.label_column()?))
                .unwrap_or_default();
            if let Some(key) = row.key() {
                logins.push(((table.name.clone(), key), written.clone()));
            }
            match user(table, &row, &origin, &written) {
                Some(user) => assembly.user(user),
                None => assembly.skip(origin, Reason::LoginUnusable { login: written }),
            }
            Ok(())
        })?;
    }
    database.names.extend(logins);
    Ok(())
}

fn user(table: &OldTable, row: &Rows<'_>, origin: &Origin, written: &str) -> Option<User> {
    let login = login_from(written)?;
    let text = |name: &str| table.column(name).and_then(|column| row.text(column));
    let flag = |name: &str| table.column(name).and_then(|column| row.flag(column));
    let both = |first: &str, last: &str| {
        let parts = [text(first), text(last)].into_iter().flatten();
        parts.collect::<Vec<_>>().join(" ")
    };
    let whole = ["full_name", "fio", "name", "nomi"];
    let name = [both("first_name", "last_name"), both("ism", "familiya")]
        .into_iter()
        .chain(whole.into_iter().filter_map(text))
        .chain(std::iter::once(written.to_owned()))
        .find_map(|name| Name::parse(&name).ok())?;
    let is_admin = flag("is_superuser") == Some(true);
    Some(User {
        origin: origin.clone(),
        login,
        name,
        role: if is_admin {
            Role::Admin
        } else {
            Role::Operator
        },
        active: flag("is_active") != Some(false) && flag("is_deleted") != Some(true),
    })
}

/// The login, or what is left of it: of an address the part before the `@`, a dot for what no login may hold.
fn login_from(written: &str) -> Option<Login> {
    let front = written.split('@').next().unwrap_or_default().trim();
    let plain: String = front
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-') {
                c
            } else {
                '.'
            }
        })
        .take(32)
        .collect();
    Login::parse(plain.trim_matches(|c| matches!(c, '.' | '_' | '-'))).ok()
}
