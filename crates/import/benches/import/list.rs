//! The list that is imported: as a shop would export it, the same on every machine.

use std::fmt::Write as _;

const KINDS: [&str; 12] = [
    "Choy",
    "Qand",
    "Un",
    "Shampun",
    "Sovun",
    "Чай чёрный",
    "Сахар рафинад",
    "Крем для рук",
    "Краска",
    "Batareyka",
    "Дәптер",
    "Көйлек",
];
const MAKERS: [&str; 9] = [
    "Oq bulut",
    "Ahmad",
    "Makfa",
    "Elseve",
    "Duru",
    "Nivea",
    "Маяк",
    "Rahat",
    "Qora tosh",
];

/// A row of the list.
pub struct Row {
    /// The article.
    pub sku: String,
    /// The name.
    pub name: String,
    /// Thirteen digits.
    pub code: String,
    /// The group.
    pub category: String,
    /// What one costs.
    pub price: String,
    /// How many there are.
    pub quantity: String,
}

/// So many rows, no two with one article, name or code.
pub fn rows(count: usize) -> Vec<Row> {
    (0..count)
        .map(|at| {
            // An order that is neither that of the articles nor that of the codes.
            let mixed = at * 7_919 % 1_000_003;
            let kind = KINDS[mixed % KINDS.len()];
            let maker = MAKERS[mixed / 7 % MAKERS.len()];
            Row {
                sku: format!("ART-{mixed:06}"),
                name: format!("{kind} {maker} {} g, {at:05}", mixed % 900 + 50),
                code: with_check_digit(&format!("478{:09}", mixed * 13 % 1_000_000_000)),
                category: format!("Guruh {}", mixed % 400),
                price: format!("{}.50", mixed % 90_000 + 500),
                quantity: format!("{}", mixed % 300 + 1),
            }
        })
        .collect()
}

/// The list as a CSV.
pub fn csv(rows: &[Row]) -> String {
    let mut text = String::from("Artikul;Nomi;Shtrix kod;Guruh;Birlik;Narxi;Qoldiq\n");
    for row in rows {
        // Writing into a string cannot fail.
        let _ = writeln!(
            text,
            "{};{};{};{};dona;{};{}",
            row.sku,
            row.name,
            row.code,
            row.category,
            row.price.replace('.', ","),
            row.quantity
        );
    }
    text
}

fn with_check_digit(front: &str) -> String {
    let sum: u32 = front
        .bytes()
        .enumerate()
        .map(|(at, digit)| u32::from(digit - b'0') * if at % 2 == 0 { 1 } else { 3 })
        .sum();
    format!("{front}{}", (10 - sum % 10) % 10)
}
