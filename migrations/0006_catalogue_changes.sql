-- The catalogue travels as last state: the entry names what changed, the content is read when it is sent.
create function ombor.write_outbox(p_kind text, p_object_id uuid) returns void
language sql security definer set search_path = ombor, pg_temp as $$
    insert into ombor.outbox (event_id, kind, object_id) values (gen_random_uuid(), p_kind, p_object_id)
$$;

create function ombor.create_category(p_session_id uuid, p_id uuid, p_name text) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_admin_id uuid := ombor.require_role(p_session_id, 'admin');
begin
    insert into ombor.category (id, name) values (p_id, p_name);
    perform ombor.write_outbox('category_changed', p_id);
    perform ombor.write_audit(p_session_id, v_admin_id, 'category_created', 'category', p_id,
                              jsonb_build_object('name', p_name));
end;
$$;

create function ombor.create_product(
    p_session_id uuid, p_id uuid, p_sku text, p_name text, p_category_id uuid, p_unit_id uuid, p_min_stock numeric,
    p_price numeric, p_search_text text, p_codes text[], p_code_quantities numeric[], p_code_kinds text[]
) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_admin_id uuid := ombor.require_role(p_session_id, 'admin');
begin
    insert into ombor.product (id, sku, name, category_id, base_unit_id, min_stock, price, currency, search_text)
    select p_id, p_sku, p_name, p_category_id, p_unit_id, p_min_stock, p_price, warehouse.currency, p_search_text
    from ombor.warehouse;
    insert into ombor.product_code (product_id, code, quantity, kind)
    select p_id, given.code, given.quantity, given.kind
    from unnest(p_codes, p_code_quantities, p_code_kinds) as given (code, quantity, kind);
    perform ombor.write_outbox('product_changed', p_id);
    perform ombor.write_audit(p_session_id, v_admin_id, 'product_created', 'product', p_id,
                              jsonb_build_object('sku', p_sku, 'name', p_name));
end;
$$;

-- The codes given become the product's codes. A version that is not the current one changes nothing: somebody else
-- was quicker.
create function ombor.update_product(
    p_session_id uuid, p_id uuid, p_version integer, p_sku text, p_name text, p_category_id uuid, p_unit_id uuid,
    p_min_stock numeric, p_price numeric, p_active boolean, p_search_text text,
    p_codes text[], p_code_quantities numeric[], p_code_kinds text[]
) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_admin_id uuid := ombor.require_role(p_session_id, 'admin');
begin
    update ombor.product
    set sku = p_sku, name = p_name, category_id = p_category_id, base_unit_id = p_unit_id, min_stock = p_min_stock,
        price = p_price, active = p_active, search_text = p_search_text, version = version + 1
    where id = p_id and version = p_version;
    if not found then
        if exists (select from ombor.product where id = p_id) then
            raise exception 'the product has been changed meanwhile' using errcode = 'OM012';
        end if;
        raise exception 'no such product' using errcode = 'OM009';
    end if;
    delete from ombor.product_code where product_id = p_id and code <> all (p_codes);
    insert into ombor.product_code (product_id, code, quantity, kind)
    select p_id, given.code, given.quantity, given.kind
    from unnest(p_codes, p_code_quantities, p_code_kinds) as given (code, quantity, kind)
    where not exists (
        select from ombor.product_code as own
        where own.product_id = p_id and own.code = given.code and own.quantity = given.quantity
            and own.kind = given.kind)
    on conflict (code) do update set quantity = excluded.quantity, kind = excluded.kind
        where product_code.product_id = p_id;
    if exists (
        select from unnest(p_codes) as given (code)
        join ombor.product_code as held on held.code = given.code and held.product_id <> p_id
    ) then
        raise unique_violation using constraint = 'product_code_code_unique';
    end if;
    perform ombor.write_outbox('product_changed', p_id);
    perform ombor.write_audit(p_session_id, v_admin_id, 'product_changed', 'product', p_id,
                              jsonb_build_object('sku', p_sku, 'name', p_name, 'active', p_active));
end;
$$;

create function ombor.add_product_code(
    p_session_id uuid, p_product_id uuid, p_code text, p_quantity numeric, p_kind text
) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_admin_id uuid := ombor.require_role(p_session_id, 'admin');
begin
    insert into ombor.product_code (product_id, code, quantity, kind)
    values (p_product_id, p_code, p_quantity, p_kind);
    perform ombor.write_outbox('product_changed', p_product_id);
    perform ombor.write_audit(p_session_id, v_admin_id, 'code_added', 'product', p_product_id,
                              jsonb_build_object('code', p_code, 'quantity', p_quantity::text));
end;
$$;

create function ombor.remove_product_code(p_session_id uuid, p_product_id uuid, p_code text) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_admin_id uuid := ombor.require_role(p_session_id, 'admin');
begin
    delete from ombor.product_code where product_id = p_product_id and code = p_code;
    if not found then
        raise exception 'no such code' using errcode = 'OM017';
    end if;
    perform ombor.write_outbox('product_changed', p_product_id);
    perform ombor.write_audit(p_session_id, v_admin_id, 'code_removed', 'product', p_product_id,
                              jsonb_build_object('code', p_code));
end;
$$;

create function ombor.next_own_label(p_session_id uuid) returns bigint
language plpgsql security definer set search_path = ombor, pg_temp as $$
begin
    perform ombor.require_role(p_session_id, 'admin');
    return nextval('ombor.own_label_seq');
end;
$$;

-- A null picture takes the picture away.
create function ombor.set_product_picture(
    p_session_id uuid, p_product_id uuid, p_content_type text, p_picture bytea
) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_admin_id uuid := ombor.require_role(p_session_id, 'admin');
begin
    if p_picture is null then
        delete from ombor.product_picture where product_id = p_product_id;
    else
        insert into ombor.product_picture (product_id, content_type, picture)
        values (p_product_id, p_content_type, p_picture)
        on conflict (product_id) do update
            set content_type = excluded.content_type, picture = excluded.picture;
    end if;
    perform ombor.write_outbox('product_changed', p_product_id);
    perform ombor.write_audit(p_session_id, v_admin_id, 'picture_changed', 'product', p_product_id,
                              jsonb_build_object('bytes', octet_length(p_picture)));
end;
$$;

create function ombor.create_location(p_session_id uuid, p_id uuid, p_kind text, p_name text) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_admin_id uuid := ombor.require_role(p_session_id, 'admin');
begin
    insert into ombor.location (id, kind, name) values (p_id, p_kind, p_name);
    perform ombor.write_audit(p_session_id, v_admin_id, 'location_created', 'location', p_id,
                              jsonb_build_object('kind', p_kind, 'name', p_name));
end;
$$;

create function ombor.create_lot(
    p_session_id uuid, p_id uuid, p_product_id uuid, p_number text, p_expires_on date
) returns void
language plpgsql security definer set search_path = ombor, pg_temp as $$
declare
    v_user_id uuid := ombor.require_role(p_session_id, 'admin', 'operator');
begin
    insert into ombor.lot (id, product_id, number, expires_on) values (p_id, p_product_id, p_number, p_expires_on);
    perform ombor.write_audit(p_session_id, v_user_id, 'lot_created', 'lot', p_id,
                              jsonb_build_object('number', p_number));
end;
$$;
