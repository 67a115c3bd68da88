//! A trigger that bounces: the same code read twice by one press.

/// Within how many milliseconds the same code again is a bounce.
const BOUNCE_MS: f64 = 500.0;

/// Remembers the last code, to notice when it comes again too soon.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bounce {
    last: Option<(String, f64)>,
}

impl Bounce {
    /// Takes the next code, read at `time_ms`, and says whether it is a bounce of the one before. A scanner that keeps
    /// reading the same label counts as one press for as long as it does.
    pub fn is_bounce(&mut self, text: &str, time_ms: f64) -> bool {
        let bounced = self.last.as_ref().is_some_and(|(last, at)| {
            let since = time_ms - at;
            last == text && (0.0..BOUNCE_MS).contains(&since)
        });
        self.last = Some((text.to_owned(), time_ms));
        bounced
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_code_within_half_a_second_is_a_bounce_and_later_it_is_not() {
        let mut bounce = Bounce::default();
        assert!(!bounce.is_bounce("a", 0.0));
        assert!(bounce.is_bounce("a", 499.0));
        assert!(!bounce.is_bounce("a", 1_000.0));
    }

    #[test]
    fn another_code_at_once_is_not_a_bounce() {
        let mut bounce = Bounce::default();
        assert!(!bounce.is_bounce("a", 0.0));
        assert!(!bounce.is_bounce("b", 10.0));
        assert!(!bounce.is_bounce("a", 20.0));
    }

    #[test]
    fn a_scanner_that_keeps_reading_counts_once() {
        let mut bounce = Bounce::default();
        let counted = (0_u32..10)
            .filter(|n| !bounce.is_bounce("a", f64::from(n * 300)))
            .count();
        assert_eq!(counted, 1);
    }

    #[test]
    fn a_clock_that_went_back_is_not_a_bounce() {
        let mut bounce = Bounce::default();
        assert!(!bounce.is_bounce("a", 1_000.0));
        assert!(!bounce.is_bounce("a", 0.0));
        assert!(!bounce.is_bounce("a", f64::NAN));
    }
}
