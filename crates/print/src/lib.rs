//! Labels that can be printed and scanned.
