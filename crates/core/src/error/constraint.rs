//! What each named constraint of the schema means. A test compares this list with the database's own catalogue.

use crate::Error;

/// What breaking a constraint tells the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// Only a fault of the program breaks it.
    Internal,
    /// [`Error::AlreadyReversed`]
    AlreadyReversed,
    /// [`Error::CodeTaken`]
    CodeTaken,
    /// [`Error::ConfirmationExpired`]
    ConfirmationExpired,
    /// [`Error::IdempotencyConflict`]
    IdempotencyConflict,
    /// [`Error::InvalidCode`]
    InvalidCode,
    /// [`Error::InvalidLogin`]
    InvalidLogin,
    /// [`Error::InvalidPicture`]
    InvalidPicture,
    /// [`Error::InvalidPrice`]
    InvalidPrice,
    /// [`Error::InvalidQuantity`]
    InvalidQuantity,
    /// [`Error::InvalidSetting`]
    InvalidSetting,
    /// [`Error::InvalidSku`]
    InvalidSku,
    /// [`Error::LoginTaken`]
    LoginTaken,
    /// [`Error::NameMissing`]
    NameMissing,
    /// [`Error::NameTaken`]
    NameTaken,
    /// [`Error::NotFound`]
    NotFound,
    /// [`Error::ProductNotFound`]
    ProductNotFound,
    /// [`Error::SkuTaken`]
    SkuTaken,
}

