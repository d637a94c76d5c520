-- The filters of lists and searches, and pages of the contacts that pass them, in any order.
--
-- A list has two plans. Walking the index of the order and skipping the other contacts is quick for a common tag and reads the whole
-- address book for a rare one; the index of lexemes (or of companies, or of profiles) is quick for a rare tag and slow for a common one. A
-- sample of the user's contacts decides. Under row-level security the index of lexemes is never used, hence a security definer function,
-- which takes the user only from the setting.
--
-- Filters are an object; every contact passes a filter that is left out or null:
--   tags: texts, with tag_mode "all" (the default), "any" or "none" of them; company: its name; title, location: words that stand in it one after
--   the other; custom: names with their values; all of these whatever their case and accents.
--   custom_from, custom_to: fields with the least and the greatest of their values; `crm.with_fields` turns them, and `custom` of fields, into `fields`.
--   email: any of the addresses; linkedin_slug: of the profile; external_id: of the record at its source; source: where the contact came from.
--   has_email, has_phone: true or false; updated_since: a time; circle: the id of a circle, whose members pass.
--   known: whether a tie leads from the user to the contact; strength_min: of that tie, now; last_contact_before, last_contact_after: times between
--   which the user has last spoken to the contact, so that nobody passes to whom the user never spoke.

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

-- The ties and last contacts that the filters ask for, of the acting user.
--
-- ties, lasts: the partitions with those of the user. most_cost: of a tie, as of now, which `fading` is for; null where ties are not asked for.
-- first_s, end_s: the seconds from which on and before which a contact was last spoken to; null where that is not asked for.
create or replace function crm.tie_range(
    filters jsonb, out uid uuid, out self_no integer, out ties text, out lasts text, out fading bigint, out most_cost bigint, out first_s integer,
    out end_s integer
)
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    -- sooner and later than any evidence
    least_s constant integer := -2147483647;
    greatest_s constant integer := 2147483647;
    zero constant timestamptz := '2020-01-01 00:00+00';
    part text;
begin
    uid := crm.acting_user();
    select c.no, c.tableoid::regclass::text into self_no, part from crm.contacts c where c.user_id = uid and c.is_self;
    self_no := coalesce(self_no, 0);
    ties := coalesce(replace(part, 'contacts', 'relationships'), 'crm.relationships');
    lasts := coalesce(replace(part, 'contacts', 'last_contacts'), 'crm.last_contacts');
    fading := crm.fading(now());
    most_cost := case when (filters ->> 'strength_min')::float8 > 0 then 2 * round(-ln((filters ->> 'strength_min')::real::float8) * 8388608)
        when filters ->> 'known' = 'true' then 4294967296 end;
    if coalesce(filters ->> 'last_contact_before', filters ->> 'last_contact_after') is not null then
        first_s := greatest(least(coalesce(ceil(extract(epoch from (filters ->> 'last_contact_after')::timestamptz - zero)), least_s), greatest_s), least_s);
        end_s := greatest(least(coalesce(ceil(extract(epoch from (filters ->> 'last_contact_before')::timestamptz - zero)), greatest_s), greatest_s), least_s);
    end if;
end $$;

-- The conditions of the filters on how well and since when the user knows a contact c.
--
-- A subquery for each row and no join: the planner would take a join for a reason to read all ties.
create or replace function crm.fitting_ties(filters jsonb) returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    range constant record := crm.tie_range(filters);
    fits text := '';
