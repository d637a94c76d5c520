-- Taking an operation back at any later time, and bringing back what was deleted.
--
-- Three values decide for each field: what it was before the operation, what the operation made of it, and what it is now. A field that is
-- still as the operation left it becomes what it was; a field that was changed since stays. The value that an operation gave a field is the
-- before-image of the next change, or the present value. So a change that was taken back itself counts for nothing, and an undo is undone like
-- all else.
--
-- The functions run with the rights of their caller, whose writes the triggers journal as the operation of the undo; only what is written
-- to the journal itself is written by security definers.

-- One list of text without what an operation added, with what it removed; in the order from before, then what came since.
create or replace function crm.list_taken_back(was jsonb, became jsonb, present jsonb) returns jsonb
    language sql immutable parallel safe
    return (select coalesce(jsonb_agg(i.item order by i.later, i.place), '[]') from (
        select false as later, w.place, w.item from jsonb_array_elements(was) with ordinality w (item, place)
            where present operator(pg_catalog.@>) w.item or not became operator(pg_catalog.@>) w.item
        union all
        select true, p.place, p.item from jsonb_array_elements(present) with ordinality p (item, place)
            where not was operator(pg_catalog.@>) p.item and not became operator(pg_catalog.@>) p.item) i);

-- Key by key: each as it was, unless it is no longer what the operation made of it.
create or replace function crm.object_taken_back(was jsonb, became jsonb, present jsonb) returns jsonb
    language sql immutable parallel safe
    return (select coalesce(jsonb_object_agg(k.key, k.value) filter (where k.value is not null), '{}') from (
        select n.key, case when present -> n.key is not distinct from became -> n.key then was -> n.key else present -> n.key end as value
        from (select jsonb_object_keys(was || present) as key) n) k);

-- The value that a field gets when an operation is taken back.
create or replace function crm.taken_back(field text, was jsonb, became jsonb, present jsonb) returns jsonb
    language sql immutable parallel safe
    return case
        -- only the provenance of values: a run that was waiting then is over
        when field = 'enrichment' then present - 'fields' || coalesce('{"fields": null}'::jsonb
            || jsonb_build_object('fields', nullif(crm.object_taken_back(coalesce(was -> 'fields', '{}'), coalesce(became -> 'fields', '{}'),
                coalesce(present -> 'fields', '{}')), '{}')), '{}')
        when present = became then was
        when field in ('emails', 'phones', 'tags') then crm.list_taken_back(was, became, present)
        when field = 'custom' then crm.object_taken_back(was, became, present)
        else present end;

-- The ties of an operation: what each was before it and what it made of it.
create or replace function crm.ties_of(uid uuid, operation uuid)
    returns table (from_no integer, to_no integer, was_strength real, was_fading_from integer, was_imported boolean,
        strength real, fading_from integer, imported boolean)
    language sql stable rows 1000
    set search_path = pg_catalog, pg_temp
begin atomic
    select f.from_no, f.to_no, f.was_strength, f.was_fading_from, f.was_imported, l.strength, l.fading_from, l.imported
    from (
        select distinct on (u.from_no, u.to_no) u.from_no, u.to_no, u.was_strength, u.was_fading_from, u.was_imported
        from crm.tie_changes t cross join lateral unnest(t.from_nos, t.to_nos, t.was_strengths, t.was_fading_from, t.was_imported)
            u (from_no, to_no, was_strength, was_fading_from, was_imported)
        where t.user_id = uid and t.operation_id = operation order by u.from_no, u.to_no, t.no) f
    join (
        select distinct on (u.from_no, u.to_no) u.from_no, u.to_no, u.strength, u.fading_from, u.imported
        from crm.tie_changes t cross join lateral unnest(t.from_nos, t.to_nos, t.strengths, t.fading_from, t.imported)
            u (from_no, to_no, strength, fading_from, imported)
        where t.user_id = uid and t.operation_id = operation order by u.from_no, u.to_no, t.no desc) l using (from_no, to_no);
