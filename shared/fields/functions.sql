-- Custom fields: the keys by which their values are found and ordered, and what becomes of links to contacts that are merged.

-- A value as a text that sorts as the values do; null where it does not fit the kind of its field, or has no field.
--
-- A number as the 16 digits of its eight bytes, a choice as its place among the choices, a link as the id of the contact.
create or replace function crm.field_key(kind text, choices text[], value text) returns text
    language plpgsql immutable parallel safe
    set search_path = pg_catalog, pg_temp
as $$
declare
    trimmed constant text := btrim(value);
    bits bit(64);
begin
    if kind is null or trimmed = '' then
        return null;
    elsif kind = 'number' then
        if trimmed !~ '^-?\d{1,15}(\.\d{1,15})?$' then
            return null;
        end if;
        -- negative numbers sort by their bytes in the other direction, and before the others
        bits := ('x' || encode(float8send(trimmed::float8 + 0), 'hex'))::bit(64);
        return lpad(to_hex((case when get_bit(bits, 0) = 1 then ~bits else set_bit(bits, 0, 1) end)::bigint), 16, '0');
    elsif kind = 'date' then
        return case when trimmed ~ '^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$' then trimmed end;
    elsif kind = 'choice' then
        return (select lpad(c.place::text, 3, '0') from unnest(choices) with ordinality c (choice, place)
            where crm.fold(c.choice) = crm.fold(trimmed) order by c.place limit 1);
    elsif kind = 'contact' then
        return case when trimmed ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then lower(trimmed) end;
    elsif kind = 'url' and trimmed !~* '^https?://' then
        return null;
    end if;
    return left(crm.fold(trimmed), 200);
end $$;

-- The filters with those of custom values of fields apart, as an array `fields` of {"id", "from", "to"} with keys. A value that does not fit its
-- field stays among `custom` and is compared as a text. from and to of a name that is not a field, or of a value that does not fit, let nobody pass.
create or replace function crm.with_fields(filters jsonb) returns jsonb
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    uid constant uuid := crm.acting_user();
    result jsonb := filters - '{custom_from,custom_to}'::text[];
    found jsonb := coalesce(filters -> 'fields', '[]');
    item record;
    known record;
    sort_key text;
begin
    if not filters ?| '{custom,custom_from,custom_to}' then
        return filters;
    end if;
    for item in select f.way, e.key, e.value from (values ('custom'), ('custom_from'), ('custom_to')) f (way)
            cross join lateral jsonb_each_text(coalesce(nullif(filters -> f.way, 'null'), '{}')) e loop
        select f.id, f.kind, f.choices into known from crm.fields f
            where f.user_id = uid and (crm.fold(f.key) = crm.fold(item.key) or crm.fold(f.name) = crm.fold(item.key))
            order by crm.fold(f.key) <> crm.fold(item.key) limit 1;
        sort_key := crm.field_key(known.kind, known.choices, item.value);
        if item.way <> 'custom' or sort_key is not null then
            found := found || jsonb_build_object('id', case when sort_key is not null then known.id end,
                'from', case when item.way <> 'custom_to' then sort_key end, 'to', case when item.way <> 'custom_from' then sort_key end);
            result := case when item.way = 'custom' then result #- array['custom', item.key] else result end;
        end if;
    end loop;
    return result || case when found = '[]' then '{}' else jsonb_build_object('fields', found) end;
end $$;

-- The condition on the key of a value k.
create or replace function crm.key_between(item jsonb) returns text
    language sql immutable parallel safe
    set search_path = pg_catalog, pg_temp
begin atomic
    select format('k.field_id = %L', item ->> 'id') || coalesce(' and k.key >= ' || quote_literal(item ->> 'from'), '')
        || coalesce(' and k.key <= ' || quote_literal(item ->> 'to'), '');
end;

-- The condition of the filters `fields` on a contact c.
--
-- A subquery for each row and no join: the planner would take a join for a reason to read all values.
create or replace function crm.fitting_fields(filters jsonb) returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    uid constant uuid := crm.acting_user();
    item jsonb;
    fits text := '';
begin
    for item in select * from jsonb_array_elements(filters -> 'fields') loop
        fits := fits || case when item ->> 'id' is null then ' and false'
            else format(' and coalesce((select true from crm.field_keys k where k.user_id = %L and k.contact_no = c.no and %s), false)', uid, crm.key_between(item)) end;
    end loop;
    return fits;
end $$;

-- The statement for a page in the order of a field, contacts without a value last. $1 user.
--
-- sort: `field:ID` or `-field:ID`. A key is A:NUMBER:VALUE, or Z:NUMBER of a contact without a value; NUMBER is the contact's.
-- source: the few contacts that pass; null where the values are walked through in their order, and behind them the other contacts.
create or replace function crm.field_list(sort text, after_key text, page_size integer, part regclass, source text, fitting text) returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    field uuid := split_part(sort, ':', 2)::uuid;
    way constant text := case when sort like '-%' then 'desc' else 'asc' end;
    beyond constant text := case when sort like '-%' then '<' else '>' end;
    after_no constant integer := nullif(split_part(after_key, ':', 2), '')::integer;
    after_value constant text := substr(after_key, length(split_part(after_key, ':', 2)) + 4);
    value constant text := format('(select k.key from crm.field_keys k where k.user_id = $1 and k.contact_no = c.no and k.field_id = %L)', field);
    keys constant text := 'select p.id, case when p.value is null then ''Z:'' || p.no else ''A:'' || p.no || '':'' || p.value end';
