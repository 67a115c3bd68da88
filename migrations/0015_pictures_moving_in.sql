-- Pictures that come with an old program's goods. A product that has one keeps it: somebody may have chosen it here.
create function ombor.take_over_pictures(
    p_session_id uuid, p_product_ids uuid[], p_content_types text[], p_pictures bytea[]
) returns bigint
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_written bigint;
begin
    perform ombor.require_role(p_session_id, 'admin');
    insert into ombor.product_picture (product_id, content_type, picture)
    select given.product_id, given.content_type, given.picture
    from unnest(p_product_ids, p_content_types, p_pictures) as given (product_id, content_type, picture)
    on conflict (product_id) do nothing;
    get diagnostics v_written = row_count;
    return v_written;
end;
$$;

revoke all on all functions in schema ombor from public;
grant execute on function ombor.take_over_pictures to ombor_app;
