-- Whether the lines of a posted document are the lines given: the body that an id stands for.
create function ombor.is_posted_as(
    p_number bigint, p_movement_ids uuid[], p_product_ids uuid[], p_lot_ids uuid[], p_quantities numeric[]
) returns boolean
language sql stable as $$
    select count(*) = cardinality(p_movement_ids)
        and coalesce(bool_and(
            m.id = p_movement_ids[m.line] and m.product_id = p_product_ids[m.line]
            and m.lot_id is not distinct from p_lot_ids[m.line] and m.quantity = p_quantities[m.line]), false)
    from ombor.movement as m where m.document_number = p_number
$$;

-- Refuses a document because of the lines named: what each product was wanted for, and what there is.
create function ombor.refuse_short_lines(
    p_location_id uuid, p_short integer[], p_taken integer[], p_product_ids uuid[], p_lot_ids uuid[],
    p_quantities numeric[], p_even_inactive boolean default false
) returns void
language plpgsql as $$
declare
    v_product_id uuid;
    v_lines jsonb;
begin
    select given.id into v_product_id
    from unnest(p_product_ids) as given (id) left join ombor.product on product.id = given.id
    where product.id is null limit 1;
    if found then
        raise exception 'no such product' using errcode = 'OM009', detail = v_product_id::text;
    end if;
    if exists (
        select from unnest(p_product_ids, p_lot_ids) as given (product_id, lot_id)
        where given.lot_id is not null
            and not exists (select from ombor.lot where lot.id = given.lot_id and lot.product_id = given.product_id)
    ) then
        raise exception 'no such lot' using errcode = 'OM017';
    end if;
    select product.id into v_product_id from ombor.product
    where id = any (p_product_ids) and not active and not p_even_inactive limit 1;
    if found then
        raise exception 'the product is not active' using errcode = 'OM006', detail = v_product_id::text;
    end if;
    select jsonb_agg(jsonb_build_object(
        'product_id', product.id, 'sku', product.sku, 'name', product.name,
        'wanted', wanted.quantity::text, 'available', (coalesce(stock.on_hand, 0) + wanted.taken)::text
    ) order by wanted.first_line) into v_lines
    from (
        select line.product_id, line.lot_id, sum(line.quantity) as quantity, min(line.position) as first_line,
               -- What earlier lines of this same document took is still there for it.
               coalesce(sum(line.quantity) filter (where line.position = any (p_taken)), 0) as taken,
               bool_or(line.position = any (p_short)) as short
        from unnest(p_product_ids, p_lot_ids, p_quantities) with ordinality
            as line (product_id, lot_id, quantity, position)
        group by line.product_id, line.lot_id
    ) as wanted
    join ombor.product on product.id = wanted.product_id
    left join ombor.stock on stock.product_id = wanted.product_id and stock.location_id = p_location_id
        and stock.lot_id is not distinct from wanted.lot_id
    where wanted.short;
    raise exception 'not enough stock' using errcode = 'OM001', detail = v_lines::text;
end;
$$;

-- Changes one balance if it stays above zero, and answers with what is there then; null if it may not be changed.
create function ombor.change_balance(
    p_product_id uuid, p_location_id uuid, p_lot_id uuid, p_delta numeric, p_even_inactive boolean
) returns numeric
language plpgsql as $$
declare
    v_on_hand numeric;
begin
    update ombor.stock as s
    set on_hand = s.on_hand + p_delta
    from ombor.product as p
    where s.product_id = p_product_id and s.location_id = p_location_id and s.lot_id is not distinct from p_lot_id
        and s.on_hand + p_delta >= 0 and p.id = s.product_id and (p.active or p_even_inactive)
    returning s.on_hand into v_on_hand;
    if v_on_hand is null and p_delta > 0 and p_lot_id is not null then
        -- A lot meets this location for the first time.
        insert into ombor.stock as s (product_id, location_id, lot_id, on_hand)
        select lot.product_id, p_location_id, lot.id, p_delta
        from ombor.lot
        join ombor.product as p on p.id = lot.product_id and p.active
        where lot.id = p_lot_id and lot.product_id = p_product_id
        on conflict (product_id, location_id, lot_id) do update set on_hand = s.on_hand + excluded.on_hand
        returning s.on_hand into v_on_hand;
    end if;
    return v_on_hand;
end;
$$;

