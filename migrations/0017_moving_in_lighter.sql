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

revoke all on all functions in schema ombor from public;
grant execute on function ombor.keep_import_keys to ombor_app;
