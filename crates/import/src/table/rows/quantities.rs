//! The quantities of a row: what lies there, or what came and went.

use rust_decimal::Decimal;

use super::{Origin, Reason, Row, RowReader};
use crate::{
    direction::direction_in,
    lexicon::Field,
    plan::{Direction, OldMovement},
    table::journal::Journal,
};

/// What a row says of one movement.
struct Moved {
    direction: Option<Direction>,
    quantity: Decimal,
    place: Option<usize>,
}

impl RowReader<'_, '_, '_> {
    pub(super) fn read_balances(&mut self, row: &Row, origin: &Origin, product: usize) {
        let columns = self.columns;
        let row_place = self.place_of_row(row);
        for (index, column) in columns.all_of(Field::Quantity) {
            let cell = row.cell(index);
            if cell.says_nothing() {
                continue;
            }
            let Some(quantity) = cell.number(column.mark) else {
                self.assembly.skip(
                    origin.clone(),
                    Reason::QuantityUnreadable {
                        text: cell.text().into_owned(),
                    },
                );
                continue;
            };
            let place = match &column.place {
                Some(name) => self.assembly.place(name),
                None => row_place,
            };
            self.assembly.balance(origin, product, place, quantity);
        }
    }

    /// Where the row says that its goods lie, or what stands around it.
    fn place_of_row(&mut self, row: &Row) -> Option<usize> {
        if let Some(name) = self.text(row, Field::Place) {
            return self.assembly.place(&name);
        }
        let around = self.place_around();
        around
            .or(self.place)
            .or_else(|| self.assembly.place(self.columns.place.as_deref()?))
    }

    /// Keeps what came or went as history.
    pub(super) fn read_movements(
        &mut self,
        row: &Row,
        origin: &Origin,
        product: usize,
        journal: &Journal,
    ) {
        let text = |index: usize| {
            let text = row.cell(index).text();
            (!text.is_empty()).then(|| text.into_owned())
        };
        let place = self.place_of_row(row);
        let notes: Vec<String> = journal
            .notes
            .iter()
            .filter_map(|index| text(*index))
            .collect();
        for moved in self.moved(row, origin, journal) {
            let is_return = moved.direction.is_some() && moved.quantity.is_sign_negative();
            let movement = OldMovement {
                at: journal.date.and_then(text),
                direction: turned(moved.direction, moved.quantity, journal.signed),
                product: Some(product),
                product_key: self.text(row, Field::Key),
                quantity: Some(moved.quantity.abs()),
                user: None,
                note: (!notes.is_empty()).then(|| notes.join(" · ")),
                origin: origin.clone(),
            };
            let place = moved.place.or(place);
            self.history.keep(movement, place, is_return, self.assembly);
        }
    }

    /// What the row says that came or went, which way and where.
    fn moved(&mut self, row: &Row, origin: &Origin, journal: &Journal) -> Vec<Moved> {
        let told = journal
            .kind
            .map(|index| direction_in(&row.cell(index).text()));
        let direction = told.unwrap_or(journal.direction);
        let columns = self.columns;
        let in_and_out = [
            (journal.came, Some(Direction::In)),
            (journal.went, Some(Direction::Out)),
        ];
        let sources: Vec<(usize, Option<Direction>)> = if journal.came.is_some() {
            in_and_out
                .into_iter()
                .filter_map(|(index, direction)| Some((index?, direction)))
                .collect()
        } else {
            columns
                .all_of(Field::Quantity)
                .map(|(index, _)| (index, direction))
                .collect()
        };
        let mut moved = Vec::new();
        for (index, direction) in sources {
            let (cell, column) = (row.cell(index), columns.list.get(index));
            let Some(column) = column.filter(|_| !cell.says_nothing()) else {
                continue;
            };
            let Some(quantity) = cell.number(column.mark) else {
                let text = cell.text().into_owned();
                self.assembly
                    .skip(origin.clone(), Reason::QuantityUnreadable { text });
                continue;
            };
            let place = column
                .place
                .as_ref()
                .and_then(|name| self.assembly.place(name));
            if !quantity.is_zero() {
                moved.push(Moved {
                    direction,
                    quantity,
                    place,
                });
            }
        }
        moved
    }
}

/// A minus turns a sale into a return; where nothing else says the direction, it says that goods went.
fn turned(direction: Option<Direction>, quantity: Decimal, signed: bool) -> Option<Direction> {
    match (direction, quantity.is_sign_negative()) {
        (Some(Direction::In), true) => Some(Direction::Out),
        (Some(Direction::Out), true) => Some(Direction::In),
        (None, true) if signed => Some(Direction::Out),
        (None, false) if signed => Some(Direction::In),
        (direction, _) => direction,
    }
}
