-- Filtered lists: by tags, by company, or by having an e-mail; in any order, page by page.
--
-- A list has two plans. Walking the index of the order and skipping the other contacts is quick for a common tag and reads the whole
-- address book for a rare one; the index of lexemes (or of companies) is quick for a rare tag and slow for a common one. A sample of
-- the user's contacts decides. Under row-level security the index of lexemes is never used, hence a security definer function, which
-- takes the user only from the setting.

-- Whether a contact has every one of these tags, whatever their case and accents.
create or replace function crm.has_tags(contact_tags text[], wanted text[]) returns boolean
    language sql immutable parallel safe
    return not exists (
        select from unnest(wanted) w where not exists (select from unnest(contact_tags) t where crm.fold(t) = crm.fold(w)));

-- A query for the lexemes of all given tags; null where no tag has letters or digits.
create or replace function crm.tag_lexemes(code text, wanted_tags text[]) returns tsquery
    language sql immutable parallel safe
    return (select string_agg(format('''%s#%s''', code, w.lexeme), ' & ')::tsquery
        from (select replace(btrim(crm.words(t)), ' ', '') as lexeme from unnest(wanted_tags) t) w where w.lexeme <> '');

-- The filters of lists and searches as a condition on a contact c: $1 are the tags, $2 is the key of the company, where given.
create or replace function crm.fitting(wanted_tags text[], firm text, wanted_email boolean) returns text
    language sql immutable parallel safe
    -- Lexemes hold only letters and digits, so the tags are compared as well; most are written exactly as in the filter.
    return case when cardinality(wanted_tags) > 0 then ' and (c.tags @> $1 or crm.has_tags(c.tags, $1))' else '' end
        || case when firm is null then '' else ' and c.company_key = $2' end
        || case wanted_email when true then ' and c.email is not null' when false then ' and c.email is null' else '' end;

-- One page of the ids of the contacts that pass the filters, in order.
--
-- sort: name, company, created_at or updated_at, the last two newest first. after_key, after_id: the last contact of the page before.
create or replace function crm.filter_contacts(
    wanted_tags text[], wanted_company text, wanted_email boolean, sort text, after_key text, after_id uuid, page_size integer
) returns table (id uuid, key text)
    language plpgsql volatile security definer rows 50
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_sort = on set jit = off set plan_cache_mode = force_generic_plan
as $$
declare
    uid constant uuid := crm.acting_user();
    firm constant text := nullif(left(crm.fold(wanted_company), 200), '');
    lexemes constant tsquery := crm.tag_lexemes(right(uid::text, 4), wanted_tags);
    newest_first constant boolean := sort in ('created_at', 'updated_at');
    sort_column constant text := case sort when 'name' then 'name_key' when 'company' then 'company_key' when 'created_at' then sort
        else 'updated_at' end;
    sample_size constant integer := 300;
    -- With at least this many matches in the sample, walking to a page skips fewer rows than the index would fetch.
    common constant integer := 3;
    part regclass;
    sampled integer;
    hits integer;
    fitting text := crm.fitting(wanted_tags, firm, wanted_email);
    source text;
begin
    select count(*), count(*) filter (where (lexemes is null or s.tsv @@ lexemes) and (firm is null or s.company_key = firm)),
            min(s.tableoid)::regclass
        into sampled, hits, part
        from (select c.tsv, c.company_key, c.tableoid from crm.contacts c where c.user_id = uid order by c.id limit sample_size) s;
    if part is null then
        return;
    end if;

    -- $1 tags and $2 company of crm.fitting, $3 user, $4 lexemes, $5 page size, $6 key and $7 id of the place
    if lexemes is not null and firm is null and hits < common then
        -- Few contacts match: read all of them by the index of lexemes, then sort. The text admits no other index and no estimate.
        source := format('(select * from %s c where (c.user_id = $3) is true and c.tsv @@ (select $4)%s offset 0)', part, fitting);
        fitting := '';
    else
        source := part::text;
        fitting := ' and c.user_id = $3' || case when lexemes is null then '' else ' and coalesce(c.tsv, '''') @@ $4' end || fitting;
        -- Only the few contacts of a rare company are sorted; all other lists follow the index of the order.
        perform set_config('enable_sort', case when firm is not null and hits < common then 'on' else 'off' end, true);
    end if;
    return query execute format(
        'select c.id, c.%1$I::text from %2$s c where (c.%1$I, c.id) %3$s ($6::%4$s, $7)%5$s order by c.%1$I %6$s, c.id %6$s limit $5',
        sort_column, source, case when newest_first then '<' else '>' end, case when newest_first then 'timestamptz' else 'text collate "C"' end,
        fitting, case when newest_first then 'desc' else 'asc' end)
        using wanted_tags, firm, uid, lexemes, page_size, after_key, after_id;
end $$;

-- The deployed functions may call these; the other functions of this file are called only by functions.
grant execute on function crm.filter_contacts to crm_app;