end;

-- The interactions that an operation added (and did not remove itself), or removed (and did not add itself).
create or replace function crm.interactions_of(uid uuid, operation uuid)
    returns table (contact_no integer, at timestamptz, kind text, direction text, removed boolean)
    language sql stable rows 1000
    set search_path = pg_catalog, pg_temp
begin atomic
    select u.contact_no, u.at, u.kind, u.direction, bool_or(t.removed)
    from crm.interaction_changes t cross join lateral unnest(t.contact_nos, t.ats, t.kinds, t.directions) u (contact_no, at, kind, direction)
    where t.user_id = uid and t.operation_id = operation
    group by u.contact_no, u.at, u.kind, u.direction having count(*) % 2 = 1;
end;

-- Each contact of an operation in one row: whether it began and whether it ended by it, and each field as it was before. only_nos: these contacts,
-- found by their numbers, without reading all that the operation did; null for all.
create or replace function crm.contacts_among(uid uuid, operation uuid, only_nos integer[])
    returns table (contact_no integer, began boolean, ended boolean, image jsonb)
    language plpgsql stable rows 1000
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
begin
    return query select c.contact_no, (array_agg(c.did order by c.no))[1] = 'i', (array_agg(c.did order by c.no desc))[1] in ('d', 'm'),
        (select jsonb_object_agg(f.key, f.value) from (
            select distinct on (e.key) e.key, e.value from unnest(array_agg(c.before order by c.no) filter (where c.before is not null)) with ordinality b (before, place)
            cross join lateral jsonb_each(b.before) e order by e.key, b.place) f)
        from crm.changes c
        where c.user_id = uid and c.operation_id = operation and c.subject is null and c.did <> 'f' and (only_nos is null or c.contact_no = any (only_nos))
        group by c.contact_no;
end $$;

-- Write to the deletion of a contact the ties that could not come back because that contact is deleted: they come back with it.
create or replace function crm.leave_ties_with_the_deleted(operation uuid, nos integer[]) returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    uid constant uuid := crm.acting_user();
begin
    insert into crm.tie_changes (user_id, operation_id, from_nos, to_nos, was_strengths, was_fading_from, was_imported, strengths, fading_from, imported)
        select uid, l.operation_id, array_agg(t.from_no), array_agg(t.to_no), array_agg(t.was_strength), array_agg(t.was_fading_from), array_agg(t.was_imported),
            array_agg(null::real), array_agg(null::integer), array_agg(null::boolean)
        from crm.ties_of(uid, operation) t
        cross join lateral (select case when t.from_no = any (nos) then t.to_no else t.from_no end as no) other
        cross join lateral (select c.operation_id, c.did from crm.changes c where c.user_id = uid and c.contact_no = other.no and c.subject is null
            order by c.no desc limit 1) l
        where t.was_strength is not null and t.strength is null and (t.from_no = any (nos) or t.to_no = any (nos))
            and l.did in ('d', 'm') and l.operation_id <> operation
            and not exists (select from crm.contacts o where o.user_id = uid and o.no = other.no)
        group by l.operation_id;
end $$;

-- Bring back contacts that an operation deleted, with their ids and numbers, and what went with them.
--
-- An address or a profile that another contact has by now is kept as a further address, or among the custom fields.
create or replace function crm.bring_back(operation uuid, nos integer[], out contacts integer, out keys_taken integer)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan set jit = off
as $$
declare
    uid constant uuid := crm.acting_user();
    subject_name text;
    backs integer[];
