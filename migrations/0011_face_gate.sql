-- How a face is confirmed in this warehouse, who may stand in for one, and what was refused.
alter table ombor.warehouse
    add column liveness boolean not null default true,
    add column vouching boolean not null default true,
    add column face_patience_seconds smallint not null default 6,
    add constraint warehouse_face_patience_seconds_range check (face_patience_seconds between 3 and 60);

alter table ombor.confirmation
    add column vouched_by_employee_id uuid
        constraint confirmation_vouched_by_employee_id_exists references ombor.employee (id),
    add column vouched_by_user_id uuid
        constraint confirmation_vouched_by_user_id_exists references ombor.user_account (id),
    add constraint confirmation_vouched_by_employee_id_by_method
        check ((method = 'vouched_face') = (vouched_by_employee_id is not null)),
    add constraint confirmation_vouched_by_user_id_by_method
        check ((method = 'vouched_password') = (vouched_by_user_id is not null)),
    add constraint confirmation_vouched_by_employee_id_other check (vouched_by_employee_id <> employee_id);

-- Faces that were looked at and not confirmed, so that an owner sees whether the gate works.
create table ombor.face_refusal (
    number bigint not null generated always as identity constraint face_refusal_number_primary primary key,
    session_id uuid not null constraint face_refusal_session_id_exists references ombor.session (id),
    at timestamptz not null default clock_timestamp(),
    reason text not null,
    -- Whose badge was scanned, else who came nearest.
    employee_id uuid constraint face_refusal_employee_id_exists references ombor.employee (id),
    is_claimed boolean not null,
    score numeric(12, 6),
    threshold numeric(12, 6),
    liveness text,
    constraint face_refusal_reason_known check (
        reason in ('not_known', 'not_agreeing', 'two_alike', 'not_live', 'claim_not_enrolled', 'nobody_enrolled')
    ),
    constraint face_refusal_is_claimed_by_somebody check (employee_id is not null or not is_claimed)
);

create index face_refusal_at_idx on ombor.face_refusal (at);
create index face_refusal_employee_id_idx on ombor.face_refusal (employee_id, at);

create trigger face_refusal_is_append_only before update or delete on ombor.face_refusal
    for each row execute function ombor.refuse_change();
create trigger face_refusal_is_never_truncated before truncate on ombor.face_refusal
    for each statement execute function ombor.refuse_change();

-- The revision counts changes of the known faces: each desk asks for it before it looks at somebody, and reads the
-- templates anew when another desk has enrolled or erased a face. The hash is that of the file of this revision, null
-- until a desk has written it.
alter table ombor.model_file add column revision bigint not null default 0, alter column sha256 drop not null;
insert into ombor.model_file default values on conflict do nothing;

create function ombor.change_known_faces() returns trigger
language plpgsql security definer set search_path = ombor, pg_temp as $$
begin
    update ombor.model_file set revision = revision + 1, sha256 = null, recorded_at = clock_timestamp();
    return null;
end;
$$;

create trigger face_template_changes_known_faces after insert or update or delete on ombor.face_template
    for each statement execute function ombor.change_known_faces();
create trigger employee_changes_known_faces after update of active on ombor.employee
    for each statement execute function ombor.change_known_faces();

drop function ombor.record_model_file(bytea);

-- A desk that was slower than a change keeps its hash to itself.
create function ombor.record_model_file(p_revision bigint, p_sha256 bytea) returns void
language sql security definer set search_path = ombor, pg_temp as $$
    update ombor.model_file set sha256 = p_sha256, recorded_at = clock_timestamp() where revision = p_revision
$$;

drop function ombor.replace_templates(uuid, uuid, smallint, bytea[], numeric[], text);

-- The first visit replaces everything, the second is the second light, a few frames more are a light of their own:
-- the second if there was none, else the third, in place of an earlier third.
create function ombor.enrol_face(
    p_session_id uuid, p_employee_id uuid, p_visit text, p_counts bytea[], p_qualities numeric[],
    p_pipeline_version text
) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_admin_id uuid := ombor.require_role(p_session_id, 'admin');
    v_light smallint := 1;
