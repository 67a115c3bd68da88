//! A desk in a folder of its own.

use std::path::Path;
use std::sync::Arc;

use ombor_desk::api::session::Role;
use ombor_desk::api::settings::FrameSource;
use ombor_desk::api::start::{FirstRun, StartPhase};
use ombor_desk::api::user::NewUser;
use ombor_desk::event::Event;
use ombor_desk::sound::{Loudspeaker, Note, Silent, Sounds};
use ombor_desk::wire::Locale;
use ombor_desk::{Ombor, Options};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// The password of everybody at this desk.
pub const PASSWORD: &str = "gilos-va-nok";

struct Quiet;

impl Loudspeaker for Quiet {
    fn play(&mut self, _: &[Note], _: u32) -> Result<(), Silent> {
        Ok(())
    }
}

/// A desk and what it tells its window.
pub struct Desk {
    pub ombor: Arc<Ombor>,
    pub events: UnboundedReceiver<Event>,
}

impl Desk {
    /// Starts the application on a data folder; its camera is a folder that is not there.
    pub async fn start(data: &Path) -> Self {
        let (sender, events) = unbounded_channel();
        let ombor = Ombor::open(Options {
            data: Some(data.to_owned()),
            events: Arc::new(move |event| drop(sender.send(event))),
            sounds: Some(Sounds::with(50, || Quiet)),
            frames: Some(FrameSource::Folder {
                path: data.join("no-frames").display().to_string(),
            }),
            ..Options::default()
        })
        .expect("a data folder");
        Arc::clone(&ombor).start_up().await;
        Self { ombor, events }
    }

    /// The same with a warehouse full of demonstration data; its Admin `egasi` is logged in.
    pub async fn with_demonstration(data: &Path) -> Self {
        let desk = Self::start(data).await;
        let status = desk.ombor.start_status();
        assert_eq!(status.phase, StartPhase::NeedsSetup, "{status:?}");
        let input = FirstRun {
            locale: Locale::UzLatn,
            warehouse_name: "Chorsu".to_owned(),
            admin_name: "Malika Yusupova".to_owned(),
            login: "egasi".to_owned(),
            password: PASSWORD.to_owned(),
            demonstration: true,
        };
        desk.ombor.first_run(input).await.expect("set up");
        desk
    }

    /// Makes a user and logs in as them.
    pub async fn log_in_as_new(&self, login: &str, role: Role) {
        let user = NewUser {
            login: login.to_owned(),
            name: login.to_owned(),
            role,
            password: PASSWORD.to_owned(),
        };
        self.ombor.create_user(user).await.expect("a user");
        self.log_in(login).await;
    }

    /// Logs in.
    pub async fn log_in(&self, login: &str) {
        self.ombor
            .log_in(login.to_owned(), PASSWORD.to_owned())
            .await
            .expect("logged in");
    }

    /// Waits until the window is told something.
    pub async fn hears<T>(&mut self, mut wanted: impl FnMut(Event) -> Option<T>) -> T {
        loop {
            let event = self.events.recv().await.expect("the desk is still there");
            if let Some(found) = wanted(event) {
                return found;
            }
        }
    }
}
