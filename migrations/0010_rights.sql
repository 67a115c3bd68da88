-- Nobody may do anything that is not said here.
revoke all on all functions in schema ombor from public;
grant usage on schema ombor to ombor_app, ombor_backup;
grant select on all tables in schema ombor to ombor_app;

-- Sequences stay out of reach: numbers are drawn by the functions alone.
grant execute on function
    ombor.begin_login, ombor.record_login_failure, ombor.clear_login_failures, ombor.open_session, ombor.end_session, ombor.touch_session,
    ombor.login_delay,
    ombor.record_event, ombor.create_first_admin, ombor.create_user, ombor.change_user, ombor.unlock_user,
    ombor.create_employee, ombor.set_employee_active, ombor.replace_templates, ombor.erase_templates,
    ombor.record_model_file, ombor.record_confirmation, ombor.put_warehouse, ombor.save_draft,
    ombor.create_category, ombor.create_product, ombor.update_product, ombor.add_product_code,
    ombor.remove_product_code, ombor.next_own_label, ombor.set_product_picture, ombor.create_location,
    ombor.create_lot, ombor.post_document, ombor.reverse_movement, ombor.seal_now, ombor.verify_seals,
    ombor.check_ledger
to ombor_app;

-- A dump needs every row and, for its snapshot, the sequences.
grant select on all tables in schema ombor to ombor_backup;
grant select on all sequences in schema ombor to ombor_backup;
