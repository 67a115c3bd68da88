-- What a seal is made of. Columns by name, in JSON, times as microseconds: neither a later column nor a setting of the
-- server changes an old hash.
create function ombor.seal_content(
    p_first_document bigint, p_last_document bigint, p_first_audit bigint, p_last_audit bigint,
    out documents bigint, out movements bigint, out audits bigint, out digest bytea
)
language plpgsql stable set search_path = ombor, pg_temp as $$
declare
    v_documents bytea;
    v_movements bytea;
    v_audits bytea;
begin
    select count(*), coalesce(string_agg(sha256(convert_to(jsonb_build_array(
        d.number, d.id, d.kind, d.from_location_id, d.to_location_id, d.user_id, d.session_id, d.employee_id,
        d.confirmation_id, (extract(epoch from d.posted_at) * 1000000)::bigint, d.note)::text, 'UTF8')),
        ''::bytea order by d.number), ''::bytea)
    into documents, v_documents
    from ombor.document as d where d.number between p_first_document and p_last_document;
    select count(*), coalesce(string_agg(sha256(convert_to(jsonb_build_array(
        m.document_number, m.line, m.id, m.product_id, m.lot_id, m.from_location_id, m.to_location_id,
        m.quantity::text, m.from_on_hand::text, m.to_on_hand::text, m.user_id, m.employee_id, m.confirmation_id,
        m.reversal_of_id)::text, 'UTF8')),
        ''::bytea order by m.document_number, m.line), ''::bytea)
    into movements, v_movements
    from ombor.movement as m where m.document_number between p_first_document and p_last_document;
    select count(*), coalesce(string_agg(sha256(convert_to(jsonb_build_array(
        a.number, (extract(epoch from a.at) * 1000000)::bigint, a.user_id, a.session_id, a.action, a.object,
        a.object_id, a.details)::text, 'UTF8')),
        ''::bytea order by a.number), ''::bytea)
    into audits, v_audits
    from ombor.audit as a where a.number between p_first_audit and p_last_audit;
    digest := sha256(sha256(v_documents) || sha256(v_movements) || sha256(v_audits));
end;
$$;

create function ombor.seal_hash(
    p_number bigint, p_previous_hash bytea, p_first_document bigint, p_last_document bigint, p_first_audit bigint,
    p_last_audit bigint, p_digest bytea
) returns bytea language sql immutable as $$
    select sha256(p_previous_hash || int8send(p_number) || int8send(p_first_document) || int8send(p_last_document)
                  || int8send(p_first_audit) || int8send(p_last_audit) || p_digest)
$$;

-- Seals what can no longer grow and answers with the number of the new seal, or null if there was nothing to seal.
-- Every writer takes its transaction id before it draws a number. So once this function has an id of its own, the
-- numbers given out before belong to older transactions, and when none of those runs any more they are final. While
-- writers overlap for ever, the mark of the last call is used instead: its transactions end sooner or later.
create function ombor.seal_now() returns bigint
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_document_number bigint := coalesce(pg_sequence_last_value('ombor.document_number_seq'), 0);
    v_audit_number bigint := coalesce(pg_sequence_last_value('ombor.audit_number_seq'), 0);
    v_xid xid8 := pg_current_xact_id();
    v_mark ombor.seal_mark;
    v_last ombor.seal;
    v_next ombor.seal;
    v_content record;
