-- Writing the journal: one statement trigger for each kind of statement on each table of a user's data. migrations/0080_journal.sql has the tables.
--
-- The edge names the operation in settings of the transaction: `app.operation` (its id), `app.operation_kind`, `app.actor`, and where there
-- is more to say `app.operation_details`. Changes of a transaction that names none make up an operation of their own. The row of the operation is
-- written with its first change, and takes these settings by its defaults; later changes add to its counts.

-- The id of the transaction's operation.
create or replace function crm.current_operation() returns uuid
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    named text := nullif(current_setting('app.operation', true), '');
begin
    if named is null then
        named := gen_random_uuid();
        perform set_config('app.operation', named, true);
    end if;
    return named;
end $$;

-- The fields of a contact that the journal keeps: all that are written, without keys, what follows from others, and the time of the change.
create or replace function crm.contact_fields(c crm.contacts) returns jsonb
    language sql stable parallel safe
    return jsonb_build_object('name', c.name, 'email', c.email, 'emails', c.emails, 'phones', c.phones, 'company', c.company,
        'title', c.title, 'location', c.location, 'linkedin_url', c.linkedin_url, 'linkedin_slug', c.linkedin_slug,
        'birthday', c.birthday, 'notes', c.notes, 'tags', c.tags, 'custom', c.custom, 'enrichment', c.enrichment,
        'source', c.source, 'source_uid', c.source_uid, 'created_at', c.created_at);

-- Write new contacts to the journal. The self contact comes with the user: its creation cannot be undone and is left out.
create or replace function crm.journal_created_contacts() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    operation constant uuid := crm.current_operation();
begin
    with written as (
        insert into crm.changes (user_id, operation_id, contact_no, did)
            select m.user_id, operation, m.no, 'i' from made m where not m.is_self returning user_id)
    insert into crm.operations as o (user_id, id, contacts_created) select w.user_id, operation, count(*) from written w group by w.user_id
        on conflict (user_id, id) do update set contacts_created = o.contacts_created + excluded.contacts_created;
    return null;
end $$;

-- Write the changed fields of contacts to the journal. The state that enrichment keeps beside the values of fields (`status`, attempts) changes
-- by itself and is left out.
create or replace function crm.journal_updated_contacts() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
    set jit = off
    -- the planner takes the rows of a statement for few: of many, each would be compared with each
    set enable_nestloop = off
as $$
declare
    operation constant uuid := crm.current_operation();
begin
    with written as (
        insert into crm.changes (user_id, operation_id, contact_no, did, before)
            select d.user_id, operation, d.no, 'u', d.before from (
                select o.user_id, o.no,
                    (case when n.name <> o.name then jsonb_build_object('name', o.name) else '{}' end
                    || case when n.email is distinct from o.email then jsonb_build_object('email', o.email) else '{}' end
                    || case when n.emails <> o.emails then jsonb_build_object('emails', o.emails) else '{}' end
                    || case when n.phones <> o.phones then jsonb_build_object('phones', o.phones) else '{}' end
                    || case when n.company is distinct from o.company then jsonb_build_object('company', o.company) else '{}' end
                    || case when n.title is distinct from o.title then jsonb_build_object('title', o.title) else '{}' end
                    || case when n.location is distinct from o.location then jsonb_build_object('location', o.location) else '{}' end
                    || case when n.linkedin_url is distinct from o.linkedin_url then jsonb_build_object('linkedin_url', o.linkedin_url) else '{}' end
                    || case when n.linkedin_slug is distinct from o.linkedin_slug then jsonb_build_object('linkedin_slug', o.linkedin_slug) else '{}' end
                    || case when n.birthday is distinct from o.birthday then jsonb_build_object('birthday', o.birthday) else '{}' end
                    || case when n.notes is distinct from o.notes then jsonb_build_object('notes', o.notes) else '{}' end
                    || case when n.tags <> o.tags then jsonb_build_object('tags', o.tags) else '{}' end
                    || case when n.custom <> o.custom then jsonb_build_object('custom', o.custom) else '{}' end
                    || case when n.enrichment -> 'fields' is distinct from o.enrichment -> 'fields'
                        then jsonb_build_object('enrichment', o.enrichment) else '{}' end
                    || case when n.source <> o.source then jsonb_build_object('source', o.source) else '{}' end
                    || case when n.source_uid is distinct from o.source_uid then jsonb_build_object('source_uid', o.source_uid) else '{}' end
                    || case when n.created_at <> o.created_at then jsonb_build_object('created_at', o.created_at) else '{}' end) as before
                from was o join became n on n.user_id = o.user_id and n.no = o.no
                offset 0) d
            where d.before <> '{}'
            returning user_id)
    insert into crm.operations as o (user_id, id, contacts_updated) select w.user_id, operation, count(*) from written w group by w.user_id
        on conflict (user_id, id) do update set contacts_updated = o.contacts_updated + excluded.contacts_updated;
    return null;
