//! Keystrokes to a code, and a code to what was scanned.
