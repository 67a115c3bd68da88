//! Days, months and times of lists: in heads and titles, and as values.

use super::{choice::is_of_balances, columns::Column};
use crate::lexicon::{Field, words};

/// Stems of the months' names, each of which stands alone or with a year.
#[rustfmt::skip]
const MONTHS: &[&str] = &[
    "янв", "фев", "март", "апр", "май", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек", "jan", "feb", "mar", "apr",
    "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "yan", "mart", "iyun", "iyul", "avg", "sent", "okt", "noy",
    "dek", "қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша",
    "желтоқсан",
];

/// Whether a text names a day, a month or a year.
pub fn says_period(text: &str) -> bool {
    let words = words(text);
    let is_day = |token: &str| {
        let mut parts = token.trim_matches(|c: char| !c.is_ascii_digit()).split('.');
        let mut within = |most| {
            let part = parts.next().filter(|part| part.len() == 2);
            part.and_then(|part| part.parse().ok())
                .is_some_and(|part: u8| (1..=most).contains(&part))
        };
        within(31) && within(12)
    };
    let is_year = |word: &String| {
        word.len() == 4 && word.starts_with("20") && word.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_month = |word: &String| {
        MONTHS
            .iter()
            .any(|stem| word.starts_with(stem) && word.chars().count() <= stem.chars().count() + 6)
    };
    words.iter().any(is_year)
        || words.first().is_some_and(is_month)
        || text.split_whitespace().any(is_day)
}

/// Quantities of several days or months are what was sold or bought in them; of several balances the last one stands.
pub fn settle_periods(columns: &mut [Column]) {
    let is_of_period = |column: &Column| {
        column.field == Some(Field::Quantity)
            && (says_period(&column.head.own)
                || column
                    .head
                    .above
                    .last()
                    .is_some_and(|text| says_period(text)))
    };
    let of_periods = columns.iter().filter(|column| is_of_period(column)).count();
    if of_periods < 2 {
        return;
    }
    let last_balance = columns
        .iter()
        .rposition(|column| is_of_period(column) && is_of_balances(column));
    for (index, column) in columns.iter_mut().enumerate() {
        let stands = last_balance == Some(index) || !is_of_period(column) && is_of_balances(column);
        if column.field == Some(Field::Quantity) && !stands {
            column.field = Some(Field::Turnover);
        }
    }
}
