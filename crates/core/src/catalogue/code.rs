//! Codes: what a scanner reads from a product, and the numbers that the warehouse gives out itself.

use std::fmt;

use rust_decimal::Decimal;
use sqlx::PgConnection;

use crate::{
    Error, Result,
    actor::{Actor, Permission},
    id::ProductId,
    quantity::Quantity,
};

/// The first two digits of an employee's badge.
pub const BADGE_PREFIX: u8 = 27;

/// The first two digits of a product label that the warehouse prints itself.
pub const OWN_LABEL_PREFIX: u8 = 29;

/// A code as it is kept: 1 to 128 characters, trimmed, no control characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ProductCode(String);

impl ProductCode {
    /// Reads a code.
    ///
    /// # Errors
    /// [`Error::InvalidCode`]
    pub fn parse(text: &str) -> Result<Self> {
        let text = text.trim_matches(' ');
        if text.is_empty() || text.chars().count() > 128 || text.chars().any(char::is_control) {
            return Err(Error::InvalidCode);
        }
        Ok(Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ProductCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Where a code comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum CodeKind {
    /// EAN-13, EAN-8, UPC-A or ITF-14 with its check digit.
    Gtin,
    /// A label that the warehouse printed.
    OwnLabel,
    /// Anything else.
    Other,
}

impl CodeKind {
    /// The kind as the database writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gtin => "gtin",
            Self::OwnLabel => "own_label",
            Self::Other => "other",
        }
    }

    /// What kind of code this is.
    pub fn of(code: &ProductCode) -> Self {
        let code = code.as_str();
        let (body, check) =
            code.split_at(code.len() - code.chars().next_back().map_or(0, char::len_utf8));
        if !code.bytes().all(|byte| byte.is_ascii_digit())
            || !matches!(code.len(), 8 | 12 | 13 | 14)
        {
            return Self::Other;
        }
        match check == check_digit(body).to_string() {
            true if numbered_code_number(code, OWN_LABEL_PREFIX).is_some() => Self::OwnLabel,
            true => Self::Gtin,
            false => Self::Other,
        }
    }
}

/// A code and how many base units it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeInput {
    /// The code.
    pub code: ProductCode,
    /// How many base units one scan is.
    pub quantity: Quantity,
}

/// A product's code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The text.
    pub code: String,
    /// How many base units one scan is.
    pub quantity: Decimal,
    /// Where it comes from.
    pub kind: CodeKind,
}

/// Gives a product one more code.
///
/// # Errors
/// [`Error::CodeTaken`], [`Error::ProductNotFound`]
pub async fn add_code(
    connection: &mut PgConnection,
    actor: &Actor,
    product: ProductId,
    code: &CodeInput,
) -> Result<()> {
    actor.require(Permission::UpdateProduct)?;
    sqlx::query!(
        "select ombor.add_product_code($1, $2, $3, $4, $5)",
        actor.session_id.as_uuid(),
        product.as_uuid(),
        code.code.as_str(),
        code.quantity.as_decimal(),
        CodeKind::of(&code.code).as_str()
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes a code from a product; what was posted with it stays.
///
/// # Errors
/// [`Error::NotFound`]
pub async fn remove_code(
    connection: &mut PgConnection,
    actor: &Actor,
    product: ProductId,
    code: &str,
) -> Result<()> {
    actor.require(Permission::UpdateProduct)?;
    sqlx::query!(
        "select ombor.remove_product_code($1, $2, $3)",
        actor.session_id.as_uuid(),
        product.as_uuid(),
        code
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The codes of a product, in their order.
pub async fn list_codes(connection: &mut PgConnection, product: ProductId) -> Result<Vec<Code>> {
    let codes = sqlx::query_as!(
        Code,
        r#"select code, quantity, kind as "kind: CodeKind" from ombor.product_code where product_id = $1 order by code"#,
        product.as_uuid()
    )
    .fetch_all(connection)
    .await?;
    Ok(codes)
}

/// A label of the warehouse's own that was never given out.
pub async fn next_own_label(connection: &mut PgConnection, actor: &Actor) -> Result<ProductCode> {
    actor.require(Permission::UpdateProduct)?;
    let number = sqlx::query_scalar!(
        r#"select ombor.next_own_label($1) as "number!""#,
        actor.session_id.as_uuid()
    )
    .fetch_one(connection)
    .await?;
    Ok(ProductCode(numbered_code(OWN_LABEL_PREFIX, number)))
}

/// Thirteen digits: the prefix, the number on ten digits, the check digit of EAN-13.
pub(crate) fn numbered_code(prefix: u8, number: i64) -> String {
    let body = format!("{prefix:02}{number:010}");
    let check = check_digit(&body);
    format!("{body}{check}")
}

/// The number in a code made by [`numbered_code`]; `None` for any other text.
pub(crate) fn numbered_code_number(code: &str, prefix: u8) -> Option<i64> {
    let number = code.get(2..12)?.parse().ok()?;
    (numbered_code(prefix, number) == code).then_some(number)
}

/// The check digit of GS1's numbers: from the right, every other digit counts three times.
fn check_digit(digits: &str) -> u32 {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            u32::from(byte.wrapping_sub(b'0')) * if place % 2 == 0 { 3 } else { 1 }
        })
        .sum();
    (10 - sum % 10) % 10
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_known_ean_13_is_a_gtin_and_one_wrong_digit_makes_it_any_code() {
        let kind = |text: &str| CodeKind::of(&ProductCode::parse(text).expect("a code"));
        assert_eq!(kind("4006381333931"), CodeKind::Gtin);
        assert_eq!(kind("4006381333932"), CodeKind::Other);
        assert_eq!(kind("Шкаф-7"), CodeKind::Other);
        assert_eq!(
            kind(&numbered_code(OWN_LABEL_PREFIX, 7)),
            CodeKind::OwnLabel
        );
    }

    proptest! {
        #[test]
        fn a_numbered_code_has_thirteen_digits_and_gives_its_number_back(number in 0_i64..10_000_000_000) {
            let code = numbered_code(BADGE_PREFIX, number);
            prop_assert_eq!(code.len(), 13);
            prop_assert_eq!(numbered_code_number(&code, BADGE_PREFIX), Some(number));
            prop_assert_eq!(numbered_code_number(&code, OWN_LABEL_PREFIX), None);
        }

        #[test]
        fn any_text_is_a_code_that_reads_the_same_again_or_is_refused(text in ".{0,140}") {
            if let Ok(code) = ProductCode::parse(&text) {
                prop_assert_eq!(&ProductCode::parse(code.as_str()).expect("parses again"), &code);
                CodeKind::of(&code);
            }
        }
    }
}
