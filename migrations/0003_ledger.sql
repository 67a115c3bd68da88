-- Stock is a double-entry ledger: a movement takes a quantity from one location to another, and suppliers, customers
-- and losses are locations too. Balances are kept for internal locations alone: the others would only be the same
-- rows that every writer waits for.
create table ombor.location (
    id uuid not null constraint location_id_primary primary key,
    kind text not null,
    name text not null constraint location_name_unique unique,
    is_default boolean not null default false,
    constraint location_kind_known
        check (kind in ('internal', 'transit', 'supplier', 'customer', 'loss', 'adjustment')),
    constraint location_name_filled check (btrim(name) <> '')
);

-- Where a receipt goes and an issue comes from when nobody says otherwise.
create unique index location_kind_default_unique on ombor.location (kind) where is_default;

create table ombor.lot (
    id uuid not null constraint lot_id_primary primary key,
    product_id uuid not null constraint lot_product_id_exists references ombor.product (id),
    number text not null,
    expires_on date,
    constraint lot_product_id_number_unique unique (product_id, number),
    constraint lot_number_filled check (btrim(number) <> '')
);

-- Room is left in each page for updates in place: the row changes with every movement, no index of it does.
create table ombor.stock (
    product_id uuid not null constraint stock_product_id_exists references ombor.product (id),
    location_id uuid not null constraint stock_location_id_exists references ombor.location (id),
    lot_id uuid constraint stock_lot_id_exists references ombor.lot (id),
    on_hand numeric(18, 3) not null default 0,
    reserved numeric(18, 3) not null default 0,
    constraint stock_product_id_location_id_lot_id_unique unique nulls not distinct (product_id, location_id, lot_id),
    constraint stock_on_hand_not_negative check (on_hand >= 0),
    constraint stock_reserved_not_negative check (reserved >= 0)
) with (fillfactor = 75);

create sequence ombor.document_number_seq as bigint;

-- Lines posted together or not at all. The row is its own audit entry: who, when, with which confirmation.
create table ombor.document (
    id uuid not null constraint document_id_primary primary key,
    number bigint not null constraint document_number_unique unique,
    kind text not null,
    from_location_id uuid not null,
    to_location_id uuid not null,
    user_id uuid not null,
    session_id uuid not null,
    employee_id uuid,
    confirmation_id uuid,
    posted_at timestamptz not null,
    note text,
    constraint document_from_location_id_other check (from_location_id <> to_location_id),
    -- An opening has nobody behind it, a reversal the Admin alone, everything else an employee. One short rule: every
    -- check is read anew for each posting.
    constraint document_confirmation_id_by_kind check (
        (kind = 'opening') = (confirmation_id is null) and (kind in ('opening', 'reversal')) = (employee_id is null)
    ),
    -- The employee and the session are the confirmation's own, whoever writes the row.
    constraint document_confirmation_id_session_id_employee_id_own
        foreign key (confirmation_id, session_id, employee_id)
        references ombor.confirmation (id, session_id, employee_id)
);

-- An Admin's password is typed anew for each reversal.
create unique index document_confirmation_id_reversal_once on ombor.document (confirmation_id) where kind = 'reversal';
-- Documents lie in the order of their time, so a few bytes for each range of pages find a day.
create index document_posted_at_idx on ombor.document using brin (posted_at) with (pages_per_range = 16);

-- Products, locations, users, employees and confirmations are never deleted (a trigger sees to it), and this table has
-- one writer, which checks them. Foreign keys here would take a lock on the busiest rows of the warehouse for each line,
-- and the one to the document, planned while the tables were empty, would read all of them.
create table ombor.movement (
    id uuid not null constraint movement_id_primary primary key,
    document_number bigint not null,
    line integer not null,
    product_id uuid not null,
    lot_id uuid,
    from_location_id uuid not null,
    to_location_id uuid not null,
    quantity numeric(18, 3) not null,
    -- What was there after this movement, at each end that is internal: the answer to a repeated posting, and a
    -- ledger page in one index scan.
    from_on_hand numeric(18, 3),
    to_on_hand numeric(18, 3),
    user_id uuid not null,
    employee_id uuid,
    confirmation_id uuid,
    reversal_of_id uuid constraint movement_reversal_of_id_exists references ombor.movement (id),
    constraint movement_document_number_line_unique unique (document_number, line),
    constraint movement_quantity_positive check (quantity > 0)
);

create unique index movement_reversal_of_id_once on ombor.movement (reversal_of_id) where reversal_of_id is not null;
create index movement_product_id_document_number_idx on ombor.movement (product_id, document_number);

insert into ombor.location (id, kind, name, is_default) values
    (gen_random_uuid(), 'internal', 'Ombor', true),
    (gen_random_uuid(), 'transit', 'Yoʻlda', true),
    (gen_random_uuid(), 'supplier', 'Yetkazib beruvchi', true),
    (gen_random_uuid(), 'customer', 'Mijoz', true),
    (gen_random_uuid(), 'loss', 'Yoʻqotish', true),
    (gen_random_uuid(), 'adjustment', 'Tuzatish', true);

-- A stock row appears with its product and with its location, so that a posting only ever updates.
create function ombor.add_stock_rows() returns trigger
language plpgsql security definer set search_path = ombor, pg_temp as $$
begin
    if tg_table_name = 'product' then
        insert into ombor.stock (product_id, location_id)
        select added.id, location.id from added cross join ombor.location where location.kind = 'internal';
    else
        insert into ombor.stock (product_id, location_id)
        select product.id, added.id from added cross join ombor.product where added.kind = 'internal';
    end if;
    return null;
end;
$$;

create trigger product_adds_stock_rows after insert on ombor.product
    referencing new table as added for each statement execute function ombor.add_stock_rows();
create trigger location_adds_stock_rows after insert on ombor.location
    referencing new table as added for each statement execute function ombor.add_stock_rows();
