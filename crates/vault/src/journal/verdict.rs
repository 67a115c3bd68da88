//! What a journal's state means: whether it is well, which moment can be brought back, when the cluster is copied anew.

use std::path::PathBuf;

use chrono::{DateTime, Duration, Utc};
use ombor_postgres::journal::Reach;
use serde::Serialize;

use crate::Error;

/// A copy of the cluster is made anew after this time.
const COPY_EVERY: Duration = Duration::hours(24);
/// The last change of a piece is known to the second.
const TOLERANCE: Duration = Duration::seconds(1);

/// How the journal is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Journal {
    /// Where it is kept.
    pub folder: PathBuf,
    /// Between which moments the warehouse can be brought back; `None` before the first copy of the cluster.
    pub reach: Option<Reach>,
    /// The server hands nothing out, or what it hands out cannot be kept.
    pub is_stopped: bool,
    /// When the last copy of the cluster was done.
    pub copied_at: Option<DateTime<Utc>>,
}

impl Journal {
    /// Whether a disk that fails now costs at most a minute.
    pub fn is_well(&self) -> bool {
        !self.is_stopped && self.reach.is_some_and(|reach| !reach.has_gap)
    }
}

/// The instant that a moment means: a wanted one that `reach` holds, else the last one that there is. What the server has
/// not handed out yet counts, unless it cannot be kept or lies behind a gap.
pub(super) fn meant(
    reach: Reach,
    is_stopped: bool,
    wanted: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, Error> {
    let unreachable = |until| {
        let since = Some(reach.since);
        Error::Server(ombor_postgres::Error::MomentUnreachable { since, until })
    };
    let until = if is_stopped || reach.has_gap {
        reach.until
    } else {
        now
    };
    match wanted {
        None => Ok(until),
        Some(at) if at < reach.since => Err(unreachable(None)),
        Some(at) if at > until + TOLERANCE => Err(unreachable(Some(until))),
        Some(at) => Ok(at),
    }
}

/// Whether the cluster has to be copied anew: the last copy is a day old or from the future, or pieces lie behind a gap.
pub(super) fn is_copy_due(
    copied_at: Option<DateTime<Utc>>,
    reach: Option<Reach>,
    now: DateTime<Utc>,
) -> bool {
    let is_fresh = copied_at.is_some_and(|at| {
        let age = now - at;
        age >= Duration::zero() && age < COPY_EVERY
    });
    !is_fresh || reach.is_none_or(|reach| reach.has_gap)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(hour * 3600, 0).unwrap()
    }

    /// From the first hour to the fifth.
    fn reach(has_gap: bool) -> Reach {
        Reach {
            since: at(1),
            until: at(5),
            has_gap,
        }
    }

    fn journal(reach: Option<Reach>, is_stopped: bool) -> Journal {
        Journal {
            folder: PathBuf::from("journal"),
            reach,
            is_stopped,
            copied_at: None,
        }
    }

    #[test]
    fn a_journal_is_well_when_it_reaches_somewhere_without_a_gap_and_is_kept() {
        assert!(journal(Some(reach(false)), false).is_well());
        for poor in [
            journal(None, false),
            journal(Some(reach(true)), false),
            journal(Some(reach(false)), true),
        ] {
            assert!(!poor.is_well(), "{poor:?}");
        }
    }

    #[test]
    fn a_well_journal_reaches_until_now_and_one_that_stopped_until_its_last_piece() {
        let last = |has_gap, is_stopped| meant(reach(has_gap), is_stopped, None, at(9)).unwrap();
        assert_eq!(last(false, false), at(9));
        assert_eq!(last(true, false), at(5));
        assert_eq!(last(false, true), at(5));
        assert_eq!(
            meant(reach(false), false, Some(at(7)), at(9)).unwrap(),
            at(7)
        );
    }

    #[test]
    fn a_moment_out_of_reach_is_refused_with_the_moments_that_are_not() {
        let until = |wanted, is_stopped| match meant(reach(false), is_stopped, Some(wanted), at(9))
            .unwrap_err()
        {
            Error::Server(ombor_postgres::Error::MomentUnreachable { since, until }) => {
                assert_eq!(since, Some(at(1)));
                until
            }
            other => panic!("{other}"),
        };
        assert_eq!(until(at(0), false), None);
        assert_eq!(until(at(10), false), Some(at(9)));
        assert_eq!(until(at(7), true), Some(at(5)));
    }

    #[test]
    fn the_cluster_is_copied_once_a_day_after_a_gap_and_after_the_clock_was_turned_back() {
        let due = |copied: Option<i64>, has_gap, now| {
            let reach = copied.map(|_| reach(has_gap));
            is_copy_due(copied.map(at), reach, at(now))
        };
        assert!(due(None, false, 9), "there is none");
        assert!(!due(Some(1), false, 24));
        assert!(due(Some(1), false, 25), "it is a day old");
        assert!(due(Some(1), true, 2), "pieces lie behind a gap");
        assert!(
            due(Some(9), false, 8),
            "it was done while the clock was ahead"
        );
    }
}
