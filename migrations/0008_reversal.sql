-- A mistake is put right by a movement the other way, once, by an Admin whose password was typed for it. The document
-- it makes is a document like any other; it goes through even if the product has been deactivated since.
create function ombor.reverse_movement(
    p_session_id uuid, p_document_id uuid, p_movement_id uuid, p_reversed_id uuid, p_confirmation_id uuid, p_reason text,
    out number bigint, out posted_at timestamptz, out repeated boolean
)
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_admin_id uuid := ombor.require_role(p_session_id, 'admin');
    v_confirmation ombor.confirmation;
    v_reversed ombor.movement;
    v_end record;
    v_on_hand numeric;
    v_from_on_hand numeric;
    v_to_on_hand numeric;
begin
    select d.number, d.posted_at into number, posted_at
    from ombor.document as d
    join ombor.movement as m on m.document_number = d.number
    where d.id = p_document_id and d.user_id = v_admin_id and m.id = p_movement_id and m.reversal_of_id = p_reversed_id;
    repeated := found;
    if repeated then
        return;
    end if;
    select * into v_confirmation from ombor.confirmation where id = p_confirmation_id;
    if v_confirmation.id is null then
        raise exception 'no confirmation' using errcode = 'OM002';
    end if;
    if v_confirmation.session_id <> p_session_id or v_confirmation.method <> 'admin_password' then
        raise exception 'the confirmation is not of this session and kind' using errcode = 'OM004';
    end if;
    if clock_timestamp() not between v_confirmation.confirmed_at and v_confirmation.valid_until then
        raise exception 'the confirmation is not valid now' using errcode = 'OM003';
    end if;
    select * into v_reversed from ombor.movement where id = p_reversed_id;
    if v_reversed.id is null then
        raise exception 'no such movement' using errcode = 'OM017';
    end if;
    if v_reversed.reversal_of_id is not null then
        raise exception 'a reversal stays' using errcode = 'OM011';
    end if;
    if exists (select from ombor.movement where reversal_of_id = p_reversed_id) then
        raise exception 'the movement has been reversed already' using errcode = 'OM010';
    end if;

    perform pg_current_xact_id();
    insert into ombor.document (
        id, number, kind, from_location_id, to_location_id, user_id, session_id, confirmation_id, posted_at, note)
    values (p_document_id, nextval('ombor.document_number_seq'), 'reversal', v_reversed.to_location_id,
            v_reversed.from_location_id, v_admin_id, p_session_id, p_confirmation_id, clock_timestamp(), p_reason)
    returning document.number, document.posted_at into number, posted_at;

    for v_end in
        select location.id,
               case when location.id = v_reversed.to_location_id then -v_reversed.quantity else v_reversed.quantity end
                   as delta
        from ombor.location
        where location.id in (v_reversed.from_location_id, v_reversed.to_location_id) and location.kind = 'internal'
        order by location.id
    loop
        v_on_hand := ombor.change_balance(v_reversed.product_id, v_end.id, v_reversed.lot_id, v_end.delta, true);
        if v_on_hand is null then
            perform ombor.refuse_short_lines(
                v_end.id, '{1}', '{}', array[v_reversed.product_id], array[v_reversed.lot_id],
                array[v_reversed.quantity], true);
        elsif v_end.delta < 0 then
            v_from_on_hand := v_on_hand;
        else
            v_to_on_hand := v_on_hand;
        end if;
    end loop;

    insert into ombor.movement (
        id, document_number, line, product_id, lot_id, from_location_id, to_location_id, quantity, from_on_hand,
        to_on_hand, user_id, confirmation_id, reversal_of_id)
    values (p_movement_id, number, 1, v_reversed.product_id, v_reversed.lot_id, v_reversed.to_location_id,
            v_reversed.from_location_id, v_reversed.quantity, v_from_on_hand, v_to_on_hand, v_admin_id,
            p_confirmation_id, p_reversed_id);
    insert into ombor.outbox (event_id, kind, object_id) values (p_document_id, 'document_posted', p_document_id);
end;
$$;