end $$;

-- A deleted contact leaves its table, so that no query has to leave it out, and stays here as long as the journal is kept: the trash.
--
-- app.merged_into: the id of the contact that takes the place of those that are deleted.
create or replace function crm.journal_deleted_contacts() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    operation constant uuid := crm.current_operation();
    merged_into constant text := nullif(current_setting('app.merged_into', true), '');
begin
    -- An erased user leaves no trace.
    with written as (
        insert into crm.changes (user_id, operation_id, contact_no, did, before)
            select g.user_id, operation, g.no, case when merged_into is null then 'd' else 'm' end,
                jsonb_strip_nulls(crm.contact_fields(g) || jsonb_build_object('id', g.id, 'merged_into', merged_into, 'updated_at', g.updated_at))
            from gone g where exists (select from crm.users u where u.id = g.user_id)
            returning user_id, did)
    insert into crm.operations as o (user_id, id, contacts_deleted, contacts_merged)
        select w.user_id, operation, count(*) filter (where w.did = 'd'), count(*) filter (where w.did = 'm') from written w group by w.user_id
        on conflict (user_id, id) do update set contacts_deleted = o.contacts_deleted + excluded.contacts_deleted,
            contacts_merged = o.contacts_merged + excluded.contacts_merged;
    return null;
end $$;

-- Write ties to the journal, each with its value before and the value that it was given, as an undo leaves ties alone that have another one by now.
create or replace function crm.journal_ties() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
    set jit = off set enable_nestloop = off  -- as for contacts
as $$
declare
    operation constant uuid := crm.current_operation();
begin
    if tg_op = 'INSERT' then
        perform crm.add_tie_changes(n.user_id, operation, array_agg(n.from_no), array_agg(n.to_no), array_agg(null::real), array_agg(null::integer),
            array_agg(null::boolean), array_agg(n.strength), array_agg(n.fades_from_s), array_agg(n.imported)) from became n group by n.user_id;
    elsif tg_op = 'DELETE' then
        perform crm.add_tie_changes(o.user_id, operation, array_agg(o.from_no), array_agg(o.to_no), array_agg(o.strength), array_agg(o.fades_from_s),
            array_agg(o.imported), array_agg(null::real), array_agg(null::integer), array_agg(null::boolean))
            from was o where exists (select from crm.users u where u.id = o.user_id) group by o.user_id;
    else
        -- a tie whose ends were changed is one that went and one that came
        perform crm.add_tie_changes(d.user_id, operation, array_agg(d.from_no), array_agg(d.to_no), array_agg(o.strength), array_agg(o.fades_from_s),
            array_agg(o.imported), array_agg(n.strength), array_agg(n.fades_from_s), array_agg(n.imported))
            from was o full join became n on n.user_id = o.user_id and n.from_no = o.from_no and n.to_no = o.to_no
            cross join lateral (select coalesce(n.user_id, o.user_id) as user_id, coalesce(n.from_no, o.from_no) as from_no, coalesce(n.to_no, o.to_no) as to_no) d
            where (o.strength, o.fades_from_s, o.imported) is distinct from (n.strength, n.fades_from_s, n.imported)
            group by d.user_id;
    end if;
    return null;
end $$;

-- Write ties of one user, in arrays of one length, to the journal.
create or replace function crm.add_tie_changes(uid uuid, operation uuid, from_nos integer[], to_nos integer[], was_strengths real[], was_fading_from integer[],
    was_imported boolean[], strengths real[], fading_from integer[], imported boolean[]) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    insert into crm.tie_changes (user_id, operation_id, from_nos, to_nos, was_strengths, was_fading_from, was_imported, strengths, fading_from, imported)
        values (uid, operation, from_nos, to_nos, was_strengths, was_fading_from, was_imported, strengths, fading_from, imported);
    insert into crm.operations as o (user_id, id, ties) values (uid, operation, cardinality(from_nos))
        on conflict (user_id, id) do update set ties = o.ties + excluded.ties;
end $$;

-- Write interactions to the journal; one that is moved to another contact by an update went there and came here.
create or replace function crm.journal_interactions() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    operation constant uuid := crm.current_operation();
begin
    if tg_op = 'INSERT' then
        perform crm.add_interaction_changes(n.user_id, operation, false, array_agg(n.contact_no), array_agg(n.at), array_agg(n.kind), array_agg(n.direction))
            from became n group by n.user_id;
    elsif tg_op = 'DELETE' then
        perform crm.add_interaction_changes(o.user_id, operation, true, array_agg(o.contact_no), array_agg(o.at), array_agg(o.kind), array_agg(o.direction))
            from was o where exists (select from crm.users u where u.id = o.user_id) group by o.user_id;
    else
        perform crm.add_interaction_changes(o.user_id, operation, true, array_agg(o.contact_no), array_agg(o.at), array_agg(o.kind), array_agg(o.direction))
            from (select * from was except select * from became) o group by o.user_id;
        perform crm.add_interaction_changes(n.user_id, operation, false, array_agg(n.contact_no), array_agg(n.at), array_agg(n.kind), array_agg(n.direction))
            from (select * from became except select * from was) n group by n.user_id;
    end if;
    return null;
