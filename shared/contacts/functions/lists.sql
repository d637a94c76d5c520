-- The filters of lists and searches, and pages of the contacts that pass them, in any order.
--
-- A list has two plans. Walking the index of the order and skipping the other contacts is quick for a common tag and reads the whole
-- address book for a rare one; the index of lexemes (or of companies, or of profiles) is quick for a rare tag and slow for a common one. A
-- sample of the user's contacts decides. Under row-level security the index of lexemes is never used, hence a security definer function,
-- which takes the user only from the setting.
--
-- Filters are an object; every contact passes a filter that is left out or null:
--   tags: texts, with tag_mode "all" (the default), "any" or "none" of them; company: its name; title, location: words that stand in it one after
--   the other; custom: fields with their values; all of these whatever their case and accents.
--   email: any of the addresses; linkedin_slug: of the profile; external_id: of the record at its source; source: where the contact came from.
--   has_email, has_phone: true or false; updated_since: a time.

-- Whether a contact has every one of these tags, whatever their case and accents.
create or replace function crm.has_tags(contact_tags text[], wanted text[]) returns boolean
    language sql immutable parallel safe
    return not exists (
        select from unnest(wanted) w where not exists (select from unnest(contact_tags) t where crm.fold(t) = crm.fold(w)));

-- Whether a contact has one of these tags, whatever their case and accents.
create or replace function crm.has_one_tag(contact_tags text[], wanted text[]) returns boolean
    language sql immutable parallel safe
    return exists (select from unnest(wanted) w, unnest(contact_tags) t where crm.fold(t) = crm.fold(w));

-- Whether the words of `phrase`, from `crm.words`, stand in a text one after the other.
create or replace function crm.has_phrase(t text, phrase text) returns boolean
    language sql immutable parallel safe
    return coalesce(position(' ' || phrase || ' ' in ' ' || btrim(crm.words(t)) || ' ') > 0, false);

-- Whether a custom field of a contact has a value, whatever the case and accents of its name and value.
create or replace function crm.has_custom(custom jsonb, field text, wanted text) returns boolean
    language sql immutable parallel safe
    return exists (select from jsonb_each_text(custom) f where crm.fold(f.key) = crm.fold(field) and crm.fold(btrim(f.value)) = crm.fold(btrim(wanted)));

-- A text of the filters; null where it is blank or left out.
create or replace function crm.filter_text(filters jsonb, name text) returns text
    language sql immutable parallel safe
    return nullif(btrim(filters ->> name), '');

-- The tags of the filters.
create or replace function crm.filter_tags(filters jsonb) returns text[]
    language sql immutable parallel safe
    return array(select jsonb_array_elements_text(case when jsonb_typeof(filters -> 'tags') = 'array' then filters -> 'tags' else '[]' end));

-- The key of the company in the filters.
create or replace function crm.filter_company(filters jsonb) returns text
    language sql immutable parallel safe
    return nullif(left(crm.fold(crm.filter_text(filters, 'company')), 200), '');

-- The query that the documents of all contacts answer that pass the filters; null where the filters have no words, so that the index cannot serve.
create or replace function crm.filter_lexemes(code text, filters jsonb) returns tsquery
    language plpgsql immutable parallel safe
as $$
declare
    tag_lexemes constant text[] := array(select format('''%s#%s''', code, w.lexeme)
        from (select replace(btrim(crm.words(t)), ' ', '') as lexeme from unnest(crm.filter_tags(filters)) t) w where w.lexeme <> '');
    texts constant text[] := array[crm.filter_text(filters, 'title'), crm.filter_text(filters, 'location'),
            crm.without_tld(crm.filter_text(filters, 'email'))]
        || array(select f.value from jsonb_each_text(coalesce(nullif(filters -> 'custom', 'null'), '{}')) f);
    mode constant text := coalesce(filters ->> 'tag_mode', 'all');
    words constant text[] := array(select distinct w from unnest(texts) t cross join lateral unnest(string_to_array(btrim(crm.words(t)), ' ')) w where w <> '');
    parts text[] := array(select crm.word_query(code, w, 'any', '') from unnest(words) w);
begin
    if mode = 'all' then
        parts := parts || tag_lexemes;
    elsif mode = 'any' and cardinality(tag_lexemes) = cardinality(crm.filter_tags(filters)) and cardinality(tag_lexemes) > 0 then
        parts := parts || ('(' || array_to_string(tag_lexemes, ' | ') || ')');
    end if;
    return nullif(array_to_string(parts, ' & '), '')::tsquery;
end $$;

-- The filters as a condition on a contact c.
create or replace function crm.fitting(filters jsonb) returns text
    language plpgsql stable parallel safe
as $$
declare
    tags constant text[] := crm.filter_tags(filters);
    firm constant text := crm.filter_company(filters);
    item record;
    fits text := '';
