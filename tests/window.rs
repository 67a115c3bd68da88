//! The real window on a private screen, with real key events and a real PostgreSQL.
