create table ombor.category (
    id uuid not null constraint category_id_primary primary key,
    name text not null constraint category_name_unique unique,
    constraint category_name_filled check (btrim(name) <> '' and length(name) <= 200)
);

create table ombor.unit (
    id uuid not null constraint unit_id_primary primary key,
    name text not null constraint unit_name_unique unique,
    symbol text not null constraint unit_symbol_unique unique,
    decimals smallint not null,
    constraint unit_decimals_range check (decimals between 0 and 3),
    constraint unit_symbol_filled check (btrim(symbol) <> '')
);

-- One unit = numerator / denominator of the other. Two whole numbers, because a third cannot be written as a decimal.
create table ombor.unit_conversion (
    unit_id uuid not null constraint unit_conversion_unit_id_exists references ombor.unit (id),
    base_unit_id uuid not null constraint unit_conversion_base_unit_id_exists references ombor.unit (id),
    numerator bigint not null,
    denominator bigint not null default 1,
    constraint unit_conversion_unit_id_base_unit_id_primary primary key (unit_id, base_unit_id),
    constraint unit_conversion_unit_id_other check (unit_id <> base_unit_id),
    constraint unit_conversion_numerator_positive check (numerator > 0),
    constraint unit_conversion_denominator_positive check (denominator > 0)
);

create table ombor.product (
    id uuid not null constraint product_id_primary primary key,
    sku text collate "C" not null constraint product_sku_unique unique,
    name text not null,
    category_id uuid constraint product_category_id_exists references ombor.category (id),
    base_unit_id uuid not null constraint product_base_unit_id_exists references ombor.unit (id),
    min_stock numeric(18, 3),
    price numeric(18, 2),
    currency text not null,
    active boolean not null default true,
    version integer not null default 1,
    -- Name and SKU folded by the application (case, oʻ, apostrophes), words parted by one space. Comparing folded
    -- bytes keeps search the same under every collation of every server.
    search_text text collate "C" not null,
    search_words tsvector not null generated always as (array_to_tsvector(string_to_array(search_text, ' '))) stored,
    created_at timestamptz not null default clock_timestamp(),
    constraint product_sku_form check (sku ~ '^[^[:cntrl:]]{1,64}$' and sku = btrim(sku)),
    constraint product_name_filled check (btrim(name) <> '' and length(name) <= 300),
    constraint product_min_stock_not_negative check (min_stock >= 0),
    constraint product_price_not_negative check (price >= 0),
    constraint product_currency_form check (currency ~ '^[A-Z]{3}$'),
    constraint product_search_text_folded check (search_text ~ '^[^ ]+( [^ ]+)*$')
);

-- The list in its order, page by page.
create index product_search_text_idx on ombor.product (search_text, id);
create index product_search_words_idx on ombor.product using gin (search_words) with (fastupdate = off);
create index product_category_id_idx on ombor.product (category_id);
create index product_min_stock_idx on ombor.product (id) where min_stock is not null and active;

-- Many codes for one product; a code says how many base units it stands for (a box of 12).
create table ombor.product_code (
    code text collate "C" not null constraint product_code_code_unique primary key,
    product_id uuid not null constraint product_code_product_id_exists references ombor.product (id),
    quantity numeric(18, 3) not null default 1,
    kind text not null,
    constraint product_code_code_form check (code ~ '^[^[:cntrl:]]{1,128}$' and code = btrim(code)),
    constraint product_code_quantity_positive check (quantity > 0),
    constraint product_code_kind_known check (kind in ('gtin', 'own_label', 'other'))
);

create index product_code_product_id_idx on ombor.product_code (product_id);
create sequence ombor.own_label_seq as bigint maxvalue 9999999999;

-- Apart from the product, so that reading a card never drags a picture through memory.
create table ombor.product_picture (
    product_id uuid not null constraint product_picture_product_id_primary primary key
        constraint product_picture_product_id_exists references ombor.product (id),
    content_type text not null,
    picture bytea not null,
    constraint product_picture_content_type_known check (content_type in ('image/png', 'image/jpeg', 'image/webp')),
    constraint product_picture_picture_size check (octet_length(picture) between 1 and 2097152)
);

insert into ombor.unit (id, name, symbol, decimals) values
    (gen_random_uuid(), 'dona', 'dona', 0),
    (gen_random_uuid(), 'kilogramm', 'kg', 3),
    (gen_random_uuid(), 'gramm', 'g', 0),
    (gen_random_uuid(), 'tonna', 't', 3),
    (gen_random_uuid(), 'litr', 'l', 3),
    (gen_random_uuid(), 'metr', 'm', 3),
    (gen_random_uuid(), 'kvadrat metr', 'm²', 3),
    (gen_random_uuid(), 'quti', 'quti', 0);

insert into ombor.unit_conversion (unit_id, base_unit_id, numerator, denominator)
select larger.id, smaller.id, 1000, 1
from ombor.unit as larger
join ombor.unit as smaller
    on (larger.symbol, smaller.symbol) in (('kg', 'g'), ('t', 'kg'));
