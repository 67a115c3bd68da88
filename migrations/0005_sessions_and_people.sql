-- Every function that writes runs with the owner's rights and asks the session's role again: code that forgets to ask
-- is refused here. The codes OM001 to OM020 are listed in crates/core/src/error.rs.

-- Taken before a number is drawn, so that the sealing function can see every transaction that holds one.
create function ombor.write_audit(
    p_session_id uuid, p_user_id uuid, p_action text, p_object text, p_object_id uuid, p_details jsonb
) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
begin
    perform pg_current_xact_id();
    insert into ombor.audit (number, at, user_id, session_id, action, object, object_id, details)
    values (nextval('ombor.audit_number_seq'), clock_timestamp(), p_user_id, p_session_id, p_action, p_object,
            p_object_id, coalesce(p_details, '{}'));
end;
$$;

-- A clock that went back ends a session too: time that cannot be trusted is not time left.
create function ombor.session_holds(
    p_ended_at timestamptz, p_seen_at timestamptz, p_idle_limit interval, p_ends_at timestamptz
) returns boolean language sql as $$
    select p_ended_at is null
        and clock_timestamp() < p_seen_at + p_idle_limit
        and clock_timestamp() < p_ends_at
        and clock_timestamp() > p_seen_at - interval '1 minute'
$$;

create function ombor.require_role(p_session_id uuid, variadic p_roles text[]) returns uuid
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_user_id uuid;
    v_role text;
begin
    select u.id, u.role into v_user_id, v_role
    from ombor.session as s
    join ombor.user_account as u on u.id = s.user_id and u.active
    where s.id = p_session_id and ombor.session_holds(s.ended_at, s.seen_at, s.idle_limit, s.ends_at);
    if v_user_id is null then
        raise exception 'the session has ended' using errcode = 'OM007';
    end if;
    if v_role <> all (p_roles) then
        raise exception 'a % may not do this', v_role using errcode = 'OM008';
    end if;
    return v_user_id;
end;
$$;

create function ombor.record_event(
    p_session_id uuid, p_action text, p_object text, p_object_id uuid, p_details jsonb
) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
begin
    perform ombor.write_audit(
        p_session_id, (select user_id from ombor.session where id = p_session_id),
        p_action, p_object, p_object_id, p_details);
end;
$$;

create function ombor.login_delay(p_failures integer) returns interval language sql immutable as $$
    select case
        when p_failures < 3 then interval '0'
        else least(power(2, least(p_failures - 3, 9)), 300) * interval '1 second'
    end
$$;

-- Counts the attempt before the password is looked at: parallel guesses wait for this row, and a program that dies
-- while it compares has still used up one guess. `log_in` sets the counter back.
create function ombor.begin_login(
    p_login text, out wait_seconds integer, out locked boolean,
    out user_id uuid, out password_hash text, out next_wait_seconds integer
)
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_failures integer;
    v_last_failed_at timestamptz;
    v_wait interval;
begin
    insert into ombor.login_attempt (login, failures) values (p_login, 0) on conflict (login) do nothing;
    select failures, last_failed_at into v_failures, v_last_failed_at
    from ombor.login_attempt where login = p_login for update;
    locked := v_failures >= 100;
    wait_seconds := 0;
    next_wait_seconds := 0;
    if locked then
        return;
    end if;
    if v_last_failed_at > clock_timestamp() then
        -- The clock went back: the whole delay is served by the new clock.
        update ombor.login_attempt set last_failed_at = clock_timestamp() where login = p_login;
        v_last_failed_at := clock_timestamp();
    end if;
    v_wait := v_last_failed_at + ombor.login_delay(v_failures) - clock_timestamp();
    if v_failures > 0 and v_wait > interval '0' then
        wait_seconds := ceil(extract(epoch from v_wait));
        return;
    end if;
    update ombor.login_attempt
    set failures = v_failures + 1, last_failed_at = clock_timestamp() where login = p_login;
    next_wait_seconds := ceil(extract(epoch from ombor.login_delay(v_failures + 1)));
    select u.id, u.password_hash into user_id, password_hash from ombor.user_account as u where u.login = p_login;
end;
$$;

create function ombor.record_login_failure(p_login text, p_station text) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
begin
    perform ombor.write_audit(null, (select id from ombor.user_account where login = p_login), 'login_refused', 'session',
                              null, jsonb_build_object('login', p_login, 'station', p_station));
end;
$$;

-- After the password was found right for an act within a session.
create function ombor.clear_login_failures(p_session_id uuid) returns void
language sql security definer set search_path = ombor, pg_temp as $$
    update ombor.login_attempt set failures = 0
    where login = (
        select u.login from ombor.session as s join ombor.user_account as u on u.id = s.user_id
        where s.id = p_session_id)
$$;

-- Called once the password has been found right; ends the user's session at the same station.
create function ombor.open_session(p_session_id uuid, p_user_id uuid, p_station text) returns boolean
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_login text;
    v_active boolean;