begin
    perform from ombor.employee where id = p_employee_id for update;
    if not found then
        raise exception 'no such employee' using errcode = 'OM013';
    end if;
    -- Templates of another pipeline cannot be compared with these.
    delete from ombor.face_template
    where employee_id = p_employee_id and (p_visit = 'first' or pipeline_version <> p_pipeline_version);
    if p_visit <> 'first' then
        if not exists (select from ombor.face_template where employee_id = p_employee_id and light = 1) then
            raise exception 'not enrolled yet' using errcode = 'OM024';
        end if;
        v_light := 2;
        if p_visit = 'top_up'
            and exists (select from ombor.face_template where employee_id = p_employee_id and light = 2)
        then
            v_light := 3;
        end if;
        delete from ombor.face_template where employee_id = p_employee_id and light = v_light;
    end if;
    insert into ombor.face_template (employee_id, light, position, counts, quality, pipeline_version)
    select p_employee_id, v_light, template.position, template.counts, template.quality, p_pipeline_version
    from unnest(p_counts, p_qualities) with ordinality as template (counts, quality, position);
    perform ombor.write_audit(
        p_session_id, v_admin_id, 'face_enrolled', 'employee', p_employee_id,
        jsonb_build_object('templates', cardinality(p_counts), 'light', v_light, 'visit', p_visit,
                           'pipeline', p_pipeline_version));
end;
$$;

-- What the warehouse asks of a face that confirms or vouches.
create function ombor.require_liveness(p_liveness text) returns void
language plpgsql as $$
begin
    if p_liveness is null and (select liveness from ombor.warehouse) then
        raise exception 'no sign of life was seen' using errcode = 'OM023';
    end if;
end;
$$;

create function ombor.require_active_employee(p_employee_id uuid) returns void
language plpgsql as $$
begin
    perform from ombor.employee where id = p_employee_id and active;
    if not found then
        raise exception 'no such employee' using errcode = 'OM013';
    end if;
end;
$$;

create function ombor.require_vouching() returns void
language plpgsql as $$
begin
    if not (select vouching from ombor.warehouse) then
        raise exception 'nobody vouches for anybody here' using errcode = 'OM021';
    end if;
end;
$$;

-- The times are the database's own; nobody can hand them in. Who vouches is proven in the functions below.
create or replace function ombor.record_confirmation(
    p_session_id uuid, p_id uuid, p_employee_id uuid, p_method text, p_score numeric, p_threshold numeric,
    p_agreeing_share numeric, p_liveness text, p_pipeline_version text,
    out confirmed_at timestamptz, out valid_until timestamptz
)
language plpgsql security definer set search_path = ombor, pg_temp as $$
begin
    if p_method = 'admin_password' then
        perform ombor.require_role(p_session_id, 'admin');
    else
        perform ombor.require_role(p_session_id, 'admin', 'operator');
        if p_method not in ('face', 'badge_face') then
            raise exception 'nobody has vouched' using errcode = 'OM004';
        end if;
        if p_method = 'face' and (select confirmation_mode from ombor.warehouse) = 'badge_face' then
            raise exception 'this warehouse asks for the badge too' using errcode = 'OM004';
        end if;
        perform ombor.require_active_employee(p_employee_id);
        perform ombor.require_liveness(p_liveness);
    end if;
    confirmed_at := clock_timestamp();
    valid_until := confirmed_at + interval '5 minutes';
    insert into ombor.confirmation (
        id, session_id, employee_id, method, score, threshold, agreeing_share, liveness, pipeline_version,
        confirmed_at, valid_until)
    values (p_id, p_session_id, p_employee_id, p_method, p_score, p_threshold, p_agreeing_share, p_liveness,
            p_pipeline_version, confirmed_at, valid_until);
end;
$$;

-- Another employee was recognised and says who this one is. Score and share are the voucher's.
create function ombor.vouch_by_face(
    p_session_id uuid, p_id uuid, p_employee_id uuid, p_voucher_id uuid, p_score numeric, p_threshold numeric,
    p_agreeing_share numeric, p_liveness text, p_pipeline_version text
) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_user_id uuid := ombor.require_role(p_session_id, 'admin', 'operator');
    v_now timestamptz := clock_timestamp();