begin
    -- Lexemes hold only letters and digits, so the tags are compared as well; most are written exactly as in the filter.
    if cardinality(tags) > 0 then
        fits := format(case filters ->> 'tag_mode' when 'any' then ' and (c.tags && %1$L or crm.has_one_tag(c.tags, %1$L))'
            when 'none' then ' and not (c.tags && %1$L or crm.has_one_tag(c.tags, %1$L))' else ' and (c.tags @> %1$L or crm.has_tags(c.tags, %1$L))' end, tags);
    end if;
    fits := fits || case when firm is null then '' else format(' and c.company_key = %L', firm) end
        || case (filters ->> 'has_email')::boolean when true then ' and (c.email is not null or c.emails <> ''{}'')'
            when false then ' and c.email is null and c.emails = ''{}''' else '' end
        || case (filters ->> 'has_phone')::boolean when true then ' and c.phones <> ''{}''' when false then ' and c.phones = ''{}''' else '' end;
    for item in select * from (values
            ('email', ' and (c.email_key = lower(%1$L) or exists (select from unnest(c.emails) a where lower(a) = lower(%1$L)))'),
            ('linkedin_slug', ' and c.linkedin_slug = %L'), ('external_id', ' and c.source_uid = %L'), ('source', ' and c.source = %L'),
            ('updated_since', ' and c.updated_at >= %L::timestamptz')) v (name, condition) loop
        if crm.filter_text(filters, item.name) is not null then
            fits := fits || format(item.condition, crm.filter_text(filters, item.name));
        end if;
    end loop;
    for item in select n.name, crm.filter_text(filters, n.name) as wanted from unnest('{title,location}'::text[]) n (name) loop
        if item.wanted is not null then
            fits := fits || case when btrim(crm.words(item.wanted)) <> '' then format(' and crm.has_phrase(c.%I, %L)', item.name, btrim(crm.words(item.wanted)))
                else format(' and btrim(c.%I) = %L', item.name, item.wanted) end;  -- signs alone
        end if;
    end loop;
    for item in select f.key, f.value from jsonb_each_text(coalesce(nullif(filters -> 'custom', 'null'), '{}')) f loop
        fits := fits || format(' and crm.has_custom(c.custom, %L, %L)', item.key, item.value);
    end loop;
    return fits;
end $$;

-- The condition on a contact c by which an index finds the few that pass: null where none does.
create or replace function crm.nearest_filter(filters jsonb) returns text
    language sql immutable parallel safe
    return case when crm.filter_text(filters, 'linkedin_slug') is not null then format(' and c.linkedin_slug = %L', crm.filter_text(filters, 'linkedin_slug'))
        when crm.filter_text(filters, 'external_id') is not null then format(' and c.source_uid = %L', crm.filter_text(filters, 'external_id'))
        when crm.filter_company(filters) is not null then format(' and c.company_key = %L', crm.filter_company(filters)) end;

-- One page of the ids of the contacts that pass the filters, in order.
--
-- sort: name, company, created_at or updated_at, the last two newest first. after_key, after_id: the last contact of the page before.
create or replace function crm.list_among(filters jsonb, sort text, after_key text, after_id uuid, page_size integer)
    returns table (id uuid, key text)
    language plpgsql volatile security definer rows 50
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_sort = on set jit = off set plan_cache_mode = force_generic_plan
as $$
declare
    uid constant uuid := crm.acting_user();
    lexemes constant tsquery := crm.filter_lexemes(right(uid::text, 4), filters);
    nearest constant text := crm.nearest_filter(filters);
    newest_first constant boolean := sort in ('created_at', 'updated_at');
    sort_column constant text := case sort when 'name' then 'name_key' when 'company' then 'company_key' when 'created_at' then sort
        else 'updated_at' end;
    sample_size constant integer := 300;
    -- With at least this many matches in the sample, walking to a page skips fewer rows than the index would fetch.
    common constant integer := 3;
    part regclass;
    hits integer;
    fitting text := crm.fitting(filters);
    source text;
begin
    select min(s.tableoid)::regclass into part from (select c.tableoid from crm.contacts c where c.user_id = uid limit 1) s;
    if part is null then
        return;
    end if;
    execute format('select count(*) from (select * from %s c where c.user_id = $1 order by c.id limit $2) c where true%s', part, fitting)
        into hits using uid, sample_size;

    -- $1 user, $2 lexemes, $3 page size, $4 key and $5 id of the place
    if hits < common and (lexemes is not null or nearest is not null) then
        -- Few contacts pass: read all of them by an index, then sort. The text admits no other index and no estimate.
        source := format(case when nearest is not null then '(select * from %s c where c.user_id = $1%s%s offset 0)'
            else '(select * from %s c where (c.user_id = $1) is true and c.tsv @@ (select $2)%s%s offset 0)' end, part, nearest, fitting);
        fitting := '';
    else
        source := part::text;
        fitting := ' and c.user_id = $1' || case when lexemes is null then '' else ' and coalesce(c.tsv, '''') @@ $2' end || fitting;
        perform set_config('enable_sort', 'off', true);
    end if;
    return query execute format(
        'select c.id, c.%1$I::text from %2$s c where (c.%1$I, c.id) %3$s ($4::%4$s, $5)%5$s order by c.%1$I %6$s, c.id %6$s limit $3',
        sort_column, source, case when newest_first then '<' else '>' end, case when newest_first then 'timestamptz' else 'text collate "C"' end,
        fitting, case when newest_first then 'desc' else 'asc' end)
        using uid, lexemes, page_size, after_key, after_id;
end $$;

-- The same with the filters of the release before, which calls it while a deployment goes on.
create or replace function crm.filter_contacts(
    wanted_tags text[], wanted_company text, wanted_email boolean, sort text, after_key text, after_id uuid, page_size integer
) returns table (id uuid, key text)
    language sql volatile security definer rows 50
    set search_path = pg_catalog, pg_temp
as $$
    select * from crm.list_among(jsonb_build_object('tags', wanted_tags, 'company', wanted_company, 'has_email', wanted_email), sort, after_key,
        after_id, page_size);
$$;

-- The deployed functions may call these; the other functions of this file are called only by functions.
grant execute on function crm.list_among, crm.filter_contacts to crm_app;
