//! For tests: one server a run, one database a test.
