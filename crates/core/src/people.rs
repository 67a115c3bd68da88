//! People: users who log in and employees whose faces confirm.

pub mod confirmation;
pub mod employee;
pub mod face_refusal;
pub mod face_report;
pub mod face_template;
pub mod local_owner;
pub mod login;
pub mod password;
pub mod session;
pub mod user;
pub mod vouching;
