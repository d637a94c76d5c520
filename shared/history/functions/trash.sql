-- Forgetting for good: one deleted contact by its user's wish, and whatever is older than the journal is kept.

-- The contacts in the trash, each by its number, its id, and the number of its deletion. Contacts that an undo took away are not among them: they stand in
-- the list of operations, where the undo can be undone. Without settings of its own, so that a page of it is planned as part of its query.
create or replace function crm.trashed(uid uuid) returns table (contact_no integer, id uuid, change_no bigint)
    language sql stable
begin atomic
    select c.contact_no, (c.before ->> 'id')::uuid, c.no
    from crm.changes c join crm.operations o on o.user_id = c.user_id and o.id = c.operation_id
    where c.user_id = uid and c.did = 'd' and c.subject is null and o.undoes is null
        and not exists (select from crm.contacts p where p.user_id = uid and p.no = c.contact_no)
        and not exists (select from crm.changes l where l.user_id = uid and l.contact_no = c.contact_no and l.subject is null and l.no > c.no);
end;

-- Remove deleted contacts from the journal, with their ties and interactions; returns how many. Their ids stay, because programs that follow
-- changes have to hear of the deletion.
create or replace function crm.forget_contacts(gone integer[]) returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan set jit = off
as $$
declare
    uid constant uuid := crm.acting_user();
    ids text[];
    merged integer[];
    people jsonb;
begin
    -- contacts that became part of these are the same people
    loop
        merged := array(
            select distinct m.contact_no from crm.changes m join crm.changes d on d.user_id = uid and d.contact_no = any (gone) and d.did in ('d', 'm')
                and d.subject is null and m.before ->> 'merged_into' = d.before ->> 'id'
            where m.user_id = uid and m.did = 'm' and m.subject is null and m.contact_no <> all (gone));
        exit when merged = '{}';
        gone := gone || merged;
    end loop;
    if exists (select from crm.contacts c where c.user_id = uid and c.no = any (gone)) then
        raise object_not_in_prerequisite_state using message = 'the contact is not deleted';
    end if;
    select jsonb_agg(jsonb_build_object('id', k.id, 'emails', k.emails, 'phones', k.phones, 'names', k.names)) into people
        from (
            select max(c.before ->> 'id') as id,
                coalesce(jsonb_agg(distinct e.v) filter (where e.kind = 'email'), '[]') as emails,
                coalesce(jsonb_agg(distinct e.v) filter (where e.kind = 'phone'), '[]') as phones,
                coalesce(jsonb_agg(distinct e.v) filter (where e.kind = 'name'), '[]') as names
            from crm.changes c
            cross join lateral (
                select 'email' as kind, c.before ->> 'email' as v
                union all select 'email', a from jsonb_array_elements_text(coalesce(nullif(c.before -> 'emails', 'null'), '[]')) a
                union all select 'phone', a from jsonb_array_elements_text(coalesce(nullif(c.before -> 'phones', 'null'), '[]')) a
                union all select 'name', c.before ->> 'name'
                union all select 'none', null) e
            where c.user_id = uid and c.contact_no = any (gone) and c.subject is null and (e.v is not null or e.kind = 'none')
            group by c.contact_no) k
        where k.id is not null;
    insert into crm.forgotten_contacts (user_id, key)
        select distinct uid, k.key from crm.changes c
        cross join lateral unnest(crm.forgotten_keys(c.before ->> 'name', c.before ->> 'company',
            array(select jsonb_array_elements_text(coalesce(nullif(c.before -> 'emails', 'null'), '[]'))
                union select c.before ->> 'email' where c.before ->> 'email' is not null), c.before ->> 'linkedin_slug')) k (key)
        where c.user_id = uid and c.contact_no = any (gone) and c.did in ('d', 'm') and c.subject is null
        on conflict do nothing;
    -- devices still have to hear that the card is gone
    update crm.cards k set body = null, base = null where k.user_id = crm.acting_user() and k.contact_no = any (gone);
    perform crm.forget_traces(uid, coalesce(people, '[]'));
    -- what sources say of the person goes too
    perform crm.forget_people(uid,
        array(select distinct v from jsonb_array_elements(people) p, jsonb_array_elements_text(p -> 'emails') v),
        array(select distinct v from jsonb_array_elements(people) p, jsonb_array_elements_text(p -> 'phones') v),
        array(select distinct c.before ->> 'linkedin_slug' from crm.changes c
            where c.user_id = uid and c.contact_no = any (gone) and c.subject is null and c.before ->> 'linkedin_slug' is not null),
        array(select distinct v from jsonb_array_elements(people) p, jsonb_array_elements_text(p -> 'names') v));
    delete from crm.changes c where c.user_id = uid and c.contact_no = any (gone) and (c.did in ('i', 'u') or c.subject is not null);
    with forgotten as (
        update crm.changes c set did = 'f', before = jsonb_build_object('id', c.before ->> 'id')
            where c.user_id = uid and c.contact_no = any (gone) returning c.before ->> 'id' as id)
    select array_agg(f.id) into ids from forgotten f;
    -- a search of an array for each tie would take the product of both: the list is hashed once
    update crm.tie_changes t set from_nos = k.from_nos, to_nos = k.to_nos, was_strengths = k.was_strengths, was_fading_from = k.was_fading_from,
            was_imported = k.was_imported, strengths = k.strengths, fading_from = k.fading_from, imported = k.imported
        from (select r.no as row_no, coalesce(array_agg(u.f order by u.place) filter (where u.stays), '{}') as from_nos,
                  coalesce(array_agg(u.t order by u.place) filter (where u.stays), '{}') as to_nos,
                  coalesce(array_agg(u.ws order by u.place) filter (where u.stays), '{}') as was_strengths,
                  coalesce(array_agg(u.wf order by u.place) filter (where u.stays), '{}') as was_fading_from,
                  coalesce(array_agg(u.wi order by u.place) filter (where u.stays), '{}') as was_imported,
                  coalesce(array_agg(u.s order by u.place) filter (where u.stays), '{}') as strengths,
                  coalesce(array_agg(u.ff order by u.place) filter (where u.stays), '{}') as fading_from,
                  coalesce(array_agg(u.i order by u.place) filter (where u.stays), '{}') as imported
              from crm.tie_changes r cross join lateral (
                  select x.*, x.f not in (select unnest(gone)) and x.t not in (select unnest(gone)) as stays
                  from unnest(r.from_nos, r.to_nos, r.was_strengths, r.was_fading_from, r.was_imported, r.strengths, r.fading_from, r.imported)
                      with ordinality x (f, t, ws, wf, wi, s, ff, i, place)) u
              where r.user_id = uid and (r.from_nos && gone or r.to_nos && gone) group by r.no) k
        where t.user_id = uid and t.no = k.row_no;
    update crm.interaction_changes i set contact_nos = k.contact_nos, ats = k.ats, kinds = k.kinds, directions = k.directions
        from (select r.no as row_no, coalesce(array_agg(u.n order by u.place) filter (where u.stays), '{}') as contact_nos,
                  coalesce(array_agg(u.a order by u.place) filter (where u.stays), '{}') as ats,
                  coalesce(array_agg(u.k order by u.place) filter (where u.stays), '{}') as kinds,
                  coalesce(array_agg(u.d order by u.place) filter (where u.stays), '{}') as directions
              from crm.interaction_changes r cross join lateral (
                  select x.*, x.n not in (select unnest(gone)) as stays
                  from unnest(r.contact_nos, r.ats, r.kinds, r.directions) with ordinality x (n, a, k, d, place)) u
              where r.user_id = uid and r.contact_nos && gone group by r.no) k
        where i.user_id = uid and i.no = k.row_no;
    -- the outcome of an undo names contacts that stayed
    update crm.operations o set details = jsonb_set(o.details, '{kept}', (
            select coalesce(jsonb_agg(e), '[]') from jsonb_array_elements(o.details -> 'kept') e where e ->> 'contact_id' <> all (ids)))
        where o.user_id = uid and o.details ? 'kept' and ids is not null;
    return cardinality(gone);
