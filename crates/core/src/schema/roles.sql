-- Run by a superuser in the warehouse's own database, as often as one likes. Passwords are set by whoever starts the
-- server; a role without one cannot log in.
do $$
begin
    if not exists (select from pg_roles where rolname = 'ombor_owner') then
        create role ombor_owner nologin;
    end if;
    if not exists (select from pg_roles where rolname = 'ombor_migrate') then
        create role ombor_migrate login;
    end if;
    if not exists (select from pg_roles where rolname = 'ombor_app') then
        create role ombor_app login;
    end if;
    if not exists (select from pg_roles where rolname = 'ombor_backup') then
        create role ombor_backup login;
    end if;
exception
    -- Two programs may prepare two databases of one server at once.
    when unique_violation or duplicate_object then null;
end;
$$;

grant ombor_owner to ombor_migrate;
revoke create on schema public from public;

do $$
begin
    execute format('grant create, temporary on database %I to ombor_owner', current_database());
    execute format('revoke temporary on database %I from public', current_database());
    execute format('grant connect on database %I to ombor_migrate, ombor_app, ombor_backup', current_database());
end;
$$;