begin
    select login, active into v_login, v_active from ombor.user_account where id = p_user_id;
    if v_login is null then
        raise exception 'no such user' using errcode = 'OM017';
    end if;
    update ombor.login_attempt set failures = 0, last_failed_at = clock_timestamp() where login = v_login;
    if not v_active then
        perform ombor.write_audit(null, p_user_id, 'login_refused', 'session', null,
                                  jsonb_build_object('station', p_station, 'inactive', true));
        return false;
    end if;
    update ombor.session set ended_at = clock_timestamp(), end_reason = 'replaced'
    where user_id = p_user_id and station = p_station and ended_at is null;
    insert into ombor.session (id, user_id, station, idle_limit, ends_at)
    select p_session_id, p_user_id, p_station, make_interval(mins => idle_minutes),
           clock_timestamp() + interval '12 hours'
    from ombor.warehouse;
    perform ombor.write_audit(p_session_id, p_user_id, 'logged_in', 'session', p_session_id,
                              jsonb_build_object('station', p_station));
    return true;
end;
$$;

create function ombor.end_session(p_session_id uuid) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_user_id uuid;
begin
    update ombor.session set ended_at = clock_timestamp(), end_reason = 'logged_out'
    where id = p_session_id and ended_at is null returning user_id into v_user_id;
    if found then
        perform ombor.write_audit(p_session_id, v_user_id, 'logged_out', 'session', p_session_id, null);
    end if;
end;
$$;

-- Whether the session still holds. One that does not is ended for good, so that no clock brings it back; one that
-- does is not idle any more if `p_active`.
create function ombor.touch_session(p_session_id uuid, p_active boolean) returns boolean
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_session ombor.session;
begin
    select * into v_session from ombor.session where id = p_session_id for update;
    if v_session.id is null or v_session.ended_at is not null then
        return false;
    end if;
    if not ombor.session_holds(v_session.ended_at, v_session.seen_at, v_session.idle_limit, v_session.ends_at) then
        update ombor.session
        set ended_at = clock_timestamp(),
            end_reason = case when clock_timestamp() >= ends_at then 'too_long' else 'idle' end
        where id = p_session_id;
        perform ombor.write_audit(p_session_id, v_session.user_id, 'session_expired', 'session', p_session_id, null);
        return false;
    end if;
    if not (select active from ombor.user_account where id = v_session.user_id) then
        return false;
    end if;
    if p_active then
        update ombor.session set seen_at = clock_timestamp() where id = p_session_id;
    end if;
    return true;
end;
$$;

create function ombor.create_first_admin(p_id uuid, p_login text, p_name text, p_password_hash text) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
begin
    lock table ombor.user_account in share row exclusive mode;
    if exists (select from ombor.user_account) then
        raise exception 'there are users already' using errcode = 'OM019';
    end if;
    insert into ombor.user_account (id, login, name, role, password_hash)
    values (p_id, p_login, p_name, 'admin', p_password_hash);
    perform ombor.write_audit(null, p_id, 'user_created', 'user', p_id, jsonb_build_object('role', 'admin'));
end;
$$;

create function ombor.create_user(
    p_session_id uuid, p_id uuid, p_login text, p_name text, p_role text, p_password_hash text
) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_admin_id uuid := ombor.require_role(p_session_id, 'admin');
begin
    insert into ombor.user_account (id, login, name, role, password_hash)
    values (p_id, p_login, p_name, p_role, p_password_hash);
    perform ombor.write_audit(p_session_id, v_admin_id, 'user_created', 'user', p_id,
                              jsonb_build_object('login', p_login, 'role', p_role));
end;
$$;

-- Changes what is not null. The password's change and the deactivation end the user's sessions at once; a role counts
-- from the next act on. Nobody can take away the last Admin.
create function ombor.change_user(
    p_session_id uuid, p_id uuid, p_active boolean, p_role text, p_password_hash text
) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_admin_id uuid := ombor.require_role(p_session_id, 'admin');
    v_login text;
begin
    lock table ombor.user_account in share row exclusive mode;
    update ombor.user_account
    set active = coalesce(p_active, active),
        role = coalesce(p_role, role),
        password_hash = coalesce(p_password_hash, password_hash)
    where id = p_id returning login into v_login;
    if v_login is null then
        raise exception 'no such user' using errcode = 'OM017';
    end if;
    if not exists (select from ombor.user_account where role = 'admin' and active) then
        raise exception 'the last Admin stays' using errcode = 'OM018';
    end if;
    if p_active is false or p_password_hash is not null then
        update ombor.session set ended_at = clock_timestamp(), end_reason = 'user_changed'
        where user_id = p_id and ended_at is null and id <> p_session_id;
    end if;
    if p_password_hash is not null then
        update ombor.login_attempt set failures = 0 where login = v_login;
    end if;
    perform ombor.write_audit(
        p_session_id, v_admin_id, 'user_changed', 'user', p_id,
        jsonb_strip_nulls(jsonb_build_object(
            'active', p_active, 'role', p_role, 'password', case when p_password_hash is not null then true end)));
