-- Merging contacts: one is left with everything that all of them had (decision 0073 has the rules).

-- Each single value of contacts, its origin (2 written by hand, 1 from a file, 0 from enrichment), and the time since which it is there.
create or replace function crm.single_values(uid uuid, ids uuid[])
    returns table (id uuid, place bigint, field text, value text, origin integer, since timestamptz)
    language sql stable
    set search_path = pg_catalog, pg_temp
begin atomic
    select c.id, i.place, f.field, f.value,
        case when c.enrichment -> 'fields' ? f.field then 0
            when l.kind in ('create_contact', 'update_contact', 'replace_contact') then 2
            when l.kind is null and c.source = 'manual' then 2 else 1 end,
        coalesce(l.at, c.created_at)
    from unnest(ids) with ordinality i (id, place)
    join crm.contacts c on c.user_id = uid and c.id = i.id
    cross join lateral (values ('name', nullif(c.name, '')), ('email', c.email), ('company', c.company), ('title', c.title),
        ('location', c.location), ('linkedin_url', coalesce(c.linkedin_url, 'https://www.linkedin.com/in/' || c.linkedin_slug)),
        ('birthday', c.birthday)) f (field, value)
    left join lateral (select o.kind, o.at from crm.changes h join crm.operations o on o.user_id = uid and o.id = h.operation_id
        where h.user_id = uid and h.contact_no = c.no and h.subject is null and h.before ? f.field order by h.no desc limit 1) l on true
    where f.value is not null;
end;

-- The contact that each single field is taken from.
--
-- The values that the user chose come first; then those written by hand, before those of files, before enrichment; then the newest. A name
-- is rather whole than newest, and a birthday rather with its year. The company and the title are of one contact, unless the blank one of
-- them can be filled without a contradiction. The first address and the profile are those of the contact that is left, if it has one.
-- chosen: contact ids by field.
create or replace function crm.best_values(uid uuid, ids uuid[], chosen jsonb) returns table (field text, id uuid, value text)
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    job record;
begin
    return query
        select distinct on (v.field) v.field, v.id, v.value
        from crm.single_values(uid, ids) v
        where v.field not in ('company', 'title')
        order by v.field, v.id::text is distinct from chosen ->> v.field,
            case when v.field in ('email', 'linkedin_url') then v.place end,
            case when v.field = 'name' then v.value like '%@%' end,
            case when v.field = 'name' then -least((select count(*) from unnest(crm.name_words(v.value)) w where length(w) > 1), 2) end,
            case when v.field = 'birthday' then v.value like '--%' end,
            v.origin desc, case when v.field = 'name' then v.value in (upper(v.value), lower(v.value)) end,
            case when v.field <> 'name' then v.since end desc, v.place;
    for job in
        select distinct on (1) 1, j.*, c.value as company, t.value as title
        from (select v.id, min(v.place) as place, max(v.origin) as origin, max(v.since) as since, count(*) as parts
            from crm.single_values(uid, ids) v where v.field in ('company', 'title') group by v.id) j
        left join lateral (select v.* from crm.single_values(uid, ids) v where v.field = 'company' and v.id = j.id) c on true
        left join lateral (select v.* from crm.single_values(uid, ids) v where v.field = 'title' and v.id = j.id) t on true
        order by 1, j.id::text is distinct from coalesce(chosen ->> 'company', chosen ->> 'title'), j.origin desc, j.parts desc, j.since desc, j.place
    loop
        return query
            select distinct on (v.field) v.field, v.id, v.value
            from crm.single_values(uid, ids) v
            left join crm.single_values(uid, ids) o on o.id = v.id and o.field = case v.field when 'company' then 'title' else 'company' end
            where v.field in ('company', 'title') and (v.id = job.id or v.id::text = chosen ->> v.field
                or case v.field when 'company' then job.company when 'title' then job.title end is null
                    and (o.value is null or crm.fold(o.value) is not distinct from crm.fold(case v.field when 'company' then job.title else job.company end)))
            order by v.field, v.id::text is distinct from chosen ->> v.field, v.id <> job.id, v.origin desc, v.since desc, v.place;
    end loop;