-- The one way into the ledger. One round trip: the session and its role, the confirmation, the document under its id,
-- the balances, the movements and the outbox entry. `before_quantities` and `after_quantities` are those of the
-- internal location (of the one that gives, for a transfer), line by line.
--
-- Every statement and every expression here is paid for by each posting. So the document is written by a statement that
-- asks everything at once, and only when it wrote nothing is it found out why.
create function ombor.post_document(
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

-- The kinds of location that a document goes from and to; null for a kind that is not posted this way.
create function ombor.origin_of(p_kind text) returns text language sql immutable as $$
    select case p_kind when 'receipt' then 'supplier' when 'issue' then 'internal' when 'transfer' then 'internal'
                       when 'opening' then 'adjustment' end
$$;

create function ombor.target_of(p_kind text) returns text language sql immutable as $$
    select case p_kind when 'receipt' then 'internal' when 'issue' then 'customer' when 'transfer' then 'internal'
                       when 'opening' then 'internal' end
$$;

-- After a document was not written: the answer that was given when its id was posted, or the reason for the refusal.
-- The confirmation is asked for last and not compared: after a broken connection the worker's may have run out, or the
-- worker may have looked into the camera again.
create function ombor.repeat_or_refuse(
    p_session_id uuid, p_document_id uuid, p_kind text, p_from_id uuid, p_to_id uuid, p_confirmation_id uuid,
    p_note text, p_movement_ids uuid[], p_product_ids uuid[], p_lot_ids uuid[], p_quantities numeric[],
    out number bigint, out posted_at timestamptz, out before_quantities numeric[], out after_quantities numeric[]
)
language plpgsql as $$
declare
    v_user_id uuid;
    v_from_id uuid;
    v_to_id uuid;
    v_document ombor.document;
begin
    if p_kind = 'opening' then
        v_user_id := ombor.require_role(p_session_id, 'admin');
    else
        v_user_id := ombor.require_role(p_session_id, 'admin', 'operator');
    end if;
    select origin.id, target.id into v_from_id, v_to_id
    from ombor.location as origin
    join ombor.location as target on target.kind = ombor.target_of(p_kind)
        and case when p_to_id is null then target.is_default else target.id = p_to_id end
    where origin.kind = ombor.origin_of(p_kind) and origin.id <> target.id
        and case when p_from_id is null then origin.is_default else origin.id = p_from_id end;
    if v_from_id is null then
        raise exception 'these locations do not fit a %', p_kind using errcode = 'OM014';
    end if;
    select * into v_document from ombor.document where id = p_document_id;
    if v_document.id is null then
        perform ombor.refuse_confirmation(p_session_id, p_kind, p_confirmation_id);
        raise exception 'the document is not complete' using errcode = 'OM016';
    end if;
    if (v_document.user_id, v_document.kind, v_document.from_location_id, v_document.to_location_id)
            is distinct from (v_user_id, p_kind, v_from_id, v_to_id)
        or v_document.note is distinct from p_note
        or not ombor.is_posted_as(v_document.number, p_movement_ids, p_product_ids, p_lot_ids, p_quantities)
    then
        raise exception 'this id stands for another document' using errcode = 'OM005';
    end if;
    number := v_document.number;
    posted_at := v_document.posted_at;
    select array_agg(coalesce(m.from_on_hand + m.quantity, m.to_on_hand - m.quantity) order by m.line),
           array_agg(coalesce(m.from_on_hand, m.to_on_hand) order by m.line)
    into before_quantities, after_quantities
    from ombor.movement as m where m.document_number = v_document.number;
end;
$$;

-- Says why a confirmation does not carry a document, if it does not.
create function ombor.refuse_confirmation(p_session_id uuid, p_kind text, p_confirmation_id uuid) returns void
language plpgsql as $$
declare
    v_confirmation ombor.confirmation;
begin
    if p_kind = 'opening' then
        if p_confirmation_id is not null then
            raise exception 'an opening has no confirmation' using errcode = 'OM016';
        end if;
        return;
    end if;
    select * into v_confirmation from ombor.confirmation where id = p_confirmation_id;
    if v_confirmation.id is null then
        raise exception 'no confirmation' using errcode = 'OM002';
    end if;
    if v_confirmation.session_id <> p_session_id or v_confirmation.employee_id is null then
        raise exception 'the confirmation is not of this session and kind' using errcode = 'OM004';
    end if;
    if clock_timestamp() not between v_confirmation.confirmed_at and v_confirmation.valid_until then
        raise exception 'the confirmation is not valid now' using errcode = 'OM003';
    end if;
end;
$$;