/// Every constraint and unique index of the schema, in the order of their names.
pub const CONSTRAINTS: &[(&str, Meaning)] = &[
    ("audit_action_form", Meaning::Internal),
    ("audit_details_size", Meaning::Internal),
    ("audit_number_primary", Meaning::Internal),
    ("audit_object_form", Meaning::Internal),
    ("category_id_primary", Meaning::Internal),
    ("category_name_filled", Meaning::NameMissing),
    ("category_name_unique", Meaning::NameTaken),
    ("confirmation_agreeing_share_range", Meaning::Internal),
    ("confirmation_employee_id_by_method", Meaning::Internal),
    ("confirmation_employee_id_exists", Meaning::Internal),
    ("confirmation_id_primary", Meaning::Internal),
    (
        "confirmation_id_session_id_employee_id_unique",
        Meaning::Internal,
    ),
    ("confirmation_method_known", Meaning::Internal),
    ("confirmation_score_by_method", Meaning::Internal),
    ("confirmation_session_id_exists", Meaning::Internal),
    ("confirmation_valid_until_five_minutes", Meaning::Internal),
    (
        "confirmation_vouched_by_employee_id_by_method",
        Meaning::Internal,
    ),
    (
        "confirmation_vouched_by_employee_id_exists",
        Meaning::Internal,
    ),
    (
        "confirmation_vouched_by_employee_id_other",
        Meaning::Internal,
    ),
    (
        "confirmation_vouched_by_user_id_by_method",
        Meaning::Internal,
    ),
    ("confirmation_vouched_by_user_id_exists", Meaning::Internal),
    ("database_identity_epoch_positive", Meaning::Internal),
    ("database_identity_singleton_once", Meaning::Internal),
    ("database_identity_singleton_primary", Meaning::Internal),
    ("document_confirmation_id_by_kind", Meaning::Internal),
    (
        "document_confirmation_id_reversal_once",
        Meaning::ConfirmationExpired,
    ),
    (
        "document_confirmation_id_session_id_employee_id_own",
        Meaning::Internal,
    ),
    ("document_from_location_id_other", Meaning::Internal),
    ("document_id_primary", Meaning::IdempotencyConflict),
    ("document_number_unique", Meaning::Internal),
    ("draft_body_size", Meaning::Internal),
    ("draft_user_id_exists", Meaning::Internal),
    ("draft_user_id_primary", Meaning::Internal),
    ("employee_badge_number_form", Meaning::Internal),
    ("employee_badge_number_unique", Meaning::Internal),
    ("employee_face_label_positive", Meaning::Internal),
    ("employee_face_label_unique", Meaning::Internal),
    ("employee_id_primary", Meaning::Internal),
    ("employee_name_filled", Meaning::NameMissing),
    ("face_refusal_employee_id_exists", Meaning::Internal),
    ("face_refusal_is_claimed_by_somebody", Meaning::Internal),
    ("face_refusal_number_primary", Meaning::Internal),
    ("face_refusal_reason_known", Meaning::Internal),
    ("face_refusal_session_id_exists", Meaning::Internal),
    ("face_template_counts_filled", Meaning::Internal),
    ("face_template_employee_id_exists", Meaning::Internal),
    (
        "face_template_employee_id_light_position_primary",
        Meaning::Internal,
    ),
    ("import_key_foreign_key_length", Meaning::Internal),
    ("import_key_kind_known", Meaning::Internal),
    ("import_key_source_filled", Meaning::NameMissing),
    (
        "import_key_source_kind_foreign_key_primary",
        Meaning::Internal,
    ),
    ("location_id_primary", Meaning::Internal),
    ("location_kind_default_unique", Meaning::Internal),
    ("location_kind_known", Meaning::Internal),
    ("location_name_filled", Meaning::NameMissing),
    ("location_name_unique", Meaning::NameTaken),
    ("login_attempt_failures_not_negative", Meaning::Internal),
    ("login_attempt_login_primary", Meaning::Internal),
    ("lot_id_primary", Meaning::Internal),
    ("lot_number_filled", Meaning::NameMissing),
    ("lot_product_id_exists", Meaning::ProductNotFound),
    ("lot_product_id_number_unique", Meaning::NameTaken),
    ("model_file_sha256_length", Meaning::Internal),
    ("model_file_singleton_once", Meaning::Internal),
    ("model_file_singleton_primary", Meaning::Internal),
    ("movement_document_number_line_unique", Meaning::Internal),
    ("movement_id_primary", Meaning::IdempotencyConflict),
    ("movement_quantity_positive", Meaning::InvalidQuantity),
    ("movement_reversal_of_id_exists", Meaning::Internal),
    ("movement_reversal_of_id_once", Meaning::AlreadyReversed),
    ("old_movement_direction_known", Meaning::Internal),
    ("old_movement_id_primary", Meaning::Internal),
    ("old_movement_product_id_exists", Meaning::Internal),
    (
        "old_movement_source_part_position_unique",
        Meaning::Internal,
    ),
    ("outbox_sequence_primary", Meaning::Internal),
    ("product_base_unit_id_exists", Meaning::NotFound),
    ("product_brand_filled", Meaning::Internal),
    ("product_category_id_exists", Meaning::NotFound),
    ("product_code_code_form", Meaning::InvalidCode),
    ("product_code_code_unique", Meaning::CodeTaken),
    ("product_code_kind_known", Meaning::Internal),
    ("product_code_product_id_exists", Meaning::ProductNotFound),
    ("product_code_quantity_positive", Meaning::InvalidQuantity),
    ("product_currency_form", Meaning::Internal),
    ("product_id_primary", Meaning::Internal),
    ("product_min_stock_not_negative", Meaning::InvalidQuantity),
    ("product_name_filled", Meaning::NameMissing),
    (
        "product_picture_content_type_known",
        Meaning::InvalidPicture,
    ),
    ("product_picture_picture_size", Meaning::InvalidPicture),
    (
        "product_picture_product_id_exists",
        Meaning::ProductNotFound,
    ),
    ("product_picture_product_id_primary", Meaning::Internal),
    ("product_price_not_negative", Meaning::InvalidPrice),
    ("product_search_text_folded", Meaning::Internal),
    ("product_sku_form", Meaning::InvalidSku),
    ("product_sku_unique", Meaning::SkuTaken),
    ("seal_hash_length", Meaning::Internal),
    ("seal_last_audit_number_order", Meaning::Internal),
    ("seal_last_document_number_order", Meaning::Internal),
    ("seal_mark_singleton_once", Meaning::Internal),
    ("seal_mark_singleton_primary", Meaning::Internal),
    ("seal_number_positive", Meaning::Internal),
    ("seal_number_primary", Meaning::Internal),
    ("seal_previous_hash_length", Meaning::Internal),
    ("session_end_reason_known", Meaning::Internal),
    ("session_ended_at_with_reason", Meaning::Internal),
    ("session_id_primary", Meaning::Internal),
    ("session_user_id_exists", Meaning::Internal),
    ("stock_location_id_exists", Meaning::Internal),
    ("stock_lot_id_exists", Meaning::Internal),
    ("stock_on_hand_not_negative", Meaning::Internal),
    ("stock_product_id_exists", Meaning::Internal),
    (
        "stock_product_id_location_id_lot_id_unique",
        Meaning::Internal,
    ),
    ("stock_reserved_not_negative", Meaning::Internal),
    ("unit_conversion_base_unit_id_exists", Meaning::Internal),
    ("unit_conversion_denominator_positive", Meaning::Internal),
    ("unit_conversion_numerator_positive", Meaning::Internal),
    (
        "unit_conversion_unit_id_base_unit_id_primary",
        Meaning::Internal,
    ),
    ("unit_conversion_unit_id_exists", Meaning::Internal),
    ("unit_conversion_unit_id_other", Meaning::Internal),
    ("unit_decimals_range", Meaning::Internal),
    ("unit_id_primary", Meaning::Internal),
    ("unit_name_unique", Meaning::Internal),
    ("unit_symbol_filled", Meaning::Internal),
    ("unit_symbol_unique", Meaning::Internal),
    ("user_account_id_primary", Meaning::Internal),
    ("user_account_local_owner_once", Meaning::Internal),
    (
        "user_account_local_owner_without_password",
        Meaning::Internal,
    ),
    ("user_account_login_form", Meaning::InvalidLogin),
    ("user_account_login_unique", Meaning::LoginTaken),
    ("user_account_name_filled", Meaning::NameMissing),
    ("user_account_role_known", Meaning::Internal),
    ("warehouse_confirmation_mode_known", Meaning::Internal),
    ("warehouse_currency_form", Meaning::InvalidSetting),
    (
        "warehouse_face_patience_seconds_range",
        Meaning::InvalidSetting,
    ),
    ("warehouse_idle_minutes_range", Meaning::InvalidSetting),
    ("warehouse_locale_known", Meaning::InvalidSetting),
    ("warehouse_name_filled", Meaning::NameMissing),
    ("warehouse_singleton_once", Meaning::Internal),
    ("warehouse_singleton_primary", Meaning::Internal),
];

