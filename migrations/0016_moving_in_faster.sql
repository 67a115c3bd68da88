-- The words of a takeover's goods wait beside their index, where whoever looks for a word reads them too, until the
-- server's own cleaning puts them in a minute later: one by one that costs a third of writing the goods.
alter function ombor.bring_products_up_to_date set gin_pending_list_limit = '1GB';
drop function ombor.end_takeover;

-- As before, except that the events come with their ids: the server asks the system for each random number that it makes.
drop function ombor.take_over_products;
create function ombor.take_over_products(
    p_session_id uuid, p_ids uuid[], p_event_ids uuid[], p_skus text[], p_names text[], p_category_ids uuid[],
    p_unit_ids uuid[], p_min_stocks numeric[], p_prices numeric[], p_brands text[], p_search_texts text[]
) returns void
language plpgsql security definer set search_path = ombor, pg_temp set gin_pending_list_limit = '1GB' as $$
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
    select given.event_id, 'product_changed', given.id
    from unnest(p_event_ids, p_ids) as given (event_id, id);
end;
$$;

revoke all on all functions in schema ombor from public;
grant execute on function ombor.take_over_products to ombor_app;