end $$;

-- Remove a deleted contact from the journal.
create or replace function crm.forget_contact(no integer) returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform crm.forget_contacts(array[forget_contact.no]);
end $$;

-- Remove operations older than the journal is kept, with all their changes; returns how many. The tokens of the feed from before are refused
-- from then on.
create or replace function crm.purge_journal(older_than timestamptz, most integer) returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    owners uuid[];
    ids uuid[];
begin
    update crm.change_feed f set begins_at = older_than where f.begins_at < older_than;
    select array_agg(o.user_id), array_agg(o.id) into owners, ids from (
        select o.user_id, o.id from crm.operations o where o.at < older_than limit most for update skip locked) o;
    if ids is null then
        return 0;
    end if;
    delete from crm.changes c using unnest(owners, ids) g (user_id, id) where c.user_id = g.user_id and c.operation_id = g.id;
    delete from crm.tie_changes c using unnest(owners, ids) g (user_id, id) where c.user_id = g.user_id and c.operation_id = g.id;
    delete from crm.interaction_changes c using unnest(owners, ids) g (user_id, id) where c.user_id = g.user_id and c.operation_id = g.id;
    delete from crm.operations o using unnest(owners, ids) g (user_id, id) where o.user_id = g.user_id and o.id = g.id;
    return cardinality(ids);
end $$;

-- The deployed functions may call these.
grant execute on function crm.trashed, crm.forget_contacts, crm.forget_contact, crm.purge_journal to crm_app;
