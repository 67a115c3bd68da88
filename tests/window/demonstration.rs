//! The session that `make run` plays where there is no display.

use ombor_tests::demonstration::play;

#[tokio::test]
async fn the_demonstration_session_holds_from_the_first_run_to_the_restored_dump() {
    let pictures = tempfile::tempdir().expect("a folder");
    play(pictures.path(), None).await.expect("every step holds");
}
