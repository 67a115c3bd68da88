//! What a database holds, in figures that a copy of it must have as well.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::{AssertSqlSafe, PgConnection};

use super::Proof;
use crate::Error;

/// One table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableMark {
    /// How many rows it has.
    pub rows: i64,
    /// The sum of the rows' 64-bit hashes: another row, another column or another byte changes it.
    pub digest: String,
}

/// Everything that is compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Every table of the application, by its quoted name.
    pub tables: BTreeMap<String, TableMark>,
    /// What [`Proof::facts_sql`] said.
    pub facts: Value,
}

impl Evidence {
    /// Looks at the connected database.
    pub(super) async fn collect(
        connection: &mut PgConnection,
        proof: &Proof,
    ) -> Result<Self, Error> {
        // Rows are hashed as text, which must not depend on a setting.
        sqlx::raw_sql(
            "SET timezone = 'UTC'; SET datestyle = 'ISO'; SET intervalstyle = 'postgres'; \
             SET bytea_output = 'hex'; SET extra_float_digits = 1; SET statement_timeout = 0",
        )
        .execute(&mut *connection)
        .await?;
        let names: Vec<String> = sqlx::query_scalar(
            "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class AS c
             JOIN pg_namespace AS n ON n.oid = c.relnamespace
             WHERE c.relkind = 'r' AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
             ORDER BY 1",
        )
        .fetch_all(&mut *connection)
        .await?;
        let mut tables = BTreeMap::new();
        for name in names {
            let question = format!(
                "SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)), 0)::text FROM ONLY {name} AS t"
            );
            let (rows, digest) = sqlx::query_as(AssertSqlSafe(question))
                .fetch_one(&mut *connection)
                .await?;
            tables.insert(name, TableMark { rows, digest });
        }
        let facts = sqlx::query_scalar(proof.facts_sql)
            .fetch_one(connection)
            .await?;
        Ok(Self { tables, facts })
    }

    /// The first thing in which a copy is not what it should be.
    pub(super) fn difference(&self, copy: &Self) -> Option<String> {
        for (name, mark) in &self.tables {
            match copy.tables.get(name) {
                None => return Some(format!("the table {name} is missing")),
                Some(found) if found.rows != mark.rows => {
                    return Some(format!(
                        "the table {name} has {} rows instead of {}",
                        found.rows, mark.rows
                    ));
                }
                Some(found) if found.digest != mark.digest => {
                    return Some(format!("rows of the table {name} have another content"));
                }
                Some(_) => {}
            }
        }
        if let Some(name) = copy
            .tables
            .keys()
            .find(|name| !self.tables.contains_key(*name))
        {
            return Some(format!("the table {name} was not there before"));
        }
        self.other_fact(copy)
    }

    /// A newer version of the application may know other facts; those that both know are compared.
    fn other_fact(&self, copy: &Self) -> Option<String> {
        let before = self.facts.as_object()?;
        before.iter().find_map(|(name, fact)| {
            let found = copy.facts.get(name)?;
            (found != fact).then(|| format!("{name} is {found} instead of {fact}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(rows: i64, digest: &str, head: &str) -> Evidence {
        let mark = TableMark {
            rows,
            digest: digest.to_owned(),
        };
        Evidence {
            tables: BTreeMap::from([("ombor.movement".to_owned(), mark)]),
            facts: serde_json::json!({ "seal": head }),
        }
    }

    #[test]
    fn a_copy_that_differs_in_a_row_a_byte_or_a_fact_is_told_by_name() {
        let before = evidence(3, "12", "aa");
        assert_eq!(before.difference(&before.clone()), None);
        let fewer = before.difference(&evidence(2, "12", "aa")).unwrap();
        assert!(
            fewer.contains("ombor.movement has 2 rows instead of 3"),
            "{fewer}"
        );
        assert!(before.difference(&evidence(3, "13", "aa")).is_some());
        assert!(before.difference(&evidence(3, "12", "ab")).is_some());
        let mut without = before.clone();
        without.tables.clear();
        assert!(before.difference(&without).is_some());
        assert!(without.difference(&before).is_some());
    }
}
