//! The window: commands and events over ombor-desk.
