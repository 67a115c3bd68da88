//! The real window on a private screen, with real key events and a real PostgreSQL.

/// One file per promise that only the real window can keep.
#[cfg(test)]
mod window {
    mod demonstration;
    mod killed;
    mod layouts;
    mod page;
    mod yardstick;
}
