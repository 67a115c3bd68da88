//! What a scan does to the worker's screen.

use rust_decimal::Decimal;
use uuid::Uuid;

use super::{Effect, Goods, Line, MAX_LINES, MAX_QUANTITY, State};
use crate::api::desk::{NoticeCode, NoticeKind, Phase};
use crate::sound::Tone;
use crate::wire::Direction;

/// A product: one more of the open line, or a new line.
pub(super) fn product(
    state: &mut State,
    goods: Goods,
    code: String,
    quantity: Decimal,
) -> Vec<Effect> {
    state.clear_message();
    state.entry = None;
    if !goods.active {
        state
            .refuse(NoticeCode::ProductInactive)
            .params
            .insert("name".into(), goods.name);
        return vec![Effect::Sound(Tone::Error)];
    }
    refresh(state, &goods);
    let again = state
        .lines
        .last()
        .is_some_and(|line| line.goods.product_id == goods.product_id);
    if !again && state.lines.len() >= MAX_LINES {
        state.refuse(NoticeCode::QuantityInvalid);
        return vec![Effect::Sound(Tone::Error)];
    }
    if again {
        return one_more(state, quantity);
    }
    let movement_id = Uuid::now_v7();
    state.lines.push(Line {
        movement_id,
        goods,
        code: Some(code),
        quantity: Decimal::ZERO,
    });
    set_last(state, quantity)
}

/// The product in hand once more. What was gathered of it stays when there is no more.
fn one_more(state: &mut State, quantity: Decimal) -> Vec<Effect> {
    let before = state
        .lines
        .last()
        .map_or(Decimal::ZERO, |line| line.quantity);
    if state.fits(before + quantity) {
        return set_last(state, before + quantity);
    }
    state.refuse_shortage(before + quantity);
    vec![Effect::Sound(Tone::Error)]
}

/// What is known of a product's stock is newest at its last scan; every line of it shows that.
fn refresh(state: &mut State, goods: &Goods) {
    for line in &mut state.lines {
        if line.goods.product_id == goods.product_id {
            line.goods = goods.clone();
        }
    }
}

/// Gives the open line a quantity, or withdraws it when there is not so much.
pub(super) fn set_last(state: &mut State, quantity: Decimal) -> Vec<Effect> {
    if quantity > MAX_QUANTITY {
        state.entry = None;
        state.refuse(NoticeCode::QuantityInvalid);
        return vec![Effect::Sound(Tone::Error)];
    }
    if !state.fits(quantity) {
        state.refuse_shortage(quantity);
        state.withdrawn = state.lines.pop();
        return vec![Effect::KeepDraft, Effect::Sound(Tone::Error)];
    }
    if let Some(line) = state.lines.last_mut() {
        line.quantity = quantity;
    }
    state.phase = Phase::Gathering;
    vec![Effect::KeepDraft, Effect::Sound(Tone::Accepted)]
}

/// A QTY×n card: the quantity of the open line.
pub(super) fn quantity(state: &mut State, quantity: Decimal) -> Vec<Effect> {
    let open = state.withdrawn.take();
    state.clear_message();
    state.entry = None;
    state.lines.extend(open);
    if state.lines.is_empty() || quantity <= Decimal::ZERO {
        state.settle();
        state.notify(NoticeKind::Info, NoticeCode::NothingToSave);
        return vec![Effect::Sound(Tone::Error)];
    }
    set_last(state, quantity)
}

/// A code that nothing is known about. What was gathered stays.
pub(super) fn unknown(state: &mut State, code: String) -> Vec<Effect> {
    state.clear_message();
    state.entry = None;
    state
        .refuse(NoticeCode::UnknownCode)
        .params
        .insert("code".into(), code.clone());
    state.unknown_code = Some(code);
    vec![Effect::Sound(Tone::Error)]
}

/// A burst that could not be read with certainty: never guess.
pub(super) fn unreadable(state: &mut State) -> Vec<Effect> {
    state.clear_message();
    state.entry = None;
    state.refuse(NoticeCode::ScanUnreadable);
    vec![Effect::Sound(Tone::Error)]
}

/// A badge says who is about to look.
pub(super) fn badge(state: &mut State, employee_name: String) -> Vec<Effect> {
    state.clear_message();
    if state.phase != Phase::Face {
        state.settle();
    }
    state
        .notify(NoticeKind::Info, NoticeCode::BadgeSeen)
        .params
        .insert("name".into(), employee_name);
    vec![Effect::Sound(Tone::Accepted)]
}

/// In or out. A document that is being gathered keeps its direction.
pub(super) fn mode(state: &mut State, direction: Direction) -> Vec<Effect> {
    if state.mode == direction {
        state.clear_message();
        state.settle();
        return vec![Effect::Sound(Tone::Accepted)];
    }
    if !state.lines.is_empty() {
        state.clear_message();
        state.refuse(NoticeCode::FinishFirst);
        return vec![Effect::Sound(Tone::Error)];
    }
    state.mode = direction;
    state.start_over();
    vec![Effect::Sound(Tone::Accepted)]
}
