-- Rows of people are never deleted, only deactivated: movements name them for ever. That is also why the ledger can
-- do without foreign keys on its busiest columns (see 0003).
create table ombor.user_account (
    id uuid not null constraint user_account_id_primary primary key,
    login text collate "C" not null constraint user_account_login_unique unique,
    name text not null,
    role text not null,
    password_hash text not null,
    active boolean not null default true,
    created_at timestamptz not null default clock_timestamp(),
    constraint user_account_login_form check (login ~ '^[a-z0-9][a-z0-9._-]{1,31}$'),
    constraint user_account_name_filled check (btrim(name) <> '' and length(name) <= 200),
    constraint user_account_role_known check (role in ('admin', 'operator', 'viewer'))
);

-- A session carries the limits it was opened with, so that a posting reads one row and no settings.
create table ombor.session (
    id uuid not null constraint session_id_primary primary key,
    user_id uuid not null constraint session_user_id_exists references ombor.user_account (id),
    station text not null,
    started_at timestamptz not null default clock_timestamp(),
    seen_at timestamptz not null default clock_timestamp(),
    idle_limit interval not null,
    ends_at timestamptz not null,
    ended_at timestamptz,
    end_reason text,
    constraint session_end_reason_known
        check (end_reason in ('logged_out', 'idle', 'too_long', 'replaced', 'user_changed')),
    constraint session_ended_at_with_reason check ((ended_at is null) = (end_reason is null))
) with (fillfactor = 80);

create index session_user_id_idx on ombor.session (user_id) where ended_at is null;

-- A counter decides, not a time alone: turning the clock back frees nobody. Unknown logins are counted too, so that
-- they cannot be told from known ones.
create table ombor.login_attempt (
    login text collate "C" not null constraint login_attempt_login_primary primary key,
    failures integer not null default 0,
    last_failed_at timestamptz not null default clock_timestamp(),
    constraint login_attempt_failures_not_negative check (failures >= 0)
);

create sequence ombor.employee_face_label_seq as integer;
create sequence ombor.employee_badge_number_seq as bigint;

create table ombor.employee (
    id uuid not null constraint employee_id_primary primary key,
    name text not null,
    -- Drawn from a sequence and never given again: a model file that outlives a person must not name another.
    face_label integer not null default nextval('ombor.employee_face_label_seq')
        constraint employee_face_label_unique unique,
    badge_number bigint not null default nextval('ombor.employee_badge_number_seq')
        constraint employee_badge_number_unique unique,
    active boolean not null default true,
    created_at timestamptz not null default clock_timestamp(),
    constraint employee_name_filled check (btrim(name) <> '' and length(name) <= 200),
    constraint employee_face_label_positive check (face_label > 0),
    constraint employee_badge_number_form check (badge_number between 1 and 9999999999)
);

-- The one table of people that loses rows: an erased face is gone.
create table ombor.face_template (
    employee_id uuid not null constraint face_template_employee_id_exists references ombor.employee (id),
    light smallint not null,
    position smallint not null,
    counts bytea not null,
    quality numeric(9, 4),
    pipeline_version text not null,
    created_at timestamptz not null default clock_timestamp(),
    constraint face_template_employee_id_light_position_primary primary key (employee_id, light, position),
    constraint face_template_counts_filled check (octet_length(counts) > 0)
);

-- One row: every desk writes the same file from the same templates.
create table ombor.model_file (
    singleton boolean not null default true constraint model_file_singleton_primary primary key,
    sha256 bytea not null,
    recorded_at timestamptz not null default clock_timestamp(),
    constraint model_file_singleton_once check (singleton),
    constraint model_file_sha256_length check (octet_length(sha256) = 32)
);

create table ombor.confirmation (
    id uuid not null constraint confirmation_id_primary primary key,
    session_id uuid not null constraint confirmation_session_id_exists references ombor.session (id),
    employee_id uuid constraint confirmation_employee_id_exists references ombor.employee (id),
    method text not null,
    score numeric(12, 6),
    threshold numeric(12, 6),
    agreeing_share numeric(7, 6),
    liveness text,
    pipeline_version text,
    confirmed_at timestamptz not null,
    valid_until timestamptz not null,
    constraint confirmation_method_known
        check (method in ('face', 'badge_face', 'vouched_face', 'vouched_password', 'admin_password')),
    -- An Admin's password stands for the Admin; every other method stands for an employee.
    constraint confirmation_employee_id_by_method check ((method = 'admin_password') = (employee_id is null)),
    constraint confirmation_score_by_method check (
        method not in ('face', 'badge_face', 'vouched_face')
        or (score is not null and threshold is not null and agreeing_share is not null
            and pipeline_version is not null)
    ),
    constraint confirmation_agreeing_share_range check (agreeing_share between 0 and 1),
    constraint confirmation_valid_until_five_minutes check (valid_until <= confirmed_at + interval '5 minutes'),
    -- What a document refers to: the employee and the session cannot differ from the confirmation's own.
    constraint confirmation_id_session_id_employee_id_unique unique (id, session_id, employee_id)
);

create index confirmation_session_id_idx on ombor.confirmation (session_id, confirmed_at desc);
create index confirmation_employee_id_idx on ombor.confirmation (employee_id, confirmed_at desc);
