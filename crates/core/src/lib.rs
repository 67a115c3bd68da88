//! The warehouse: types, rules, permissions and the SQL that keeps them.
