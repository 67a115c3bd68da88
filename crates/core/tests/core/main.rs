//! The warehouse on a real PostgreSQL, through the application's own role.

/// A decimal as it is written.
macro_rules! dec {
    ($number:literal) => {
        stringify!($number)
            .parse::<rust_decimal::Decimal>()
            .expect("a number")
    };
}

mod attacks;
mod audit;
mod catalogue;
mod confirmation;
mod constraints;
mod enrolment;
mod face_gate;
mod ledger;
mod login;
mod old_program;
mod outbox;
mod oversell;
mod parsing;
mod permissions;
mod posting;
mod report;
mod reversal;
mod schema;
mod sealing;
mod session;
mod session_functions;
mod takeover;
mod takeover_pictures;
mod takeover_users;
mod users;
mod vouching;
