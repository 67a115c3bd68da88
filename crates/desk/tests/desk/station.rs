//! A desk in a folder of its own.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use ombor_desk::api::desk::{DeskKey, DeskState, FaceView, Phase};
use ombor_desk::api::employee::Employee;
use ombor_desk::api::enrolment::{EnrolmentPhase, EnrolmentView, EnrolmentVisit};
use ombor_desk::api::face_report::FaceReport;
use ombor_desk::api::session::Role;
use ombor_desk::api::settings::{FrameSource, Settings};
use ombor_desk::api::start::{FirstRun, StartPhase};
use ombor_desk::api::user::NewUser;
use ombor_desk::change::ChangeTag;
use ombor_desk::event::Event;
use ombor_desk::sound::{Loudspeaker, Note, Silent, Sounds};
use ombor_desk::wire::Locale;
use ombor_desk::{Ombor, Options};
use ombor_testkit::TestDatabase;
use tempfile::TempDir;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::stage::{NOBODY, Scene, Stage};

/// The password of everybody at this desk.
pub const PASSWORD: &str = "gilos-va-nok";

/// Longer than anything takes that a test waits for.
const PATIENCE: Duration = Duration::from_mins(5);

/// Recognising is work for a whole processor: several desks beside each other would only starve each other.
static ONE_AT_A_TIME: Semaphore = Semaphore::const_new(1);

/// Waits until no other desk works.
pub async fn take_turn() -> SemaphorePermit<'static> {
    ONE_AT_A_TIME.acquire().await.expect("a turn")
}

