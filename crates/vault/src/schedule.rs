//! When a backup is due: daily always, hourly if something changed. A time that was missed is caught up.

use chrono::{DateTime, Duration, Utc};

use crate::{Moment, Settings};

/// A backup that shows a later instant than this long from now was made while the clock was wrong.
const CLOCK_TOLERANCE: Duration = Duration::minutes(5);

/// Since when a backup is due; `None` when none is. A backup that shows this instant or a later one is enough, whoever
/// made it. `last` is the instant that the warehouse's last backup shows.
pub fn due_since(
    settings: &Settings,
    moment: &Moment,
    last: Option<DateTime<Utc>>,
) -> Option<DateTime<Utc>> {
    let last = last
        .filter(|last| *last <= moment.now + CLOCK_TOLERANCE)
        .unwrap_or(moment.created_at);
    let daily = daily_before(settings, moment, moment.now);
    if last < daily {
        return Some(daily);
    }
    let hour_ago = moment.now - Duration::hours(1);
    let changed = moment.changed_at.is_some_and(|changed| changed > last);
    (settings.hourly && changed && last <= hour_ago).then_some(hour_ago)
}

/// When the next daily backup is due.
pub fn next_daily(settings: &Settings, moment: &Moment) -> DateTime<Utc> {
    daily_before(settings, moment, moment.now) + Duration::days(1)
}

/// The last time of the daily backup that is not after `at`.
fn daily_before(settings: &Settings, moment: &Moment, at: DateTime<Utc>) -> DateTime<Utc> {
    let local = at.with_timezone(&moment.zone).naive_local();
    let today = local.date().and_time(settings.daily_at);
    let last = if today <= local {
        today
    } else {
        today - Duration::days(1)
    };
    (last - Duration::seconds(i64::from(moment.zone.local_minus_utc()))).and_utc()
}

#[cfg(test)]
mod tests {
    use chrono::{FixedOffset, NaiveTime, TimeZone};
    use uuid::Uuid;

    use super::*;

    /// In Tashkent, five hours ahead of UTC.
    fn at(day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
        let zone = FixedOffset::east_opt(5 * 3600).unwrap();
        let local = zone.with_ymd_and_hms(2026, 11, day, hour, minute, 0);
        local.unwrap().with_timezone(&Utc)
    }

    fn moment(now: DateTime<Utc>) -> Moment {
        Moment {
            now,
            zone: FixedOffset::east_opt(5 * 3600).unwrap(),
            lineage: Uuid::nil(),
            epoch: 1,
            created_at: at(1, 9, 0),
            changed_at: None,
        }
    }

    fn at_one() -> Settings {
        Settings {
            daily_at: NaiveTime::from_hms_opt(1, 0, 0).unwrap(),
            ..Settings::default()
        }
    }

    #[test]
    fn the_daily_backup_is_due_by_the_warehouses_own_time() {
        let last = Some(at(20, 1, 0));
        assert_eq!(due_since(&at_one(), &moment(at(21, 0, 59)), last), None);
        assert_eq!(
            due_since(&at_one(), &moment(at(21, 1, 0)), last),
            Some(at(21, 1, 0))
        );
        assert_eq!(next_daily(&at_one(), &moment(at(21, 0, 59))), at(21, 1, 0));
        assert_eq!(next_daily(&at_one(), &moment(at(21, 1, 0))), at(22, 1, 0));
    }

    #[test]
    fn a_time_that_was_missed_is_caught_up_once() {
        let monday = moment(at(23, 9, 0));
        let due = due_since(&at_one(), &monday, Some(at(20, 1, 0)));
        assert_eq!(due, Some(at(23, 1, 0)));
        assert_eq!(due_since(&at_one(), &monday, Some(at(23, 9, 0))), None);
    }

    #[test]
    fn an_hour_in_which_nothing_changed_needs_no_backup() {
        let mut later = moment(at(21, 12, 0));
        let last = at(21, 10, 30);
        assert_eq!(due_since(&at_one(), &later, Some(last)), None);
        later.changed_at = Some(at(21, 10, 0));
        assert_eq!(due_since(&at_one(), &later, Some(last)), None);
        later.changed_at = Some(at(21, 10, 31));
        assert_eq!(
            due_since(&at_one(), &later, Some(last)),
            Some(at(21, 11, 0))
        );
        assert_eq!(due_since(&at_one(), &later, Some(at(21, 11, 1))), None);
        let daily_alone = Settings {
            hourly: false,
            ..at_one()
        };
        assert_eq!(due_since(&daily_alone, &later, Some(last)), None);
    }

    #[test]
    fn a_new_warehouse_is_not_backed_up_before_its_first_time_comes() {
        let mut new = moment(at(21, 9, 30));
        new.created_at = at(21, 9, 0);
        assert_eq!(due_since(&at_one(), &new, None), None);
        new.now = at(22, 1, 0);
        assert_eq!(due_since(&at_one(), &new, None), Some(at(22, 1, 0)));
    }

    #[test]
    fn a_backup_made_while_the_clock_was_ahead_keeps_no_other_from_being_made() {
        let ahead = Some(at(21, 12, 0) + Duration::days(1000));
        assert!(due_since(&at_one(), &moment(at(21, 12, 0)), ahead).is_some());
    }
}
