//! A list of the window as a file: what it shows under its filters, in the columns and words of the screen.

use std::collections::BTreeMap;
use std::path::PathBuf;

use ombor_core::audit;
use ombor_export::table::Table;
use ombor_export::{separated, workbook};
use serde::{Deserialize, Serialize};
use serde_json::json;
use specta::Type;

use super::catalogue::ProductQuery;
use super::movement::MovementQuery;
use super::old_movement::OldMovementQuery;
use crate::change::ChangeTag;
use crate::error::{AppError, ErrorCode, Result};
use crate::fault;
use crate::listing::Wording;
use crate::ombor::Ombor;

/// What kind of file a list becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ListFormat {
    /// An Excel workbook, `.xlsx`.
    Excel,
    /// Text with semicolons, `.csv`.
    Csv,
}

impl ListFormat {
    /// The ending of a file's name, without the point.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Excel => "xlsx",
            Self::Csv => "csv",
        }
    }
}

/// Which list, under which filters. Where a query says where a page begins and how long it is, that is not asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
#[expect(
    missing_docs,
    reason = "each list is named after its page; its query is the page's"
)]
pub enum ListChoice {
    Products { query: ProductQuery },
    Movements { query: MovementQuery },
    Users,
    Employees,
    Audit,
    FaceGate,
    Backups,
    TakeoverReport,
    OldMovements { query: OldMovementQuery },
}

/// What a column of a list holds. A list leaves a column empty that it knows nothing of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(
    missing_docs,
    reason = "each field is named after what stands in it; the heads stand in the catalogues"
)]
pub enum ListField {
    Action,
    Active,
    At,
    Badge,
    Category,
    Currency,
    Document,
    Employee,
    EnrolledAt,
    Faults,
    Folder,
    From,
    Kind,
    LastConfirmedAt,
    Lights,
    LockedUntil,
    Login,
    Method,
    MinStock,
    Movements,
    Name,
    NeedsTopUp,
    Note,
    Object,
    OnHand,
    Own,
    Part,
    Particulars,
    Place,
    Price,
    Product,
    Quality,
    Quantity,
    RefusedMonth,
    Remark,
    Reversed,
    Role,
    Row,
    Sealed,
    SizeBytes,
    Sku,
    Source,
    Templates,
    To,
    Unit,
    User,
    VerifiedAt,
}

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ListColumn {
    /// What it holds.
    pub field: ListField,
    /// Its head, in the language of the screen.
    pub head: String,
}

/// A list is to be saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ListOrder {
    /// Which list.
    pub list: ListChoice,
    /// As what.
    pub format: ListFormat,
    /// Where; a name that ends otherwise gets the format's ending.
    pub path: String,
    /// What the list is called: the name of the sheet.
    pub title: String,
    /// Its columns, in their order.
    pub columns: Vec<ListColumn>,
    /// The words of the screen for values such as `receipt`, `admin` or `yes`; what has none is written as it is.
    pub words: BTreeMap<String, String>,
}

/// A list that was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SavedList {
    /// The file.
    pub path: String,
    /// How many rows it has below its heads.
    pub rows: u32,
}

/// Characters of a sheet's name that a spreadsheet does not take, and how many it takes.
const NOT_IN_A_NAME: [char; 7] = ['[', ']', ':', '*', '?', '/', '\\'];
const LONGEST_NAME: usize = 31;

impl Ombor {
    /// Writes a list into a file; whoever may see the list may save it. The act is recorded.
    pub async fn save_list(&self, order: ListOrder) -> Result<SavedList> {
        let mut work = self.work().await?;
        let (connection, actor) = work.parts();
        let wording = Wording::of(connection, &order.words).await?;
        let actor = actor.clone();
        drop(work);
        let fields: Vec<_> = order.columns.iter().map(|column| column.field).collect();
        let rows = self.listed(&order.list, &fields, &wording).await?;
        let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        if order.format == ListFormat::Excel && rows.len() >= workbook::MOST_ROWS {
            return Err(AppError::new(ErrorCode::ListTooLong).with("rows", count));
        }
        let path = with_ending(&order.path, order.format);
        let table = Table {
            name: sheet_name(&order.title),
            heads: order
                .columns
                .into_iter()
                .map(|column| column.head)
                .collect(),
            rows,
        };
        let (format, target) = (order.format, path.clone());
        let written = tokio::task::spawn_blocking(move || match format {
            ListFormat::Excel => workbook::write(&target, &table),
            ListFormat::Csv => separated::write(&target, &table),
        })
        .await;
        let written = written.map_err(|error| AppError::internal(&error))?;
        written.map_err(|error| fault::from_export(&error))?;
        let details = json!({
            "list": order.list.name(),
            "format": format.ending(),
            "rows": count,
        });
        let mut connection = self.connection().await?;
        audit::record(
            &mut connection,
            Some(&actor),
            "list_saved",
            "list",
            None,
            &details,
        )
        .await
        .map_err(fault::from_core)?;
        self.changed(&[ChangeTag::Audit]);
        Ok(SavedList {
            path: path.to_string_lossy().into_owned(),
            rows: count,
        })
    }
}

impl ListChoice {
    /// The word for the list in the audit log.
    fn name(&self) -> &'static str {
        match self {
            Self::Products { .. } => "products",
            Self::Movements { .. } => "movements",
            Self::Users => "users",
            Self::Employees => "employees",
            Self::Audit => "audit",
            Self::FaceGate => "face_gate",
            Self::Backups => "backups",
            Self::TakeoverReport => "takeover_report",
            Self::OldMovements { .. } => "old_movements",
        }
    }
}

fn with_ending(path: &str, format: ListFormat) -> PathBuf {
    let path = PathBuf::from(path);
    let ends = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case(format.ending()));
    if ends {
        return path;
    }
    let mut named = path.into_os_string();
    named.push(".");
    named.push(format.ending());
    PathBuf::from(named)
}

fn sheet_name(title: &str) -> String {
    let taken = title.chars().filter(|c| !NOT_IN_A_NAME.contains(c));
    let name: String = taken.take(LONGEST_NAME).collect();
    if name.trim().is_empty() {
        "Ombor".to_owned()
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_gets_the_ending_of_its_format_once() {
        for (typed, named) in [
            ("a/list", "a/list.xlsx"),
            ("a/list.XLSX", "a/list.XLSX"),
            ("a/21.11", "a/21.11.xlsx"),
        ] {
            assert_eq!(with_ending(typed, ListFormat::Excel), PathBuf::from(named));
        }
    }

    #[test]
    fn a_title_becomes_a_name_that_a_spreadsheet_takes() {
        assert_eq!(sheet_name("In/out: [all]"), "Inout all");
        assert_eq!(sheet_name(&"ў".repeat(40)).chars().count(), 31);
        assert_eq!(sheet_name("?"), "Ombor");
    }
}
