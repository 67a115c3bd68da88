//! The worker's screen, drawn from the state of the flow.

use rust_decimal::Decimal;

use crate::api::desk::{Card, ConfirmationView, DeskLine, DeskState, Phase, RecentMovement};
use crate::posting::{Goods, Line, Saved, State, total};
use crate::wire::{Direction, decimal};

/// What the screen shows besides the flow itself.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// Grows with every change.
    pub revision: u32,
    /// The confirmation that holds.
    pub confirmation: Option<ConfirmationView>,
    /// The last movements.
    pub recent: Vec<RecentMovement>,
    /// The person logged in may create products.
    pub can_create_product: bool,
}

/// The whole screen.
pub fn draw(state: &State, around: Surroundings) -> DeskState {
    let total = total(&state.lines);
    let total_quantity = total.map_or_else(|| "0".to_owned(), |(sum, _)| decimal(sum));
    let unit_symbol = total.map(|(_, unit)| unit.to_owned());
    DeskState {
        revision: around.revision,
        mode: state.mode,
        phase: state.phase,
        card: card(state),
        entry: state.entry.clone(),
        lines: state
            .lines
            .iter()
            .enumerate()
            .rev()
            .map(|(at, line)| desk_line(state, at, line))
            .collect(),
        total_quantity,
        unit_symbol,
        notice: state.notice.clone(),
        confirmation: around.confirmation,
        recent: around.recent,
        can_create_product: around.can_create_product && state.unknown_code.is_some(),
        unknown_code: state.unknown_code.clone(),
    }
}

fn card(state: &State) -> Option<Card> {
    if state.phase == Phase::Saved {
        let (lines, saved) = state.saved.as_ref()?;
        return lines.last().map(|line| saved_card(line, saved));
    }
    let line = state.withdrawn.as_ref().or(state.lines.last())?;
    Some(card_of(line, state.after(&line.goods)))
}

fn saved_card(line: &Line, saved: &Saved) -> Card {
    let after = saved
        .after
        .iter()
        .find(|(id, _)| *id == line.goods.product_id);
    card_of(line, after.map_or(line.goods.on_hand, |(_, after)| *after))
}

fn card_of(line: &Line, after: Decimal) -> Card {
    let Goods {
        product_id,
        name,
        sku,
        category,
        unit,
        on_hand,
        min_stock,
        has_picture,
        ..
    } = &line.goods;
    Card {
        product_id: product_id.to_string(),
        name: name.clone(),
        sku: sku.clone(),
        code: line.code.clone(),
        category: category.clone(),
        unit: unit.clone(),
        on_hand: decimal(*on_hand),
        after: decimal(after),
        min_stock: min_stock.map(decimal),
        below_minimum: min_stock.is_some_and(|least| after < least),
        quantity: decimal(line.quantity),
        has_picture: *has_picture,
    }
}

/// A product that stands on several lines runs through them: each line shows before and after itself.
fn desk_line(state: &State, at: usize, line: &Line) -> DeskLine {
    let earlier: Decimal = state.lines[..at]
        .iter()
        .filter(|other| other.goods.product_id == line.goods.product_id)
        .map(|other| other.quantity)
        .sum();
    let sign = match state.mode {
        Direction::In => Decimal::ONE,
        Direction::Out => Decimal::NEGATIVE_ONE,
    };
    let before = line.goods.on_hand + sign * earlier;
    DeskLine {
        index: u32::try_from(at + 1).unwrap_or(u32::MAX),
        product_id: line.goods.product_id.to_string(),
        name: line.goods.name.clone(),
        quantity: decimal(line.quantity),
        unit: line.goods.unit.clone(),
        before: decimal(before),
        after: decimal(before + sign * line.quantity),
    }
}
