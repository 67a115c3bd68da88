//! Who pressed the keys: a scanner or a person.

use crate::keystroke::KeyStroke;
use crate::profile::Profile;

/// The fewest keys, besides the terminator, that are taken for a scan.
pub const MIN_SCAN_KEYS: usize = 4;

/// Who pressed the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A scanner.
    Scanner,
    /// A person at the keyboard.
    Person,
}

/// Judges by the pauses between keys. A scan has at least [`MIN_SCAN_KEYS`] keys, nine pauses out of ten are no longer
/// than the profile allows, and neither is the mean pause. So a long code may stall once; no person types like that.
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
    let short = gaps
        .iter()
        .filter(|gap| (0.0..=profile.max_gap_ms).contains(*gap))
        .count();
    let total: f64 = gaps.iter().sum();
    let is_fast = total >= 0.0 && total <= profile.max_gap_ms * gaps.len() as f64;
    if is_fast && short * 10 >= gaps.len() * 9 {
        Origin::Scanner
    } else {
        Origin::Person
    }
}
