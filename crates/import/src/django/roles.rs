//! Which table is what, by its name, its columns and the keys that lead to it.

use super::{corrected, schema::OldTable};
use crate::{
    lexicon::{Field, field_of, says_any, words},
    plan::Correction,
};

/// What a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableRole {
    /// Goods.
    Products,
    /// Sizes and colours of goods.
    Variants,
    /// More codes of goods.
    Codes,
    /// Groups of goods.
    Categories,
    /// Units.
    Units,
    /// Warehouses.
    Places,
    /// Balances by warehouse.
    Stock,
    /// What came and went.
    Movements,
    /// Logins.
    Users,
    /// The frame's own tables, and whatever holds secrets.
    System(&'static str),
    /// Something else.
    Left(&'static str),
}

const SYSTEM: &str = "the framework's own table";
const SECRET: &str = "sessions, tokens and passwords are never taken";
const PARTNERS: &str = "customers, suppliers and other people are not taken";
const DOCUMENTS: &str = "heads of old documents; their lines are kept as history";
const NO_PLACE: &str = "Ombor has no place for it";

#[rustfmt::skip]
const PRODUCT_WORDS: &[&str] = &[
    "product", "products", "mahsulot", "mahsulotlar", "maxsulot", "maxsulotlar", "tovar", "tovarlar", "товар",
    "товары", "item", "items", "goods", "good", "material", "materials", "materiallar", "medicine", "drug", "dori",
    "article", "sparepart", "part", "inventoryitem", "stockitem", "номенклатура", "nomenklatura", "tovary",
];
/// Columns of which two make a table one of people or firms.
#[rustfmt::skip]
const PERSON_WORDS: &[&str] = &[
    "phone*", "tel", "telefon*", "mobile", "email", "address", "manzil", "qarz", "ism", "familiya", "surname",
    "телефон*", "inn", "stir", "first name", "last name",
];
#[rustfmt::skip]
const SECRET_WORDS: &[&str] = &[
    "token*", "session*", "otp", "verification*", "password*", "secret*", "reportcode", "apikey", "verificationotp",
    "verificationtokens", "emailconfirmation",
];
const VARIANT_WORDS: &[&str] = &[
    "variant*",
    "productvariant*",
    "modification*",
    "productsize*",
    "productoption*",
    "sku",
    "skus",
];
#[rustfmt::skip]
const STOCK_WORDS: &[&str] = &[
    "stock*", "inventor*", "balance*", "qoldiq*", "ostatk*", "warehouseproduct*", "productstock*", "productinventory",
    "warehouseitem*", "stockbalance*", "ombormahsulot*",
    "sklad*", "ombor*", "omborxona*", "warehouse*", "склад*",
];
/// Lots, each with what is left of it.
const BATCH_WORDS: &[&str] = &[
    "batch*",
    "partiya*",
    "парти*",
    "lot",
    "lots",
    "productbatch*",
    "stockbatch*",
];
#[rustfmt::skip]
const JOURNAL_WORDS: &[&str] = &[
    "movement", "transaction", "history", "log", "input", "output", "kirim", "chiqim", "stockin", "stockout", "entry",
    "operation", "journal", "transfer", "adjust",
];

/// The role of every table.
pub fn roles(tables: &[OldTable], corrections: &[Correction]) -> Vec<TableRole> {
    let mut roles: Vec<Option<TableRole>> = tables.iter().map(evident).collect();
    let scores: Vec<i32> = tables
        .iter()
        .zip(&roles)
        .map(|(table, role)| {
            if role.is_none() {
                product_score(table, tables, corrections)
            } else {
                0
            }
        })
        .collect();
    let best = scores.iter().copied().max().unwrap_or(0);
    for (index, score) in scores.iter().enumerate() {
        let named = tables.get(index).is_some_and(is_called_product);
        if *score >= 4 && (named || *score == best) {
            set(&mut roles, index, TableRole::Products);
        }
    }
    let products: Vec<&str> = tables
        .iter()
        .zip(&roles)
        .filter(|(_, role)| **role == Some(TableRole::Products))
        .map(|(table, _)| table.name.as_str())
        .collect();
    for (index, table) in tables.iter().enumerate() {
        if roles.get(index).is_some_and(Option::is_none) && links_to(table, &products) {
            let role = beside_products(table);
            set(&mut roles, index, role);
        }
    }
    for (index, table) in tables.iter().enumerate() {
        if roles.get(index).is_some_and(Option::is_none) {
            let role = apart_from_products(table, tables, &roles);
            set(&mut roles, index, role);
        }
    }
    roles
        .into_iter()
        .map(|role| role.unwrap_or(TableRole::Left(NO_PLACE)))
        .collect()
}

fn set(roles: &mut [Option<TableRole>], index: usize, role: TableRole) {
    if let Some(place) = roles.get_mut(index) {
        *place = Some(role);
    }
}

/// The last word of a table's name: what Django puts behind the application's.
fn model(table: &OldTable) -> String {
    words(&table.name).pop().unwrap_or_default()
}

fn evident(table: &OldTable) -> Option<TableRole> {
    let name = table.name.to_lowercase();
    let starts = [
        "sqlite_",
        "django_",
        "auth_perm",
        "auth_group",
        "south_",
        "celery",
        "easy_thumbnails",
        "reversion_",
        "account_email",
        "socialaccount_",
        "oauth",
        "silk_",
        "alembic_",
    ];
    let secret = says_any(&words(&table.name), SECRET_WORDS)
        || name.contains("session")
        || name.contains("token");
    let ends = ["_groups", "_user_permissions", "_permissions", "migrations"];
    if secret {
        return Some(TableRole::System(SECRET));
    }
    if starts.iter().any(|start| name.starts_with(start))
        || ends.iter().any(|end| name.ends_with(end))
    {
        return Some(TableRole::System(SYSTEM));
    }
    let has = |column: &str| table.column(column).is_some();
    let is_login = has("password")
        && (has("username") || has("login") || has("email") || has("phone") || has("last_login"));
    if is_login {
        return Some(TableRole::Users);
    }
    has("password").then_some(TableRole::System(SECRET))
}

fn is_called_product(table: &OldTable) -> bool {
    PRODUCT_WORDS.contains(&model(table).as_str())
}

fn product_score(table: &OldTable, tables: &[OldTable], corrections: &[Correction]) -> i32 {
    let by_hand = table.columns.iter().any(|column| {
        corrections
            .iter()
            .any(|correction| correction.part.as_deref() == Some(&table.name))
            && corrected(&table.name, &column.name, corrections) == Some(Field::Name)
    });
    if by_hand {
        return 100;
    }
    if table.name_column().is_none() {
        return 0;
    }
    let has = |field: Field| i32::from(table.columns_of(field).next().is_some());
    let goods = 2
        * (has(Field::Price).max(has(Field::PurchasePrice))
            + has(Field::Quantity)
            + has(Field::Barcode)
                .max(has(Field::Sku))
                .max(has(Field::Code)))
        + has(Field::Unit)
        + has(Field::Category)
        + has(Field::MinStock);
    let called = if is_called_product(table) {
        4
    } else {
        i32::from(PRODUCT_WORDS.iter().any(|word| model(table).contains(word)))
    };
    let kind = field_of(&model(table));
    let is_other = (has(Field::Price) + has(Field::Quantity) < 2)
        && matches!(
            kind,
            Some(
                Field::Category
                    | Field::Subcategory
                    | Field::Unit
                    | Field::Place
                    | Field::Partner
                    | Field::Order
            )
        );
    let is_line = table.foreign.iter().any(|(_, target)| {
        *target != table.name
            && tables
                .iter()
                .any(|other| other.name == *target && is_called_product(other))
    });
    let wanted = i32::from(tables.iter().any(|other| {
        other.columns_of(Field::Quantity).next().is_some()
            && other
                .foreign
                .iter()
                .any(|(_, target)| *target == table.name)
    }));
    goods + called + wanted
        - 6 * i32::from(is_person(table))
        - 8 * i32::from(is_line)
        - 6 * i32::from(is_other)
}

fn is_person(table: &OldTable) -> bool {
    let says = table
        .columns
        .iter()
        .filter(|column| says_any(&words(&column.name), PERSON_WORDS))
        .count();
    says >= 2 || field_of(&model(table)) == Some(Field::Partner)
}

fn links_to(table: &OldTable, names: &[&str]) -> bool {
    table
        .foreign
        .iter()
        .any(|(_, target)| names.contains(&target.as_str()) && *target != table.name)
}

/// The column with the quantity of a line: not a running balance, not a total.
pub fn quantity_column(table: &OldTable) -> Option<usize> {
    let running = [
        "all*", "total*", "before", "after", "old", "new", "remain*", "balance*", "previous",
        "current", "jami*",
    ];
    let fits = |column: &usize| {
        let name = table
            .columns
            .get(*column)
            .map(|known| words(&known.name))
            .unwrap_or_default();
        table.target(*column).is_none() && !says_any(&name, &running) && !table.is_date(*column)
    };
    table
        .columns_of(Field::Quantity)
        .find(fits)
        .or_else(|| table.columns_of(Field::Turnover).find(fits))
}

/// The column with what is left of a lot, or else the one with its quantity.
pub fn left_column(table: &OldTable) -> Option<usize> {
    let left = [
        "remain*",
        "qoldi*",
        "қолди*",
        "ostat*",
        "остат*",
        "left",
        "current*",
        "balance*",
    ];
    let says_left = |column: &usize| {
        let known = table.columns.get(*column);
        known.is_some_and(|known| says_any(&words(&known.name), &left))
    };
    (0..table.columns.len())
        .filter(|column| table.target(*column).is_none() && !table.is_date(*column))
        .find(says_left)
        .or_else(|| quantity_column(table))
}

/// Whether the rows of a table are lots of goods.
pub fn holds_batches(table: &OldTable) -> bool {
    says_any(&[model(table)], BATCH_WORDS)
}

/// The role of a table whose rows belong to goods.
fn beside_products(table: &OldTable) -> TableRole {
    let name = model(table);
    let words = words(&table.name);
    let coded = [Field::Barcode, Field::Sku, Field::Code]
        .into_iter()
        .any(|field| table.columns_of(field).next().is_some());
    let dated = (0..table.columns.len()).any(|column| table.is_date(column));
    let priced = table.columns_of(Field::Price).next().is_some();
    let journal = JOURNAL_WORDS.iter().any(|word| name.contains(word));
    let counted =
        quantity_column(table).is_some() || table.columns_of(Field::Quantity).next().is_some();
    if says_any(&words, VARIANT_WORDS) && (coded || priced || counted) {
        return TableRole::Variants;
    }
    match counted {
        true if holds_batches(table) => TableRole::Stock,
        true if !journal && says_any(&[name], STOCK_WORDS) => TableRole::Stock,
        true if !journal
            && !dated
            && table.columns_of(Field::Place).next().is_some()
            && !priced =>
        {
            TableRole::Stock
        }
        true => TableRole::Movements,
        false if coded && !priced => TableRole::Codes,
        false => TableRole::Left(
            "what belongs to products and has no place in Ombor: pictures, reviews and the like",
        ),
    }
}

fn apart_from_products(
    table: &OldTable,
    tables: &[OldTable],
    roles: &[Option<TableRole>],
) -> TableRole {
    let kind = field_of(&model(table));
    let wanted_by = |role: TableRole, field: Field| {
        tables.iter().zip(roles).any(|(other, known)| {
            *known == Some(role)
                && other.foreign.iter().any(|(column, target)| {
                    *target == table.name && other.field(*column) == Some(field)
                })
        })
    };
    let is = |fields: &[Field]| {
        kind.is_some_and(|kind| fields.contains(&kind))
            || fields
                .iter()
                .any(|field| wanted_by(TableRole::Products, *field))
    };
    let named = table.name_column().is_some();
    if named && is(&[Field::Category, Field::Subcategory]) {
        return TableRole::Categories;
    }
    if named && is(&[Field::Unit]) {
        return TableRole::Units;
    }
    if named && is(&[Field::Place]) {
        return TableRole::Places;
    }
    if is_person(table) {
        return TableRole::Left(PARTNERS);
    }
    let has_lines = tables.iter().zip(roles).any(|(other, known)| {
        *known == Some(TableRole::Movements)
            && other
                .foreign
                .iter()
                .any(|(_, target)| *target == table.name)
    });
    TableRole::Left(if has_lines { DOCUMENTS } else { NO_PLACE })
}
