//! The cells of a row, by what their column holds: numbers as numbers, times as times, the rest as text.

use chrono::{DateTime, Utc};
use ombor_core::audit::AuditEntry;
use ombor_core::catalogue::product::ProductRow;
use ombor_core::people::employee::Employee;
use ombor_core::people::face_report;
use ombor_core::people::user::User;
use ombor_core::stock::movement::{Direction, Movement};
use ombor_core::takeover::history::OldMovementRow;
use ombor_export::table::Cell;
use rust_decimal::Decimal;
use serde_json::Value;

use super::Wording;
use crate::api::backup::{Backup, BackupPlace};
use crate::api::saved_list::ListField;
use crate::api::takeover::Remark;

/// A row of a list.
pub trait Listed {
    /// What stands in this column.
    fn cell(&self, field: ListField, wording: &Wording<'_>) -> Cell;
}

fn count(number: impl Into<Decimal>) -> Cell {
    Cell::Number(number.into())
}

fn text(text: &str) -> Cell {
    Cell::from(text)
}

impl Listed for ProductRow {
    fn cell(&self, field: ListField, wording: &Wording<'_>) -> Cell {
        match field {
            ListField::Name | ListField::Product => text(&self.name),
            ListField::Sku => text(&self.sku),
            ListField::Category => Cell::from(self.category.as_deref()),
            ListField::OnHand => Cell::Number(self.on_hand),
            ListField::Unit => text(&self.unit_symbol),
            ListField::MinStock => Cell::from(self.min_stock),
            ListField::Price => Cell::from(self.price),
            ListField::Currency => text(&self.currency),
            ListField::Active => wording.yes_or_no(self.active),
            _ => Cell::Empty,
        }
    }
}

impl Listed for Movement {
    fn cell(&self, field: ListField, wording: &Wording<'_>) -> Cell {
        match field {
            ListField::At => wording.at(self.at),
            ListField::Kind => wording.word(self.kind.as_str()),
            ListField::Product => text(&self.product_name),
            ListField::Sku => text(&self.sku),
            // What went out counts against what came in, so that a column adds up.
            ListField::Quantity => Cell::Number(match self.direction() {
                Direction::Out => -self.quantity,
                Direction::In | Direction::Within => self.quantity,
            }),
            ListField::Unit => text(&self.unit_symbol),
            ListField::From => text(&self.from_name),
            ListField::To => text(&self.to_name),
            ListField::Employee => Cell::from(self.employee_name.as_deref()),
            ListField::User => text(&self.user_name),
            ListField::Method => self
                .method
                .map_or(Cell::Empty, |method| wording.word(method.as_str())),
            ListField::Document => count(self.document_number),
            ListField::Reversed => wording.yes_or_no(self.reversed),
            _ => Cell::Empty,
        }
    }
}

impl Listed for User {
    fn cell(&self, field: ListField, wording: &Wording<'_>) -> Cell {
        match field {
            ListField::Name => text(&self.name),
            ListField::Login => text(&self.login),
            ListField::Role => wording.word(self.role.as_str()),
            ListField::Active => wording.yes_or_no(self.active),
            ListField::LockedUntil => wording.at_some_time(self.locked_until),
            _ => Cell::Empty,
        }
    }
}

impl Listed for Employee {
    fn cell(&self, field: ListField, wording: &Wording<'_>) -> Cell {
        match field {
            ListField::Name => text(&self.name),
            ListField::Badge => text(&self.badge_code),
            ListField::Active => wording.yes_or_no(self.active),
            ListField::EnrolledAt => wording.at_some_time(self.enrolled_at),
            ListField::Templates => count(self.template_count),
            ListField::Lights => count(self.lights),
            ListField::Quality => self.quality_percent.map_or(Cell::Empty, count),
            ListField::LastConfirmedAt => wording.at_some_time(self.last_confirmed_at),
            _ => Cell::Empty,
        }
    }
}

impl Listed for face_report::Row {
    fn cell(&self, field: ListField, wording: &Wording<'_>) -> Cell {
        match field {
            ListField::RefusedMonth => count(self.refused_month),
            ListField::NeedsTopUp => wording.yes_or_no(self.needs_top_up),
            ListField::LastConfirmedAt => {
                wording.at_some_time(self.recent.first().map(|last| last.at))
            }
            field => self.employee.cell(field, wording),
        }
    }
}

impl Listed for AuditEntry {
    fn cell(&self, field: ListField, wording: &Wording<'_>) -> Cell {
        match field {
            ListField::At => wording.at(self.at),
            ListField::User => Cell::from(self.user_name.as_deref()),
            ListField::Action => wording.word(&self.action),
            ListField::Object => text(&self.object),
            ListField::Particulars => text(&particulars(&self.details)),
            ListField::Sealed => wording.yes_or_no(self.sealed),
            _ => Cell::Empty,
        }
    }
}

impl Listed for Backup {
    fn cell(&self, field: ListField, wording: &Wording<'_>) -> Cell {
        let at = |instant: &str| {
            let parsed = instant.parse::<DateTime<Utc>>();
            parsed.map_or_else(|_| text(instant), |at| wording.at(at))
        };
        match field {
            ListField::Name => text(&self.name),
            ListField::Folder => text(&self.folder),
            ListField::At => at(&self.taken_at),
            ListField::VerifiedAt => at(&self.verified_at),
            ListField::Movements => count(self.movements),
            ListField::SizeBytes => self.size_bytes.parse().map_or(Cell::Empty, Cell::Number),
            ListField::Place => wording.word(match self.place {
                BackupPlace::Once => "once",
                BackupPlace::Twice => "twice",
                BackupPlace::SecondOnly => "secondOnly",
            }),
            ListField::Faults => count(self.faults),
            ListField::Own => wording.yes_or_no(self.own),
            _ => Cell::Empty,
        }
    }
}

impl Listed for OldMovementRow {
    fn cell(&self, field: ListField, wording: &Wording<'_>) -> Cell {
        match field {
            ListField::At => Cell::from(self.written_at.as_deref()),
            ListField::Kind => self
                .direction
                .map_or(Cell::Empty, |way| wording.word(way.as_str())),
            ListField::Product => Cell::from(self.product.as_deref()),
            ListField::Quantity => Cell::from(self.quantity),
            ListField::User => Cell::from(self.user_login.as_deref()),
            ListField::Note => Cell::from(self.note.as_deref()),
            ListField::Source => text(&self.source),
            _ => Cell::Empty,
        }
    }
}

impl Listed for Remark {
    fn cell(&self, field: ListField, wording: &Wording<'_>) -> Cell {
        match field {
            ListField::Kind => wording.word(self.kind.as_str()),
            ListField::Part => text(&self.part),
            ListField::Row => self.row.map_or(Cell::Empty, count),
            ListField::Remark => wording.sentence(self.code.as_str(), &self.params),
            _ => Cell::Empty,
        }
    }
}

/// The particulars of an entry as a line: `reason: a mistake, quantity: 3`.
fn particulars(details: &Value) -> String {
    let Value::Object(details) = details else {
        return String::new();
    };
    let told = details.iter().filter_map(|(name, value)| match value {
        Value::Null => None,
        Value::String(text) if text.is_empty() => None,
        Value::String(text) => Some(format!("{name}: {text}")),
        value => Some(format!("{name}: {value}")),
    });
    told.collect::<Vec<_>>().join(", ")
}
