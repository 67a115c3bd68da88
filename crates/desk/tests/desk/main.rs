//! The application without its window, on the server that it brings along.

#![expect(clippy::expect_used, reason = "a test that cannot go on says why")]

mod autostart;
mod backup;
mod camera_life;
mod enrolment;
mod face_gate;
mod gathering;
mod journal;
mod model_files;
mod refusals;
mod saved_lists;
mod several_desks;
mod stage;
mod station;
mod takeover;
mod vouching;
