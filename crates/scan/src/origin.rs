//! Who pressed the keys: a scanner or a person.

use crate::keystroke::KeyStroke;
use crate::profile::Profile;

/// The fewest keys, besides the terminator, that are taken for a scan.
pub const MIN_SCAN_KEYS: usize = 4;

/// The mean pause, in milliseconds, up to which a scan may have a few pauses that are too long.
const MEAN_GAP_MS: f64 = 40.0;

/// Who pressed the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A scanner.
    Scanner,
    /// A person at the keyboard.
    Person,
}

/// Judges by the pauses between keys. A scan has at least [`MIN_SCAN_KEYS`] keys, and either no pause is longer than
/// the profile allows, or a terminator was seen, nine pauses out of ten are short and the whole was fast.
pub fn origin(strokes: &[KeyStroke], profile: &Profile) -> Origin {
    let times: Vec<f64> = strokes
        .iter()
        .filter(|stroke| !stroke.is_modifier() && !profile.ends_with(stroke))
        .map(|stroke| stroke.time_ms)
        .collect();
    if times.len() < MIN_SCAN_KEYS {
        return Origin::Person;
    }
    let gaps: Vec<f64> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let is_short = |gap: &&f64| **gap >= 0.0 && **gap <= profile.max_gap_ms;
    let short = gaps.iter().filter(is_short).count();
    if short == gaps.len() {
        return Origin::Scanner;
    }
    let terminated = strokes
        .last()
        .is_some_and(|stroke| profile.ends_with(stroke));
    let total: f64 = gaps.iter().sum();
    let mostly_short = short * 10 >= gaps.len() * 9;
    if terminated && mostly_short && total >= 0.0 && total <= MEAN_GAP_MS * times.len() as f64 {
        Origin::Scanner
    } else {
        Origin::Person
    }
}