begin
    if filters ->> 'known' = 'false' then
        fits := format(' and not c.is_self and (select true from %s r where r.user_id = %L and r.from_no = %s and r.to_no = c.no) is null',
            range.ties, range.uid, range.self_no);
    end if;
    if range.most_cost is not null then
        fits := fits || format(' and coalesce((select r.cost + (r.cost & 1) * %s <= %s from %s r where r.user_id = %L and r.from_no = %s and r.to_no = c.no), false)',
            range.fading, range.most_cost, range.ties, range.uid, range.self_no);
    end if;
    if range.first_s is not null then
        fits := fits || format(' and coalesce((select l.last_s >= %s and l.last_s < %s from %s l where l.user_id = %L and l.contact_no = c.no), false)',
            range.first_s, range.end_s, range.lasts, range.uid);
    end if;
    return fits;
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
    filters := crm.with_fields(filters);
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
    if crm.filter_text(filters, 'circle') is not null then
        fits := fits || crm.in_circle(crm.filter_text(filters, 'circle')::uuid);
    end if;
    for item in select n.name, crm.filter_text(filters, n.name) as wanted from unnest('{title,location}'::text[]) n (name) loop
        if item.wanted is not null then
            -- most are found without folding each text
            fits := fits || case when btrim(crm.words(item.wanted)) <> ''
                then format(' and (position('' %2$s '' in '' '' || translate(lower(c.%1$I collate "C"), '',;/()-'', ''      '') || '' '') > 0 or crm.has_phrase(c.%1$I, %3$L))',
                    item.name, btrim(crm.words(item.wanted)), btrim(crm.words(item.wanted)))
                else format(' and btrim(c.%I) = %L', item.name, item.wanted) end;  -- signs alone
        end if;
    end loop;
    for item in select f.key, f.value from jsonb_each_text(coalesce(nullif(filters -> 'custom', 'null'), '{}')) f loop
        fits := fits || format(' and crm.has_custom(c.custom, %L, %L)', item.key, item.value);
    end loop;
    if filters ? 'fields' then
        fits := fits || crm.fitting_fields(filters);
    end if;
    if filters ?| '{known,strength_min,last_contact_before,last_contact_after}' then
        fits := fits || crm.fitting_ties(filters);
    end if;
    return fits;
end $$;

-- The statement for the numbers of the contacts whose ties the filters let pass; null where they ask for none. range: of `crm.tie_range`.
create or replace function crm.rows_of_ties(range record) returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    -- those that fade have another order than those that stay, and begin before them
    return format('select r.to_no from %1$s r where r.user_id = %2$L and r.from_no = %3$s and r.cost <= %4$s
            union all select r.to_no from %1$s r where r.user_id = %2$L and r.from_no = %3$s and r.cost > %4$s and r.cost >= 0 and r.cost <= %5$s and r.cost & 1 = 0',
        range.ties, range.uid, range.self_no, greatest(least(range.most_cost - range.fading, 2147483647), -2147483648), least(range.most_cost, 2147483647));
end $$;

-- The condition on a contact c by which an index finds those that pass; null where none does.
--
-- Of the ways whose rows can be counted quickly the one with the fewest. is_few: these are so few that no other way can be quicker; else this
-- is the way where filters let few pass and no word narrows them. row_condition: the same of a single row.
create or replace function crm.nearest_filter(filters jsonb, out condition text, out is_few boolean, out row_condition text)
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    few constant integer := 2000;
    range record;
    way record;
    counted integer;
    least_counted integer;
begin
    condition := case when crm.filter_text(filters, 'linkedin_slug') is not null then format(' and c.linkedin_slug = %L', crm.filter_text(filters, 'linkedin_slug'))
        when crm.filter_text(filters, 'external_id') is not null then format(' and c.source_uid = %L', crm.filter_text(filters, 'external_id')) end;
    if crm.filter_text(filters, 'email') is not null then
        condition := format(' and c.id = any (array(select e.id from crm.contacts e where e.user_id = %1$L and e.email_key = lower(%2$L)
            union all select k.contact_id from crm.contact_keys k where k.user_id = %1$L and k.key = lower(%2$L)))', crm.acting_user(), crm.filter_text(filters, 'email'));
    end if;
    is_few := condition is not null;
    if is_few or not filters ?| '{company,known,strength_min,last_contact_before,last_contact_after,updated_since,source,has_email,circle,fields}' then
        return;
    end if;
    range := crm.tie_range(filters);
    for way in
        with ways (is_asked, rows, condition) as (values
            (crm.filter_company(filters) is not null, null, format('c.company_key = %L', crm.filter_company(filters))),
            (range.most_cost is not null, crm.rows_of_ties(range), null),
            (range.first_s is not null, format('select l.contact_no from %s l where l.user_id = %L and l.last_s >= %s and l.last_s < %s', range.lasts, range.uid,
                range.first_s, range.end_s), null),
            (filters ->> 'updated_since' is not null, null, format('c.updated_at >= %L', filters ->> 'updated_since')),
            (crm.circle_members(crm.filter_text(filters, 'circle')::uuid) is not null, crm.circle_members(crm.filter_text(filters, 'circle')::uuid), null),
            (crm.filter_text(filters, 'source') is not null, null, format('c.source = %L', crm.filter_text(filters, 'source'))),
            (filters ->> 'has_email' = 'false', null, 'c.email is null and c.emails = ''{}'''),
            (filters ? 'fields', (select string_agg(format('select k.contact_no from crm.field_keys k where k.user_id = %L and %s', range.uid, crm.key_between(i)), ' intersect ')
                from jsonb_array_elements(filters -> 'fields') i where i ->> 'id' is not null),
                case when not jsonb_path_exists(filters, '$.fields[*] ? (@.id != null)') then 'false' end))
        select coalesce(w.rows, format('select from crm.contacts c where c.user_id = %L and %s', range.uid, w.condition)) as rows,
            ' and ' || coalesce(w.condition, format('c.no = any (array(%s))', w.rows)) as condition,
            coalesce(' and ' || w.condition, crm.fitting_ties(filters)
                || case when crm.filter_text(filters, 'circle') is null then '' else crm.in_circle(crm.filter_text(filters, 'circle')::uuid) end
                || case when filters ? 'fields' then crm.fitting_fields(filters) else '' end) as row_condition
        from ways w where w.is_asked
    loop
        execute format('select count(*) from (%s limit %s) s', way.rows, few + 1) into counted;
        if least_counted is null or counted < least_counted then
            condition := way.condition;
            row_condition := way.row_condition;
            least_counted := counted;
        end if;
    end loop;
    is_few := coalesce(least_counted <= few, false);
