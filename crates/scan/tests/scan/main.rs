//! Scans as a scanner types them, and what is read.

mod decoding;
mod keyboard;
mod layouts;