end $$;

-- The custom fields of contacts: of a key with several values the first contact's stays, others get the mark behind their key.
create or replace function crm.merged_custom(uid uuid, ids uuid[], mark text) returns jsonb
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    merged jsonb := '{}';
    f record;
    place text;
    number integer;
begin
    for f in select e.key, e.value from unnest(ids) with ordinality i (id, place) join crm.contacts c on c.user_id = uid and c.id = i.id
            cross join lateral jsonb_each(c.custom) e order by i.place, e.key loop
        place := f.key;
        number := 1;
        while merged ? place and merged -> place <> f.value loop
            place := f.key || ' (' || mark || ')' || case when number > 1 then ' ' || number else '' end;
            number := number + 1;
        end loop;
        merged := merged || jsonb_build_object(place, f.value);
    end loop;
    return merged;
end $$;

-- Refuse to merge what is more than one contact may hold: nothing is left out silently.
create or replace function crm.check_merged_sizes(uid uuid, ids uuid[]) returns void
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    most constant integer := 100;
    longest_notes constant integer := 100000;
    found text;
begin
    select case when (select count(distinct lower(x)) from crm.contacts c cross join lateral unnest(c.emails || c.email) x where c.user_id = uid and c.id = any (ids)) > most
            then 'contacts_emails_size'
        when (select count(distinct lower(x)) from crm.contacts c cross join lateral unnest(c.tags) x where c.user_id = uid and c.id = any (ids)) > most
            then 'contacts_tags_size'
        when (select count(distinct crm.phone_digits(x)) from crm.contacts c cross join lateral unnest(c.phones) x where c.user_id = uid and c.id = any (ids)) > most
            then 'contacts_phones_size'
        when (select sum(length(c.notes) + 2) from crm.contacts c where c.user_id = uid and c.id = any (ids)) > longest_notes
            then 'contacts_notes_size' end into found;
    if found is not null then
        raise check_violation using constraint = found, message = 'the contacts are too large to be one';
    end if;
end $$;

-- Give all ties of contacts to one of them. Of two ties in one direction the one set by hand stays, before one that follows from
-- interactions, before an assumed one; else the stronger. Those among the contacts go.
create or replace function crm.merge_ties(uid uuid, keep_no integer, nos integer[]) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    combined crm.relationships[];
begin
    with ends as (
        select case when r.from_no = any (nos) then keep_no else r.from_no end as f, case when r.to_no = any (nos) then keep_no else r.to_no end as t,
            r.strength, r.fades_from_s, r.cost, r.imported, r.from_no = keep_no or r.to_no = keep_no as is_kept
        from (select * from crm.relationships r where r.user_id = uid and r.from_no = any (nos || keep_no)
            union select * from crm.relationships r where r.user_id = uid and r.to_no = any (nos || keep_no)) r
    ), best as (
        select distinct on (e.f, e.t) e.* from ends e where e.f <> e.t
        order by e.f, e.t, e.imported, e.fades_from_s is not null, crm.strength_at(e.strength, e.fades_from_s, now()) desc, e.is_kept desc
    )
    select array_agg(row(uid, b.f, b.t, b.strength, b.fades_from_s, b.cost, b.imported)::crm.relationships) into combined from best b;
    delete from crm.relationships r where r.user_id = uid and (r.from_no = any (nos) or r.to_no = any (nos));
    insert into crm.relationships as k (user_id, from_no, to_no, strength, fades_from_s, imported)
        select uid, c.from_no, c.to_no, c.strength, c.fades_from_s, c.imported from unnest(combined) c order by c.from_no, c.to_no
        on conflict (user_id, from_no, to_no) do update
            set strength = excluded.strength, fades_from_s = excluded.fades_from_s, imported = excluded.imported
            where (k.strength, k.fades_from_s, k.imported) is distinct from (excluded.strength, excluded.fades_from_s, excluded.imported);
