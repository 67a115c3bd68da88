//! How a document ends: closed, confirmed, posted or refused, or given up.

use rust_decimal::Decimal;

use super::{Effect, PostRequest, Refusal, Saved, State, total};
use crate::api::desk::{NoticeCode, NoticeKind, Phase};
use crate::sound::Tone;
use crate::wire::decimal;

/// Enter, or the SAVE card: the document is complete.
pub(super) fn close(state: &mut State) -> Vec<Effect> {
    if state.lines.is_empty() {
        if state.phase != Phase::Refused {
            state.clear_message();
            state.settle();
            state.notify(NoticeKind::Info, NoticeCode::NothingToSave);
        }
        return vec![Effect::Sound(Tone::Error)];
    }
    if state
        .lines
        .iter()
        .any(|line| line.quantity <= Decimal::ZERO)
    {
        state.refuse(NoticeCode::QuantityInvalid);
        return vec![Effect::Sound(Tone::Error)];
    }
    state.clear_message();
    state.entry = None;
    if state.confirmed {
        return post(state);
    }
    state.phase = Phase::Face;
    state.notify(NoticeKind::Info, NoticeCode::LookAtCamera);
    vec![Effect::KeepDraft]
}

fn post(state: &mut State) -> Vec<Effect> {
    state.phase = Phase::Saving;
    state.notice = None;
    vec![Effect::Post(PostRequest {
        document_id: state.document_id,
        direction: state.mode,
        lines: state.lines.clone(),
    })]
}

/// Escape, or the CANCEL card.
pub(super) fn cancel(state: &mut State) -> Vec<Effect> {
    let gathered = !state.lines.is_empty() || state.withdrawn.is_some();
    let forget = state.phase == Phase::Ready && state.notice.is_none() && state.confirmed;
    state.start_over();
    if gathered {
        state.notify(NoticeKind::Info, NoticeCode::Cancelled);
        return vec![Effect::ClearDraft, Effect::Sound(Tone::Accepted)];
    }
    if forget {
        state.confirmed = false;
        state.notify(NoticeKind::Info, NoticeCode::ConfirmationEnded);
        return vec![Effect::ForgetConfirmation, Effect::Sound(Tone::Accepted)];
    }
    Vec::new()
}

/// A face was confirmed.
pub(super) fn confirmed(state: &mut State) -> Vec<Effect> {
    state.confirmed = true;
    if state.phase == Phase::Face {
        post(state)
    } else {
        vec![Effect::Sound(Tone::Accepted)]
    }
}

/// The database has taken the document.
pub(super) fn posted(state: &mut State, saved: Saved) -> Vec<Effect> {
    let lines = std::mem::take(&mut state.lines);
    let below = lines.iter().find(|line| {
        let after = saved
            .after
            .iter()
            .find(|(id, _)| *id == line.goods.product_id);
        line.goods
            .min_stock
            .zip(after)
            .is_some_and(|(least, (_, after))| *after < least)
    });
    let below = below.map(|line| line.goods.name.clone());
    state.start_over();
    state.phase = Phase::Saved;
    let notice = state.notify(NoticeKind::Saved, NoticeCode::Saved);
    notice.params.insert("number".into(), saved.number.clone());
    notice
        .params
        .insert("lineCount".into(), lines.len().to_string());
    if let Some((quantity, unit)) = total(&lines) {
        notice.params.insert("quantity".into(), decimal(quantity));
        notice.params.insert("unit".into(), unit.to_owned());
    }
    if let Some(name) = below {
        notice.params.insert("belowMinimum".into(), name);
    }
    state.saved = Some((lines, saved));
    vec![Effect::ClearDraft, Effect::Sound(Tone::Saved)]
}

/// The database has refused the document; nothing was written.
pub(super) fn post_refused(state: &mut State, refusal: Refusal) -> Vec<Effect> {
    match refusal {
        Refusal::ConfirmationNeeded => {
            state.confirmed = false;
            state.phase = Phase::Face;
            state.notify(NoticeKind::Info, NoticeCode::LookAtCamera);
            return vec![Effect::ForgetConfirmation];
        }
        Refusal::InsufficientStock(lines) => {
            state.refuse(NoticeCode::InsufficientStock).lines = lines;
        }
        Refusal::Other(params) => state.refuse(NoticeCode::Error).params = params,
    }
    vec![Effect::Sound(Tone::Error)]
}
