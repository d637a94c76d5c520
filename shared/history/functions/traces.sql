-- The traces of contacts outside of the journal: removed when a contact is deleted for good. A hash of the keys stays, so that a file does not
-- bring the contact back without a question.

-- The hash of a kind of key and its value; neither can be read from it.
create or replace function crm.forgotten_hash(kind text, value text) returns bytea
    language sql stable strict parallel safe security definer
    set search_path = pg_catalog, pg_temp
    return (select sha256(k.key || sha256(k.key || convert_to('key ' || kind || ' ' || value, 'UTF8'))) from crm.hash_keys k where k.name = 'identity');

-- The hashes by which a contact, or a row of a file, is known again: all addresses and the profile; without these the name and the company.
create or replace function crm.forgotten_keys(name text, company text, emails text[], slug text) returns bytea[]
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
    return case when cardinality(emails) > 0 or slug is not null
        then array(select crm.address_hash(e.address) from unnest(emails) e (address)) || array_remove(array[crm.forgotten_hash('profile', lower(slug))], null)
        else array_remove(array[crm.forgotten_hash('name', nullif(crm.fold(coalesce(name, '')), '') || E'\x1f' || crm.fold(coalesce(company, '')))], null) end;

-- Remove what other tables hold of contacts that are forgotten. Introductions to them go as a whole; where they were asked to introduce,
-- the step stays without a name, and an introduction that still waits for them ends.
--
-- people: JSON array of {"id", "emails", "phones", "names"}, all as they ever were.
create or replace function crm.forget_traces(uid uuid, people jsonb) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
as $$
declare
    ids constant uuid[] := array(select (p ->> 'id')::uuid from jsonb_array_elements(people) p);
    addresses constant text[] := array(select distinct lower(e) from jsonb_array_elements(people) p, jsonb_array_elements_text(p -> 'emails') e);
    -- shorter ones would be found in words of others
    words constant text[] := addresses || array(
        select distinct lower(w) from jsonb_array_elements(people) p,
            jsonb_array_elements_text((p -> 'names') || (p -> 'phones')) w where length(w) >= 5);
    spoken text;
begin
    delete from crm.introductions i where i.user_id = uid and i.target_id = any (ids);
    update crm.introductions i set status = 'withdrawn', updated_at = now()
        where i.user_id = uid and i.status in ('requested', 'connector_accepted') and exists (
            select from crm.introduction_steps s where s.user_id = uid and s.introduction_id = i.id and s.contact_id = any (ids) and s.decision is null);
    update crm.introduction_steps s set decision = 'withdrawn', decided_at = now()
        where s.user_id = uid and s.asked_at is not null and s.decision is null and exists (
            select from crm.introductions i where i.user_id = uid and i.id = s.introduction_id and i.status = 'withdrawn');
    update crm.introduction_steps s set name = 'a forgotten contact', company = null, title = null, email = null, note = '', further_hashes = '{}'
        where s.user_id = uid and s.contact_id = any (ids);
    update crm.introductions i set passed_over = (
            select coalesce(jsonb_agg(o), '[]') from jsonb_array_elements(i.passed_over) o
            where not exists (select from unnest(ids) g (id) where strpos(o::text, g.id::text) > 0))
        where i.user_id = uid and i.passed_over <> '[]';
    foreach spoken in array words loop
        update crm.introductions i set message = regexp_replace(i.message, crm.quoted_pattern(spoken), '…', 'gi'),
                purpose = regexp_replace(i.purpose, crm.quoted_pattern(spoken), '…', 'gi')
            where i.user_id = uid and (strpos(lower(i.message), spoken) > 0 or strpos(lower(i.purpose), spoken) > 0);
        update crm.introduction_steps s set note = regexp_replace(s.note, crm.quoted_pattern(spoken), '…', 'gi')
            where s.user_id = uid and strpos(lower(s.note), spoken) > 0;
    end loop;
    delete from crm.wishes w where w.user_id = uid and (w.contact_id = any (ids) or w.email = any (addresses) or lower(w.name) = any (words));
    delete from crm.emails e where e.user_id = uid and exists (select from unnest(e.recipients) r (address) where lower(r.address) = any (addresses));
    delete from crm.invitations i where i.user_id = uid and lower(i.email) = any (addresses);
    delete from crm.team_invitations i where i.user_id = uid and lower(i.email) = any (addresses);
    -- answers that no contact of anybody else rests on
    delete from crm.provider_answers a using unnest(addresses) g (address)
        where a.email_hash = crm.email_hash(g.address) and (a.scope = uid or not exists (
            select from crm.enrichments e where e.email_hash = a.email_hash and e.user_id <> uid));
    delete from crm.dead_letters d where d.user_id = uid and exists (select from unnest(ids) g (id) where strpos(d.data::text, g.id::text) > 0);
    delete from crm.import_errors f where f.user_id = uid and crm.mentions(concat_ws(E'\n', f.value, f.message, f.cells::text), words);
    delete from crm.export_parts p where p.user_id = uid;
    delete from crm.webhook_deliveries d where d.user_id = uid and d.next_at is null and (d.data ->> 'id')::uuid = any (ids);
    update crm.idempotency_keys k set answer = null where k.user_id = uid;
    delete from crm.drafts d where d.user_id = uid and (crm.mentions(d.request::text, words)
        or exists (select from jsonb_array_elements(people) p where strpos(d.request::text, p ->> 'id') > 0));
    delete from crm.import_rows r where r.user_id = uid and crm.mentions(concat_ws(E'\n', r.data, r.cells::text), words);
    update crm.jobs j set state = case when j.state ? 'preview' then jsonb_set(j.state, '{preview}', '[]') else j.state end
            || case when j.state ? 'doubts' then jsonb_build_object('doubts', '[]'::jsonb) else '{}' end,
            result = case when crm.mentions(j.result::text, words) then j.result - 'kept' - 'failed' else j.result end
        where j.user_id = uid and (crm.mentions(j.state::text, words) or crm.mentions(j.result::text, words));