begin
    lock table ombor.seal in share row exclusive mode;
    select * into v_mark from ombor.seal_mark;
    if pg_snapshot_xmin(pg_current_snapshot()) >= v_xid then
        v_mark.document_number := v_document_number;
        v_mark.audit_number := v_audit_number;
    elsif pg_snapshot_xmin(pg_current_snapshot()) >= v_mark.next_xid then
        update ombor.seal_mark
        set document_number = v_document_number, audit_number = v_audit_number, next_xid = v_xid;
    else
        return null;
    end if;
    select * into v_last from ombor.seal order by number desc limit 1;
    v_next.number := coalesce(v_last.number, 0) + 1;
    v_next.previous_hash := coalesce(v_last.hash, sha256(''));
    v_next.first_document_number := coalesce(v_last.last_document_number, 0) + 1;
    v_next.last_document_number := greatest(v_mark.document_number, v_next.first_document_number - 1);
    v_next.first_audit_number := coalesce(v_last.last_audit_number, 0) + 1;
    v_next.last_audit_number := greatest(v_mark.audit_number, v_next.first_audit_number - 1);
    select * into v_content from ombor.seal_content(
        v_next.first_document_number, v_next.last_document_number,
        v_next.first_audit_number, v_next.last_audit_number);
    if v_content.documents = 0 and v_content.audits = 0 then
        return null;
    end if;
    insert into ombor.seal (
        number, first_document_number, last_document_number, first_audit_number, last_audit_number,
        document_count, movement_count, audit_count, previous_hash, hash)
    values (
        v_next.number, v_next.first_document_number, v_next.last_document_number, v_next.first_audit_number,
        v_next.last_audit_number, v_content.documents, v_content.movements, v_content.audits, v_next.previous_hash,
        ombor.seal_hash(v_next.number, v_next.previous_hash, v_next.first_document_number,
                        v_next.last_document_number, v_next.first_audit_number, v_next.last_audit_number,
                        v_content.digest));
    return v_next.number;
end;
$$;

-- Every seal that does not hold, with the reason; no row when all do.
create function ombor.verify_seals() returns table (number bigint, reason text)
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_seal ombor.seal;
    v_content record;
    v_previous ombor.seal;
begin
    for v_seal in select * from ombor.seal order by seal.number loop
        select * into v_content from ombor.seal_content(
            v_seal.first_document_number, v_seal.last_document_number,
            v_seal.first_audit_number, v_seal.last_audit_number);
        number := v_seal.number;
        reason := case
            when v_seal.number <> coalesce(v_previous.number, 0) + 1
                or v_seal.first_document_number <> coalesce(v_previous.last_document_number, 0) + 1
                or v_seal.first_audit_number <> coalesce(v_previous.last_audit_number, 0) + 1 then 'missing_seal'
            when v_seal.previous_hash <> coalesce(v_previous.hash, sha256('')) then 'broken_chain'
            when v_seal.document_count <> v_content.documents or v_seal.movement_count <> v_content.movements
                or v_seal.audit_count <> v_content.audits then 'other_row_count'
            when v_seal.hash <> ombor.seal_hash(
                v_seal.number, v_seal.previous_hash, v_seal.first_document_number, v_seal.last_document_number,
                v_seal.first_audit_number, v_seal.last_audit_number, v_content.digest) then 'other_content'
        end;
        if reason is not null then
            return next;
        end if;
        v_previous := v_seal;
    end loop;
end;
$$;

-- Balances that are not what the ledger says, one row each; no row when the books are right. Reports, never repairs.
create function ombor.check_ledger()
returns table (product_id uuid, location_id uuid, lot_id uuid, on_hand numeric, ledger numeric)
language sql stable security definer set search_path = ombor, pg_temp as $$
    with ends as (
        select m.product_id, m.to_location_id as location_id, m.lot_id, m.quantity from ombor.movement as m
        union all
        select m.product_id, m.from_location_id, m.lot_id, -m.quantity from ombor.movement as m
    ), ledger as (
        select ends.product_id, ends.location_id, ends.lot_id, sum(ends.quantity) as quantity
        from ends join ombor.location on location.id = ends.location_id and location.kind = 'internal'
        group by ends.product_id, ends.location_id, ends.lot_id
    ), key as (
        select s.product_id, s.location_id, s.lot_id from ombor.stock as s
        union
        select l.product_id, l.location_id, l.lot_id from ledger as l
    )
    select key.product_id, key.location_id, key.lot_id, s.on_hand, coalesce(l.quantity, 0)
    from key
    left join ombor.stock as s on s.product_id = key.product_id and s.location_id = key.location_id
        and s.lot_id is not distinct from key.lot_id
    left join ledger as l on l.product_id = key.product_id and l.location_id = key.location_id
        and l.lot_id is not distinct from key.lot_id
    where s.on_hand is distinct from coalesce(l.quantity, 0)
$$;
