-- A warehouse moves in with a hundred thousand products, and what each row costs is what the takeover costs.

-- The same rules as before without counting the repetitions of a pattern, character by character, for each row.
alter table ombor.product
    drop constraint product_sku_form,
    drop constraint product_search_text_folded,
    add constraint product_sku_form
        check (length(sku) between 1 and 64 and sku !~ '[[:cntrl:]]' and sku = btrim(sku)),
    add constraint product_search_text_folded
        check (search_text <> '' and search_text = btrim(search_text) and strpos(search_text, '  ') = 0);
alter table ombor.product_code
    drop constraint product_code_code_form,
    add constraint product_code_code_form
        check (length(code) between 1 and 128 and code !~ '[[:cntrl:]]' and code = btrim(code));

-- A product's words go into the index together with those of its neighbours. Whoever looks for a word reads those that
-- still wait as well: so a single edit leaves few of them, and a takeover none.
alter index ombor.product_search_words_idx set (fastupdate = on);
alter function ombor.create_product set gin_pending_list_limit = '64kB';
alter function ombor.update_product set gin_pending_list_limit = '64kB';

-- A foreign key asks for its row once for each row that is written. These five are asked for once per statement
-- instead, for all of its rows, and answer under the same names. Each row is looked up in the other table's index:
-- a join would be planned for as many rows as there were when the table was last counted, and nobody counts it between
-- the first product of a takeover and the last.
alter table ombor.product
    drop constraint product_category_id_exists,
    drop constraint product_base_unit_id_exists;
alter table ombor.product_code drop constraint product_code_product_id_exists;
alter table ombor.stock
    drop constraint stock_product_id_exists,
    drop constraint stock_location_id_exists;

create function ombor.check_keys_of_products() returns trigger
language plpgsql set enable_seqscan = off as $$
begin
    if exists (
        select from written where written.category_id is not null
            and (select category.id from ombor.category where category.id = written.category_id) is null
    ) then
        raise foreign_key_violation using constraint = 'product_category_id_exists';
    end if;
    if exists (
        select from written
        where (select unit.id from ombor.unit where unit.id = written.base_unit_id) is null
    ) then
        raise foreign_key_violation using constraint = 'product_base_unit_id_exists';
    end if;
    return null;
end;
$$;

create function ombor.check_keys_of_codes() returns trigger
language plpgsql set enable_seqscan = off as $$
begin
    if exists (
        select from written
        where (select product.id from ombor.product where product.id = written.product_id) is null
    ) then
        raise foreign_key_violation using constraint = 'product_code_product_id_exists';
    end if;
    return null;
end;
$$;

create function ombor.check_keys_of_stock() returns trigger
language plpgsql set enable_seqscan = off as $$
begin
    if exists (
        select from written
        where (select product.id from ombor.product where product.id = written.product_id) is null
    ) then
        raise foreign_key_violation using constraint = 'stock_product_id_exists';
    end if;
    if exists (
        select from written
        where (select location.id from ombor.location where location.id = written.location_id) is null
    ) then
        raise foreign_key_violation using constraint = 'stock_location_id_exists';
    end if;
    return null;
end;
$$;

create trigger product_has_its_keys after insert on ombor.product
    referencing new table as written for each statement execute function ombor.check_keys_of_products();
create trigger product_still_has_its_keys after update on ombor.product
    referencing new table as written for each statement execute function ombor.check_keys_of_products();
create trigger product_code_has_its_keys after insert on ombor.product_code
    referencing new table as written for each statement execute function ombor.check_keys_of_codes();
create trigger stock_has_its_keys after insert on ombor.stock
    referencing new table as written for each statement execute function ombor.check_keys_of_stock();

-- What a foreign key keeps at its other end: what is referred to stays, under its key. And a code or a balance never
-- goes over to another product, so these need not be asked again.
create trigger category_is_never_deleted before delete on ombor.category
    for each row execute function ombor.refuse_change();
create trigger category_is_never_truncated before truncate on ombor.category
    for each statement execute function ombor.refuse_change();
create trigger unit_is_never_deleted before delete on ombor.unit
    for each row execute function ombor.refuse_change();
create trigger unit_is_never_truncated before truncate on ombor.unit
    for each statement execute function ombor.refuse_change();
create trigger category_keeps_its_key before update of id on ombor.category
    for each row execute function ombor.refuse_change();
create trigger unit_keeps_its_key before update of id on ombor.unit
    for each row execute function ombor.refuse_change();
create trigger product_keeps_its_key before update of id on ombor.product
    for each row execute function ombor.refuse_change();
create trigger location_keeps_its_key before update of id on ombor.location
    for each row execute function ombor.refuse_change();
create trigger product_code_keeps_its_product before update of product_id on ombor.product_code
    for each row execute function ombor.refuse_change();
create trigger stock_keeps_its_keys before update of product_id, location_id on ombor.stock
    for each row execute function ombor.refuse_change();

-- As before, except that rows which nobody else has seen yet are not locked first.
create or replace function ombor.post_opening_lines(
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
        and s.xmin <> pg_current_xact_id()::xid
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

-- As before, except that the index takes the keys in its own order, and that once the products are there they are
-- counted: what follows is planned for so many of them.
create or replace function ombor.keep_import_keys(
    p_session_id uuid, p_source text, p_kind text, p_keys text[], p_object_ids uuid[], p_quantities numeric[]
) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
begin
    perform ombor.require_role(p_session_id, 'admin');
    insert into ombor.import_key (source, kind, foreign_key, object_id, quantity)
    select p_source, p_kind, given.key, given.object_id, given.quantity
    from unnest(p_keys, p_object_ids, p_quantities) as given (key, object_id, quantity)
    order by given.key collate "C"
    on conflict (source, kind, foreign_key) do nothing;
    if p_kind = 'product' then
        analyze ombor.product, ombor.stock;
    end if;
end;
$$;

-- Puts the words that still wait into the index.
create function ombor.end_takeover(p_session_id uuid) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
begin
    perform ombor.require_role(p_session_id, 'admin');
    perform gin_clean_pending_list('ombor.product_search_words_idx');
end;
$$;

revoke all on all functions in schema ombor from public;
grant execute on function ombor.end_takeover to ombor_app;
