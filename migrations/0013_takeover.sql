-- Taking over what an old program kept.
alter table ombor.product
    add column brand text,
    add constraint product_brand_filled check (btrim(brand) <> '' and length(brand) <= 200);

-- What a record of an old program became, so that the same record never becomes two. Of balances, what was opened.
create table ombor.import_key (
    source text collate "C" not null,
    kind text not null,
    foreign_key text collate "C" not null,
    object_id uuid not null,
    quantity numeric(18, 3),
    constraint import_key_source_kind_foreign_key_primary primary key (source, kind, foreign_key),
    constraint import_key_source_filled check (btrim(source) <> '' and length(source) <= 200),
    constraint import_key_kind_known check (kind in ('product', 'balance', 'user')),
    constraint import_key_foreign_key_length check (length(foreign_key) between 1 and 400),
    constraint import_key_quantity_by_kind check ((kind = 'balance') = (quantity is not null))
);

-- Movements of an old program, to be read: no posting, no balance and no seal knows them.
create table ombor.old_movement (
    id bigint not null generated always as identity constraint old_movement_id_primary primary key,
    source text collate "C" not null,
    part text not null,
    position bigint not null,
    -- As the old program wrote it; not every one writes a time.
    written_at text,
    direction text,
    product_id uuid constraint old_movement_product_id_exists references ombor.product (id),
    product_key text,
    quantity numeric,
    user_login text,
    note text,
    constraint old_movement_source_part_position_unique unique (source, part, position),
    constraint old_movement_direction_known check (direction in ('in', 'out'))
);

create index old_movement_product_id_idx on ombor.old_movement (product_id, id);

-- One takeover at a time: what it found out about the warehouse stays true until it ends.
create function ombor.begin_takeover(p_session_id uuid) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
begin
    perform ombor.require_role(p_session_id, 'admin');
    lock table ombor.import_key in share row exclusive mode;
end;
$$;

create function ombor.take_over_categories(p_session_id uuid, p_ids uuid[], p_names text[]) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
begin
    perform ombor.require_role(p_session_id, 'admin');
    insert into ombor.category (id, name) select * from unnest(p_ids, p_names);
    insert into ombor.outbox (event_id, kind, object_id)
    select gen_random_uuid(), 'category_changed', given.id from unnest(p_ids) as given (id);
end;
$$;

-- A unit that is there gets decimals enough for what is counted in it.
create function ombor.take_over_units(
    p_session_id uuid, p_ids uuid[], p_names text[], p_decimals smallint[]
) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
begin
    perform ombor.require_role(p_session_id, 'admin');
    insert into ombor.unit as u (id, name, symbol, decimals)
    select given.id, given.name, given.name, given.decimals
    from unnest(p_ids, p_names, p_decimals) as given (id, name, decimals)
    on conflict (id) do update set decimals = excluded.decimals where u.decimals < excluded.decimals;
end;
$$;

create function ombor.take_over_products(
    p_session_id uuid, p_ids uuid[], p_skus text[], p_names text[], p_category_ids uuid[], p_unit_ids uuid[],
    p_min_stocks numeric[], p_prices numeric[], p_brands text[], p_search_texts text[]
) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
begin
    perform ombor.require_role(p_session_id, 'admin');
    insert into ombor.product (
        id, sku, name, category_id, base_unit_id, min_stock, price, currency, brand, search_text)
    select given.id, given.sku, given.name, given.category_id, given.unit_id, given.min_stock, given.price,
           warehouse.currency, given.brand, given.search_text
    from unnest(p_ids, p_skus, p_names, p_category_ids, p_unit_ids, p_min_stocks, p_prices, p_brands, p_search_texts)
        as given (id, sku, name, category_id, unit_id, min_stock, price, brand, search_text)
    cross join ombor.warehouse;
    insert into ombor.outbox (event_id, kind, object_id)
    select gen_random_uuid(), 'product_changed', given.id from unnest(p_ids) as given (id);
end;
$$;