begin
    if source is not null then
        return format('%s from (select c.id, c.no, %s as value from %s c where true%s) p where %s order by p.value %s nulls last, p.no %s limit %s', keys, value,
            source, fitting, case left(after_key, 1)
                when 'A' then format('(p.value is null or (p.value, p.no) %s (%L collate "C", %s))', beyond, after_value, after_no)
                when 'Z' then format('p.value is null and p.no %s %s', beyond, after_no) else 'true' end, way, way, page_size);
    end if;
    return format('with valued as materialized (
            select c.id, c.no, k.key as value from crm.field_keys k join %1$s c on c.user_id = $1 and c.no = k.contact_no
            where k.user_id = $1 and k.field_id = %2$L and %3$s%4$s order by k.key %5$s, k.contact_no %5$s limit %6$s),
        other as materialized (
            select c.id, c.no, null::text as value from %1$s c
            where (select count(*) from valued) < %6$s and %7$s and %8$s is null%4$s order by c.no %5$s limit %6$s)
        %9$s from (select * from valued union all select * from other) p order by p.value %5$s nulls last, p.no %5$s limit %6$s',
        part, field, case left(after_key, 1) when 'A' then format('(k.key, k.contact_no) %s (%L collate "C", %s)', beyond, after_value, after_no)
            when 'Z' then 'false' else 'true' end, fitting, way, page_size,
        case left(after_key, 1) when 'Z' then format('c.no %s %s', beyond, after_no) else 'true' end, value, keys);
end $$;

-- Write the keys of all contacts of one field.
create or replace function crm.write_field_keys(field crm.fields) returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
begin atomic
    insert into crm.field_keys (user_id, contact_no, field_id, key)
        select c.user_id, c.no, field.id, k.key from crm.contacts c
        cross join lateral (select crm.field_key(field.kind, field.choices, c.custom ->> field.key) as key) k
        where c.user_id = field.user_id and c.custom ? field.key and k.key is not null;
end;

-- Write the keys of fields that came, again of those that changed, and none of those that are gone.
create or replace function crm.settle_fields() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op <> 'INSERT' then
        if (old.key, old.kind, old.choices) is not distinct from (new.key, new.kind, new.choices) then
            return null;
        end if;
        delete from crm.field_keys k where k.user_id = old.user_id and k.field_id = old.id;
    end if;
    if tg_op <> 'DELETE' then
        perform crm.write_field_keys(new);
    end if;
    return null;
end $$;

-- Write the keys of contacts that came.
create or replace function crm.key_made_contacts() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (select from crm.fields f where f.user_id in (select distinct m.user_id from made m)) then
        insert into crm.field_keys (user_id, contact_no, field_id, key)
            select m.user_id, m.no, f.id, k.key from made m join crm.fields f on f.user_id = m.user_id
            cross join lateral (select crm.field_key(f.kind, f.choices, m.custom ->> f.key) as key) k
            where m.custom <> '{}' and k.key is not null;
    end if;
    return null;
end $$;

-- Write the keys of contacts whose custom values changed.
create or replace function crm.key_changed_contacts() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (select from crm.fields f where f.user_id in (select distinct b.user_id from became b)) then
        with changed as materialized (
            select b.user_id, b.no, b.custom from was w join became b on b.user_id = w.user_id and b.no = w.no where w.custom <> b.custom
        ), gone as (
            delete from crm.field_keys k using changed c where k.user_id = c.user_id and k.contact_no = c.no
                and not exists (select from crm.fields f where f.user_id = k.user_id and f.id = k.field_id
                    and crm.field_key(f.kind, f.choices, c.custom ->> f.key) is not null)
        )
        insert into crm.field_keys as k (user_id, contact_no, field_id, key)
            select c.user_id, c.no, f.id, n.key from changed c join crm.fields f on f.user_id = c.user_id
            cross join lateral (select crm.field_key(f.kind, f.choices, c.custom ->> f.key) as key) n
            where n.key is not null
            on conflict (user_id, contact_no, field_id) do update set key = excluded.key where k.key <> excluded.key;
    end if;
    return null;
end $$;

-- Delete the keys of deleted contacts.
create or replace function crm.forget_field_keys() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
    set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off
as $$
begin
    delete from crm.field_keys k using gone g where k.user_id = g.user_id and k.contact_no = g.no;
    return null;
end $$;

-- Let the fields that link to contacts link to the contact that these are merged into.
create or replace function crm.merge_fields(uid uuid, keep uuid, others uuid[]) returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
begin atomic
    update crm.contacts c set custom = c.custom || l.links, updated_at = now()
        from (select k.contact_no, jsonb_object_agg(f.key, keep) as links
            from crm.fields f join crm.field_keys k on k.user_id = f.user_id and k.field_id = f.id and k.key = any (others::text[])
            where f.user_id = uid and f.kind = 'contact' group by k.contact_no) l
        where c.user_id = uid and c.no = l.contact_no;
end;

grant execute on function crm.merge_fields, crm.field_key to crm_app;
