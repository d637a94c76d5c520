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
    language plpgsql stable security definer rows 50
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set jit = off set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
    uid constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
    code constant text := right(uid::text, 4);
    firm constant text := nullif(left(crm.fold(wanted_company), 200), '');
    sample_size constant integer := 300;
    -- So many of the sample, and walking to a page of 200 passes over fewer rows than the index would fetch.
    common constant integer := 4;
    lexemes tsquery;
    sampled integer;
    hits integer;
    wanted text;
begin
    if uid is null then
        raise insufficient_privilege using message = 'app.user_id is not set';
    end if;
    foreach wanted in array wanted_tags loop
        wanted := replace(crm.words(wanted), ' ', '');
        if wanted <> '' then  -- a tag of signs alone has no lexeme
            lexemes := case when lexemes is null then format('''%s#%s''', code, wanted)::tsquery
                else lexemes && format('''%s#%s''', code, wanted)::tsquery end;
        end if;
    end loop;

    select count(*), count(*) filter (where (lexemes is null or s.tsv @@ lexemes) and (firm is null or s.company_key = firm))
        into sampled, hits
        from (select c.tsv, c.company_key from crm.contacts c where c.user_id = uid order by c.id limit sample_size) s;

    if sampled = sample_size and hits >= common or firm is null and lexemes is null then
        if sort = 'name' then
            return query select c.id, c.name_key from crm.contacts c
                where c.user_id = uid and (c.name_key, c.id) > (after_key collate "C", after_id)
                    and (firm is null or c.company_key = firm) and crm.has_tags(c.tags, wanted_tags)
                    and (wanted_email is null or (c.email is not null) = wanted_email)
                order by c.name_key, c.id limit page_size;
        elsif sort = 'company' then
            return query select c.id, c.company_key from crm.contacts c
                where c.user_id = uid and (c.company_key, c.id) > (after_key collate "C", after_id)
                    and (firm is null or c.company_key = firm) and crm.has_tags(c.tags, wanted_tags)
                    and (wanted_email is null or (c.email is not null) = wanted_email)
                order by c.company_key, c.id limit page_size;
        elsif sort = 'created_at' then
            return query select c.id, c.created_at::text from crm.contacts c
                where c.user_id = uid and (c.created_at, c.id) < (after_key::timestamptz, after_id)
                    and (firm is null or c.company_key = firm) and crm.has_tags(c.tags, wanted_tags)
                    and (wanted_email is null or (c.email is not null) = wanted_email)
                order by c.created_at desc, c.id desc limit page_size;
        else
            return query select c.id, c.updated_at::text from crm.contacts c
                where c.user_id = uid and (c.updated_at, c.id) < (after_key::timestamptz, after_id)
                    and (firm is null or c.company_key = firm) and crm.has_tags(c.tags, wanted_tags)
                    and (wanted_email is null or (c.email is not null) = wanted_email)
                order by c.updated_at desc, c.id desc limit page_size;
        end if;
        return;
    end if;

    -- Few fit: all of them are found, then sorted. Of the two indexes the one of companies is exact and in memory more often.
    return query
        with fitting as materialized (
            select c.id, c.name_key, c.company_key, c.created_at, c.updated_at from crm.contacts c
            where firm is not null and c.user_id = uid and c.company_key = firm
                and crm.has_tags(c.tags, wanted_tags) and (wanted_email is null or (c.email is not null) = wanted_email)
            union all
            select c.id, c.name_key, c.company_key, c.created_at, c.updated_at from crm.contacts c
            where firm is null and c.tsv @@ lexemes and c.user_id = uid
                and crm.has_tags(c.tags, wanted_tags) and (wanted_email is null or (c.email is not null) = wanted_email)),
        keyed as (
            select f.id, case when sort = 'name' then f.name_key when sort = 'company' then f.company_key end collate "C" as text_key,
                case when sort = 'created_at' then f.created_at when sort = 'updated_at' then f.updated_at end as time_key
            from fitting f)
        select k.id, coalesce(k.text_key, k.time_key::text) from keyed k
        where case when sort in ('name', 'company') then (k.text_key, k.id) > (after_key collate "C", after_id)
            else (k.time_key, k.id) < (after_key::timestamptz, after_id) end
        order by k.text_key, case when k.text_key is not null then k.id end, k.time_key desc, k.id desc
        limit page_size;
end $$;

revoke all on function crm.has_tags, crm.filter_contacts from public;
grant execute on function crm.filter_contacts to crm_app;