-- Brings known products up to what the old program says now; what it does not say stays. Answers with how many changed.
create function ombor.bring_products_up_to_date(
    p_session_id uuid, p_ids uuid[], p_names text[], p_category_ids uuid[], p_min_stocks numeric[],
    p_prices numeric[], p_brands text[], p_search_texts text[]
) returns bigint
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_changed bigint;
begin
    perform ombor.require_role(p_session_id, 'admin');
    with changed as (
        update ombor.product as p
        set name = given.name, category_id = coalesce(given.category_id, p.category_id),
            min_stock = coalesce(given.min_stock, p.min_stock), price = coalesce(given.price, p.price),
            brand = coalesce(given.brand, p.brand), search_text = given.search_text, version = p.version + 1
        from unnest(p_ids, p_names, p_category_ids, p_min_stocks, p_prices, p_brands, p_search_texts)
            as given (id, name, category_id, min_stock, price, brand, search_text)
        where p.id = given.id
            and (p.name, p.category_id, p.min_stock, p.price, p.brand) is distinct from (
                given.name, coalesce(given.category_id, p.category_id), coalesce(given.min_stock, p.min_stock),
                coalesce(given.price, p.price), coalesce(given.brand, p.brand))
        returning p.id
    ), told as (
        insert into ombor.outbox (event_id, kind, object_id)
        select gen_random_uuid(), 'product_changed', changed.id from changed
        returning 1
    )
    select count(*) into v_changed from told;
    return v_changed;
end;
$$;

create function ombor.retire_products(p_session_id uuid, p_ids uuid[]) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
begin
    perform ombor.require_role(p_session_id, 'admin');
    update ombor.product set active = false, version = version + 1 where id = any (p_ids) and active;
end;
$$;

create function ombor.take_over_codes(
    p_session_id uuid, p_product_ids uuid[], p_codes text[], p_quantities numeric[], p_kinds text[]
) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
begin
    perform ombor.require_role(p_session_id, 'admin');
    insert into ombor.product_code (product_id, code, quantity, kind)
    select * from unnest(p_product_ids, p_codes, p_quantities, p_kinds);
end;
$$;

create function ombor.keep_import_keys(
    p_session_id uuid, p_source text, p_kind text, p_keys text[], p_object_ids uuid[], p_quantities numeric[]
) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
begin
    perform ombor.require_role(p_session_id, 'admin');
    insert into ombor.import_key (source, kind, foreign_key, object_id, quantity)
    select p_source, p_kind, given.key, given.object_id, given.quantity
    from unnest(p_keys, p_object_ids, p_quantities) as given (key, object_id, quantity)
    on conflict (source, kind, foreign_key) do nothing;
end;
$$;

-- Without a password: nobody logs in with these before an Admin has given one, and then chooses another.
create function ombor.take_over_users(
    p_session_id uuid, p_ids uuid[], p_logins text[], p_names text[], p_roles text[], p_active boolean[]
) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
begin
    perform ombor.require_role(p_session_id, 'admin');
    insert into ombor.user_account (id, login, name, role, active, must_choose_password)
    select given.id, given.login, given.name, given.role, given.active, true
    from unnest(p_ids, p_logins, p_names, p_roles, p_active) as given (id, login, name, role, active);
end;
$$;

-- A record that was taken over before is brought up to date; answers with how many are new.
create function ombor.take_over_movements(
    p_session_id uuid, p_source text, p_parts text[], p_positions bigint[], p_written_at text[], p_directions text[],
    p_product_ids uuid[], p_product_keys text[], p_quantities numeric[], p_user_logins text[], p_notes text[]
) returns bigint
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_added bigint;
begin
    perform ombor.require_role(p_session_id, 'admin');
    with written as (
        insert into ombor.old_movement as m (
            source, part, position, written_at, direction, product_id, product_key, quantity, user_login, note)
        select p_source, given.* from unnest(
            p_parts, p_positions, p_written_at, p_directions, p_product_ids, p_product_keys, p_quantities,
            p_user_logins, p_notes) as given
        on conflict (source, part, position) do update
            set written_at = excluded.written_at, direction = excluded.direction, product_id = excluded.product_id,
                product_key = excluded.product_key, quantity = excluded.quantity, user_login = excluded.user_login,
                note = excluded.note
            where (m.written_at, m.direction, m.product_id, m.product_key, m.quantity, m.user_login, m.note)
                is distinct from (excluded.written_at, excluded.direction, excluded.product_id, excluded.product_key,
                                  excluded.quantity, excluded.user_login, excluded.note)
        returning m.xmax = 0 as is_new
    )
    select count(*) filter (where written.is_new) into v_added from written;
    return v_added;
end;
$$;

