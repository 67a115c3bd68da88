//! Labels, badges and control cards, as pictures that can be printed and scanned.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ombor_core::actor::Permission;
use ombor_core::people::employee;
use ombor_print::{Label as Sheet, label_png};
use ombor_scan::{Command, command_code};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::error::{AppError, ErrorCode, Result};
use crate::fault;
use crate::ombor::Ombor;

/// Something to print.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Label {
    /// What a scan of it reads.
    pub code: String,
    /// The picture, as a data URL.
    pub png_data_url: String,
}

/// What a control card does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ControlCommand {
    /// Goods come in.
    In,
    /// Goods go out.
    Out,
    /// The document is closed.
    Save,
    /// The document is dropped.
    Cancel,
    /// The line gets a quantity.
    Quantity,
}

/// A control card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ControlCard {
    /// What it does.
    pub command: ControlCommand,
    /// What a scan of it reads.
    pub code: String,
    /// The quantity, for a quantity card.
    pub quantity: Option<u32>,
    /// The picture, as a data URL.
    pub png_data_url: String,
}

/// Dots to the inch of a common label printer.
const DPI: u32 = 203;

/// Quantities that control cards are made for.
const CARD_QUANTITIES: [u32; 6] = [2, 5, 10, 20, 50, 100];

impl Ombor {
    /// The label of a product: its own code as a QR, with its name and SKU.
    pub async fn product_label(&self, id: String) -> Result<Label> {
        let product = self.get_product(id).await?;
        let code = product
            .own_label
            .or_else(|| product.codes.into_iter().next().map(|entry| entry.code))
            .ok_or_else(|| AppError::new(ErrorCode::CodeNotFound))?;
        draw(&code, &product.row.name, &product.row.sku)
    }

    /// Writes a product's label into the labels folder as a PNG; answers where it lies.
    pub async fn save_label(&self, id: String) -> Result<String> {
        let label = self.product_label(id).await?;
        let png = label
            .png_data_url
            .split_once(',')
            .and_then(|(_, base64)| BASE64.decode(base64).ok());
        let path = self
            .locations
            .labels()
            .join(&label.code)
            .with_extension("png");
        std::fs::write(&path, png.unwrap_or_default()).map_err(|e| fault::from_io(&e))?;
        Ok(path.to_string_lossy().into_owned())
    }

    /// An employee's badge.
    pub async fn badge_label(&self, employee_id: String) -> Result<Label> {
        let id = employee_id.parse().map_err(fault::from_core)?;
        let mut work = self.work().await?;
        let permitted = work.actor.require(Permission::ChangeEmployee);
        if permitted.is_err() {
            work.done(permitted).await?;
            return Err(AppError::new(ErrorCode::NotPermitted));
        }
        let (connection, _) = work.parts();
        let found = employee::get_employee(connection, id).await;
        let employee = work.done(found).await?;
        draw(&employee.badge_code, &employee.name, "")
    }

    /// The control cards: with them the scanner does everything.
    pub async fn control_cards(&self) -> Result<Vec<ControlCard>> {
        self.work().await?;
        let commands = [
            (ControlCommand::In, Command::In, "KIRIM"),
            (ControlCommand::Out, Command::Out, "CHIQIM"),
            (ControlCommand::Save, Command::Save, "SAQLASH"),
            (ControlCommand::Cancel, Command::Cancel, "BEKOR"),
        ];
        let plain = commands
            .into_iter()
            .map(|(command, code, title)| (command, code, title.to_owned(), None));
        let counted = CARD_QUANTITIES.into_iter().map(|n| {
            let code = Command::Quantity(Decimal::from(n));
            (ControlCommand::Quantity, code, format!("× {n}"), Some(n))
        });
        plain
            .chain(counted)
            .map(|(command, code, title, quantity)| {
                let code =
                    command_code(code).ok_or_else(|| AppError::new(ErrorCode::InvalidQuantity))?;
                let Label { code, png_data_url } = draw(&code, &title, "")?;
                Ok(ControlCard {
                    command,
                    code,
                    quantity,
                    png_data_url,
                })
            })
            .collect()
    }
}

fn draw(code: &str, title: &str, subtitle: &str) -> Result<Label> {
    let sheet = Sheet {
        code,
        title,
        subtitle,
    };
    let png = label_png(&sheet, DPI).map_err(|error| AppError::internal(&error))?;
    Ok(Label {
        code: code.to_owned(),
        png_data_url: format!("data:image/png;base64,{}", BASE64.encode(png)),
    })
}
