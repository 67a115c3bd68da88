//! The invariants of the house: what a reviewer would otherwise have to look for in every change.

/// One file per kind of invariant.
#[cfg(test)]
mod tidy {
    mod catalogs;
    mod documents;
    mod files;
    mod names;
    mod portability;
    mod rooms;
    mod source;
    mod tree;
    mod user_interface;
}