-- The lines of an opening, all at once: nothing is taken from anywhere, so no line can fall short, and a warehouse that
-- moves in has a hundred thousand of them.
create function ombor.post_opening_lines(
    p_number bigint, p_from_id uuid, p_to_id uuid, p_user_id uuid, p_movement_ids uuid[], p_product_ids uuid[],
    p_lot_ids uuid[], p_quantities numeric[], out before_quantities numeric[], out after_quantities numeric[]
)
language plpgsql as $$
begin
    if exists (
        select from unnest(p_product_ids, p_lot_ids) as given (product_id, lot_id)
        left join ombor.product on product.id = given.product_id
        left join ombor.lot on lot.id = given.lot_id and lot.product_id = given.product_id
        where product.active is not true or (given.lot_id is not null and lot.id is null)
    ) then
        perform ombor.refuse_short_lines(p_to_id, '{}', '{}', p_product_ids, p_lot_ids, p_quantities);
    end if;
    -- Lots that meet this location for the first time.
    insert into ombor.stock (product_id, location_id, lot_id)
    select distinct given.product_id, p_to_id, given.lot_id
    from unnest(p_product_ids, p_lot_ids) as given (product_id, lot_id) where given.lot_id is not null
    on conflict (product_id, location_id, lot_id) do nothing;
    -- The fixed order of rows in which every posting takes them.
    perform from ombor.stock as s
    where s.location_id = p_to_id and s.product_id = any (p_product_ids)
    order by s.product_id, s.lot_id nulls first for update;
    with line as (
        select given.*, sum(given.quantity) over (
            partition by given.product_id, given.lot_id order by given.position) as so_far
        from unnest(p_movement_ids, p_product_ids, p_lot_ids, p_quantities::numeric(18, 3)[]) with ordinality
            as given (movement_id, product_id, lot_id, quantity, position)
    ), total as (
        select line.product_id, line.lot_id, sum(line.quantity) as quantity from line
        group by line.product_id, line.lot_id
    ), changed as (
        update ombor.stock as s set on_hand = s.on_hand + total.quantity
        from total
        where s.product_id = total.product_id and s.location_id = p_to_id
            and s.lot_id is not distinct from total.lot_id
        returning s.product_id, s.lot_id, s.on_hand - total.quantity as before
    ), written as (
        insert into ombor.movement (
            id, document_number, line, product_id, lot_id, from_location_id, to_location_id, quantity, to_on_hand,
            user_id)
        select line.movement_id, p_number, line.position, line.product_id, line.lot_id, p_from_id, p_to_id,
               line.quantity, changed.before + line.so_far, p_user_id
        from line
        join changed on changed.product_id = line.product_id and changed.lot_id is not distinct from line.lot_id
        returning movement.line, movement.quantity, movement.to_on_hand
    )
    select array_agg(written.to_on_hand - written.quantity order by written.line),
           array_agg(written.to_on_hand order by written.line)
    into before_quantities, after_quantities
    from written;
end;
$$;

-- As before, except that the lines of an opening are written at once.
create or replace function ombor.post_document(
    p_session_id uuid, p_document_id uuid, p_kind text, p_from_id uuid, p_to_id uuid, p_confirmation_id uuid,
    p_note text, p_movement_ids uuid[], p_product_ids uuid[], p_lot_ids uuid[], p_quantities numeric[],
    out number bigint, out posted_at timestamptz, out repeated boolean,
    out before_quantities numeric[], out after_quantities numeric[]
)
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_document record;
    v_ends uuid[];
    v_order integer[] := '{1}';
    v_line integer;
    v_end uuid;
    v_quantity numeric(18, 3);
    v_on_hand numeric;
    v_from_on_hand numeric;
    v_to_on_hand numeric;
    v_short integer[] := '{}';
    v_taken integer[] := '{}';
    -- Taken before the number is drawn; see ombor.seal_now.
    v_xid xid8 := pg_current_xact_id();
