//! The worker's flow: scan → card → quantity → face → saved, as a pure state machine.
//!
//! [`step`] takes the state, one event and the time, and answers the new state and what is to be done
//! about it. It reads no clock, asks no database and opens no device, so every rule of the screen can be
//! tested in a table.
//!
//! The rules of the screen:
//! - after a product's scan a number is its quantity, the same product again is one more (or as many as
//!   its code stands for), any other code commits the line;
//! - Enter or the SAVE card closes the document, and only that saves: a face in view never does;
//! - an issue beyond the stock is refused before the face step; the line is withdrawn, the others stay;
//! - what is refused is a message on the screen, which the next scan clears.

mod draft;
mod ending;
mod key;
mod scan;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use uuid::Uuid;

use ending::{cancel, close, confirmed, post_refused, posted};

pub use draft::Draft;

use crate::api::desk::{DeskKey, Notice, NoticeCode, NoticeKind, Phase};
use crate::error::Shortage;
use crate::sound::Tone;
use crate::wire::{Direction, decimal};

/// A line of a document takes at most this much: `NUMERIC(18,3)` with room to add up.
pub const MAX_QUANTITY: Decimal = Decimal::from_parts(999_999_999, 0, 0, false, 0);

/// A document has at most this many lines.
pub const MAX_LINES: usize = 500;

/// What the flow has to know of a product.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Goods {
    /// The product.
    pub product_id: Uuid,
    /// Its SKU.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// Its category's name.
    pub category: Option<String>,
    /// Symbol of its base unit.
    pub unit: String,
    /// Digits behind the point that make sense for the unit.
    pub decimals: u32,
    /// On hand when it was last looked up, in base units.
    pub on_hand: Decimal,
    /// Of that, free to go out.
    pub available: Decimal,
    /// The least that should be there.
    pub min_stock: Option<Decimal>,
    /// It has a picture.
    pub has_picture: bool,
    /// It can still be moved.
    pub active: bool,
}

/// A gathered line.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Line {
    /// The movement that it will be; made before the first try.
    pub movement_id: Uuid,
    /// The product.
    pub goods: Goods,
    /// The code that was scanned.
    pub code: Option<String>,
    /// In base units.
    pub quantity: Decimal,
}

/// What lines come to and in which unit; nothing if their units differ: pieces and kilograms do not add up.
pub fn total(lines: &[Line]) -> Option<(Decimal, &str)> {
    let unit = lines.first()?.goods.unit.as_str();
    let same = lines.iter().all(|line| line.goods.unit == unit);
    same.then(|| (lines.iter().map(|line| line.quantity).sum(), unit))
}

/// A document that was posted, for the screen that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// Its number.
    pub number: String,
    /// On hand after it, by product.
    pub after: Vec<(Uuid, Decimal)>,
}

/// What the posting needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostRequest {
    /// The document; also the idempotency key.
    pub document_id: Uuid,
    /// In or out.
    pub direction: Direction,
    /// The lines.
    pub lines: Vec<Line>,
}

/// Why a posting was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There is less than that by now.
    InsufficientStock(Vec<Shortage>),
    /// The confirmation does not hold any more.
    ConfirmationNeeded,
    /// Something else; the code is in the params of the message.
    Other(BTreeMap<String, String>),
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A code that stands for a product was scanned.
    Product {
        /// The product.
        goods: Goods,
        /// The code as it was read.
        code: String,
        /// How much one scan stands for, in base units.
        quantity: Decimal,
    },
    /// A code was scanned that nothing is known about.
    UnknownCode(String),
    /// A scan could not be read with certainty.
    Unreadable,
    /// A control card for the direction was scanned, or its key pressed.
    Mode(Direction),
    /// The SAVE card was scanned.
    SaveCard,
    /// The CANCEL card was scanned.
    CancelCard,
    /// A QTY×n card was scanned.
    QuantityCard(Decimal),
    /// A badge was scanned.
    Badge {
        /// Whose it is.
        employee_name: String,
    },
    /// A key was pressed, slowly enough to be a person's.
    Key(DeskKey),
    /// A line was taken off by hand; its number on the document, from 1.
    TakeLine(u32),
    /// A face confirmation holds from now on.
    Confirmed,
    /// No face confirmation holds any more.
    ConfirmationEnded,
    /// The document is in the ledger.
    Posted(Saved),
    /// The posting was refused; nothing was saved.
    PostRefused(Refusal),
    /// Whether the posting took effect is not known; it is being asked.
    PostUncertain,
    /// What was gathered before a crash.
    Restored(Draft),
}

/// What is to be done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Make a sound.
    Sound(Tone),
    /// Post the document.
    Post(PostRequest),
    /// Keep what is gathered, for a crash.
    KeepDraft,
    /// There is nothing to keep any more.
    ClearDraft,
    /// The person at the desk is another one now.
    ForgetConfirmation,
}

/// The state of the worker's screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// In or out; kept from one document to the next.
    pub mode: Direction,
    /// Where the worker stands.
    pub phase: Phase,
    /// The document; made with its first line, before the first try to post it.
    pub document_id: Uuid,
    /// Gathered lines, oldest first; the last one is open for a quantity.
    pub lines: Vec<Line>,
    /// Digits being typed for the last line, as typed.
    pub entry: Option<String>,
    /// The line that a refusal withdrew; a new number brings it back.
    pub withdrawn: Option<Line>,
    /// The message.
    pub notice: Option<Notice>,
    /// The code that nothing is known about.
    pub unknown_code: Option<String>,
    /// What was saved last: the card still shows it.
    pub saved: Option<(Vec<Line>, Saved)>,
    /// A face confirmation holds.
    pub confirmed: bool,
    /// The number that led to the refusal still wants its Enter: that Enter must not save the rest.
    pub entry_owes_enter: bool,
}

