//! The application without its window, on the server that it brings along.

mod gathering;
mod refusals;
mod station;