begin
    perform ombor.require_vouching();
    perform ombor.require_active_employee(p_employee_id);
    perform ombor.require_active_employee(p_voucher_id);
    if p_voucher_id = p_employee_id then
        raise exception 'nobody vouches for themselves' using errcode = 'OM022';
    end if;
    perform ombor.require_liveness(p_liveness);
    insert into ombor.confirmation (
        id, session_id, employee_id, method, score, threshold, agreeing_share, liveness, pipeline_version,
        confirmed_at, valid_until, vouched_by_employee_id)
    values (p_id, p_session_id, p_employee_id, 'vouched_face', p_score, p_threshold, p_agreeing_share, p_liveness,
            p_pipeline_version, v_now, v_now + interval '5 minutes', p_voucher_id);
    perform ombor.write_audit(p_session_id, v_user_id, 'vouched', 'employee', p_employee_id,
                              jsonb_build_object('by', 'face', 'voucher', p_voucher_id));
end;
$$;

-- An Admin's password says who this employee is. It has been compared, and counted as an attempt, by the caller.
create function ombor.vouch_by_password(
    p_session_id uuid, p_id uuid, p_employee_id uuid, p_admin_id uuid
) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_user_id uuid := ombor.require_role(p_session_id, 'admin', 'operator');
    v_now timestamptz := clock_timestamp();
    v_login text;
begin
    perform ombor.require_vouching();
    perform ombor.require_active_employee(p_employee_id);
    select login into v_login from ombor.user_account where id = p_admin_id and active and role = 'admin';
    if v_login is null then
        raise exception 'only an Admin vouches' using errcode = 'OM008';
    end if;
    update ombor.login_attempt set failures = 0 where login = v_login;
    insert into ombor.confirmation (
        id, session_id, employee_id, method, confirmed_at, valid_until, vouched_by_user_id)
    values (p_id, p_session_id, p_employee_id, 'vouched_password', v_now, v_now + interval '5 minutes', p_admin_id);
    perform ombor.write_audit(p_session_id, v_user_id, 'vouched', 'employee', p_employee_id,
                              jsonb_build_object('by', 'password', 'voucher', p_admin_id));
end;
$$;

create function ombor.record_face_refusal(
    p_session_id uuid, p_reason text, p_employee_id uuid, p_is_claimed boolean, p_score numeric, p_threshold numeric,
    p_liveness text
) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
begin
    perform ombor.require_role(p_session_id, 'admin', 'operator');
    insert into ombor.face_refusal (session_id, reason, employee_id, is_claimed, score, threshold, liveness)
    values (p_session_id, p_reason, p_employee_id, p_is_claimed, p_score, p_threshold, p_liveness);
end;
$$;

drop function ombor.put_warehouse(uuid, text, text, text, text, integer, text);

create function ombor.put_warehouse(
    p_session_id uuid, p_name text, p_zone text, p_locale text, p_currency text, p_idle_minutes integer,
    p_confirmation_mode text, p_liveness boolean, p_vouching boolean, p_face_patience_seconds smallint
) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_admin_id uuid := ombor.require_role(p_session_id, 'admin');
begin
    if not exists (select from pg_timezone_names where name = p_zone) then
        raise exception 'no such time zone' using errcode = 'OM020';
    end if;
    update ombor.warehouse
    set name = p_name, zone = p_zone, locale = p_locale, currency = p_currency, idle_minutes = p_idle_minutes,
        confirmation_mode = p_confirmation_mode, liveness = p_liveness, vouching = p_vouching,
        face_patience_seconds = p_face_patience_seconds;
    perform ombor.write_audit(p_session_id, v_admin_id, 'settings_changed', 'warehouse', null,
        jsonb_build_object('name', p_name, 'zone', p_zone, 'locale', p_locale, 'currency', p_currency,
                           'idle_minutes', p_idle_minutes, 'confirmation_mode', p_confirmation_mode,
                           'liveness', p_liveness, 'vouching', p_vouching,
                           'face_patience_seconds', p_face_patience_seconds));
end;
$$;

revoke all on all functions in schema ombor from public;
grant select on ombor.face_refusal to ombor_app, ombor_backup;
grant select on all sequences in schema ombor to ombor_backup;
grant execute on function
    ombor.record_model_file, ombor.enrol_face, ombor.vouch_by_face, ombor.vouch_by_password, ombor.record_face_refusal,
    ombor.put_warehouse
to ombor_app;
