//! Which backups are kept: the last of so many hours, days, weeks and months.

use chrono::{DateTime, Datelike, FixedOffset, Timelike};
use serde::{Deserialize, Serialize};

/// How many backups are kept of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keep {
    /// So many of the last ones, whenever they were made.
    pub newest: usize,
    /// The last backup of each of so many hours in which there are backups.
    pub hourly: usize,
    /// The same for days.
    pub daily: usize,
    /// The same for weeks, which begin on Monday.
    pub weekly: usize,
    /// The same for months.
    pub monthly: usize,
}

impl Keep {
    /// Nothing is removed: for the backup before a restore, which must not push out the one that is restored.
    pub const ALL: Self = Self {
        newest: usize::MAX,
        hourly: 0,
        daily: 0,
        weekly: 0,
        monthly: 0,
    };
}

impl Default for Keep {
    fn default() -> Self {
        Self {
            newest: 3,
            hourly: 24,
            daily: 7,
            weekly: 4,
            monthly: 12,
        }
    }
}

/// What two backups of the same hour, day, week or month have in common.
type Period = fn(&DateTime<FixedOffset>) -> (i32, u32, u32);

/// The indexes of those that go. `taken` is in the order in which the backups were made, the last one first: the order
/// is not asked of the clock, which may have been wrong. The last backup is always kept.
pub fn superfluous(taken: &[DateTime<FixedOffset>], keep: Keep) -> Vec<usize> {
    let mut kept: Vec<bool> = (0..taken.len())
        .map(|index| index < keep.newest.max(1))
        .collect();
    let rules: [(usize, Period); 4] = [
        (keep.hourly, |at| (at.year(), at.ordinal(), at.hour())),
        (keep.daily, |at| (at.year(), at.ordinal(), 0)),
        (keep.weekly, |at| {
            let week = at.iso_week();
            (week.year(), week.week(), 0)
        }),
        (keep.monthly, |at| (at.year(), at.month(), 0)),
    ];
    for (limit, period) in rules {
        let mut seen = Vec::new();
        for (index, at) in taken.iter().enumerate() {
            let now = period(at);
            if seen.contains(&now) {
                continue;
            }
            if seen.len() == limit {
                break;
            }
            seen.push(now);
            kept[index] = true;
        }
    }
    (0..taken.len()).filter(|index| !kept[*index]).collect()
}

#[cfg(test)]
mod tests {
    use chrono::{Duration, TimeZone};
    use rand::{Rng, SeedableRng, rngs::StdRng};

    use super::*;

    fn noon() -> DateTime<FixedOffset> {
        let zone = FixedOffset::east_opt(5 * 3600).unwrap();
        zone.with_ymd_and_hms(2026, 11, 21, 12, 0, 0).unwrap()
    }

    /// A folder over time: what is there, the last one first.
    fn run(instants: impl Iterator<Item = DateTime<FixedOffset>>) -> Vec<DateTime<FixedOffset>> {
        let mut folder = Vec::new();
        for at in instants {
            folder.insert(0, at);
            let gone = superfluous(&folder, Keep::default());
            assert!(!gone.contains(&0), "the backup just made is kept");
            for index in gone.into_iter().rev() {
                folder.remove(index);
            }
        }
        folder
    }

    #[test]
    fn a_year_of_hourly_backups_leaves_hours_days_weeks_and_months() {
        let folder = run((0..24 * 365).map(|hour| noon() + Duration::hours(hour)));
        let newest = folder[0];
        assert!(folder.contains(&(newest - Duration::hours(23))));
        let days_back = |days| {
            folder
                .iter()
                .any(|at| at.date_naive() == (newest - Duration::days(days)).date_naive())
        };
        assert!(
            (0..7).all(days_back),
            "each of the last seven days is there"
        );
        let oldest = folder.last().unwrap();
        assert!(
            newest.signed_duration_since(*oldest) > Duration::days(300),
            "a month long ago is there"
        );
        assert!(folder.len() <= 3 + 24 + 7 + 4 + 12, "{}", folder.len());
    }

    /// T24: two thousand days with failed days and a clock that jumps by years.
    #[test]
    fn t24_whatever_the_clock_does_the_newest_backup_is_kept_and_the_folder_stays_small() {
        let seed = rand::rng().random();
        println!("seed {seed}");
        let mut dice = StdRng::seed_from_u64(seed);
        let mut clock = Duration::zero();
        let mut instants = Vec::new();
        for day in 0..2000 {
            if dice.random_bool(0.1) {
                continue;
            }
            if dice.random_bool(0.01) {
                clock = Duration::days(dice.random_range(-1095..1095));
            }
            for hour in 0..dice.random_range(1..6) {
                instants.push(noon() + Duration::days(day) + Duration::hours(hour) + clock);
            }
        }
        let last = *instants.last().unwrap();
        let folder = run(instants.into_iter());
        assert_eq!(folder[0], last);
        assert!(folder.len() <= 3 + 24 + 7 + 4 + 12, "{}", folder.len());
        assert!(folder.len() >= 24, "{}", folder.len());
    }

    #[test]
    fn a_backup_made_while_the_clock_was_ahead_does_not_push_out_those_made_after_it() {
        let ahead = (0..48).map(|hour| noon() + Duration::days(1000) + Duration::hours(hour));
        let after = (0..10).map(|hour| noon() + Duration::hours(hour));
        let folder = run(ahead.chain(after));
        let made_after = folder
            .iter()
            .filter(|at| **at < noon() + Duration::days(1))
            .count();
        assert_eq!(made_after, 10);
    }
}