end;
$$;

create function ombor.unlock_user(p_session_id uuid, p_id uuid) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_admin_id uuid := ombor.require_role(p_session_id, 'admin');
begin
    update ombor.login_attempt set failures = 0
    where login = (select login from ombor.user_account where id = p_id);
    perform ombor.write_audit(p_session_id, v_admin_id, 'user_unlocked', 'user', p_id, null);
end;
$$;

create function ombor.create_employee(p_session_id uuid, p_id uuid, p_name text) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_admin_id uuid := ombor.require_role(p_session_id, 'admin');
begin
    insert into ombor.employee (id, name) values (p_id, p_name);
    perform ombor.write_audit(p_session_id, v_admin_id, 'employee_created', 'employee', p_id, null);
end;
$$;

create function ombor.set_employee_active(p_session_id uuid, p_id uuid, p_active boolean) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_admin_id uuid := ombor.require_role(p_session_id, 'admin');
begin
    update ombor.employee set active = p_active where id = p_id;
    if not found then
        raise exception 'no such employee' using errcode = 'OM013';
    end if;
    perform ombor.write_audit(p_session_id, v_admin_id, 'employee_changed', 'employee', p_id,
                              jsonb_build_object('active', p_active));
end;
$$;

create function ombor.replace_templates(
    p_session_id uuid, p_employee_id uuid, p_light smallint, p_counts bytea[], p_qualities numeric[],
    p_pipeline_version text
) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_admin_id uuid := ombor.require_role(p_session_id, 'admin');
begin
    perform from ombor.employee where id = p_employee_id for update;
    if not found then
        raise exception 'no such employee' using errcode = 'OM013';
    end if;
    delete from ombor.face_template where employee_id = p_employee_id and light = p_light;
    insert into ombor.face_template (employee_id, light, position, counts, quality, pipeline_version)
    select p_employee_id, p_light, template.position, template.counts, template.quality, p_pipeline_version
    from unnest(p_counts, p_qualities) with ordinality as template (counts, quality, position);
    perform ombor.write_audit(
        p_session_id, v_admin_id, 'face_enrolled', 'employee', p_employee_id,
        jsonb_build_object('templates', cardinality(p_counts), 'light', p_light, 'pipeline', p_pipeline_version));
end;
$$;

create function ombor.erase_templates(p_session_id uuid, p_employee_id uuid) returns integer
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_admin_id uuid := ombor.require_role(p_session_id, 'admin');
    v_erased integer;
begin
    delete from ombor.face_template where employee_id = p_employee_id;
    get diagnostics v_erased = row_count;
    perform ombor.write_audit(p_session_id, v_admin_id, 'face_erased', 'employee', p_employee_id,
                              jsonb_build_object('templates', v_erased));
    return v_erased;
end;
$$;

create function ombor.record_model_file(p_sha256 bytea) returns void
language sql security definer set search_path = ombor, pg_temp as $$
    insert into ombor.model_file (sha256) values (p_sha256)
    on conflict (singleton) do update set sha256 = excluded.sha256, recorded_at = clock_timestamp()
$$;

-- The times are the database's own; nobody can hand them in.
create function ombor.record_confirmation(
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
            -- Who vouched is to be proven first; the way to do so comes with its own function.
            raise exception 'nobody has vouched' using errcode = 'OM004';
        end if;
        perform from ombor.employee where id = p_employee_id and active;
        if not found then
            raise exception 'no such employee' using errcode = 'OM013';
        end if;
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

create function ombor.put_warehouse(
    p_session_id uuid, p_name text, p_zone text, p_locale text, p_currency text, p_idle_minutes integer,
    p_confirmation_mode text
) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_admin_id uuid := ombor.require_role(p_session_id, 'admin');
begin
    if not exists (select from pg_timezone_names where name = p_zone) then
        raise exception 'no such time zone' using errcode = 'OM020';
    end if;
    update ombor.warehouse
    set name = p_name, zone = p_zone, locale = p_locale, currency = p_currency,
        idle_minutes = p_idle_minutes, confirmation_mode = p_confirmation_mode;
    perform ombor.write_audit(p_session_id, v_admin_id, 'settings_changed', 'warehouse', null,
        jsonb_build_object('name', p_name, 'zone', p_zone, 'locale', p_locale, 'currency', p_currency,
                           'idle_minutes', p_idle_minutes, 'confirmation_mode', p_confirmation_mode));
end;
$$;

-- A null body clears the draft.
create function ombor.save_draft(p_session_id uuid, p_body jsonb) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_user_id uuid := ombor.require_role(p_session_id, 'admin', 'operator');
begin
    if p_body is null then
        delete from ombor.draft where user_id = v_user_id;
    else
        insert into ombor.draft (user_id, body) values (v_user_id, p_body)
        on conflict (user_id) do update set body = excluded.body, saved_at = clock_timestamp();
    end if;
end;
$$;
