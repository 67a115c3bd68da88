-- Changes to send. Read in the order (xid, sequence) and only below the transaction watermark: a cursor on the
-- sequence alone skips the rows of slow neighbours.
create table ombor.outbox (
    sequence bigint not null generated always as identity constraint outbox_sequence_primary primary key,
    event_id uuid not null,
    xid xid8 not null default pg_current_xact_id(),
    kind text not null,
    version smallint not null default 1,
    object_id uuid not null,
    created_at timestamptz not null default clock_timestamp(),
    sent_at timestamptz
);

create sequence ombor.audit_number_seq as bigint;

-- Acts that are not documents: a document is its own entry.
create table ombor.audit (
    number bigint not null constraint audit_number_primary primary key,
    at timestamptz not null,
    user_id uuid,
    session_id uuid,
    action text not null,
    object text not null,
    object_id uuid,
    details jsonb not null default '{}',
    constraint audit_action_form check (action ~ '^[a-z][a-z_]{1,63}$'),
    constraint audit_object_form check (object ~ '^[a-z][a-z_]{1,63}$'),
    constraint audit_details_size check (pg_column_size(details) <= 16384)
);

-- A chain over batches. A chain inside each posting was measured to halve throughput with eight writers.
create table ombor.seal (
    number bigint not null constraint seal_number_primary primary key,
    first_document_number bigint not null,
    last_document_number bigint not null,
    first_audit_number bigint not null,
    last_audit_number bigint not null,
    document_count bigint not null,
    movement_count bigint not null,
    audit_count bigint not null,
    previous_hash bytea not null,
    hash bytea not null,
    sealed_at timestamptz not null default clock_timestamp(),
    constraint seal_number_positive check (number > 0),
    constraint seal_last_document_number_order check (last_document_number >= first_document_number - 1),
    constraint seal_last_audit_number_order check (last_audit_number >= first_audit_number - 1),
    constraint seal_previous_hash_length check (octet_length(previous_hash) = 32),
    constraint seal_hash_length check (octet_length(hash) = 32)
);

-- How far numbers had been given out when the next transaction was `next_xid`. Once every older transaction has
-- ended, no row at or below these numbers can still appear, and they may be sealed.
create table ombor.seal_mark (
    singleton boolean not null default true constraint seal_mark_singleton_primary primary key,
    document_number bigint not null default 0,
    audit_number bigint not null default 0,
    next_xid xid8 not null default '0',
    constraint seal_mark_singleton_once check (singleton)
);
insert into ombor.seal_mark default values;

-- The lineage stays with the warehouse for ever; the epoch rises with each restore, so that the other end of a
-- synchronisation notices an older copy instead of merging it.
create table ombor.database_identity (
    singleton boolean not null default true constraint database_identity_singleton_primary primary key,
    lineage_id uuid not null default gen_random_uuid(),
    epoch integer not null default 1,
    created_at timestamptz not null default clock_timestamp(),
    constraint database_identity_singleton_once check (singleton),
    constraint database_identity_epoch_positive check (epoch > 0)
);
insert into ombor.database_identity default values;

create table ombor.warehouse (
    singleton boolean not null default true constraint warehouse_singleton_primary primary key,
    name text not null default 'Ombor',
    zone text not null default 'Asia/Tashkent',
    locale text not null default 'uz-Latn',
    currency text not null default 'UZS',
    idle_minutes integer not null default 15,
    confirmation_mode text not null default 'face',
    constraint warehouse_singleton_once check (singleton),
    constraint warehouse_name_filled check (btrim(name) <> '' and length(name) <= 200),
    constraint warehouse_locale_known check (locale in ('uz-Latn', 'uz-Cyrl', 'ru', 'kk', 'en')),
    constraint warehouse_currency_form check (currency ~ '^[A-Z]{3}$'),
    constraint warehouse_idle_minutes_range check (idle_minutes between 1 and 480),
    constraint warehouse_confirmation_mode_known check (confirmation_mode in ('face', 'badge_face'))
);
insert into ombor.warehouse default values;

-- What a user was gathering when the light went out.
create table ombor.draft (
    user_id uuid not null constraint draft_user_id_primary primary key
        constraint draft_user_id_exists references ombor.user_account (id),
    body jsonb not null,
    saved_at timestamptz not null default clock_timestamp(),
    constraint draft_body_size check (pg_column_size(body) <= 1048576)
);

create function ombor.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is refused: rows of % stay as they are', tg_op, tg_table_name
        using errcode = 'OM015';
end;
$$;

do $$
declare
    v_table text;
begin
    foreach v_table in array array['document', 'movement', 'audit', 'seal', 'confirmation'] loop
        execute format(
            'create trigger %1$s_is_append_only before update or delete on ombor.%1$s
                 for each row execute function ombor.refuse_change()', v_table);
    end loop;
    foreach v_table in array array['user_account', 'session', 'employee', 'product', 'location', 'lot', 'stock'] loop
        execute format(
            'create trigger %1$s_is_never_deleted before delete on ombor.%1$s
                 for each row execute function ombor.refuse_change()', v_table);
    end loop;
    foreach v_table in array array[
        'document', 'movement', 'audit', 'seal', 'confirmation',
        'user_account', 'session', 'employee', 'product', 'location', 'lot', 'stock'
    ] loop
        execute format(
            'create trigger %1$s_is_never_truncated before truncate on ombor.%1$s
                 for each statement execute function ombor.refuse_change()', v_table);
    end loop;
end;
$$;
