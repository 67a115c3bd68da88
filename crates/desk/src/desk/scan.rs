//! From a burst of keys to an event of the flow: decode, look up, classify.

use chrono::Utc;
use ombor_core::catalogue::product::{self, CodeMatch};
use ombor_core::people::employee;
use ombor_scan::{Command, Profile, ScanMeaning};

use super::Bench;
use super::gate::Person;
use crate::api::desk::{KeyStroke, ScanResult};
use crate::error::{AppError, ErrorCode, Result};
use crate::fault;
use crate::ombor::{Ombor, Work, lock};
use crate::posting::{Event, Goods};
use crate::wire::Direction;

impl Ombor {
    /// What a burst means; nothing for a bounce of the trigger.
    pub(super) async fn read_scan(
        &self,
        bench: &mut Bench,
        work: &mut Work,
        strokes: Vec<KeyStroke>,
    ) -> Result<Option<Event>> {
        let at_ms = strokes.last().map_or(0.0, |stroke| stroke.time_ms);
        let Some(text) = self.decode(strokes) else {
            return Ok(Some(Event::Unreadable));
        };
        if bench.bounce.is_bounce(&text, at_ms) {
            return Ok(None);
        }
        self.understand(bench, work, &text).await.map(Some)
    }

    /// The text of a burst; nothing if it cannot be read with certainty.
    fn decode(&self, strokes: Vec<KeyStroke>) -> Option<String> {
        let strokes: Vec<_> = strokes
            .into_iter()
            .map(ombor_scan::KeyStroke::from)
            .collect();
        let max_gap_ms = f64::from(self.station().max_gap_ms);
        let decoded = ombor_scan::decode(
            &strokes,
            &Profile {
                max_gap_ms,
                ..Profile::default()
            },
        );
        let mut signs = lock(&self.signs);
        signs.last_scan_at = Some(Utc::now());
        signs.last_scan_unreadable = decoded.is_err();
        match decoded {
            Ok(decoded) => Some(decoded.text),
            Err(error) => {
                tracing::warn!(%error, keys = strokes.len(), "a scan could not be read");
                None
            }
        }
    }

    /// What a code means: the code table is asked first, since real catalogues hold codes that look like ours.
    pub(super) async fn understand(
        &self,
        bench: &mut Bench,
        work: &mut Work,
        text: &str,
    ) -> Result<Event> {
        if let Some(found) = look_up(work, text).await? {
            return Ok(Event::Product {
                code: found.code.clone(),
                quantity: found.quantity,
                goods: goods(found),
            });
        }
        Ok(match ombor_scan::classify(text) {
            ScanMeaning::Command(command) => event_of(command),
            ScanMeaning::Badge(code) => badge(bench, work, code).await?,
            ScanMeaning::Invalid { .. } => Event::Unreadable,
            _ => Event::UnknownCode(text.to_owned()),
        })
    }

    /// On another screen than the worker's: which product is it?
    pub async fn scan_lookup(&self, strokes: Vec<KeyStroke>) -> Result<ScanResult> {
        let mut work = self.work().await?;
        let Some(code) = self.decode(strokes) else {
            return Err(AppError::new(ErrorCode::ScanUnreadable));
        };
        let found = look_up(&mut work, &code).await?;
        Ok(ScanResult {
            product_id: found.map(|found| found.product.id.to_string()),
            code,
        })
    }
}

async fn look_up(work: &mut Work, text: &str) -> Result<Option<CodeMatch>> {
    let (connection, _) = work.parts();
    for form in ombor_scan::lookup_forms(text) {
        if let Some(found) = product::look_up(connection, &form)
            .await
            .map_err(fault::from_core)?
        {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

fn goods(found: CodeMatch) -> Goods {
    let product = found.product;
    Goods {
        product_id: product.id.as_uuid(),
        sku: product.sku,
        name: product.name,
        category: product.category,
        unit: product.unit_symbol,
        decimals: u32::from(product.unit_decimals.unsigned_abs()),
        on_hand: product.on_hand,
        available: product.on_hand,
        min_stock: product.min_stock,
        has_picture: product.has_picture,
        active: product.active,
    }
}

fn event_of(command: Command) -> Event {
    match command {
        Command::In => Event::Mode(Direction::In),
        Command::Out => Event::Mode(Direction::Out),
        Command::Save => Event::SaveCard,
        Command::Cancel => Event::CancelCard,
        Command::Quantity(quantity) => Event::QuantityCard(quantity),
    }
}

/// A badge says who is about to look; who looked before has gone.
async fn badge(bench: &mut Bench, work: &mut Work, code: String) -> Result<Event> {
    let (connection, _) = work.parts();
    let found = employee::employee_by_badge(connection, &code)
        .await
        .map_err(fault::from_core)?;
    let Some(employee) = found.filter(|employee| employee.active) else {
        return Ok(Event::UnknownCode(code));
    };
    if bench
        .held
        .as_ref()
        .is_some_and(|held| held.employee_id() != employee.id.to_string())
    {
        bench.forget_confirmation();
        bench.state.confirmed = false;
    }
    let person = Person::from(&employee);
    match &mut bench.gate.vouching {
        Some(vouching) if vouching.employee.id == person.id => {
            return Err(AppError::new(ErrorCode::VoucherIsEmployee));
        }
        Some(vouching) => vouching.voucher = Some(person),
        None => bench.gate.claim = Some(person),
    }
    // Whoever was being looked for, it is this person now.
    bench.gate.looking = false;
    Ok(Event::Badge {
        employee_name: employee.name,
    })
}
