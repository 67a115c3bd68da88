//! What belongs to a database and lies outside of its archive: roles with their passwords, memberships, settings, grants.
//! And what lies inside and is no row of a table: sequences, functions, triggers, constraints.
//!
//! Read as statements that make it anew. `pg_dumpall` would write the same for `psql` to run, neither of which the bundle
//! brings, and it would fail at the roles that every new cluster has already.

use std::collections::BTreeMap;

use serde_json::Value;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

use crate::Error;
use crate::cluster::SUPERUSER;

/// The roles of the cluster, without PostgreSQL's own.
const ROLES: &str = "
    SELECT rolname::text FROM pg_roles WHERE rolname !~ '^pg_' AND rolname <> $1 ORDER BY 1";

/// What a statement is about, without what is secret in it, and the statement.
const STATEMENTS: &str = "
    WITH here AS (SELECT oid, datname, datdba, datacl FROM pg_database WHERE datname = current_database()),
    own AS (SELECT * FROM pg_authid WHERE rolname !~ '^pg_' AND rolname <> $1),
    setting AS (
        SELECT setrole, setdatabase, split_part(entry, '=', 1) AS name, substr(entry, strpos(entry, '=') + 1) AS value
        FROM pg_db_role_setting, unnest(setconfig) AS entry
        WHERE setdatabase IN (0, (SELECT oid FROM here))),
    statement (place, about, text) AS (
        SELECT 1, format('the role %s', rolname),
            format('ALTER ROLE %I WITH %s CONNECTION LIMIT %s PASSWORD %s%s', rolname,
                concat_ws(' ',
                    CASE WHEN rolsuper THEN 'SUPERUSER' ELSE 'NOSUPERUSER' END,
                    CASE WHEN rolinherit THEN 'INHERIT' ELSE 'NOINHERIT' END,
                    CASE WHEN rolcreaterole THEN 'CREATEROLE' ELSE 'NOCREATEROLE' END,
                    CASE WHEN rolcreatedb THEN 'CREATEDB' ELSE 'NOCREATEDB' END,
                    CASE WHEN rolcanlogin THEN 'LOGIN' ELSE 'NOLOGIN' END,
                    CASE WHEN rolreplication THEN 'REPLICATION' ELSE 'NOREPLICATION' END,
                    CASE WHEN rolbypassrls THEN 'BYPASSRLS' ELSE 'NOBYPASSRLS' END),
                rolconnlimit, coalesce(quote_literal(rolpassword), 'NULL'),
                coalesce(' VALID UNTIL ' || quote_literal(rolvaliduntil), ''))
        FROM own
        UNION
        SELECT 2, format('the membership of %s in %s', pg_get_userbyid(member), pg_get_userbyid(roleid)),
            format('GRANT %I TO %I WITH ADMIN %s, INHERIT %s, SET %s', pg_get_userbyid(roleid),
                pg_get_userbyid(member), upper(admin_option::text), upper(inherit_option::text),
                upper(set_option::text))
        FROM pg_auth_members WHERE member IN (SELECT oid FROM own)
        UNION
        SELECT 3, format('the setting %s', name),
            format('%s SET %I TO %s',
                CASE WHEN setrole = 0 AND setdatabase = 0 THEN 'ALTER ROLE ALL'
                    WHEN setrole = 0 THEN format('ALTER DATABASE %I', current_database())
                    WHEN setdatabase = 0 THEN format('ALTER ROLE %I', pg_get_userbyid(setrole))
                    ELSE format('ALTER ROLE %I IN DATABASE %I', pg_get_userbyid(setrole), current_database()) END,
                name,
                -- A list stands there as it is written; as one literal it would be one name.
                CASE WHEN value <> '' AND name IN ('search_path', 'temp_tablespaces') THEN value
                    ELSE quote_literal(value) END)
        FROM setting
        UNION
        SELECT 4, 'the owner of the database',
            format('ALTER DATABASE %I OWNER TO %I', datname, pg_get_userbyid(datdba))
        FROM here
        UNION
        SELECT 5, 'the rights of everybody', format('REVOKE ALL ON DATABASE %I FROM PUBLIC', datname)
        FROM here WHERE datacl IS NOT NULL
        UNION
        SELECT 6, format('the right to %s', privilege_type),
            format('GRANT %s ON DATABASE %I TO %s%s', privilege_type, datname,
                CASE WHEN grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END,
                CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
        FROM here, aclexplode(datacl))
    SELECT about, text FROM statement ORDER BY place, text";

/// Objects of the application's schemas. Constraints of PostgreSQL 18 hold what older versions knew as a column's mark.
const FIGURES: &str = "
    WITH schema AS (
        SELECT oid FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema')
    SELECT jsonb_build_object(
        'sequences', (SELECT jsonb_object_agg(format('%I.%I', schemaname, sequencename), last_value) FROM pg_sequences),
        'relations', (SELECT jsonb_object_agg(kind, number) FROM (
            SELECT relkind::text AS kind, count(*) AS number FROM pg_class
            WHERE relnamespace IN (SELECT oid FROM schema) GROUP BY relkind) AS counted),
        'functions', (SELECT count(*) FROM pg_proc WHERE pronamespace IN (SELECT oid FROM schema)),
        'triggers', (SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal),
        'constraints', (SELECT count(*) FROM pg_constraint
            WHERE connamespace IN (SELECT oid FROM schema) AND contype <> 'n'))";

/// Read from one database, to be made and compared in another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Surroundings {
    roles: Vec<String>,
    statements: Vec<(String, String)>,
    figures: BTreeMap<String, Value>,
}

impl Surroundings {
    /// Reads those of the connected database, as superuser.
    pub(super) async fn of(connection: &mut PgConnection) -> Result<Self, Error> {
        let roles = sqlx::query_scalar(ROLES).bind(SUPERUSER);
        let roles = roles.fetch_all(&mut *connection).await?;
        let statements = sqlx::query_as(STATEMENTS).bind(SUPERUSER);
        let statements = statements.fetch_all(&mut *connection).await?;
        let figures: Json<BTreeMap<String, Value>> =
            sqlx::query_scalar(FIGURES).fetch_one(connection).await?;
        Ok(Self {
            roles,
            statements,
            figures: figures.0,
        })
    }

    /// Makes the roles and what they may in the connected database; everything or nothing.
    pub(super) async fn lay_out(&self, connection: &mut PgConnection) -> Result<(), Error> {
        let mut transaction = connection.begin().await?;
        let missing: Vec<String> = sqlx::query_scalar(
            "SELECT format('CREATE ROLE %I', name) FROM unnest($1) AS name
             WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)",
        )
        .bind(&self.roles)
        .fetch_all(&mut *transaction)
        .await?;
        let stated = self.statements.iter().map(|(_, statement)| statement);
        for statement in missing.iter().chain(stated) {
            transaction
                .execute(AssertSqlSafe(statement.clone()))
                .await?;
        }
        Ok(transaction.commit().await?)
    }

    /// The first thing in which a copy lacks what is here. It may have more: roles that a newer program makes.
    pub(super) fn difference(&self, copy: &Self) -> Option<String> {
        let lacking = self
            .statements
            .iter()
            .find(|statement| !copy.statements.contains(statement))
            .map(|(about, _)| format!("{about} is not as it was"));
        lacking.or_else(|| {
            let mut figures = self.figures.iter();
            figures.find_map(|(name, figure)| {
                let found = copy.figures.get(name).unwrap_or(&Value::Null);
                (found != figure).then(|| format!("{name}: {found} instead of {figure}"))
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn surroundings(password: &str, triggers: i64) -> Surroundings {
        let statement = format!("ALTER ROLE buxgalter WITH LOGIN PASSWORD '{password}'");
        Surroundings {
            roles: vec!["buxgalter".to_owned()],
            statements: vec![("the role buxgalter".to_owned(), statement)],
            figures: BTreeMap::from([("triggers".to_owned(), triggers.into())]),
        }
    }

    #[test]
    fn another_password_or_a_missing_trigger_is_told_and_the_password_is_not() {
        let before = surroundings("SCRAM-a", 7);
        assert_eq!(before.difference(&before), None);
        let told = before.difference(&surroundings("SCRAM-b", 7));
        assert_eq!(told.as_deref(), Some("the role buxgalter is not as it was"));
        let told = before.difference(&surroundings("SCRAM-a", 6));
        assert_eq!(told.as_deref(), Some("triggers: 6 instead of 7"));
    }

    #[test]
    fn what_the_copy_has_besides_is_no_difference() {
        let before = surroundings("SCRAM-a", 7);
        let mut copy = before.clone();
        copy.statements
            .push(("the role new".to_owned(), String::new()));
        assert_eq!(before.difference(&copy), None);
    }
}