end $$;

-- Merge contacts into one, and return the values that did not become its own, as a JSON array of {"field","kept","value","contact_id"}.
--
-- The caller holds the contacts and has checked that they are there and that none of `others` is the self contact.
-- chosen: ids of contacts by field, for fields whose value the user chose.
create or replace function crm.merge_contacts(keep uuid, others uuid[], chosen jsonb) returns jsonb
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan set jit = off
as $$
declare
    uid constant uuid := crm.acting_user();
    ids constant uuid[] := keep || others;
    mark constant text := 'merged, ' || to_char(now() at time zone 'UTC', 'YYYY-MM-DD');
    keep_no integer;
    other_nos integer[];
    best jsonb;
    differing jsonb;
    became crm.contacts;
    is_scanned constant boolean := not crm.has_unscanned(uid);
    m record;
begin
    perform crm.check_merged_sizes(uid, ids);
    select c.* into became from crm.contacts c where c.user_id = uid and c.id = keep;
    keep_no := became.no;
    select array_agg(c.no order by c.no) into other_nos from crm.contacts c where c.user_id = uid and c.id = any (others);
    select jsonb_object_agg(b.field, jsonb_build_array(b.id, b.value)) into best from crm.best_values(uid, ids, chosen) b;
    best := coalesce(best, '{}');
    select coalesce(jsonb_agg(jsonb_build_object('field', v.field, 'kept', best -> v.field -> 1, 'value', v.value, 'contact_id', v.id) order by v.place, v.field), '[]')
        into differing from crm.single_values(uid, ids) v where v.field <> 'email' and crm.says_more(v.field, v.value, best -> v.field ->> 1);

    became.name := coalesce(best -> 'name' ->> 1, '');
    became.email := best -> 'email' ->> 1;
    became.company := best -> 'company' ->> 1;
    became.title := best -> 'title' ->> 1;
    became.location := best -> 'location' ->> 1;
    became.birthday := best -> 'birthday' ->> 1;
    became.emails := crm.added(array_remove(array[became.email], null), became.emails);
    for m in select c.*, i.place from unnest(ids) with ordinality i (id, place) join crm.contacts c on c.user_id = uid and c.id = i.id order by i.place loop
        if m.id::text = best -> 'linkedin_url' ->> 0 then
            became.linkedin_url := m.linkedin_url;
            became.linkedin_slug := m.linkedin_slug;
        end if;
        became.emails := crm.added(became.emails, m.emails);
        became.phones := crm.added_phones(became.phones, m.phones);
        became.tags := crm.added(became.tags, m.tags);
        became.notes := case when became.notes is null then m.notes when strpos(became.notes, m.notes) > 0 then became.notes
            else became.notes || coalesce(E'\n\n' || m.notes, '') end;
        became.created_at := least(became.created_at, m.created_at);
        became.source_uid := coalesce(became.source_uid, case when split_part(m.source, '_', 1) = split_part(became.source, '_', 1) then m.source_uid end);
    end loop;
    select k.custom_after into became.custom from crm.kept_values(crm.merged_custom(uid, ids, mark),
        (select coalesce(jsonb_agg(jsonb_build_array(d ->> 'field', d ->> 'value')), '[]') from jsonb_array_elements(differing) d),
        (select coalesce(jsonb_object_agg(b.key, b.value -> 1), '{}') from jsonb_each(best) b), mark) k
        where not exists (select from jsonb_array_elements(k.kept) p where p -> 2 = 'null');
    if not found or (select count(*) from jsonb_object_keys(became.custom)) > 100 then
        raise check_violation using constraint = 'contacts_custom_size', message = 'the contacts are too large to be one';
    end if;
    -- what enrichment knows of a value moves with the value
    became.enrichment := (became.enrichment - 'fields') || coalesce((
        select jsonb_build_object('fields', jsonb_object_agg(b.key, c.enrichment -> 'fields' -> b.key))
        from jsonb_each(best) b join crm.contacts c on c.user_id = uid and c.id = (b.value ->> 0)::uuid
        where c.enrichment -> 'fields' ? b.key having count(*) > 0), '{}');

    perform crm.note_merged(uid, keep_no, other_nos);
    insert into crm.distinct_contacts (user_id, contact_no, other_no)
        select distinct uid, least(keep_no, o.no), greatest(keep_no, o.no) from crm.distinct_contacts d
        cross join lateral (select case when d.contact_no = any (other_nos) then d.other_no else d.contact_no end as no) o
        where d.user_id = uid and (d.contact_no = any (other_nos) or d.other_no = any (other_nos)) and o.no <> all (keep_no || other_nos)
        on conflict do nothing;
    insert into crm.hidden_contacts (user_id, contact_no, hidden_at)
        select uid, keep_no, min(h.hidden_at) from crm.hidden_contacts h where h.user_id = uid and h.contact_no = any (other_nos) having count(*) > 0
        on conflict do nothing;
    insert into crm.interactions (user_id, contact_no, at, kind, direction)
        select distinct uid, keep_no, i.at, i.kind, i.direction from crm.interactions i
        where i.user_id = uid and i.contact_no = any (other_nos) and not became.is_self
        on conflict do nothing;
    perform crm.copy_interaction_details(other_nos, keep_no);
    perform crm.merge_circles(uid, keep_no, other_nos);
    perform crm.merge_notes(uid, keep_no, other_nos);
    perform crm.merge_days(uid, keep_no, other_nos);
    perform crm.merge_ties(uid, keep_no, other_nos);
    update crm.imported_rows r set contact_no = keep_no where r.user_id = uid and r.contact_no = any (other_nos);
    perform set_config('app.merged_into', keep::text, true);
    delete from crm.contacts c where c.user_id = uid and c.no = any (other_nos);
    perform set_config('app.merged_into', '', true);
    update crm.contacts c
        set name = became.name, email = became.email, emails = became.emails, phones = became.phones, company = became.company,
            title = became.title, location = became.location, linkedin_url = became.linkedin_url, linkedin_slug = became.linkedin_slug,
            birthday = became.birthday, notes = became.notes, tags = became.tags, custom = became.custom, enrichment = became.enrichment,
            source_uid = became.source_uid, created_at = became.created_at, updated_at = now()
        where c.user_id = uid and c.no = keep_no;
    perform crm.merge_fields(uid, keep, others);
    if not became.is_self then
        perform crm.compute_ties(array[keep_no]);
    end if;
    if is_scanned then
        update crm.duplicate_scans s set at = clock_timestamp() where s.user_id = uid;
    end if;
    return differing;
end $$;

-- How many introductions under way keep these contacts from being merged: two of them on one path, or two to be introduced to.
create or replace function crm.introductions_between(ids uuid[]) returns integer
    language sql stable
    set search_path = pg_catalog, pg_temp
begin atomic
    select (
        select count(*) from (
            select i.id from crm.introductions i join crm.introduction_steps s on s.user_id = i.user_id and s.introduction_id = i.id
            where i.user_id = crm.acting_user() and i.status in ('requested', 'connector_accepted') and s.contact_id = any (ids)
            group by i.id having count(distinct s.contact_id) > 1) p)
        + (select greatest(count(*) - 1, 0) from crm.introductions i
            where i.user_id = crm.acting_user() and i.status in ('requested', 'connector_accepted') and i.target_id = any (ids));
end;

grant execute on function crm.single_values, crm.best_values, crm.merged_custom, crm.check_merged_sizes, crm.merge_ties, crm.merge_contacts,
    crm.introductions_between to crm_app;
