//! The PostgreSQL server that Ombor brings along.