/// The error that a broken constraint stands for; `None` if no caller can act on it.
pub(super) fn broken(name: &str) -> Option<Error> {
    let position = CONSTRAINTS
        .binary_search_by_key(&name, |(name, _)| name)
        .ok()?;
    Some(match CONSTRAINTS[position].1 {
        Meaning::Internal => return None,
        Meaning::AlreadyReversed => Error::AlreadyReversed,
        Meaning::CodeTaken => Error::CodeTaken,
        Meaning::ConfirmationExpired => Error::ConfirmationExpired,
        Meaning::IdempotencyConflict => Error::IdempotencyConflict,
        Meaning::InvalidCode => Error::InvalidCode,
        Meaning::InvalidLogin => Error::InvalidLogin,
        Meaning::InvalidPicture => Error::InvalidPicture,
        Meaning::InvalidPrice => Error::InvalidPrice,
        Meaning::InvalidQuantity => Error::InvalidQuantity,
        Meaning::InvalidSetting => Error::InvalidSetting,
        Meaning::InvalidSku => Error::InvalidSku,
        Meaning::LoginTaken => Error::LoginTaken,
        Meaning::NameMissing => Error::NameMissing,
        Meaning::NameTaken => Error::NameTaken,
        Meaning::NotFound => Error::NotFound,
        Meaning::ProductNotFound => Error::ProductNotFound,
        Meaning::SkuTaken => Error::SkuTaken,
    })
}
