//! Which table is what, by its name, its columns and the keys that lead to it.

mod beside;
mod goods;

pub use self::goods::translation_of;
use self::{
    beside::{belongs_to_lines, beside_products, is_selection},
    goods::{
        is_called_kind_of_product, is_called_product, is_kept_in_stock, is_person, product_score,
    },
};
use super::{
    quantities::holds_batches,
    schema::OldTable,
    words::{field_of_table, model},
};
use crate::{
    lexicon::{Field, says_any, words},
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
    /// Prices of goods.
    Prices,
    /// Groups of goods.
    Categories,
    /// Which goods are in which groups.
    Grouping,
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
const COPIES: &str = "earlier states of rows, which the framework keeps";
const PARTNERS: &str = "customers, suppliers and other people are not taken";
const DOCUMENTS: &str = "heads of old documents; their lines are kept as history";
const NAMES: &str = "names in several languages: one of them is taken";
const NO_PLACE: &str = "Ombor has no place for it";

#[rustfmt::skip]
const SECRET_WORDS: &[&str] = &[
    "token*", "session*", "otp", "verification*", "password*", "secret*", "reportcode", "apikey", "verificationotp",
    "verificationtokens", "emailconfirmation", "userconfirmation*", "smscode*",
];
/// Columns that hold a password, as hash or worse.
const PASSWORD_WORDS: &[&str] = &["password*", "parol*", "passwd*", "пароль*"];
/// Columns by which somebody logs in, the surest first.
pub const LOGIN_COLUMNS: &[&str] = &[
    "username",
    "login",
    "email",
    "phone",
    "phone_number",
    "telefon",
    "telefon_raqami",
    "tel",
];

/// The role of every table.
pub fn roles(tables: &[OldTable], corrections: &[Correction]) -> Vec<TableRole> {
    let mut roles = Roles {
        tables,
        known: tables.iter().map(evident).collect(),
    };
    roles.find_products(corrections);
    let products = roles.names_of(TableRole::Products);
    roles.settle(|_, table| is_variant(table, &products).then_some(TableRole::Variants));
    let mut goods = roles.names_of(TableRole::Variants);
    goods.extend(products.iter().cloned());
    roles.settle(|_, table| {
        links_to(table, &goods).then(|| beside_products(table, tables, &products))
    });
    // A line of a line: what was received of an order, what was returned of a sale.
    for _ in 0..3 {
        let mut lines = roles.names_of(TableRole::Stock);
        lines.extend(roles.names_of(TableRole::Movements));
        roles.settle(|_, table| {
            (links_to(table, &lines) && belongs_to_lines(table)).then_some(TableRole::Movements)
        });
    }
    roles.find_groupings();
    // A group around a group is known by the group inside.
    for _ in 0..3 {
        roles.settle(Roles::apart_from_products);
    }
    roles.settle(|roles, table| Some(roles.left(table)));
    roles
        .known
        .into_iter()
        .map(|role| role.unwrap_or(TableRole::Left(NO_PLACE)))
        .collect()
}

/// The tables, and the roles of those that are known already.
struct Roles<'t> {
    tables: &'t [OldTable],
    known: Vec<Option<TableRole>>,
}

