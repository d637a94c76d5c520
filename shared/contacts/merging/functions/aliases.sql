-- The traces of merged contacts: their ids, addresses, profiles, records and names (migrations/0095_merged_contacts.sql).

-- The contacts that ids of merged contacts lead to now. An id that a contact has is not looked up.
create or replace function crm.merged_into(uid uuid, ids uuid[]) returns table (id uuid, contact_id uuid, contact_no integer)
    language sql stable parallel safe rows 1
    set search_path = pg_catalog, pg_temp
begin atomic
    select m.of_id, c.id, c.no
    from unnest(ids) i(id)
    join crm.merged_contacts m on m.user_id = uid and m.kind = 'id' and m.key = i.id::text collate "C"
    join crm.contacts c on c.user_id = uid and c.no = m.contact_no
    where not exists (select from crm.contacts o where o.user_id = uid and o.id = i.id);
end;

-- Whether a contact that was merged into this one had this name.
create or replace function crm.was_called(uid uuid, into_no integer, name text) returns boolean
    language sql stable parallel safe
    return exists (select from crm.merged_contacts m
        where m.user_id = uid and m.contact_no = into_no and m.kind = 'name' and m.key = left(crm.fold(name), 200) collate "C");

-- Write down the traces of contacts that are about to be merged into another, and take over those of contacts merged into them before.
create or replace function crm.note_merged(uid uuid, into_no integer, nos integer[]) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    earlier crm.merged_contacts[];
begin
    -- Two statements: an undo reads in the journal what went first and what came then.
    select array_agg(m) into earlier from crm.merged_contacts m where m.user_id = uid and m.contact_no = any (nos);
    if earlier is not null then
        delete from crm.merged_contacts m where m.user_id = uid and m.contact_no = any (nos);
        insert into crm.merged_contacts (user_id, contact_no, kind, key, of_id, facts)
            select e.user_id, into_no, e.kind, e.key, e.of_id, e.facts from unnest(earlier) e
            on conflict do nothing;
    end if;
    insert into crm.merged_contacts (user_id, contact_no, kind, key, of_id, facts)
        select uid, into_no, k.kind, k.key, c.id, case when k.kind = 'name'
            then jsonb_strip_nulls(jsonb_build_object('company', c.company, 'title', c.title, 'birthday', c.birthday)) end
        from crm.contacts c
        cross join lateral (
            select 'id' as kind, c.id::text as key
            union select 'email', lower(e.address) from unnest(c.emails || c.email) e(address)
            union select 'profile', c.linkedin_slug
            union select 'record', split_part(c.source, '_', 1) || ':' || c.source_uid
            union select 'name', c.name_key where c.name <> ''
            union select 'introduction', i.id::text from crm.introductions i
                where i.user_id = uid and i.target_id = c.id and i.status in ('requested', 'connector_accepted')
            union select 'step', s.introduction_id || ':' || s.position from crm.introductions i
                join crm.introduction_steps s on s.user_id = uid and s.introduction_id = i.id
                where i.user_id = uid and s.contact_id = c.id and i.status in ('requested', 'connector_accepted')) k
        where c.user_id = uid and c.no = any (nos) and k.key is not null
        on conflict do nothing;
end $$;

-- Lead introductions under way from the merged contact to the contact that is left.
create or replace function crm.lead_introductions_to_merged() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    update crm.introductions i set target_id = c.id
        from made m join crm.contacts c on c.user_id = m.user_id and c.no = m.contact_no
        where m.kind = 'introduction' and i.user_id = m.user_id and i.id = m.key::uuid;
    update crm.introduction_steps s set contact_id = c.id
        from made m join crm.contacts c on c.user_id = m.user_id and c.no = m.contact_no
        where m.kind = 'step' and s.user_id = m.user_id and s.introduction_id = split_part(m.key, ':', 1)::uuid
            and s.position = split_part(m.key, ':', 2)::smallint;
    return null;
end $$;

-- Lead them back, at an undo.
create or replace function crm.lead_introductions_back() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    update crm.introductions i set target_id = g.of_id from gone g where g.kind = 'introduction' and i.user_id = g.user_id and i.id = g.key::uuid;
    update crm.introduction_steps s set contact_id = g.of_id from gone g
        where g.kind = 'step' and s.user_id = g.user_id and s.introduction_id = split_part(g.key, ':', 1)::uuid
            and s.position = split_part(g.key, ':', 2)::smallint;
    return null;
end $$;

-- Delete the traces of merged contacts together with the contact that is left.
create or replace function crm.forget_merged_contacts() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
    set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off
as $$
begin
    delete from crm.merged_contacts m using gone g where m.user_id = g.user_id and m.contact_no = g.no;
    return null;
end $$;

-- Match rows of an import with the contacts that they were merged into: by an address or a profile under a name that can be the
-- same, by a record, by the name together with a phone or without a contradicting fact.
create or replace function crm.match_merged(uid uuid, source text) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set enable_hashjoin = off set enable_mergejoin = off set enable_sort = on set enable_nestloop = on
as $$
declare
    family constant text := split_part(source, '_', 1);
    -- as in `crm.match_by_key`
    unique_from constant integer := 8;
begin
    if not exists (select from crm.merged_contacts m where m.user_id = uid) then
        return;
    end if;
    insert into pg_temp.import_matches (row_no, contact_id)
        select distinct on (k.row_no) k.row_no, c.id
        from (
            select i.*, t.kind, t.key, t.rank from pg_temp.imported i
            cross join lateral (
                select 'email' as kind, lower(e.address) as key, 1 as rank from unnest(coalesce(i.emails, '{}') || i.email) e(address)
                union all select 'profile', i.linkedin_slug, 2
                union all select 'id', lower(i.source_uid), 3 where family = 'warmpath'
                union all select 'record', family || ':' || i.source_uid, 4
                union all select 'name', i.name_key, 5) t
            where t.key is not null and not exists (select from pg_temp.import_matches x where x.row_no = i.row_no)) k
        join crm.merged_contacts m on m.user_id = uid and m.kind = k.kind and m.key = k.key collate "C"
        join crm.contacts c on c.user_id = uid and c.no = m.contact_no
        left join crm.merged_contacts n on n.user_id = uid and n.contact_no = m.contact_no and n.kind = 'name' and n.of_id = m.of_id
        where case k.kind
            when 'id' then true
            when 'record' then length(k.source_uid) >= unique_from or n.key = k.name_key
            when 'name' then crm.phone_keys(c.phones) && crm.phone_keys(k.phones)
                or not crm.contradicts(m.facts ->> 'company', k.company, m.facts ->> 'title', k.title, m.facts ->> 'birthday', k.birthday,
                    c.phones, coalesce(k.phones, '{}'))
                    and not exists (select from crm.contacts o where o.user_id = uid and o.name_key = k.name_key and o.id <> c.id)
            else k.name is null or n.key = k.name_key or not crm.names_apart(c.name, k.name, k.key)
                or n.key is not null and not crm.names_apart(n.key, k.name, k.key) end
        order by k.row_no, k.rank, c.created_at, c.id;
end $$;

-- The deployed functions may call these.
grant execute on function crm.merged_into, crm.was_called, crm.note_merged, crm.match_merged, crm.forget_merged_contacts,
    crm.lead_introductions_to_merged, crm.lead_introductions_back to crm_app;
