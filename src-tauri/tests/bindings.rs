//! The typed border between window and page is checked in; it must be what the commands are.

use std::fs;
use std::path::Path;

#[test]
fn the_bindings_in_the_tree_are_those_of_the_commands() {
    let folder = tempfile::tempdir().expect("a folder");
    let fresh = folder.path().join("bindings.ts");
    ombor_window::bindings::export(&fresh).expect("the bindings are written");
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/ipc/bindings.ts");
    let (fresh, kept) = (fs::read_to_string(fresh), fs::read_to_string(kept));
    assert_eq!(
        kept.expect("the bindings in the tree"),
        fresh.expect("the fresh bindings"),
        "run `make bindings` and commit what it writes"
    );
}
