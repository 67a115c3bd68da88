//! Line numbers of a text.

/// Line numbers of places that come in order.
pub struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: u64,
}

impl<'t> Lines<'t> {
    /// The lines of this text, from 1.
    pub fn of(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            line: 1,
        }
    }

    /// The line of this byte; a place before the last one that was asked for is taken for that one.
    pub fn line_at(&mut self, at: usize) -> u64 {
        if let Some(passed) = self.text.get(self.at..at) {
            self.line += passed.matches('\n').count() as u64;
            self.at = at;
        }
        self.line
    }
}