begin
    with lost as (
        select c.contact_no as no, c.image, c.image ->> 'email' as email, c.image ->> 'linkedin_slug' as slug
        from crm.contacts_among(uid, operation, nos) c
        where c.ended
            and not exists (select from crm.contacts o where o.user_id = uid and (o.no = c.contact_no or o.id = (c.image ->> 'id')::uuid))
    ), keyed as (
        select l.*,
            not exists (select from crm.contacts o where o.user_id = uid and o.email_key = lower(l.email))
                and row_number() over (partition by lower(l.email) order by l.no) = 1 as email_free,
            not exists (select from crm.contacts o where o.user_id = uid and o.linkedin_slug = l.slug)
                and row_number() over (partition by l.slug order by l.no) = 1 as slug_free
        from lost l
    ), back as (
        insert into crm.contacts (user_id, id, no, name, email, emails, phones, company, title, location, linkedin_url, linkedin_slug, birthday, notes,
                tags, custom, enrichment, source, source_uid, created_at)
            select uid, (k.image ->> 'id')::uuid, k.no,
                coalesce(nullif(k.image ->> 'name', ''), case when k.email_free and k.email is not null or k.slug_free and k.slug is not null then ''
                    else coalesce(k.email, k.slug, 'Unnamed') end),
                case when k.email_free then k.email end,
                array(select jsonb_array_elements_text(k.image -> 'emails')), array(select jsonb_array_elements_text(k.image -> 'phones')),
                k.image ->> 'company', k.image ->> 'title', k.image ->> 'location',
                case when k.slug_free then k.image ->> 'linkedin_url' end, case when k.slug_free then k.slug end,
                k.image ->> 'birthday', k.image ->> 'notes', array(select jsonb_array_elements_text(k.image -> 'tags')),
                case when k.slug is null or k.slug_free then k.image -> 'custom'
                    else (k.image -> 'custom') || jsonb_build_object(case when (k.image -> 'custom') ? 'LinkedIn' then 'LinkedIn 2' else 'LinkedIn' end,
                        coalesce(k.image ->> 'linkedin_url', k.slug)) end,
                -- a run that waited when the contact was deleted was ended by that
                case when k.image -> 'enrichment' ->> 'status' = 'pending' then (k.image -> 'enrichment') - 'status' else k.image -> 'enrichment' end,
                k.image ->> 'source', k.image ->> 'source_uid', (k.image ->> 'created_at')::timestamptz
            from keyed k
            returning no
    )
    select array_agg(b.no), count(*), (select count(*) from keyed k where k.email is not null and not k.email_free or k.slug is not null and not k.slug_free)
        into backs, contacts, keys_taken from back b;
    if backs is null then
        return;
    end if;
    for subject_name in select distinct c.subject from crm.changes c where c.user_id = uid and c.operation_id = operation and c.subject is not null loop
        perform crm.undo_rows(operation, subject_name, backs);
    end loop;
    insert into crm.interactions (user_id, contact_no, at, kind, direction)
        select uid, i.contact_no, i.at, i.kind, i.direction from crm.interactions_of(uid, operation) i
        where i.removed and i.contact_no = any (backs) on conflict do nothing;
    perform crm.return_ties(operation, backs);
end $$;

-- Set again the ties that an operation removed, where both ends are there and no other tie is. only_nos: those of these contacts; null for all.
create or replace function crm.return_ties(operation uuid, only_nos integer[]) returns integer
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan set jit = off
as $$
declare
    uid constant uuid := crm.acting_user();
    returned integer;
begin
    insert into crm.relationships as r (user_id, from_no, to_no, strength, fades_from_s, imported)
        select uid, t.from_no, t.to_no, t.was_strength, t.was_fading_from, t.was_imported from crm.ties_of(uid, operation) t
        where t.was_strength is not null and t.strength is null and (only_nos is null or t.from_no = any (only_nos) or t.to_no = any (only_nos))
            and exists (select from crm.contacts c where c.user_id = uid and c.no = t.from_no for key share)
            and exists (select from crm.contacts c where c.user_id = uid and c.no = t.to_no for key share)
        order by t.from_no, t.to_no
        -- with its contact a tie came back that is computed from evidence: one that was set by hand takes its place again
        on conflict (user_id, from_no, to_no) do update set strength = excluded.strength, fades_from_s = null, imported = false
        where r.fades_from_s is not null and excluded.fades_from_s is null and not excluded.imported;
    get diagnostics returned = row_count;
    if only_nos is not null then
        perform crm.leave_ties_with_the_deleted(operation, only_nos);
    end if;
    return returned;
