//! The face gate on drawn people: the same detector, gates and thresholds as in a warehouse.

mod bad_input;
mod blindness;
mod companion;
mod enrolment;
mod large;
mod liveness;
mod model;
mod people;
mod source;
mod verdict;

/// What a test answers: any error fails it with its text.
type Outcome = Result<(), Box<dyn std::error::Error>>;
