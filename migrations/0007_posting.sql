-- Whether the lines of a posted document are the lines given: the body that an id stands for.
create function ombor.is_posted_as(
    p_number bigint, p_movement_ids uuid[], p_product_ids uuid[], p_lot_ids uuid[], p_quantities numeric[]
) returns boolean
language sql stable set search_path = ombor, pg_temp as $$
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
language plpgsql set search_path = ombor, pg_temp as $$
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

-- Moves the balances of a document's lines in one fixed order of rows (product, lot, location), whatever the order of
-- the lines, so that two documents never wait for each other in a circle. Answers with what is there afterwards.
create function ombor.move_balances(
    p_from_id uuid, p_to_id uuid, p_ends uuid[], p_product_ids uuid[], p_lot_ids uuid[], p_quantities numeric[],
    out from_on_hand numeric[], out to_on_hand numeric[]
)
language plpgsql set search_path = ombor, pg_temp as $$
declare
    v_order integer[] := '{1}';
    v_line integer;
    v_end uuid;
    v_delta numeric;
    v_on_hand numeric;
    v_short integer[] := '{}';
    v_taken integer[] := '{}';
begin
    if cardinality(p_product_ids) > 1 then
        select array_agg(line.position order by line.product_id, line.lot_id nulls first, line.position) into v_order
        from unnest(p_product_ids, p_lot_ids) with ordinality as line (product_id, lot_id, position);
    end if;
    from_on_hand := array_fill(null::numeric, array[cardinality(p_product_ids)]);
    to_on_hand := from_on_hand;
    foreach v_line in array v_order loop
        foreach v_end in array p_ends loop
            v_delta := case when v_end = p_from_id then -p_quantities[v_line] else p_quantities[v_line] end;
            update ombor.stock as s
            set on_hand = s.on_hand + v_delta
            from ombor.product as p
            where s.product_id = p_product_ids[v_line] and s.location_id = v_end
                and s.lot_id is not distinct from p_lot_ids[v_line]
                and s.on_hand + v_delta >= 0 and p.id = s.product_id and p.active
            returning s.on_hand into v_on_hand;
            if not found and v_delta > 0 then
                -- A lot meets this location for the first time.
                insert into ombor.stock as s (product_id, location_id, lot_id, on_hand)
                select lot.product_id, v_end, lot.id, v_delta
                from ombor.lot join ombor.product as p on p.id = lot.product_id and p.active
                where lot.id = p_lot_ids[v_line] and lot.product_id = p_product_ids[v_line]
                on conflict (product_id, location_id, lot_id) do update set on_hand = s.on_hand + excluded.on_hand
                returning s.on_hand into v_on_hand;
            end if;
            if v_on_hand is null then
                v_short := v_short || v_line;
                continue;
            end if;
            if v_end = p_from_id then
                from_on_hand[v_line] := v_on_hand;
                v_taken := v_taken || v_line;
            else
                to_on_hand[v_line] := v_on_hand;
            end if;
        end loop;
    end loop;
    if v_short <> '{}' then
        perform ombor.refuse_short_lines(p_from_id, v_short, v_taken, p_product_ids, p_lot_ids, p_quantities);
    end if;
end;
$$;

-- The one way into the ledger. One round trip: the session and its role, the confirmation, the document under its id,
-- the balances, the movements and the outbox entry. `before_quantities` and `after_quantities` are those of the
-- internal location (of the one that gives, for a transfer), line by line.
create function ombor.post_document(
    p_session_id uuid, p_document_id uuid, p_kind text, p_from_id uuid, p_to_id uuid, p_confirmation_id uuid,
    p_note text, p_movement_ids uuid[], p_product_ids uuid[], p_lot_ids uuid[], p_quantities numeric[],
    out number bigint, out posted_at timestamptz, out repeated boolean,
    out before_quantities numeric[], out after_quantities numeric[]
)
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_now timestamptz := clock_timestamp();
    v_quantities numeric(18, 3)[] := p_quantities;
    v_from_kind text := case p_kind when 'receipt' then 'supplier' when 'opening' then 'adjustment' else 'internal' end;
    v_to_kind text := case p_kind when 'issue' then 'customer' else 'internal' end;
    v_actor record;
    v_from_on_hand numeric[];
    v_to_on_hand numeric[];