end $$;

-- Whether a text has one of these words in it, which are in lower case.
create or replace function crm.mentions(said text, words text[]) returns boolean
    language sql immutable parallel safe
    set search_path = pg_catalog, pg_temp
    return coalesce((select bool_or(strpos(lower(said), w) > 0) from unnest(words) w), false);

-- A regular expression that finds this text and no other.
create or replace function crm.quoted_pattern(said text) returns text
    language sql immutable strict parallel safe
    set search_path = pg_catalog, pg_temp
    return regexp_replace(said, '([^[:alnum:][:space:]])', '\\\1', 'g');

-- Take rows out of the import that must not become contacts without a question: those of people who do not want to be kept here, and unless
-- wanted those that the user has deleted for good and does not have again since. Return their numbers, the value, and which of both.
create or replace function crm.withhold_rows(brings_back boolean) returns table (row_no integer, value text, is_wish boolean)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    uid constant uuid := crm.acting_user();
    any_wish constant boolean := exists (select from crm.known_mailboxes m where m.withheld_at is not null);
    any_forgotten constant boolean := not brings_back and exists (select from crm.forgotten_contacts f where f.user_id = uid);
begin
    if not any_wish and not any_forgotten then
        return;
    end if;
    return query
        with said as (
            select i.row_no, i.name, i.company, i.linkedin_slug, coalesce(i.emails, array_remove(array[i.email], null)) as emails from pg_temp.imported i
        ), held as (
            select s.row_no, coalesce(s.emails[1], s.linkedin_slug, s.name) as value, w.is_wish
            from said s
            cross join lateral (
                select any_wish and exists (
                    select from unnest(s.emails) e (address) join crm.known_mailboxes m on m.address_hash = crm.address_hash(e.address)
                    where m.withheld_at is not null) as is_wish) w
            where w.is_wish or any_forgotten and exists (
                    select from crm.forgotten_contacts f
                    where f.user_id = uid and f.key = any (crm.forgotten_keys(s.name, s.company, s.emails, s.linkedin_slug)))
                and not exists (
                    select from crm.contacts_of_addresses(uid, array(select lower(e) from unnest(s.emails) e)) a where a.holders > 0)
                and not exists (select from crm.contacts c where c.user_id = uid and c.linkedin_slug = s.linkedin_slug)
        ), gone as (
            delete from pg_temp.imported i using held h where i.row_no = h.row_no returning h.row_no, h.value, h.is_wish)
        select g.row_no, g.value, g.is_wish from gone g order by g.row_no;
end $$;

-- The deployed functions may call these; the other functions of this file are called only by functions.
grant execute on function crm.withhold_rows to crm_app;