end $$;

-- One page of the ids of the contacts that pass the filters, in order.
--
-- sort: name, company, created_at or updated_at, the last two newest first; strength, the warmest first, or last_contact and -last_contact, spoken
-- to longest ago or last first: whom the user does not know or never spoke to come last; field:ID or -field:ID, by a custom field. after_key, after_id: the last contact of the page before.
create or replace function crm.list_among(filters jsonb, sort text, after_key text, after_id uuid, page_size integer)
    returns table (id uuid, key text)
    language plpgsql volatile security definer rows 50
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_sort = on set enable_hashjoin = off set enable_mergejoin = off set jit = off
    set plan_cache_mode = force_generic_plan
as $$
declare
    uid constant uuid := crm.acting_user();
    lexemes constant tsquery := crm.filter_lexemes(right(uid::text, 4), crm.with_circle(filters));
    nearest constant record := crm.nearest_filter(crm.with_circle(filters));
    newest_first constant boolean := sort in ('created_at', 'updated_at');
    sort_column constant text := case sort when 'name' then 'name_key' when 'company' then 'company_key' when 'created_at' then sort
        else 'updated_at' end;
    sample_size constant integer := 300;
    part regclass;
    fitting text := crm.fitting(filters);
    near text;  -- the condition that an index serves
    sampled record;
    by_index boolean := nearest.is_few;
    source text;