/// Coca-Cola of the demonstration.
pub const BOTTLE: &str = "4780010707071";

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
    /// Starts the application, without a sound; its camera is a folder that is not there unless the options say otherwise.
    pub async fn open(options: Options) -> Self {
        let (sender, events) = unbounded_channel();
        let ombor = Ombor::open(Options {
            events: Arc::new(move |event| drop(sender.send(event))),
            sounds: Some(Sounds::with(50, || Quiet)),
            frames: options.frames.or(Some(FrameSource::Folder {
                path: "no-frames".to_owned(),
            })),
            ..options
        })
        .expect("a data folder");
        Arc::clone(&ombor).start_up().await;
        Self { ombor, events }
    }

    /// Starts the application on a data folder.
    pub async fn start(data: &Path) -> Self {
        Self::open(Options {
            data: Some(data.to_owned()),
            ..Options::default()
        })
        .await
    }

    /// Starts the application on a database of its own or another desk's, before a stage.
    pub async fn before(stage: &Stage, database: &TestDatabase, data: &Path) -> Self {
        Self::open(Options {
            data: Some(data.to_owned()),
            frames: Some(FrameSource::Camera { index: 0 }),
            database: Some(database.superuser_info().clone()),
            opener: Some(stage.opener()),
            ..Options::default()
        })
        .await
    }

    /// The same with a warehouse full of demonstration data; its Admin `egasi` is logged in.
    pub async fn with_demonstration(data: &Path) -> Self {
        let desk = Self::start(data).await;
        desk.set_up().await;
        desk
    }

    /// Sets the warehouse up with demonstration data; its Admin `egasi` is logged in.
    pub async fn set_up(&self) {
        let status = self.ombor.start_status();
        assert_eq!(status.phase, StartPhase::NeedsSetup, "{status:?}");
        let input = FirstRun {
            locale: Locale::UzLatn,
            warehouse_name: "Chorsu".to_owned(),
            admin_name: "Malika Yusupova".to_owned(),
            login: "egasi".to_owned(),
            password: PASSWORD.to_owned(),
            demonstration: true,
        };
        self.ombor.first_run(input).await.expect("set up");
    }

    /// Changes the settings of the warehouse.
    pub async fn set(&self, change: impl FnOnce(&mut Settings)) {
        let mut settings = self.ombor.get_settings().await.expect("the settings");
        change(&mut settings);
        self.ombor.save_settings(settings).await.expect("saved");
    }

    /// Makes an employee.
    pub async fn employ(&self, name: &str) -> Employee {
        let employee = self.ombor.create_employee(name.to_owned()).await;
        employee.expect("an employee")
    }

    /// Somebody comes before the camera for a visit; answers how it ended.
    pub async fn visit(&mut self, employee: &Employee, visit: EnrolmentVisit) -> EnrolmentView {
        self.forget();
        let begun = self.ombor.start_enrolment(employee.id.clone(), visit).await;
        begun.expect("a visit");
        self.hears(|event| match event {
            Event::EnrolmentChanged(view) if view.phase != EnrolmentPhase::Collecting => Some(view),
            _ => None,
        })
        .await
    }

    /// Makes an employee and enrols them from a scene; nobody stands there afterwards.
    pub async fn enrol(&mut self, name: &str, stage: &Stage, scene: &Scene) -> Employee {
        let employee = self.employ(name).await;
        stage.show(scene);
        let mut view = self.visit(&employee, EnrolmentVisit::First).await;
        if view.phase == EnrolmentPhase::Resembles {
            // Drawn people are more alike than real ones.
            let answered = self.ombor.answer_resemblance(true).await;
            answered.expect("answered");
            view = self.ombor.enrolment().expect("the visit");
        }
        assert_eq!(view.phase, EnrolmentPhase::Done, "{view:?}");
        stage.show(&NOBODY);
        employee
    }

    /// Gathers one bottle and closes the document; it waits for a face.
    pub async fn close_a_receipt(&self) {
        let scanned = self.ombor.desk_type_code(BOTTLE.to_owned()).await;
        scanned.expect("scanned");
        let closed = self.ombor.desk_key(DeskKey::Enter).await.expect("closed");
        assert_eq!(closed.phase, Phase::Face);
    }

    /// Waits until the desk is in a phase.
    pub async fn reaches(&mut self, phase: Phase) -> DeskState {
        self.hears(|event| match event {
            Event::DeskChanged(state) if state.phase == phase => Some(*state),
            _ => None,
        })
        .await
    }

    /// Waits until the camera panel shows what is wanted.
    pub async fn shows(&mut self, wanted: impl Fn(&FaceView) -> bool) -> FaceView {
        self.hears(|event| match event {
            Event::FaceChanged(view) if wanted(&view) => Some(view),
            _ => None,
        })
        .await
    }

    /// Waits until the report says what is wanted; the desk tells when there is news for it.
    pub async fn reports(&mut self, wanted: impl Fn(&FaceReport) -> bool) -> FaceReport {
        loop {
            let report = self.ombor.face_report().await.expect("the report");
            if wanted(&report) {
                return report;
            }
            self.hears(|event| match event {
                Event::Changed(tags) if tags.contains(&ChangeTag::Confirmation) => Some(()),
                _ => None,
            })
            .await;
        }
    }

    /// What was told so far is forgotten.
    pub fn forget(&mut self) {
        while self.events.try_recv().is_ok() {}
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

    /// Waits until the window is told that a restore took the session and that everything is to be read anew.
    pub async fn hears_of_a_restore(&mut self) {
        let (mut ended, mut read_again) = (false, false);
        self.hears(|event| {
            match event {
                Event::SessionEnded => ended = true,
                Event::Changed(tags) if tags == ChangeTag::ALL => read_again = true,
                _ => {}
            }
            (ended && read_again).then_some(())
        })
        .await;
    }

    /// Waits until the window is told something.
    pub async fn hears<T>(&mut self, mut wanted: impl FnMut(Event) -> Option<T>) -> T {
        let mut last = None;
        let listening = async {
            loop {
                let event = self.events.recv().await.expect("the desk is still there");
                last = Some(format!("{event:?}"));
                if let Some(found) = wanted(event) {
                    return found;
                }
            }
        };
        let heard = tokio::time::timeout(PATIENCE, listening).await;
        heard.unwrap_or_else(|_| panic!("not heard of; the last news was {last:?}"))
    }
}

/// A warehouse with a desk before a stage, full of demonstration data; its Admin `egasi` is logged in.
pub struct Premises {
    _turn: SemaphorePermit<'static>,
    pub database: TestDatabase,
    pub stage: Stage,
    pub desk: Desk,
    pub folder: TempDir,
}

impl Premises {
    /// Opens the desk; nobody stands before it.
    pub async fn open() -> Self {
        let turn = take_turn().await;
        let database = TestDatabase::create().await.expect("a database");
        let folder = tempfile::tempdir().expect("a folder");
        let stage = Stage::empty();
        let desk = Desk::before(&stage, &database, folder.path()).await;
        desk.set_up().await;
        Self {
            _turn: turn,
            database,
            stage,
            desk,
            folder,
        }
    }

    /// Makes an employee and enrols them from a scene.
    pub async fn enrol(&mut self, name: &str, scene: &Scene) -> Employee {
        self.desk.enrol(name, &self.stage, scene).await
    }
}