impl Roles<'_> {
    /// Gives a role to the tables that have none yet.
    fn settle(&mut self, role_of: impl Fn(&Self, &OldTable) -> Option<TableRole>) {
        let found: Vec<_> = self
            .tables
            .iter()
            .zip(&self.known)
            .map(|(table, known)| known.or_else(|| role_of(self, table)))
            .collect();
        self.known = found;
    }

    fn with_role(&self, role: TableRole) -> impl Iterator<Item = &OldTable> {
        self.tables
            .iter()
            .zip(&self.known)
            .filter(move |(_, known)| **known == Some(role))
            .map(|(table, _)| table)
    }

    fn names_of(&self, role: TableRole) -> Vec<String> {
        self.with_role(role)
            .map(|table| table.name.clone())
            .collect()
    }

    fn find_products(&mut self, corrections: &[Correction]) {
        let scores: Vec<i32> = self
            .tables
            .iter()
            .zip(&self.known)
            .map(|(table, known)| match known {
                None => product_score(table, self.tables, corrections),
                Some(_) => 0,
            })
            .collect();
        let best = scores.iter().copied().max().unwrap_or(0);
        for ((table, known), score) in self.tables.iter().zip(&mut self.known).zip(scores) {
            let named = is_called_product(table)
                || is_called_kind_of_product(table, self.tables)
                || is_kept_in_stock(table, self.tables);
            if score >= 4 && (named || score == best) {
                *known = Some(TableRole::Products);
            }
        }
    }

    /// Tables of nothing but keys that say which goods are in which groups.
    fn find_groupings(&mut self) {
        let products = self.names_of(TableRole::Products);
        for (table, known) in self.tables.iter().zip(&mut self.known) {
            let groups = table
                .foreign
                .iter()
                .any(|link| table.field(link.column) == Some(Field::Category));
            if groups && is_selection(table) && links_to(table, &products) {
                *known = Some(TableRole::Grouping);
            }
        }
    }

    /// Whether a column of a table with this role says that its keys lead to one of these things.
    fn is_wanted(&self, table: &OldTable, by: TableRole, as_one_of: &[Field]) -> bool {
        self.with_role(by).any(|other| {
            other.links_to(&table.name).any(|link| {
                let said = other.field(link.column);
                said.is_some_and(|field| as_one_of.contains(&field))
                    && !(said == Some(Field::Place) && other.says_kind(link.column))
            })
        })
    }

    fn apart_from_products(&self, table: &OldTable) -> Option<TableRole> {
        const GROUPS: &[Field] = &[Field::Category, Field::Subcategory];
        if table.label_column().is_none() && !self.has_translation(table) {
            return None;
        }
        let kind = field_of_table(&table.name);
        let is = |fields: &[Field]| kind.is_some_and(|kind| fields.contains(&kind));
        let of_goods = [TableRole::Products, TableRole::Variants];
        let wanted = |fields: &[Field]| {
            of_goods
                .iter()
                .any(|role| self.is_wanted(table, *role, fields))
        };
        let grouped = wanted(GROUPS)
            || self.is_wanted(table, TableRole::Grouping, GROUPS)
            || self.is_wanted(table, TableRole::Categories, GROUPS);
        if grouped || (is(GROUPS) && !self.is_of_others(table)) {
            return Some(TableRole::Categories);
        }
        if is(&[Field::Unit]) || wanted(&[Field::Unit]) {
            return Some(TableRole::Units);
        }
        let holds = [TableRole::Stock, TableRole::Movements]
            .iter()
            .any(|role| self.is_wanted(table, *role, &[Field::Place]));
        let is_place = is(&[Field::Place]) || wanted(&[Field::Place]) || holds;
        (is_place || self.lies_goods_there(table)).then_some(TableRole::Places)
    }

    /// Whether balances are kept by the rows of this table, whatever it is called.
    fn lies_goods_there(&self, table: &OldTable) -> bool {
        let tells_a_place = |stock: &OldTable| stock.columns_of(Field::Place).next().is_some();
        self.with_role(TableRole::Stock)
            .filter(|stock| !holds_batches(stock) && !tells_a_place(stock))
            .any(|stock| {
                stock.links_to(&table.name).any(|link| {
                    matches!(
                        stock.field(link.column),
                        None | Some(Field::Quantity | Field::Name)
                    )
                })
            })
    }

    /// Whether groups are those of something else: posts, courses, dishes.
    fn is_of_others(&self, table: &OldTable) -> bool {
        let goods = self.tables.iter().zip(&self.known).any(|(other, known)| {
            matches!(
                known,
                Some(TableRole::Products | TableRole::Variants | TableRole::Grouping)
            ) && links_to(other, std::slice::from_ref(&table.name))
        });
        !goods
            && self.tables.iter().zip(&self.known).any(|(other, known)| {
                known.is_none()
                    && !is_selection(other)
                    && other.name != table.name
                    && links_to(other, std::slice::from_ref(&table.name))
                    && !matches!(
                        field_of_table(&other.name),
                        Some(Field::Category | Field::Subcategory)
                    )
            })
    }

    fn has_translation(&self, table: &OldTable) -> bool {
        self.tables
            .iter()
            .any(|other| translation_of(other).is_some_and(|target| target == table.name))
    }

    fn left(&self, table: &OldTable) -> TableRole {
        if is_person(table) {
            return TableRole::Left(PARTNERS);
        }
        let has_lines = self
            .with_role(TableRole::Movements)
            .any(|other| links_to(other, std::slice::from_ref(&table.name)));
        TableRole::Left(if has_lines { DOCUMENTS } else { NO_PLACE })
    }
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
        "thumbnail_",
        "reversion_",
        "account_email",
        "socialaccount_",
        "oauth",
        "silk_",
        "alembic_",
        "axes_",
        "knox_",
        "auditlog_",
        "taggit_",
        "guardian_",
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
    if has("history_id") && has("history_type") {
        return Some(TableRole::System(COPIES));
    }
    let guarded = table
        .columns
        .iter()
        .any(|column| says_any(&words(&column.name), PASSWORD_WORDS));
    if guarded && (has("last_login") || LOGIN_COLUMNS.iter().any(|column| has(column))) {
        return Some(TableRole::Users);
    }
    if guarded {
        return Some(TableRole::System(SECRET));
    }
    translation_of(table).map(|_| TableRole::Left(NAMES))
}

fn is_variant(table: &OldTable, products: &[String]) -> bool {
    const VARIANT: &[&str] = &[
        "variant*",
        "productvariant*",
        "modification*",
        "modifikats*",
        "productsize*",
        "productoption*",
        "productcolor*",
        "sku",
        "skus",
        "productsku*",
    ];
    let has = |field: Field| table.columns_of(field).next().is_some();
    links_to(table, products)
        && says_any(&[model(&table.name)], VARIANT)
        && !is_selection(table)
        && [
            Field::Sku,
            Field::Code,
            Field::Barcode,
            Field::Price,
            Field::Quantity,
        ]
        .into_iter()
        .any(has)
}

fn links_to(table: &OldTable, names: &[String]) -> bool {
    table
        .foreign
        .iter()
        .any(|link| names.contains(&link.target) && link.target != table.name)
}