begin
    select s.user_id, u.role, u.active and ombor.session_holds(s.ended_at, s.seen_at, s.idle_limit, s.ends_at) as holds,
           c.session_id as confirmed_in, c.employee_id, c.method,
           v_now between c.confirmed_at and c.valid_until as fresh, origin.id as from_id, target.id as to_id
    into v_actor
    from ombor.session as s
    join ombor.user_account as u on u.id = s.user_id
    left join ombor.confirmation as c on c.id = p_confirmation_id
    left join ombor.location as origin on origin.kind = v_from_kind
        and case when p_from_id is null then origin.is_default else origin.id = p_from_id end
    left join ombor.location as target on target.kind = v_to_kind
        and case when p_to_id is null then target.is_default else target.id = p_to_id end
    where s.id = p_session_id;
    if v_actor.holds is not true then
        raise exception 'the session has ended' using errcode = 'OM007';
    end if;
    if v_actor.role <> 'admin' and (v_actor.role <> 'operator' or p_kind = 'opening') then
        raise exception 'a % may not do this', v_actor.role using errcode = 'OM008';
    end if;
    if v_actor.from_id is null or v_actor.to_id is null or v_actor.from_id = v_actor.to_id then
        raise exception 'these locations do not fit a %', p_kind using errcode = 'OM014';
    end if;
    if p_kind not in ('receipt', 'issue', 'transfer', 'opening')
        or coalesce(cardinality(p_movement_ids), 0) not between 1 and 5000
        or cardinality(p_product_ids) <> cardinality(p_movement_ids)
        or cardinality(p_lot_ids) <> cardinality(p_movement_ids)
        or cardinality(v_quantities) <> cardinality(p_movement_ids)
    then
        raise exception 'the document is not complete' using errcode = 'OM016';
    end if;

    -- Before the number is drawn; see ombor.seal_mark.
    perform pg_current_xact_id();
    insert into ombor.document as d (
        id, number, kind, from_location_id, to_location_id, user_id, session_id, employee_id, confirmation_id,
        posted_at, note)
    select p_document_id, nextval('ombor.document_number_seq'), p_kind, v_actor.from_id, v_actor.to_id,
           v_actor.user_id, p_session_id, v_actor.employee_id, p_confirmation_id, v_now, p_note
    where p_kind = 'opening' and p_confirmation_id is null
        or v_actor.fresh and v_actor.confirmed_in = p_session_id and v_actor.method <> 'admin_password'
            and p_kind <> 'opening'
    on conflict (id) do nothing
    returning d.number, d.posted_at into number, posted_at;

    if number is null then
        select answer.* into number, posted_at, before_quantities, after_quantities
        from ombor.repeat_document(
            p_document_id, v_actor.user_id, p_kind, v_actor.from_id, v_actor.to_id, p_note,
            p_movement_ids, p_product_ids, p_lot_ids, v_quantities) as answer;
        repeated := number is not null;
        if not repeated then
            perform ombor.refuse_confirmation(p_session_id, p_kind, p_confirmation_id);
        end if;
        return;
    end if;
    repeated := false;

    select moved.* into v_from_on_hand, v_to_on_hand
    from ombor.move_balances(
        v_actor.from_id, v_actor.to_id,
        case
            when p_kind = 'issue' then array[v_actor.from_id]
            when p_kind <> 'transfer' then array[v_actor.to_id]
            when v_actor.from_id < v_actor.to_id then array[v_actor.from_id, v_actor.to_id]
            else array[v_actor.to_id, v_actor.from_id]
        end,
        p_product_ids, p_lot_ids, v_quantities) as moved;

    insert into ombor.movement (
        id, document_number, line, product_id, lot_id, from_location_id, to_location_id, quantity, from_on_hand,
        to_on_hand, user_id, employee_id, confirmation_id)
    select line.id, number, line.position, line.product_id, line.lot_id, v_actor.from_id, v_actor.to_id, line.quantity,
           line.from_on_hand, line.to_on_hand, v_actor.user_id, v_actor.employee_id, p_confirmation_id
    from unnest(p_movement_ids, p_product_ids, p_lot_ids, v_quantities, v_from_on_hand, v_to_on_hand) with ordinality
        as line (id, product_id, lot_id, quantity, from_on_hand, to_on_hand, position);

    insert into ombor.outbox (event_id, kind, object_id) values (p_document_id, 'document_posted', p_document_id);

    select array_agg(coalesce(line.from_on_hand + line.quantity, line.to_on_hand - line.quantity) order by position),
           array_agg(coalesce(line.from_on_hand, line.to_on_hand) order by position)
    into before_quantities, after_quantities
    from unnest(v_quantities, v_from_on_hand, v_to_on_hand) with ordinality
        as line (quantity, from_on_hand, to_on_hand, position);
end;
$$;

-- The answer that was given when this id was posted, or no row if it was not. The confirmation is not compared: after
-- a broken connection the worker may have looked into the camera again.
create function ombor.repeat_document(
    p_document_id uuid, p_user_id uuid, p_kind text, p_from_id uuid, p_to_id uuid, p_note text,
    p_movement_ids uuid[], p_product_ids uuid[], p_lot_ids uuid[], p_quantities numeric[],
    out number bigint, out posted_at timestamptz, out before_quantities numeric[], out after_quantities numeric[]
)
language plpgsql stable set search_path = ombor, pg_temp as $$
declare
    v_document ombor.document;
begin
    select * into v_document from ombor.document where id = p_document_id;
    if v_document.id is null then
        return;
    end if;
    if (v_document.user_id, v_document.kind, v_document.from_location_id, v_document.to_location_id)
            is distinct from (p_user_id, p_kind, p_from_id, p_to_id)
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

-- Says why a confirmation does not carry a document.
create function ombor.refuse_confirmation(p_session_id uuid, p_kind text, p_confirmation_id uuid) returns void
language plpgsql stable set search_path = ombor, pg_temp as $$
declare
    v_confirmation ombor.confirmation;
begin
    if p_kind = 'opening' then
        raise exception 'an opening has no confirmation' using errcode = 'OM016';
    end if;
    select * into v_confirmation from ombor.confirmation where id = p_confirmation_id;
    if v_confirmation.id is null then
        raise exception 'no confirmation' using errcode = 'OM002';
    end if;
    if v_confirmation.session_id <> p_session_id or v_confirmation.method = 'admin_password' then
        raise exception 'the confirmation is not of this session and kind' using errcode = 'OM004';
    end if;
    raise exception 'the confirmation is not valid now' using errcode = 'OM003';
end;
$$;
