-- The local owner is whoever may act as the database's owner: `omborctl` on the
-- warehouse's own PC. It has a name in every record and no password, and nobody makes its session through the
-- application's role.
alter table ombor.user_account
    -- Without a hash nobody logs in: a user of an old program, until an Admin gives a first password.
    alter column password_hash drop not null,
    add column must_choose_password boolean not null default false,
    add column local_owner boolean not null default false,
    add constraint user_account_local_owner_without_password
        check (not local_owner or (password_hash is null and role = 'admin' and active));

create unique index user_account_local_owner_once on ombor.user_account (local_owner) where local_owner;

-- The local owner's session; the account is made when it is first needed. Its limits are those of a long command.
create function ombor.open_owner_session(p_session_id uuid, p_station text) returns void
language plpgsql set search_path = ombor, pg_temp as $$
declare
    v_owner_id uuid;
begin
    lock table ombor.user_account in share row exclusive mode;
    select id into v_owner_id from ombor.user_account where local_owner;
    if v_owner_id is null then
        insert into ombor.user_account (id, login, name, role, local_owner)
        select gen_random_uuid(),
               case when exists (select from ombor.user_account where login = 'local-owner')
                    then 'local-owner-' || left(md5(p_session_id::text), 8) else 'local-owner' end,
               'omborctl', 'admin', true
        returning id into v_owner_id;
    end if;
    insert into ombor.session (id, user_id, station, idle_limit, ends_at)
    values (p_session_id, v_owner_id, p_station, interval '12 hours', clock_timestamp() + interval '12 hours');
    perform ombor.write_audit(p_session_id, v_owner_id, 'logged_in', 'session', p_session_id,
                              jsonb_build_object('station', p_station, 'local_owner', true));
end;
$$;

-- The first Admin is whoever first has a password. An account that came from an old program without one becomes theirs.
drop function ombor.create_first_admin(uuid, text, text, text);

create function ombor.create_first_admin(p_id uuid, p_login text, p_name text, p_password_hash text) returns uuid
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_id uuid;
begin
    lock table ombor.user_account in share row exclusive mode;
    if exists (select from ombor.user_account where password_hash is not null) then
        raise exception 'there are users already' using errcode = 'OM019';
    end if;
    insert into ombor.user_account as u (id, login, name, role, password_hash)
    values (p_id, p_login, p_name, 'admin', p_password_hash)
    on conflict (login) do update
        set name = excluded.name, role = 'admin', password_hash = excluded.password_hash, active = true,
            must_choose_password = false
        where not u.local_owner
    returning u.id into v_id;
    if v_id is null then
        raise unique_violation using constraint = 'user_account_login_unique';
    end if;
    perform ombor.write_audit(null, v_id, 'user_created', 'user', v_id, jsonb_build_object('role', 'admin'));
    return v_id;
end;
$$;

-- As before, and: the local owner is nobody to be changed, an Admin without a password is none to be left with, and a
-- password that an Admin sets is one to keep unless the Admin says otherwise.
drop function ombor.change_user(uuid, uuid, boolean, text, text);

create function ombor.change_user(
    p_session_id uuid, p_id uuid, p_active boolean, p_role text, p_password_hash text, p_must_choose_password boolean
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
        password_hash = coalesce(p_password_hash, password_hash),
        must_choose_password = coalesce(p_must_choose_password, must_choose_password)
    where id = p_id and not local_owner returning login into v_login;
    if v_login is null then
        raise exception 'no such user' using errcode = 'OM017';
    end if;
    -- Before the first password the local owner alone is there, and stays.
    if exists (select from ombor.user_account where password_hash is not null)
        and not exists (select from ombor.user_account where role = 'admin' and active and password_hash is not null)
    then
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
            'active', p_active, 'role', p_role, 'password', case when p_password_hash is not null then true end,
            'must_choose_password', p_must_choose_password)));
end;
$$;

-- Called once the password has been found right. Opens nothing for a user who is not active or has a password to choose.
create or replace function ombor.open_session(p_session_id uuid, p_user_id uuid, p_station text) returns boolean
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_user ombor.user_account;
begin
    select * into v_user from ombor.user_account where id = p_user_id and not local_owner;
    if v_user.id is null then
        raise exception 'no such user' using errcode = 'OM017';
    end if;
    update ombor.login_attempt set failures = 0, last_failed_at = clock_timestamp() where login = v_user.login;
    if not v_user.active or v_user.must_choose_password then
        perform ombor.write_audit(
            null, p_user_id, 'login_refused', 'session', null,
            jsonb_strip_nulls(jsonb_build_object(
                'station', p_station, 'inactive', case when not v_user.active then true end,
                'must_choose_password', case when v_user.must_choose_password then true end)));
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

-- The password that the user was given has been found right; the user's own takes its place.
create function ombor.choose_password(p_user_id uuid, p_password_hash text) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_login text;
begin
    update ombor.user_account set password_hash = p_password_hash, must_choose_password = false
    where id = p_user_id and active and must_choose_password returning login into v_login;
    if v_login is null then
        raise exception 'no such user' using errcode = 'OM017';
    end if;
    update ombor.login_attempt set failures = 0 where login = v_login;
    perform ombor.write_audit(null, p_user_id, 'password_chosen', 'user', p_user_id, null);
end;
$$;

revoke all on all functions in schema ombor from public;
-- `open_owner_session` is not among them: the owner alone calls it.
grant execute on function ombor.create_first_admin, ombor.change_user, ombor.choose_password to ombor_app;