end $$;

-- Take back what an operation did to the rows of a smaller table; rows that were changed since stay. only_nos: of these contacts; null for all.
create or replace function crm.undo_rows(operation uuid, subject_name text, only_nos integer[]) returns integer
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    uid constant uuid := crm.acting_user();
    keys constant text[] := crm.key_columns(to_regclass('crm.' || quote_ident(subject_name)));
    removed integer;
    returned integer;
begin
    if keys = '{}' then
        return 0;
    end if;
    create temporary table if not exists undone_rows (was jsonb, became jsonb) on commit drop;
    delete from pg_temp.undone_rows;
    insert into pg_temp.undone_rows
        select (array_agg(coalesce(c.before, 'null') order by c.no))[1], (array_agg(coalesce(c.after, 'null') order by c.no desc))[1]
        from crm.changes c
        where c.user_id = uid and c.operation_id = operation and c.subject = subject_name and (only_nos is null or c.contact_no = any (only_nos))
        group by (select jsonb_agg(coalesce(c.before, c.after) -> k) from unnest(keys) k);
    delete from pg_temp.undone_rows u where u.was = u.became;
    execute format('delete from crm.%I t using pg_temp.undone_rows u where t.user_id = $1 and to_jsonb(t) = u.became', subject_name) using uid;
    get diagnostics removed = row_count;
    execute format('insert into crm.%1$I select r.* from pg_temp.undone_rows u cross join lateral jsonb_populate_record(null::crm.%1$I, u.was) r
        where u.was <> ''null'' and r.user_id = $1
            and (r.contact_no = 0 or exists (select from crm.contacts c where c.user_id = $1 and c.no = r.contact_no for key share)) on conflict do nothing', subject_name) using uid;
    get diagnostics returned = row_count;
    return greatest(removed, returned);
end $$;

-- Compute the ties again that follow from interactions, where some of these were added or removed by an undo while others came since. A tie
-- of which nothing is known any more goes.
create or replace function crm.follow_interactions(nos integer[]) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    uid constant uuid := crm.acting_user();
    self_no constant integer := (select c.no from crm.contacts c where c.user_id = uid and c.is_self);
begin
    perform crm.settle_own_ties(uid, array_agg(n.no)) from unnest(nos) n (no)
        where exists (select from crm.relationships r where r.user_id = uid and r.from_no = self_no and r.to_no = n.no and r.fades_from_s is not null)
            or exists (select from crm.relationships r where r.user_id = uid and r.from_no = n.no and r.to_no = self_no and r.fades_from_s is not null)
        having count(*) > 0;
end $$;

-- Write the outcome of an undo to its operation, and to the one that it takes back. Taking back an undo opens the first operation again.
create or replace function crm.close_undo(which uuid, result jsonb) returns uuid
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    uid constant uuid := crm.acting_user();
    operation constant uuid := crm.current_operation();
begin
    insert into crm.operations (user_id, id) values (uid, operation) on conflict do nothing;
    update crm.operations o set undoes = which, details = o.details || result where o.user_id = uid and o.id = operation;
    update crm.operations o set undone_by = operation where o.user_id = uid and o.id = which;
    update crm.operations o set undone_by = null from crm.operations u
        where u.user_id = uid and u.id = which and o.user_id = uid and o.id = u.undoes and o.undone_by = which;
    return operation;
end $$;

-- Take an operation back, and return the outcome; null for an unknown operation. An operation that was taken back before is left alone, and
-- the first outcome is returned.
create or replace function crm.undo_operation(which uuid) returns jsonb
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' set client_min_messages = warning
    -- as imports do
    set lock_timeout = '60s'
as $$
declare
    uid constant uuid := crm.acting_user();
    most_listed constant integer := 100;
    done record;
    created_nos integer[];
    deleted_nos integer[];
    kept_nos integer[];
    touched integer[];
    subject_name text;
    counts record;
    removed integer := 0;
    restored integer := 0;
    taken integer := 0;
    reverted integer := 0;
    ties integer := 0;
    interactions integer := 0;
    others integer := 0;
    rows_done integer;
    result jsonb;
begin
    -- One undo or import of a user after the other.
    perform pg_advisory_xact_lock(hashtextextended('crm.import ' || uid, 0));
    select o.* into done from crm.operations o where o.user_id = uid and o.id = which;
    if not found then
        return null;
    end if;
    if done.undone_by is not null then
        return (select o.details || jsonb_build_object('operation_id', o.id) from crm.operations o where o.user_id = uid and o.id = done.undone_by);
    end if;

    create temporary table undone_contacts on commit drop as
        select c.contact_no as no, c.began, c.ended, c.image from crm.contacts_among(uid, which, null) c;
    create temporary table undone_ties on commit drop as select * from crm.ties_of(uid, which);
    create temporary table undone_interactions on commit drop as select * from crm.interactions_of(uid, which);
    analyze pg_temp.undone_contacts;
    analyze pg_temp.undone_ties;
    analyze pg_temp.undone_interactions;
    -- Nobody changes these contacts until the end.
    perform from crm.contacts c where c.user_id = uid and c.no in (select u.no from pg_temp.undone_contacts u) order by c.id for update;
    create temporary table undone_fields on commit drop as
        select u.no, c.id, f.key as field, coalesce(f.value, 'null') as was, coalesce(n.became, p.present) as became, p.present,
            crm.taken_back(f.key, f.value, coalesce(n.became, p.present), p.present) as becomes
        from pg_temp.undone_contacts u
        join crm.contacts c on c.user_id = uid and c.no = u.no
        cross join lateral jsonb_each(u.image) f
        cross join lateral (select crm.contact_fields(c) -> f.key as present) p
        cross join lateral (select max(x.no) as last_no from crm.changes x
            where x.user_id = uid and x.contact_no = u.no and x.operation_id = which and x.subject is null and x.before ? f.key) x
        left join lateral (select coalesce(l.before -> f.key, 'null') as became from crm.changes l
            where l.user_id = uid and l.contact_no = u.no and l.no > x.last_no and l.subject is null and (l.before ? f.key or l.did in ('d', 'm'))
            order by l.no limit 1) n on true
        where not u.began and not u.ended;

    select array_agg(u.no) filter (where u.began and not u.ended), array_agg(u.no) filter (where u.ended and not u.began)
        into created_nos, deleted_nos from pg_temp.undone_contacts u;
    -- Contacts that the operation made and that are more by now than it made of them: they stay, with all that is theirs.
    create temporary table undone_kept on commit drop as
        select c.no, c.id, c.name, case when e.field is not null then 'edited_since' else 'used_since' end as reason, e.fields
        from crm.contacts c
        left join lateral (
            select min(d.key) as field, array_agg(d.key) as fields from (
                select distinct on (b.key) b.key, b.value from crm.changes l join crm.operations o on o.user_id = uid and o.id = l.operation_id
                cross join lateral jsonb_each(l.before) b
                where l.user_id = uid and l.contact_no = c.no and l.subject is null and l.did = 'u' and l.operation_id <> which and o.kind <> 'enrich_contact'
                    and l.no > (select max(x.no) from crm.changes x where x.user_id = uid and x.contact_no = c.no and x.operation_id = which and x.subject is null)
                order by b.key, l.no) d
            where d.value is distinct from crm.contact_fields(c) -> d.key) e on true
        where c.user_id = uid and c.no = any (created_nos) and not c.is_self and (e.field is not null
            -- it holds what another contact was
            or exists (select from crm.merged_contacts m where m.user_id = uid and m.contact_no = c.no)
            or exists (select from crm.interactions i where i.user_id = uid and i.contact_no = c.no
                and not exists (select from pg_temp.undone_interactions u where u.contact_no = i.contact_no and u.at = i.at and u.kind = i.kind and u.direction = i.direction))
            or exists (select from crm.relationships r where r.user_id = uid and (r.from_no = c.no or r.to_no = c.no)
                and not exists (select from pg_temp.undone_ties u where u.from_no = r.from_no and u.to_no = r.to_no
                    and (u.strength, u.fading_from, u.imported) is not distinct from (r.strength, r.fades_from_s, r.imported))
                -- a tie to itself follows from its interactions, which are counted above
                and r.fades_from_s is null));
    select array_agg(k.no) into kept_nos from pg_temp.undone_kept k;

    -- First the additions to the graph go, then the contacts follow, then the removed parts of the graph come back.
    delete from crm.interactions i using pg_temp.undone_interactions u
        where i.user_id = uid and i.contact_no = u.contact_no and i.at = u.at and i.kind = u.kind and i.direction = u.direction
            and not u.removed and u.contact_no <> all (coalesce(kept_nos, '{}'));
    get diagnostics interactions = row_count;
    delete from crm.relationships r using pg_temp.undone_ties u
        where r.user_id = uid and r.from_no = u.from_no and r.to_no = u.to_no and u.was_strength is null
            and (r.strength, r.fades_from_s, r.imported) is not distinct from (u.strength, u.fading_from, u.imported)
            and u.from_no <> all (coalesce(kept_nos, '{}')) and u.to_no <> all (coalesce(kept_nos, '{}'));
    get diagnostics ties = row_count;
    update crm.relationships r set strength = u.was_strength, fades_from_s = u.was_fading_from, imported = u.was_imported
        from pg_temp.undone_ties u
        where r.user_id = uid and r.from_no = u.from_no and r.to_no = u.to_no and u.was_strength is not null and u.strength is not null
            and (r.strength, r.fades_from_s, r.imported) is not distinct from (u.strength, u.fading_from, u.imported)
            and (u.strength, u.fading_from, u.imported) is distinct from (u.was_strength, u.was_fading_from, u.was_imported);
    get diagnostics rows_done = row_count;
    ties := ties + rows_done;
    delete from crm.contacts c where c.user_id = uid and c.no = any (created_nos) and not c.is_self and c.no <> all (coalesce(kept_nos, '{}'));
    get diagnostics removed = row_count;
    reverted := crm.set_fields_back();
    for subject_name in select distinct c.subject from crm.changes c where c.user_id = uid and c.operation_id = which and c.subject is not null loop
        others := others + crm.undo_rows(which, subject_name, null);
    end loop;
    if deleted_nos is not null then
        select b.contacts, b.keys_taken into restored, taken from crm.bring_back(which, deleted_nos) b;
    end if;
    insert into crm.interactions (user_id, contact_no, at, kind, direction)
        select uid, u.contact_no, u.at, u.kind, u.direction from pg_temp.undone_interactions u
        where u.removed and exists (select from crm.contacts c where c.user_id = uid and c.no = u.contact_no for key share) on conflict do nothing;
    get diagnostics rows_done = row_count;
    interactions := interactions + rows_done;
    ties := ties + crm.return_ties(which, null);
    select array_agg(distinct u.contact_no) into touched from pg_temp.undone_interactions u;
    if touched is not null then
        perform crm.follow_interactions(touched);
    end if;

    insert into pg_temp.undone_kept
        select f.no, f.id, c.name, case when bool_or(f.becomes = f.present) then 'edited_since' else 'address_taken' end, array_agg(f.field)
        from pg_temp.undone_fields f join crm.contacts c on c.user_id = uid and c.no = f.no
        where f.field not in ('enrichment', 'linkedin_slug', 'created_at') and f.present <> f.was
            and (f.becomes = f.present or f.becomes <> crm.contact_fields(c) -> f.field)
        group by f.no, f.id, c.name;
    insert into pg_temp.undone_kept
        select u.no, g.id, g.name, 'deleted_since', null from pg_temp.undone_contacts u
        cross join lateral (select (l.before ->> 'id')::uuid as id, l.before ->> 'name' as name from crm.changes l
            where l.user_id = uid and l.contact_no = u.no and l.subject is null and l.did in ('d', 'm') order by l.no desc limit 1) g
        where not u.began and not u.ended and not exists (select from crm.contacts c where c.user_id = uid and c.no = u.no);
    result := jsonb_build_object('restored', restored, 'reverted', reverted, 'removed', removed, 'ties', ties, 'interactions', interactions,
        'others', others, 'address_taken', taken + (select count(*) from pg_temp.undone_kept k where k.reason = 'address_taken'),
        'kept_total', (select count(*) from pg_temp.undone_kept),
        'kept', (select coalesce(jsonb_agg(jsonb_build_object('contact_id', k.id, 'name', k.name, 'reason', k.reason, 'fields', coalesce(to_jsonb(k.fields), '[]')) order by k.no), '[]')
            from (select * from pg_temp.undone_kept k order by k.no limit most_listed) k));
    result := result || jsonb_build_object('operation_id', crm.close_undo(which, result));
    drop table pg_temp.undone_contacts, pg_temp.undone_ties, pg_temp.undone_interactions, pg_temp.undone_fields, pg_temp.undone_kept;
    return result;
end $$;

-- Write the fields of `undone_fields` that become another value; returns how many contacts. An address or a profile that another contact has by
-- now stays away.
create or replace function crm.set_fields_back() returns integer
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan set jit = off
as $$
declare
    uid constant uuid := crm.acting_user();
    written integer;
begin
    -- Two contacts that swapped an address swap it back: first both give it up.
    update crm.contacts c set email = case when f.fields ? 'email' then null else c.email end,
            linkedin_slug = case when f.fields ? 'linkedin_slug' then null else c.linkedin_slug end,
            name = case when c.name = '' then '?' else c.name end
        from (select u.no, jsonb_object_agg(u.field, u.becomes) as fields from pg_temp.undone_fields u
            where u.field in ('email', 'linkedin_slug') and u.becomes <> u.present and u.present <> 'null' and u.becomes <> 'null' group by u.no) f
        where c.user_id = uid and c.no = f.no
            and exists (select from crm.contacts o join pg_temp.undone_fields g on g.no = o.no and g.field in ('email', 'linkedin_slug') and g.becomes <> g.present
                where o.user_id = uid and o.no <> c.no and (o.email_key = lower(f.fields ->> 'email') or o.linkedin_slug = f.fields ->> 'linkedin_slug'));
    with taken as (
        select u.no, u.field from pg_temp.undone_fields u
        where u.field = 'email' and u.becomes <> u.present and exists (select from crm.contacts o
                where o.user_id = uid and o.no <> u.no and o.email_key = lower(u.becomes #>> '{}'))
            or u.field in ('linkedin_slug', 'linkedin_url') and exists (select from pg_temp.undone_fields s join crm.contacts o
                on o.user_id = uid and o.no <> s.no and o.linkedin_slug = s.becomes #>> '{}'
                where s.no = u.no and s.field = 'linkedin_slug' and s.becomes <> s.present)
    ), becoming as (
        select u.no, jsonb_object_agg(u.field, u.becomes) as fields, (array_agg(u.present) filter (where u.field = 'name'))[1] as name
        from pg_temp.undone_fields u
        where u.becomes <> u.present and not exists (select from taken t where t.no = u.no and t.field = u.field)
        group by u.no
    ), stated as (
        select c.no, c.id, b.fields, case when b.fields ? 'email' then b.fields ->> 'email' else c.email end as email,
            case when b.fields ? 'linkedin_slug' then b.fields ->> 'linkedin_slug' else c.linkedin_slug end as slug,
            case when b.fields ? 'emails' then array(select jsonb_array_elements_text(b.fields -> 'emails')) else c.emails end as emails,
            case when b.fields ? 'name' then b.fields ->> 'name' else c.name end as name
        from becoming b join crm.contacts c on c.user_id = uid and c.no = b.no
    )
    update crm.contacts c
        set name = case when s.name = '' and s.email is null and s.slug is null then coalesce(nullif(c.name, ''), s.emails[1], 'Unnamed') else s.name end,
            email = s.email,
            emails = case when s.email is null or lower(s.email) = any (lower(s.emails::text)::text[]) then s.emails else array_prepend(s.email, s.emails) end,
            phones = case when s.fields ? 'phones' then array(select jsonb_array_elements_text(s.fields -> 'phones')) else c.phones end,
            company = case when s.fields ? 'company' then s.fields ->> 'company' else c.company end,
            title = case when s.fields ? 'title' then s.fields ->> 'title' else c.title end,
            location = case when s.fields ? 'location' then s.fields ->> 'location' else c.location end,
            linkedin_url = case when s.fields ? 'linkedin_url' then s.fields ->> 'linkedin_url' else c.linkedin_url end,
            linkedin_slug = s.slug,
            birthday = case when s.fields ? 'birthday' then s.fields ->> 'birthday' else c.birthday end,
            notes = case when s.fields ? 'notes' then s.fields ->> 'notes' else c.notes end,
            tags = case when s.fields ? 'tags' then array(select jsonb_array_elements_text(s.fields -> 'tags')) else c.tags end,
            custom = case when s.fields ? 'custom' then s.fields -> 'custom' else c.custom end,
            enrichment = case when s.fields ? 'enrichment' then s.fields -> 'enrichment' else c.enrichment end,
            source = case when s.fields ? 'source' then s.fields ->> 'source' else c.source end,
            source_uid = case when s.fields ? 'source_uid' then s.fields ->> 'source_uid' else c.source_uid end,
            created_at = case when s.fields ? 'created_at' then (s.fields ->> 'created_at')::timestamptz else c.created_at end,
            updated_at = now()
        from stated s where c.user_id = uid and c.no = s.no;
    get diagnostics written = row_count;
    return written;
end $$;

-- The operation that took a contact away last, the contact's number, and how it went (`changes.did`); nulls where the contact is there or
-- is not known.
create or replace function crm.find_deleted(contact uuid, out operation uuid, out no integer, out did "char")
    language sql stable
    set search_path = pg_catalog, pg_temp
begin atomic
    select c.operation_id, c.contact_no, c.did from crm.changes c
    where c.user_id = crm.acting_user() and c.before ->> 'id' = contact::text and c.did in ('d', 'm', 'f') and c.subject is null
        and not exists (select from crm.contacts o where o.user_id = c.user_id and o.id = contact)
    order by c.no desc limit 1;
end;

-- The deployed functions may call these. They run with the rights of their caller, so what they call is open, too.
grant execute on function crm.undo_operation, crm.bring_back, crm.find_deleted, crm.set_fields_back, crm.undo_rows, crm.return_ties, crm.ties_of,
    crm.interactions_of, crm.contacts_among, crm.leave_ties_with_the_deleted, crm.follow_interactions, crm.close_undo, crm.taken_back,
    crm.list_taken_back, crm.object_taken_back, crm.contact_fields, crm.key_columns, crm.current_operation to crm_app;
