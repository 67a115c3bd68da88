//! The typed border between the window and the page.

use std::path::Path;

use specta_typescript::Typescript;
use tauri::Wry;
use tauri_specta::{Builder, collect_commands, collect_events};

use crate::{commands, events};

/// All commands and events, as the page may use them.
pub fn builder() -> Builder<Wry> {
    commands().events(collect_events![
        events::DeskChanged,
        events::FaceChanged,
        events::EnrolmentChanged,
        events::HealthChanged,
        events::BackupChanged,
        events::TakeoverChanged,
        events::Changed,
        events::SessionEnded,
        events::StartChanged,
    ])
}

#[expect(clippy::too_many_lines, reason = "one table: a line for each command")]
fn commands() -> Builder<Wry> {
    Builder::<Wry>::new()
        .disable_serde_phases()
        .commands(collect_commands![
            commands::start::start_status,
            commands::start::first_run,
            commands::start::retry_start,
            commands::session::log_in,
            commands::session::choose_password,
            commands::session::log_out,
            commands::session::current_session,
            commands::session::touch_session,
            commands::session::set_locale,
            commands::desk::desk_state,
            commands::desk::desk_scan,
            commands::desk::desk_key,
            commands::desk::desk_type_code,
            commands::desk::desk_take_line,
            commands::desk::scan_lookup,
            commands::desk::station_health,
            commands::desk::face_view,
            commands::desk::retry_face,
            commands::desk::vouch_with_face,
            commands::desk::vouch_with_password,
            commands::desk::cancel_vouching,
            commands::catalogue::list_categories,
            commands::catalogue::create_category,
            commands::catalogue::list_units,
            commands::catalogue::search_products,
            commands::catalogue::get_product,
            commands::catalogue::create_product,
            commands::catalogue::update_product,
            commands::catalogue::set_product_picture,
            commands::catalogue::product_picture,
            commands::label::product_label,
            commands::label::save_label,
            commands::label::badge_label,
            commands::label::control_cards,
            commands::employee::list_employees,
            commands::employee::create_employee,
            commands::employee::set_employee_active,
            commands::employee::start_enrolment,
            commands::employee::cancel_enrolment,
            commands::employee::enrolment,
            commands::employee::answer_resemblance,
            commands::employee::face_report,
            commands::employee::erase_templates,
            commands::user::list_users,
            commands::user::create_user,
            commands::user::set_user_active,
            commands::user::set_user_role,
            commands::user::set_user_password,
            commands::movement::list_movements,
            commands::movement::list_old_movements,
            commands::movement::reverse_movement,
            commands::movement::today,
            commands::movement::list_audit,
            commands::backup::take_backup,
            commands::backup::cancel_backup,
            commands::backup::backup_work,
            commands::backup::backup_overview,
            commands::backup::verify_backup,
            commands::backup::save_backup_settings,
            commands::backup::journal,
            commands::backup::keep_journal,
            commands::backup::leave_journal,
            commands::backup::copy_for_journal,
            commands::backup::weigh_moment,
            commands::backup::restore_moment,
            commands::backup::weigh_restore,
            commands::backup::restore_backup,
            commands::backup::restore_outcome,
            commands::backup::lineage_notice,
            commands::backup::settle_lineage,
            commands::folder::choose_folder,
            commands::list::choose_list_file,
            commands::list::save_list,
            commands::takeover::choose_old_files,
            commands::takeover::preview_takeover,
            commands::takeover::take_over,
            commands::takeover::cancel_takeover,
            commands::takeover::takeover_work,
            commands::settings::get_settings,
            commands::settings::save_settings,
            commands::camera::camera_subscribe,
            commands::camera::camera_unsubscribe,
            commands::camera::list_cameras,
        ])
}

/// Writes the TypeScript side of the border.
pub fn export(path: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let typescript = Typescript::default()
        .header("// Made by `make bindings` from src-tauri; not to be edited by hand.\n/* eslint-disable */\n");
    builder().export(typescript, path)?;
    Ok(())
}