end $$;

-- Write interactions of one user, in arrays of one length, to the journal.
create or replace function crm.add_interaction_changes(
    uid uuid, operation uuid, removed boolean, contact_nos integer[], ats timestamptz[], kinds text[], directions text[]) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    insert into crm.interaction_changes (user_id, operation_id, removed, contact_nos, ats, kinds, directions)
        values (uid, operation, removed, contact_nos, ats, kinds, directions);
    insert into crm.operations as o (user_id, id, interactions) values (uid, operation, cardinality(contact_nos))
        on conflict (user_id, id) do update set interactions = o.interactions + excluded.interactions;
end $$;

-- The columns of the primary key of a table.
create or replace function crm.key_columns(of_table oid) returns text[]
    language sql stable
    set search_path = pg_catalog, pg_temp
    return array(select a.attname::text from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey[0:i.indnkeyatts - 1])
        where i.indrelid = of_table and i.indisprimary order by a.attnum);

-- For smaller tables whose rows belong to a contact by a column `contact_no`: each row as it was and as it is. `crm.undo_rows` knows them by the
-- names in `changes.subject`, so such a table needs nothing more than three triggers. A row about an interaction counts apart only where it holds a note.
create or replace function crm.journal_created_rows() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    operation constant uuid := crm.current_operation();
begin
    with written as (
        insert into crm.changes (user_id, operation_id, contact_no, did, subject, after)
            select m.user_id, operation, m.contact_no, 'i', tg_table_name, to_jsonb(m) from made m
            returning user_id, subject <> 'interaction_details' or after ->> 'note' is not null as counts)
    insert into crm.operations as o (user_id, id, others) select w.user_id, operation, count(*) filter (where w.counts) from written w group by w.user_id
        on conflict (user_id, id) do update set others = o.others + excluded.others;
    return null;
end $$;

-- An updated row is one that went and one that came with the same key.
create or replace function crm.journal_updated_rows() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    operation constant uuid := crm.current_operation();
    keys constant text[] := crm.key_columns(tg_relid);
begin
    with written as (
        insert into crm.changes (user_id, operation_id, contact_no, did, subject, before, after)
            select d.user_id, operation, d.contact_no, 'u', tg_table_name, d.before, d.after from (
                select r.user_id, max(r.contact_no) as contact_no, jsonb_agg(r.image) filter (where r.old) -> 0 as before,
                    jsonb_agg(r.image) filter (where not r.old) -> 0 as after
                from (select w.user_id, w.contact_no, to_jsonb(w) as image, true as old from was w
                      union all select b.user_id, b.contact_no, to_jsonb(b), false from became b) r
                group by r.user_id, (select jsonb_agg(r.image -> k) from unnest(keys) k)) d
            where d.before is distinct from d.after
        returning user_id)
    insert into crm.operations as o (user_id, id, others) select w.user_id, operation, count(*) from written w group by w.user_id
        on conflict (user_id, id) do update set others = o.others + excluded.others;
    return null;
end $$;

-- Write deleted rows of a smaller table to the journal, unless their user is being erased.
create or replace function crm.journal_deleted_rows() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    operation constant uuid := crm.current_operation();
begin
    with written as (
        insert into crm.changes (user_id, operation_id, contact_no, did, subject, before)
            select g.user_id, operation, g.contact_no, 'd', tg_table_name, to_jsonb(g)
            from gone g where exists (select from crm.users u where u.id = g.user_id)
            returning user_id, subject <> 'interaction_details' or before ->> 'note' is not null as counts)
    insert into crm.operations as o (user_id, id, others) select w.user_id, operation, count(*) filter (where w.counts) from written w group by w.user_id
        on conflict (user_id, id) do update set others = o.others + excluded.others;
    return null;
end $$;

-- An erased user leaves nothing in the journal either; a key to `crm.users` would be checked for each operation and each change that is written.
create or replace function crm.forget_journal() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    delete from crm.operations o where o.user_id = old.id;
    delete from crm.changes c where c.user_id = old.id;
    delete from crm.tie_changes t where t.user_id = old.id;
    delete from crm.interaction_changes i where i.user_id = old.id;
    return null;
end $$;