impl State {
    /// An empty desk.
    pub fn new(mode: Direction) -> Self {
        Self {
            mode,
            phase: Phase::Ready,
            document_id: Uuid::now_v7(),
            lines: Vec::new(),
            entry: None,
            withdrawn: None,
            notice: None,
            unknown_code: None,
            saved: None,
            confirmed: false,
            entry_owes_enter: false,
        }
    }

    /// On hand after the document, for a line's product.
    pub fn after(&self, goods: &Goods) -> Decimal {
        let moved = self.total_of(goods.product_id);
        match self.mode {
            Direction::In => goods.on_hand + moved,
            Direction::Out => goods.on_hand - moved,
        }
    }

    /// What the document moves of a product, in base units.
    pub fn total_of(&self, product_id: Uuid) -> Decimal {
        self.lines
            .iter()
            .filter(|line| line.goods.product_id == product_id)
            .map(|line| line.quantity)
            .sum()
    }

    /// The face is wanted: there is something to confirm, and no confirmation holds.
    pub fn wants_face(&self) -> bool {
        !self.confirmed
            && !self.lines.is_empty()
            && matches!(self.phase, Phase::Gathering | Phase::Face | Phase::Refused)
    }

    fn notify(&mut self, kind: NoticeKind, code: NoticeCode) -> &mut Notice {
        self.notice.insert(Notice {
            kind,
            code,
            params: BTreeMap::new(),
            lines: Vec::new(),
        })
    }

    fn clear_message(&mut self) {
        self.notice = None;
        self.unknown_code = None;
        self.withdrawn = None;
        self.entry_owes_enter = false;
        self.saved = None;
    }

    fn settle(&mut self) {
        self.phase = if self.lines.is_empty() {
            Phase::Ready
        } else {
            Phase::Gathering
        };
    }

    fn start_over(&mut self) {
        let (mode, confirmed) = (self.mode, self.confirmed);
        *self = Self::new(mode);
        self.confirmed = confirmed;
    }

    fn refuse(&mut self, code: NoticeCode) -> &mut Notice {
        self.phase = Phase::Refused;
        self.notify(NoticeKind::Refused, code)
    }

    /// How far the last line, with that quantity, goes beyond the stock.
    fn shortage(&self, asked: Decimal) -> Option<Shortage> {
        let line = self.lines.last()?;
        let others = self.total_of(line.goods.product_id) - line.quantity;
        Some(Shortage {
            product_id: line.goods.product_id.to_string(),
            sku: line.goods.sku.clone(),
            name: line.goods.name.clone(),
            wanted: decimal(asked),
            available: decimal((line.goods.available - others).max(Decimal::ZERO)),
            unit: line.goods.unit.clone(),
        })
    }

    /// Says that the last line would go beyond the stock.
    fn refuse_shortage(&mut self, asked: Decimal) {
        let shortage = self.shortage(asked);
        self.entry = None;
        self.refuse(NoticeCode::InsufficientStock).lines = shortage.into_iter().collect();
    }

    /// Is there enough for the last line to be that much?
    fn fits(&self, quantity: Decimal) -> bool {
        let Some(line) = self.lines.last() else {
            return false;
        };
        let others = self.total_of(line.goods.product_id) - line.quantity;
        self.mode == Direction::In || others + quantity <= line.goods.available
    }
}

/// Takes one event; answers what is to be done.
pub fn step(state: &mut State, event: Event) -> Vec<Effect> {
    if state.phase == Phase::Saving && !ends_saving(&event) {
        return Vec::new();
    }
    match event {
        Event::Product {
            goods,
            code,
            quantity,
        } => scan::product(state, goods, code, quantity),
        Event::UnknownCode(code) => scan::unknown(state, code),
        Event::Unreadable => scan::unreadable(state),
        Event::Badge { employee_name } => scan::badge(state, employee_name),
        Event::Mode(direction) => scan::mode(state, direction),
        Event::SaveCard => close(state),
        Event::CancelCard => cancel(state),
        Event::QuantityCard(quantity) => scan::quantity(state, quantity),
        Event::Key(pressed) => key::press(state, pressed),
        Event::TakeLine(index) => key::take_line(state, index),
        Event::Confirmed => confirmed(state),
        Event::ConfirmationEnded => {
            state.confirmed = false;
            Vec::new()
        }
        Event::Posted(saved) => posted(state, saved),
        Event::PostRefused(refusal) => post_refused(state, refusal),
        Event::PostUncertain => {
            state.notify(NoticeKind::Warning, NoticeCode::SavingAgain);
            Vec::new()
        }
        Event::Restored(draft) => draft::restore(state, draft),
    }
}

fn ends_saving(event: &Event) -> bool {
    matches!(
        event,
        Event::Posted(_)
            | Event::PostRefused(_)
            | Event::PostUncertain
            | Event::Confirmed
            | Event::ConfirmationEnded
    )
}
