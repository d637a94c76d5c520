-- Splitting a contact: chosen facts of it become those of a new contact (decision 0073).

-- Move chosen facts of a contact to a new one, and return the new contact's id.
--
-- The caller holds the contact, and has checked that it has these facts and is left with a name, an address or a profile.
-- facts: the new contact's `name`, and what goes to it: `emails` (in lower case), `phones`, `tags`, `fields` (names of single fields, notes among them),
-- `custom` (keys), `ties` (ids of their other ends), `interactions` (objects with at, kind and direction), `note_ids`.
create or replace function crm.split_contact(contact uuid, facts jsonb) returns uuid
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan set jit = off
as $$
declare
    uid constant uuid := crm.acting_user();
    moved_emails constant text[] := array(select jsonb_array_elements_text(facts -> 'emails'));
    moved_phones constant text[] := array(select jsonb_array_elements_text(facts -> 'phones'));
    moved_tags constant text[] := array(select jsonb_array_elements_text(facts -> 'tags'));
    moved_fields constant text[] := array(select jsonb_array_elements_text(facts -> 'fields'));
    moved_custom constant text[] := array(select jsonb_array_elements_text(facts -> 'custom'));
    moved_ties constant uuid[] := array(select jsonb_array_elements_text(facts -> 'ties')::uuid);
    was crm.contacts;
    became crm.contacts;
    made_no integer;
    made_id uuid;
    ends integer[];
    ties crm.relationships[];
begin
    select c.* into was from crm.contacts c where c.user_id = uid and c.id = contact;
    became := was;
    became.emails := array(select e from unnest(was.emails) with ordinality u (e, place) where lower(e) <> all (moved_emails) order by place);
    became.email := case when lower(was.email) = any (moved_emails) then (
        -- the first of the others that no contact has as its own
        select e from unnest(became.emails) with ordinality u (e, place)
        where not exists (select from crm.contacts o where o.user_id = uid and o.email_key = lower(e)) order by place limit 1) else was.email end;
    became.phones := array(select p from unnest(was.phones) with ordinality u (p, place) where p <> all (moved_phones) order by place);
    became.tags := array(select t from unnest(was.tags) with ordinality u (t, place) where t <> all (moved_tags) order by place);
    became.company := case when 'company' = any (moved_fields) then null else was.company end;
    became.title := case when 'title' = any (moved_fields) then null else was.title end;
    became.location := case when 'location' = any (moved_fields) then null else was.location end;
    became.birthday := case when 'birthday' = any (moved_fields) then null else was.birthday end;
    became.linkedin_url := case when 'linkedin_url' = any (moved_fields) then null else was.linkedin_url end;
    became.linkedin_slug := case when 'linkedin_url' = any (moved_fields) then null else was.linkedin_slug end;
    became.notes := case when 'notes' = any (moved_fields) then null else was.notes end;
    became.custom := was.custom - moved_custom;
    -- what enrichment knows of a value moves with the value
    became.enrichment := case when was.enrichment ? 'fields' then jsonb_set(was.enrichment, '{fields}', (was.enrichment -> 'fields') - moved_fields) else was.enrichment end;
    update crm.contacts c
        set emails = became.emails, email = became.email, phones = became.phones, tags = became.tags, company = became.company, title = became.title,
            location = became.location, birthday = became.birthday, linkedin_url = became.linkedin_url, linkedin_slug = became.linkedin_slug,
            notes = became.notes, custom = became.custom, enrichment = became.enrichment, updated_at = now()
        where c.user_id = uid and c.id = contact;
    insert into crm.contacts (user_id, name, email, emails, phones, company, title, location, birthday, linkedin_url, linkedin_slug, notes, tags, custom,
            enrichment, source)
        select uid, facts ->> 'name', m.email, m.emails, moved_phones,
            case when 'company' = any (moved_fields) then was.company end, case when 'title' = any (moved_fields) then was.title end,
            case when 'location' = any (moved_fields) then was.location end, case when 'birthday' = any (moved_fields) then was.birthday end,
            case when 'linkedin_url' = any (moved_fields) then was.linkedin_url end, case when 'linkedin_url' = any (moved_fields) then was.linkedin_slug end,
            case when 'notes' = any (moved_fields) then was.notes end, moved_tags,
            (select coalesce(jsonb_object_agg(e.key, e.value), '{}') from jsonb_each(was.custom) e where e.key = any (moved_custom)),
            coalesce((select jsonb_build_object('fields', jsonb_object_agg(e.key, e.value)) from jsonb_each(was.enrichment -> 'fields') e
                where e.key = any (moved_fields) having count(*) > 0), '{}'),
            'manual'
        from (select l.emails, (select e from unnest(l.emails) with ordinality u (e, place)
                  where not exists (select from crm.contacts o where o.user_id = uid and o.email_key = lower(e)) order by place limit 1) as email
              from (select array(select e from unnest(was.emails) with ordinality u (e, place) where lower(e) = any (moved_emails)
                  order by lower(e) <> coalesce(lower(was.email), ''), place) as emails) l) m
        returning no, id into made_no, made_id;

    insert into crm.interactions (user_id, contact_no, at, kind, direction)
        select uid, made_no, i.at, i.kind, i.direction
        from jsonb_to_recordset(coalesce(facts -> 'interactions', '[]')) m (at timestamptz, kind text, direction text)
        join crm.interactions i on i.user_id = uid and i.contact_no = was.no and i.at = m.at and i.kind = m.kind and i.direction = m.direction
        on conflict do nothing;
    perform crm.copy_interaction_details(array[was.no], made_no);
    delete from crm.interactions i using jsonb_to_recordset(coalesce(facts -> 'interactions', '[]')) m (at timestamptz, kind text, direction text)
        where i.user_id = uid and i.contact_no = was.no and i.at = m.at and i.kind = m.kind and i.direction = m.direction;
    if facts -> 'note_ids' <> '[]' then
        perform crm.move_notes(uid, array(select jsonb_array_elements_text(facts -> 'note_ids')::uuid), made_no);
    end if;
    ends := array(select c.no from crm.contacts c where c.user_id = uid and c.id = any (moved_ties) and c.no <> was.no order by c.id for key share);
    select array_agg(r) into ties from crm.relationships r
        where r.user_id = uid and (r.from_no = was.no and r.to_no = any (ends) or r.to_no = was.no and r.from_no = any (ends));
    delete from crm.relationships r
        where r.user_id = uid and (r.from_no = was.no and r.to_no = any (ends) or r.to_no = was.no and r.from_no = any (ends));
    insert into crm.relationships (user_id, from_no, to_no, strength, fades_from_s, imported)
        select uid, case when t.from_no = was.no then made_no else t.from_no end, case when t.to_no = was.no then made_no else t.to_no end,
            t.strength, t.fades_from_s, t.imported
        from unnest(ties) t order by 2, 3;
    if facts ? 'interactions' then
        perform crm.follow_interactions(array[was.no, made_no]);
    end if;
    -- The user says that they are two. Colleagues saw neither before.
    insert into crm.distinct_contacts (user_id, contact_no, other_no) values (uid, least(was.no, made_no), greatest(was.no, made_no));
    insert into crm.hidden_contacts (user_id, contact_no, hidden_at)
        select uid, made_no, h.hidden_at from crm.hidden_contacts h where h.user_id = uid and h.contact_no = was.no;
    return made_id;
end $$;

grant execute on function crm.split_contact to crm_app;
