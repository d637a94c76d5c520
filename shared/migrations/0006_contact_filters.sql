-- Lists narrowed by tags, a company, or whether there is an e-mail; in any order, page by page.
--
-- Two ways lead there. Walking the index of the order and passing over what does not fit finds a common tag at once and a
-- rare one after the whole address book; the index of lexemes (or of companies) is the other way round. A sample of the
-- user's own contacts tells which is which. Under row-level security the index of lexemes is never used, hence a security
-- definer function, which takes the user from the setting and from nowhere else.

-- Whether a contact has every one of these tags, whatever their case and accents.
create function crm.has_tags(contact_tags text[], wanted text[]) returns boolean
    language sql immutable parallel safe
    return not exists (
        select from unnest(wanted) w where not exists (select from unnest(contact_tags) t where crm.fold(t) = crm.fold(w)));

-- One page of the ids of what fits, in order.
--
-- sort: name, company, created_at or updated_at, the last two newest first. after_key, after_id: where the page before ended.
create function crm.filter_contacts(
    wanted_tags text[], wanted_company text, wanted_email boolean, sort text, after_key text, after_id uuid, page_size integer
) returns table (id uuid, key text)
    language plpgsql volatile security definer rows 50
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_sort = on set jit = off set plan_cache_mode = force_generic_plan
as $$
declare
    uid constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
    code constant text := right(uid::text, 4);
    firm constant text := nullif(left(crm.fold(wanted_company), 200), '');
    newest_first constant boolean := sort in ('created_at', 'updated_at');
    sort_column constant text := case sort when 'name' then 'name_key' when 'company' then 'company_key' when 'created_at' then sort
        else 'updated_at' end;
    sample_size constant integer := 300;
    -- So many of the sample, and walking to a page passes over fewer rows than the index would fetch.
    common constant integer := 3;
    part regclass;
    lexemes tsquery;
    sampled integer;
    hits integer;
    wanted text;
    fitting text := '';
    source text;
begin
    if uid is null then
        raise insufficient_privilege using message = 'app.user_id is not set';
    end if;
    foreach wanted in array wanted_tags loop
        wanted := replace(btrim(crm.words(wanted)), ' ', '');
        if wanted <> '' then  -- a tag of signs alone has no lexeme
            lexemes := case when lexemes is null then format('''%s#%s''', code, wanted)::tsquery
                else lexemes && format('''%s#%s''', code, wanted)::tsquery end;
        end if;
    end loop;

    select count(*), count(*) filter (where (lexemes is null or s.tsv @@ lexemes) and (firm is null or s.company_key = firm)),
            min(s.tableoid)::regclass
        into sampled, hits, part
        from (select c.tsv, c.company_key, c.tableoid from crm.contacts c where c.user_id = uid order by c.id limit sample_size) s;
    if part is null then
        return;
    end if;

    -- $1 user, $2 page size, $3 key and $4 id of the place, $5 lexemes, $6 tags, $7 company
    if cardinality(wanted_tags) > 0 then
        -- Lexemes know letters and digits only, and the tags of a contact are mostly written as they are asked for.
        fitting := fitting || ' and (c.tags @> $6 or crm.has_tags(c.tags, $6))';
    end if;
    if wanted_email is not null then
        fitting := fitting || case when wanted_email then ' and c.email is not null' else ' and c.email is null' end;
    end if;
    if lexemes is not null and firm is null and hits < common then
        -- Few fit: all of them by the index of lexemes, then sorted. Written so that no other index and no estimate comes into play.
        source := format('(select * from %s c where (c.user_id = $1) is true and c.tsv @@ (select $5)%s offset 0)', part, fitting);
        fitting := '';
    else
        source := part::text;
        fitting := ' and c.user_id = $1' || case when lexemes is null then '' else ' and coalesce(c.tsv, '''') @@ $5' end
            || case when firm is null then '' else ' and c.company_key = $7' end || fitting;
        -- Sorting is for the few contacts of a rare company; all else follows the index of the order.
        perform set_config('enable_sort', case when firm is not null and hits < common then 'on' else 'off' end, true);
    end if;
    return query execute format(
        'select c.id, c.%1$I::text from %2$s c where (c.%1$I, c.id) %3$s ($3::%4$s, $4)%5$s order by c.%1$I %6$s, c.id %6$s limit $2',
        sort_column, source, case when newest_first then '<' else '>' end, case when newest_first then 'timestamptz' else 'text collate "C"' end,
        fitting, case when newest_first then 'desc' else 'asc' end)
        using uid, page_size, after_key, after_id, lexemes, wanted_tags, firm;
end $$;

revoke all on function crm.has_tags, crm.filter_contacts from public;
grant execute on function crm.filter_contacts to crm_app;
