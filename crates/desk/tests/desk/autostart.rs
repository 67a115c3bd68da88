//! Opening by itself, as the settings show it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ombor_desk::Options;
use ombor_desk::autostart::{Autostart, Refused};
use ombor_desk::error::ErrorCode;
use tempfile::TempDir;

use crate::station::Desk;

/// A computer's list with Ombor on it or not.
#[derive(Default)]
struct List(AtomicBool);

impl Autostart for List {
    fn is_on(&self) -> Result<bool, Refused> {
        Ok(self.0.load(Ordering::SeqCst))
    }

    fn set(&self, on: bool) -> Result<(), Refused> {
        self.0.store(on, Ordering::SeqCst);
        Ok(())
    }
}

/// A list that may be read and not written.
struct Sealed;

impl Autostart for Sealed {
    fn is_on(&self) -> Result<bool, Refused> {
        Ok(false)
    }

    fn set(&self, _: bool) -> Result<(), Refused> {
        Err(Refused("read only".to_owned()))
    }
}

async fn desk_on(autostart: Option<Arc<dyn Autostart>>) -> (Desk, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let options = Options {
        data: Some(folder.path().to_owned()),
        autostart,
        ..Options::default()
    };
    let desk = Desk::open(options).await;
    desk.set_up().await;
    (desk, folder)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_settings_show_what_the_computer_says_and_change_it() {
    let list = Arc::new(List::default());
    let (desk, _folder) = desk_on(Some(list.clone())).await;
    let settings = desk.ombor.get_settings().await.expect("the settings");
    assert_eq!(settings.autostart, Some(false));
    desk.set(|settings| settings.autostart = Some(true)).await;
    assert!(list.is_on().expect("read"));
    list.set(false).expect("taken off behind our back");
    let settings = desk.ombor.get_settings().await.expect("the settings");
    assert_eq!(settings.autostart, Some(false));
    desk.ombor.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_computer_that_refuses_is_told_of_and_the_other_settings_are_kept() {
    let (desk, _folder) = desk_on(Some(Arc::new(Sealed))).await;
    let mut settings = desk.ombor.get_settings().await.expect("the settings");
    settings.autostart = Some(true);
    settings.sound_volume = 15;
    let refused = desk.ombor.save_settings(settings).await;
    assert_eq!(
        refused.expect_err("refused").code,
        ErrorCode::AutostartRefused
    );
    let settings = desk.ombor.get_settings().await.expect("the settings");
    assert_eq!(
        (settings.autostart, settings.sound_volume),
        (Some(false), 15)
    );
    desk.ombor.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_window_there_is_nothing_to_open() {
    let (desk, _folder) = desk_on(None).await;
    let settings = desk.ombor.get_settings().await.expect("the settings");
    assert_eq!(settings.autostart, None);
    desk.set(|settings| settings.autostart = Some(true)).await;
    desk.ombor.shut_down().await;
}