begin
    select min(s.tableoid)::regclass into part from (select c.tableoid from crm.contacts c where c.user_id = uid limit 1) s;
    if part is null then
        return;
    end if;
    -- $1 user, $2 lexemes, $3 page size, $4 key and $5 id of the place
    near := case when by_index or lexemes is null then nearest.row_condition else ' and c.tsv @@ $2' end;
    if near is not null and not by_index then
        execute format('select count(*) filter (where %5$s%2$s) as hits, count(*) filter (where true%3$s) as near_hits, count(*) filter (where true%4$s) as walked,
                    count(*) as size, (array_agg(c.id))[count(*)] as last_id from (select * from %1$s c where c.user_id = $1 order by c.id limit $3) c', part, fitting, near,
                -- a walk along ties or last contacts passes only by those
                case when sort in ('strength', 'last_contact', '-last_contact') then crm.fitting_ties(filters) end,
                case when lexemes is null then 'true' else 'c.tsv @@ $2' end)
            into sampled using uid, lexemes, sample_size;
        -- whether the index finds fewer contacts than a walk to the end of a page passes by
        by_index := greatest(sampled.near_hits, 0.3) * crm.estimated_total(sampled.size, sample_size, sampled.last_id)
            < page_size::float8 * sampled.size * greatest(sampled.walked, 0.3) / greatest(sampled.hits, 0.01);
    end if;

    if by_index then
        -- Read all that the index finds, then sort. The text admits no other index and no estimate.
        source := format(case when nearest.is_few or lexemes is null then '(select * from %s c where c.user_id = $1%s%s offset 0)'
            else '(select * from %s c where (c.user_id = $1) is true and c.tsv @@ (select $2)%s%s offset 0)' end, part,
            case when nearest.is_few or lexemes is null then nearest.condition end, fitting);
        fitting := '';
    else
        fitting := ' and c.user_id = $1' || case when lexemes is null then '' else ' and coalesce(c.tsv, '''') @@ $2' end || fitting;
        perform set_config('enable_sort', 'off', true);
    end if;
    if sort in ('strength', 'last_contact', '-last_contact') then
        return query execute crm.ranked_list(filters, sort, after_key, page_size, part, source, fitting) using uid, lexemes;
        return;
    elsif sort like '%field:%' then
        return query execute crm.field_list(sort, after_key, page_size, part, source, fitting) using uid, lexemes;
        return;
    end if;
    return query execute format(
        'select c.id, c.%1$I::text from %2$s c where (c.%1$I, c.id) %3$s ($4::%4$s, $5)%5$s order by c.%1$I %6$s, c.id %6$s limit $3',
        sort_column, coalesce(source, part::text), case when newest_first then '<' else '>' end,
        case when newest_first then 'timestamptz' else 'text collate "C"' end, fitting, case when newest_first then 'desc' else 'asc' end)
        using uid, lexemes, page_size, after_key, after_id;
end $$;

-- The statement for a page in the order of strengths or last contacts. $1 user, $2 lexemes.
--
-- A key is AT:RANK:NUMBER. Strengths fade, so all pages of a list are in the order as of one time: AT is the growth of fading costs (`crm.fading`)
-- at the first page. RANK is the cost of the tie, or the seconds of the last contact; NUMBER is the contact's. Both are negative where the last
-- come first.
--
-- source: the few contacts that pass; null where the ties or the last contacts are walked through in their order, and behind them the others.
create or replace function crm.ranked_list(filters jsonb, sort text, after_key text, page_size integer, part regclass, source text, fitting text) returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    -- of contacts without a tie or a last contact, behind all ranks
    no_rank constant bigint := 4294967296;
    -- of an integer column
    least_rank constant bigint := -2147483648;
    greatest_rank constant bigint := 2147483647;
    range constant record := crm.tie_range(filters);
    is_strength constant boolean := sort = 'strength';
    sign constant text := case sort when '-last_contact' then '-' else '' end;
    way constant text := case sort when '-last_contact' then 'desc' else 'asc' end;
    at constant bigint := coalesce(nullif(split_part(after_key, ':', 1), '')::bigint, range.fading);
    after_rank constant bigint := coalesce(nullif(split_part(after_key, ':', 2), '')::bigint, least_rank);
    after_no constant bigint := coalesce(nullif(split_part(after_key, ':', 3), '')::bigint, least_rank);
    ranks constant text := case when is_strength
        then format('select r.cost + (r.cost & 1) * %s::bigint from %s r where r.user_id = $1 and r.from_no = %s and r.to_no = c.no', at, range.ties, range.self_no)
        else format('select %sl.last_s::bigint from %s l where l.user_id = $1 and l.contact_no = c.no', sign, range.lasts) end;
    parts text[] := '{}';
begin
    if source is not null then
        return format('select p.id, ''%s:'' || p.rank || '':'' || p.no from (select c.id, %sc.no as no, coalesce((%s), %s) as rank from %s c where true%s) p
            where (p.rank, p.no) > (%s, %s) order by p.rank, p.no limit %s', at, sign, ranks, no_rank, source, fitting, after_rank, after_no, page_size);
    end if;
    if after_rank < no_rank and is_strength and coalesce(filters ->> 'known', 'true') = 'true' then
        -- Ties that fade and those that do not have an order each. Of the fading ones only those before the last of a full page of the others
        -- are read: behind them others are nearer anyway.
        parts := array[format('stay as materialized (
                select c.id, c.no, r.cost::bigint as rank from %1$s r join %2$s c on c.user_id = $1 and c.no = r.to_no
                where r.user_id = $1 and r.from_no = %3$s and r.cost & 1 = 0 and r.cost >= 0 and r.cost <= %4$s and (r.cost, r.to_no) > (%5$s, %6$s)%7$s
                order by r.cost, r.to_no limit %8$s)', range.ties, part, range.self_no, least(coalesce(range.most_cost, greatest_rank), greatest_rank),
                least(after_rank, greatest_rank), after_no, fitting, page_size),
            format('fade as materialized (
                select c.id, c.no, r.cost + %9$s::bigint as rank from %1$s r join %2$s c on c.user_id = $1 and c.no = r.to_no
                where r.user_id = $1 and r.from_no = %3$s and r.cost & 1 = 1 and r.cost <= %4$s and (r.cost, r.to_no) > (%5$s, %6$s)%7$s
                    and r.cost <= coalesce((select max(s.rank) - %9$s from stay s having count(*) >= %8$s), %10$s)
                order by r.cost, r.to_no limit %8$s)', range.ties, part, range.self_no,
                greatest(least(coalesce(range.most_cost, no_rank) - at, greatest_rank), least_rank), greatest(after_rank - at, least_rank), after_no, fitting,
                page_size, at, greatest_rank)];
    elsif after_rank < no_rank and not is_strength then
        parts := array[format('spoken as materialized (
                select c.id, %1$sc.no as no, %1$sl.last_s::bigint as rank from %2$s l join %3$s c on c.user_id = $1 and c.no = l.contact_no
                where l.user_id = $1 and l.last_s >= %4$s and l.last_s < %5$s and (l.last_s, l.contact_no) %6$s (%7$s, %8$s)%9$s
                order by l.last_s %10$s, l.contact_no %10$s limit %11$s)', sign, range.lasts, part, coalesce(range.first_s, -2147483647),
                coalesce(range.end_s, 2147483647), case sign when '' then '>' else '<' end, case sign when '' then after_rank else least(-after_rank, greatest_rank) end,
                case sign when '' then after_no else least(-after_no, greatest_rank) end, fitting, way, page_size)];
    end if;
    if is_strength and range.most_cost is null or not is_strength and range.first_s is null then
        parts := parts || format('other as materialized (
            select c.id, %1$sc.no as no, %2$s::bigint as rank from %3$s c where c.user_id = $1 and c.no %4$s %5$s and (%6$s) is null%7$s
            order by c.no %8$s limit %9$s)', sign, no_rank, part, case sign when '' then '>' else '<' end,
            case when after_rank < no_rank then case sign when '' then least_rank else greatest_rank end when sign = '' then after_no else least(-after_no, greatest_rank) end,
            ranks, fitting, way, page_size);
    end if;
    if parts = '{}' then
        parts := array[format('other as (select c.id, c.no, 0::bigint as rank from %s c where c.user_id = $1 and false)', part)];
    end if;
    return format('with %s select p.id, ''%s:'' || p.rank || '':'' || p.no from (%s) p order by p.rank, p.no limit %s', array_to_string(parts, ', '), at,
        (select string_agg('select * from ' || split_part(u.p, ' ', 1), ' union all ') from unnest(parts) u (p)), page_size);
end $$;

-- About how many contacts a user has, by a sample of those with the first ids: ids are random.
create or replace function crm.estimated_total(sampled bigint, sample_size integer, last_sampled uuid) returns bigint
    language sql immutable parallel safe
    return case when sampled < sample_size then sampled else sampled * 4294967296 / (('x' || left(last_sampled::text, 8))::bit(32)::bigint + 1) end;

-- The number of contacts that pass the filters; more than 20,000 of them are estimated.
create or replace function crm.count_list(filters jsonb, out counted bigint, out is_exact boolean)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off set plan_cache_mode = force_generic_plan
as $$
declare
    uid constant uuid := crm.acting_user();
    lexemes constant tsquery := crm.filter_lexemes(right(uid::text, 4), crm.with_circle(filters));
    nearest constant record := crm.nearest_filter(crm.with_circle(filters));
    fitting constant text := crm.fitting(filters);
    range constant record := crm.tie_range(filters);
    part regclass;
begin
    select min(s.tableoid)::regclass into part from (select c.tableoid from crm.contacts c where c.user_id = uid limit 1) s;
    counted := 0;
    is_exact := true;
    if part is null then
        return;
    end if;
    if not nearest.is_few then
        select crm.rough_count(s.hits, s.sampled, s.total) into counted from crm.sampled_share(part, uid, fitting, null) s;
        if counted is not null then
            is_exact := false;
            return;
        end if;
    end if;
    -- ties alone are counted in their index; each is to a contact
    if range.most_cost is not null and range.first_s is null and coalesce(filters ->> 'known', 'true') = 'true'
            and fitting = crm.fitting_ties(filters) then
        execute format('select count(*) from (%s) t', crm.rows_of_ties(range)) into counted;
        return;
    end if;
    execute format(case when nearest.is_few or lexemes is null then 'select count(*) from %s c where c.user_id = $1%s%s'
            else 'select count(*) from %s c where (c.user_id = $1) is true and c.tsv @@ (select $2)%s%s' end, part,
            case when nearest.is_few or lexemes is null then nearest.condition end, fitting)
        into counted using uid, lexemes;
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
grant execute on function crm.list_among, crm.count_list, crm.filter_contacts to crm_app;
