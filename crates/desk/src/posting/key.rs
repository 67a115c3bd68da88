//! What a key does to the worker's screen.

use rust_decimal::Decimal;

use super::scan::set_last;
use super::{Effect, State, cancel, close};
use crate::api::desk::{DeskKey, NoticeCode, Phase};
use crate::sound::Tone;
use crate::wire::Direction;

/// Digits before the point of a typed quantity, at most: a code that a slow scanner types must not become one.
const MAX_DIGITS: usize = 7;

pub(super) fn press(state: &mut State, key: DeskKey) -> Vec<Effect> {
    match key {
        DeskKey::In => super::scan::mode(state, Direction::In),
        DeskKey::Out => super::scan::mode(state, Direction::Out),
        DeskKey::Escape => cancel(state),
        DeskKey::Enter => enter(state),
        DeskKey::Backspace => backspace(state),
        DeskKey::Point => type_in(state, '.'),
        digit => type_in(state, digit_of(digit)),
    }
}

fn digit_of(key: DeskKey) -> char {
    match key {
        DeskKey::Digit1 => '1',
        DeskKey::Digit2 => '2',
        DeskKey::Digit3 => '3',
        DeskKey::Digit4 => '4',
        DeskKey::Digit5 => '5',
        DeskKey::Digit6 => '6',
        DeskKey::Digit7 => '7',
        DeskKey::Digit8 => '8',
        DeskKey::Digit9 => '9',
        _ => '0',
    }
}

/// Enter ends a number and closes the document, at once. But the Enter of a number that was refused
/// must not save what else was gathered: the person meant the number.
fn enter(state: &mut State) -> Vec<Effect> {
    if state.entry_owes_enter {
        state.entry_owes_enter = false;
        return vec![Effect::Sound(Tone::Error)];
    }
    if state.phase == Phase::Face {
        return Vec::new();
    }
    close(state)
}

/// A digit or the point: the quantity of the open line, from the first digit on anew.
fn type_in(state: &mut State, typed: char) -> Vec<Effect> {
    if state.phase == Phase::Face {
        state.settle();
    }
    let withdrawn = state.withdrawn.take();
    if withdrawn.is_none() && (state.lines.is_empty() || state.phase == Phase::Refused) {
        return vec![Effect::Sound(Tone::Error)];
    }
    state.clear_message();
    state.lines.extend(withdrawn);
    let mut entry = state.entry.take().unwrap_or_default();
    let decimals = state
        .lines
        .last()
        .map_or(0, |line| line.goods.decimals as usize);
    if !accepts(&entry, typed, decimals) {
        state.entry = Some(entry).filter(|entry| !entry.is_empty());
        state.settle();
        return vec![Effect::Sound(Tone::Error)];
    }
    entry.push(typed);
    set_entry(state, entry)
}

fn accepts(entry: &str, typed: char, decimals: usize) -> bool {
    match entry.split_once('.') {
        Some((_, fraction)) => typed != '.' && fraction.len() < decimals,
        None if typed == '.' => decimals > 0,
        None => entry.len() < MAX_DIGITS,
    }
}

fn set_entry(state: &mut State, entry: String) -> Vec<Effect> {
    let quantity = quantity_of(&entry);
    let effects = set_last(state, quantity);
    if state.phase == Phase::Refused {
        state.entry_owes_enter = true;
    } else {
        state.entry = Some(entry);
    }
    effects
}

fn quantity_of(entry: &str) -> Decimal {
    entry.trim_end_matches('.').parse().unwrap_or(Decimal::ZERO)
}

/// Backspace takes the last digit, or, when none is being typed, the last line.
fn backspace(state: &mut State) -> Vec<Effect> {
    if state.phase == Phase::Refused {
        state.clear_message();
        state.settle();
        return vec![Effect::KeepDraft];
    }
    if let Some(mut entry) = state.entry.take() {
        entry.pop();
        if !entry.is_empty() {
            return set_entry(state, entry);
        }
        return set_last(state, Decimal::ONE);
    }
    let last = u32::try_from(state.lines.len()).unwrap_or(u32::MAX);
    take_line(state, last)
}

/// Takes a line off; its number on the document, from 1.
pub(super) fn take_line(state: &mut State, index: u32) -> Vec<Effect> {
    let position = (index as usize)
        .checked_sub(1)
        .filter(|at| *at < state.lines.len());
    let Some(position) = position else {
        return Vec::new();
    };
    state.clear_message();
    state.entry = None;
    state.lines.remove(position);
    state.settle();
    if state.lines.is_empty() {
        state.start_over();
        state.notify(crate::api::desk::NoticeKind::Info, NoticeCode::Cancelled);
        return vec![Effect::ClearDraft];
    }
    vec![Effect::KeepDraft]
}