begin
    insert into ombor.document as d (
        id, number, kind, from_location_id, to_location_id, user_id, session_id, employee_id, confirmation_id,
        posted_at, note)
    select p_document_id, nextval('ombor.document_number_seq'), p_kind, origin.id, target.id, s.user_id, s.id,
           c.employee_id, c.id, clock_timestamp(), p_note
    from ombor.session as s
    join ombor.user_account as u on u.id = s.user_id
    left join ombor.confirmation as c on c.id = p_confirmation_id
    join ombor.location as origin on origin.kind = ombor.origin_of(p_kind)
        and case when p_from_id is null then origin.is_default else origin.id = p_from_id end
    join ombor.location as target on target.kind = ombor.target_of(p_kind)
        and case when p_to_id is null then target.is_default else target.id = p_to_id end
    where s.id = p_session_id and ombor.session_holds(s.ended_at, s.seen_at, s.idle_limit, s.ends_at) and u.active
        and origin.id <> target.id
        and case
            when p_kind = 'opening' then u.role = 'admin' and p_confirmation_id is null
            else u.role in ('admin', 'operator') and c.session_id = s.id and c.employee_id is not null
                and clock_timestamp() between c.confirmed_at and c.valid_until
        end
        and cardinality(p_movement_ids) between 1 and 5000
        and cardinality(p_product_ids) = cardinality(p_movement_ids)
        and cardinality(p_lot_ids) = cardinality(p_movement_ids)
        and cardinality(p_quantities) = cardinality(p_movement_ids)
    on conflict (id) do nothing
    returning d.number, d.posted_at, d.from_location_id, d.to_location_id, d.user_id, d.employee_id into v_document;

    if v_document.number is null then
        select answer.* into number, posted_at, before_quantities, after_quantities
        from ombor.repeat_or_refuse(
            p_session_id, p_document_id, p_kind, p_from_id, p_to_id, p_confirmation_id, p_note,
            p_movement_ids, p_product_ids, p_lot_ids, p_quantities) as answer;
        repeated := true;
        return;
    end if;
    number := v_document.number;
    posted_at := v_document.posted_at;
    repeated := false;
    insert into ombor.outbox (event_id, kind, object_id) values (p_document_id, 'document_posted', p_document_id);

    if p_kind = 'opening' then
        select opened.before_quantities, opened.after_quantities into before_quantities, after_quantities
        from ombor.post_opening_lines(
            v_document.number, v_document.from_location_id, v_document.to_location_id, v_document.user_id,
            p_movement_ids, p_product_ids, p_lot_ids, p_quantities) as opened;
        return;
    end if;

    -- One fixed order of rows (product, lot, location), whatever the order of the lines: two documents never wait for
    -- each other in a circle.
    v_ends := case
        when p_kind = 'issue' then array[v_document.from_location_id]
        when p_kind <> 'transfer' then array[v_document.to_location_id]
        when v_document.from_location_id < v_document.to_location_id
            then array[v_document.from_location_id, v_document.to_location_id]
        else array[v_document.to_location_id, v_document.from_location_id]
    end;
    if cardinality(p_product_ids) > 1 then
        select array_agg(line.position order by line.product_id, line.lot_id nulls first, line.position) into v_order
        from unnest(p_product_ids, p_lot_ids) with ordinality as line (product_id, lot_id, position);
    end if;
    foreach v_line in array v_order loop
        v_quantity := p_quantities[v_line];
        foreach v_end in array v_ends loop
            v_on_hand := ombor.change_balance(
                p_product_ids[v_line], v_end, p_lot_ids[v_line],
                case when v_end = v_document.from_location_id then -v_quantity else v_quantity end, false);
            if v_on_hand is null then
                v_short := v_short || v_line;
            elsif v_end = v_document.to_location_id then
                v_to_on_hand := v_on_hand;
            else
                v_from_on_hand := v_on_hand;
                v_taken := v_taken || v_line;
            end if;
        end loop;
        insert into ombor.movement (
            id, document_number, line, product_id, lot_id, from_location_id, to_location_id, quantity, from_on_hand,
            to_on_hand, user_id, employee_id, confirmation_id)
        values (
            p_movement_ids[v_line], v_document.number, v_line, p_product_ids[v_line], p_lot_ids[v_line],
            v_document.from_location_id, v_document.to_location_id, v_quantity, v_from_on_hand, v_to_on_hand,
            v_document.user_id, v_document.employee_id, p_confirmation_id);
        after_quantities[v_line] := coalesce(v_from_on_hand, v_to_on_hand);
        before_quantities[v_line] := coalesce(v_from_on_hand + v_quantity, v_to_on_hand - v_quantity);
    end loop;
    if v_short <> '{}' then
        perform ombor.refuse_short_lines(
            v_document.from_location_id, v_short, v_taken, p_product_ids, p_lot_ids, p_quantities);
    end if;
end;
$$;

revoke all on all functions in schema ombor from public;
grant select on ombor.import_key, ombor.old_movement to ombor_app, ombor_backup;
grant select on all sequences in schema ombor to ombor_backup;
grant execute on function
    ombor.begin_takeover,
    ombor.take_over_categories, ombor.take_over_units, ombor.take_over_products, ombor.bring_products_up_to_date,
    ombor.retire_products, ombor.take_over_codes, ombor.keep_import_keys, ombor.take_over_users,
    ombor.take_over_movements
to ombor_app;
