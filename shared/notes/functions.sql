-- Notes: their JSON, and what becomes of those of contacts that go or are merged.

-- The contacts that a note names, as a JSON array of {"id","name"}.
create or replace function crm.mentions_of(uid uuid, note uuid) returns json
    language sql stable
    set search_path = pg_catalog, pg_temp
begin atomic
    select coalesce(json_agg(json_build_object('id', c.id, 'name', c.name) order by c.name_key), '[]')
    from crm.note_mentions m join crm.contacts c on c.user_id = uid and c.no = m.contact_no where m.user_id = uid and m.note_id = note;
end;

-- Give notes to another contact.
create or replace function crm.move_notes(uid uuid, ids uuid[], to_no integer) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    moving crm.notes[];
begin
    -- Two statements: an undo reads in the journal what went first and what came then.
    select array_agg(n) into moving from crm.notes n where n.user_id = uid and n.id = any (ids);
    delete from crm.notes n where n.user_id = uid and n.id = any (ids);
    insert into crm.notes (user_id, id, contact_no, text, at, pinned, source, created_at, updated_at)
        select uid, m.id, to_no, m.text, m.at, m.pinned, m.source, m.created_at, m.updated_at from unnest(moving) m;
end $$;

-- Give the notes of contacts, and the places that name them, to the contact that they are merged into.
create or replace function crm.merge_notes(uid uuid, keep_no integer, nos integer[]) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    moving constant uuid[] := array(select n.id from crm.notes n where n.user_id = uid and n.contact_no = any (nos));
begin
    if moving <> '{}' then
        perform crm.move_notes(uid, moving, keep_no);
    end if;
    insert into crm.note_mentions (user_id, note_id, contact_no)
        select distinct uid, m.note_id, keep_no from crm.note_mentions m where m.user_id = uid and m.contact_no = any (nos)
        on conflict do nothing;
end $$;

-- Delete the notes of deleted contacts, and the places that name these contacts. The links of their own notes stay without them, read by
-- nobody: they belong to other contacts, which do not come back with these.
create or replace function crm.forget_notes() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
    set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off
as $$
begin
    delete from crm.notes n using gone g where n.user_id = g.user_id and n.contact_no = g.no;
    delete from crm.note_mentions m using gone g where m.user_id = g.user_id and m.contact_no = g.no;
    return null;
end $$;

-- The deployed functions may call these.
grant execute on function crm.mentions_of, crm.move_notes, crm.merge_notes to crm_app;
