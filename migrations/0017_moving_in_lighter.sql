-- What a takeover opened stands in the ledger: it is enough to know its documents. And a place is known by what the old
-- program calls it, however it is called here by now.
alter table ombor.import_key
    drop constraint import_key_kind_known,
    drop constraint import_key_quantity_by_kind;
insert into ombor.import_key (source, kind, foreign_key, object_id)
select taken.source, 'opening', document.number::text, document.id
from (select distinct source from ombor.import_key where kind = 'balance') as taken
join ombor.document on document.kind = 'opening' and document.note = taken.source;
delete from ombor.import_key where kind = 'balance';
alter table ombor.import_key
    drop column quantity,
    add constraint import_key_kind_known check (kind in ('product', 'opening', 'place', 'user'));

-- As before, except that the keys are new ones, and that only what the next steps are planned by is counted.
drop function ombor.keep_import_keys;
create function ombor.keep_import_keys(
    p_session_id uuid, p_source text, p_kind text, p_keys text[], p_object_ids uuid[]
) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
begin
    perform ombor.require_role(p_session_id, 'admin');
    insert into ombor.import_key (source, kind, foreign_key, object_id)
    select p_source, p_kind, given.key, given.object_id
    from unnest(p_keys, p_object_ids) as given (key, object_id)
    order by given.key collate "C";
    if p_kind = 'product' then
        analyze ombor.product (id, active), ombor.stock (product_id, location_id, lot_id);
    end if;
end;
$$;

-- The rows that come with a product and with a location are made of the rows of both, so their keys need not be looked
-- up again.
drop trigger stock_has_its_keys on ombor.stock;
create trigger stock_has_its_keys after insert on ombor.stock
    referencing new table as written for each statement
    when (pg_trigger_depth() = 0) execute function ombor.check_keys_of_stock();

-- A balance that is opened in the transaction that made its row finds room for its new version beside it: a page that
-- is full would send it elsewhere, and into the index again.
alter table ombor.stock set (fillfactor = 50);

-- Opens balances of products that have no lots and stand on one line each, as those of a takeover do. Each row is looked
-- up in its index, whatever the server thinks that the tables hold: nobody has counted them yet.
create function ombor.post_plain_opening_lines(
    p_number bigint, p_from_id uuid, p_to_id uuid, p_user_id uuid, p_movement_ids uuid[], p_product_ids uuid[],
    p_quantities numeric[], out before_quantities numeric[], out after_quantities numeric[]
)
language plpgsql set enable_hashjoin = off set enable_mergejoin = off set enable_memoize = off as $$
begin
    with changed as (
        update ombor.stock as s set on_hand = s.on_hand + given.quantity
        from unnest(p_movement_ids, p_product_ids, p_quantities::numeric(18, 3)[]) with ordinality
            as given (movement_id, product_id, quantity, position)
        where s.product_id = given.product_id and s.location_id = p_to_id and s.lot_id is null
        returning given.movement_id, given.product_id, given.quantity, given.position, s.on_hand
    ), written as (
        insert into ombor.movement (
            id, document_number, line, product_id, from_location_id, to_location_id, quantity, to_on_hand, user_id)
        select changed.movement_id, p_number, changed.position, changed.product_id, p_from_id, p_to_id,
               changed.quantity, changed.on_hand, p_user_id
        from changed
        returning movement.line, movement.quantity, movement.to_on_hand
    )
    select array_agg(written.to_on_hand - written.quantity order by written.line),
           array_agg(written.to_on_hand order by written.line)
    into before_quantities, after_quantities
    from written;
end;
$$;

-- As before, except that plain lines have their own way.
create or replace function ombor.post_opening_lines(
    p_number bigint, p_from_id uuid, p_to_id uuid, p_user_id uuid, p_movement_ids uuid[], p_product_ids uuid[],
    p_lot_ids uuid[], p_quantities numeric[], out before_quantities numeric[], out after_quantities numeric[]
)
language plpgsql as $$
declare
    v_has_lots boolean;
    v_is_plain boolean;
begin
    select count(given.lot_id) > 0, count(given.lot_id) = 0 and count(distinct given.product_id) = count(*)
    into v_has_lots, v_is_plain
    from unnest(p_product_ids, p_lot_ids) as given (product_id, lot_id);
    if exists (
        select from unnest(p_product_ids) as given (product_id)
        where (select product.active from ombor.product where product.id = given.product_id) is not true
    ) or v_has_lots and exists (
        select from unnest(p_product_ids, p_lot_ids) as given (product_id, lot_id)
        left join ombor.lot on lot.id = given.lot_id and lot.product_id = given.product_id
        where given.lot_id is not null and lot.id is null
    ) then
        perform ombor.refuse_short_lines(p_to_id, '{}', '{}', p_product_ids, p_lot_ids, p_quantities);
    end if;
    -- Lots that meet this location for the first time.
    if v_has_lots then
        insert into ombor.stock (product_id, location_id, lot_id)
        select distinct given.product_id, p_to_id, given.lot_id
        from unnest(p_product_ids, p_lot_ids) as given (product_id, lot_id) where given.lot_id is not null
        on conflict (product_id, location_id, lot_id) do nothing;
    end if;
    -- The fixed order of rows in which every posting takes them.
    perform from ombor.stock as s
    where s.location_id = p_to_id and s.product_id = any (p_product_ids)
        and s.xmin <> pg_current_xact_id()::xid
    order by s.product_id, s.lot_id nulls first for update;
    if v_is_plain then
        select opened.* into before_quantities, after_quantities
        from ombor.post_plain_opening_lines(
            p_number, p_from_id, p_to_id, p_user_id, p_movement_ids, p_product_ids, p_quantities) as opened;
        return;
    end if;
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

revoke all on all functions in schema ombor from public;
grant execute on function ombor.keep_import_keys to ombor_app;
