-- The rows of an import: their tables, and how several rows of one person become one. docs/import.md draws the whole of a merge.

-- Both lists, each item once, in their order; the first list itself when the second adds nothing. Items that differ by case are the same.
-- A list holds at most a hundred items.
create or replace function crm.added(a text[], b text[]) returns text[]
    language sql immutable parallel safe
    return case when b is null or b operator(pg_catalog.<@) a then a
        else (a || array(
            select (array_agg(item order by position))[1] from unnest(b) with ordinality u (item, position)
            where lower(item) <> all (select lower(x) from unnest(a) x)
            group by lower(item) order by min(position)))[1:100] end;

-- Whether two phones, as `crm.phone_digits` gives them, are one number: with and without the code of the country or the area, with the
-- 8 or the 1 and 9 that Russia, Mexico and Argentina put before a number in some cases.
create or replace function crm.same_number(a text, b text) returns boolean
    language sql immutable strict parallel safe
    return a = b
        or least(length(a), length(b)) >= 7 and abs(length(a) - length(b)) <= 3
            and right(a, least(length(a), length(b))) = right(b, least(length(a), length(b)))
        or least(length(a), length(b)) >= 11 and right(a, 10) = right(b, 10)
            and (left(a, 2) = left(b, 2) or left(a, 1) in ('7', '8') and left(b, 1) in ('7', '8'));

-- Both lists of phones, each number once: a number that is written more fully (+49 151... for 0151...) takes the place of the other, and
-- one with an extension stays beside the one without.
create or replace function crm.added_phones(a text[], b text[]) returns text[]
    language plpgsql immutable parallel safe
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_generic_plan  -- as in `crm.names_apart`
as $$
declare
    -- letters and signs of an extension, of a pause, or of a word beside the number
    more constant text := '[[:alpha:]#,;*]';
    phones text[] := a;
    phone text;
    place integer;
begin
    if b is null or b <@ a then
        return a;
    end if;
    foreach phone in array b loop
        continue when phone = any (phones);
        select p.place into place from unnest(phones) with ordinality p (known, place)
            where crm.same_number(nullif(crm.phone_digits(p.known), ''), crm.phone_digits(phone)) order by p.place limit 1;
        if place is null or phone ~ more and not exists (
                select from unnest(phones) p(known) where crm.phone_digits(p.known) = crm.phone_digits(phone)
                    and regexp_replace(p.known, '[^0-9]', '', 'g') = regexp_replace(phone, '[^0-9]', '', 'g')) then
            phones := phones || phone;
        elsif phone !~ more and phones[place] !~ more and length(crm.phone_digits(phone)) > length(crm.phone_digits(phones[place])) then
            phones[place] := phone;
        end if;
    end loop;
    return phones[1:100];
end $$;

-- The end of each phone number, by which it is looked up (`crm.other_keys`).
create or replace function crm.phone_keys(phones text[]) returns text[]
    language sql immutable parallel safe
    return array(select right(d.digits, 7) from unnest(phones) p(phone) cross join lateral (select crm.phone_digits(p.phone)) d(digits) where d.digits <> '');

-- Whether two lists hold phones and none of them is the same number. A text without digits contradicts nothing.
create or replace function crm.phones_apart(a text[], b text[]) returns boolean
    language sql immutable parallel safe
    return a <> '{}' and b <> '{}' and coalesce((
        select not bool_or(crm.same_number(x.digits, y.digits))
        from (select crm.phone_digits(p.phone) from unnest(a) p(phone)) x(digits)
        cross join (select crm.phone_digits(p.phone) from unnest(b) p(phone)) y(digits) where x.digits <> '' and y.digits <> ''), false);

-- Whether two birthdays are two days: --12-24 agrees with 1970-12-24.
create or replace function crm.birthdays_apart(a text, b text) returns boolean
    language sql immutable parallel safe
    return coalesce(right(a, 5) <> right(b, 5) or a not like '--%' and b not like '--%' and a <> b, false);

-- Whether two people of one name cannot be the same. A blank field of one of them contradicts nothing.
create or replace function crm.contradicts(
    a_company text, b_company text, a_title text, b_title text, a_birthday text, b_birthday text, a_phones text[], b_phones text[]
) returns boolean
    language sql immutable parallel safe
    return coalesce(crm.fold(a_company) <> crm.fold(b_company), false)
        -- within one company a title changes
        or (a_company is null or b_company is null) and coalesce(crm.fold(a_title) <> crm.fold(b_title), false)
        or crm.birthdays_apart(a_birthday, b_birthday)
        or crm.phones_apart(a_phones, b_phones);

-- Whether a second value of a field says what the first does not: another day, another profile, a name with further words.
create or replace function crm.says_more(field text, value text, present text) returns boolean
    language sql immutable parallel safe
    return case when value is null or present is null or value = present then false
        when field = 'birthday' then crm.birthdays_apart(value, present)
        when field = 'linkedin_url' then lower(value) <> lower(present)
        when field = 'name' then crm.fold(value) <> crm.fold(present) and present not like '%@%' and exists (
            select from unnest(crm.name_words(value)) w where length(w) > 1 and w <> all (crm.name_words(present)))
        else crm.fold(value) <> crm.fold(present) end;

-- The notes of a contact with those of a row behind them, each under its source and date; a note that stands there already is not repeated.
--
-- more: the notes of the row, separated by \x1f. mark: source and date; null puts nothing before a note.
create or replace function crm.added_notes(notes text, more text, mark text) returns text
    language plpgsql immutable parallel safe
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_generic_plan  -- as in `crm.names_apart`
as $$
declare
    longest constant integer := 100000;
    known text := notes;
    note text;
begin
    if more is null then
        return notes;
    end if;
    foreach note in array string_to_array(more, E'\x1f') loop
        if known is null then
            known := note;
        elsif strpos(E'\n' || known || E'\n', E'\n' || note || E'\n') = 0
                and length(known) + length(note) + length(coalesce(mark, '')) + 10 <= longest then
            known := known || E'\n\n' || coalesce('[' || mark || E']\n', '') || note;
        end if;
    end loop;
    return known;
end $$;

-- Keep second values of fields among the custom fields, each once, as "Company (LinkedIn, 2026-11-30)".
--
-- others: JSON array of [field, value] or [field, value, mark]. known: the present values by field. mark: source and date.
-- Returns the custom fields, and the values that were not among them before and found room.
create or replace function crm.kept_values(custom jsonb, others jsonb, known jsonb, mark text, out custom_after jsonb, out kept jsonb)
    language plpgsql immutable parallel safe
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_generic_plan  -- as in `crm.names_apart`
as $$
declare
    most constant integer := 100;
    largest constant integer := 100000;
    other record;
    label text;
    title text;
    number integer;
begin
    custom_after := custom;
    kept := '[]';
    for other in select o ->> 0 as field, o ->> 1 as value, coalesce(o ->> 2, kept_values.mark) as mark from jsonb_array_elements(others) o loop
        label := case other.field when 'linkedin_url' then 'LinkedIn' else initcap(other.field) end;
        continue when not crm.says_more(other.field, other.value, coalesce(known ->> other.field, '')) and known ->> other.field is not null
            or exists (select from jsonb_each_text(custom_after) f
                where (f.key = label or f.key like label || ' (%' or f.key like label || ' 2%') and not crm.says_more(other.field, other.value, f.value));
        title := label || ' (' || other.mark || ')';
        number := 2;
        while custom_after ? title loop
            title := label || ' (' || other.mark || ') ' || number;
            number := number + 1;
        end loop;
        if (select count(*) from jsonb_object_keys(custom_after)) < most and pg_column_size(custom_after) + length(other.value) * 4 <= largest then
            custom_after := custom_after || jsonb_build_object(title, other.value);
            kept := kept || jsonb_build_array(jsonb_build_array(other.field, other.value, title));
        else
            kept := kept || jsonb_build_array(jsonb_build_array(other.field, other.value, null));
        end if;
    end loop;
end $$;

-- How people call the source of a file.
create or replace function crm.source_name(source text) returns text
    language sql immutable strict parallel safe
    return case split_part(source, '_', 1) when 'linkedin' then 'LinkedIn' when 'vcard' then 'vCard' when 'csv' then 'CSV' when 'json' then 'JSON'
        when 'ldif' then 'LDIF' when 'hubspot' then 'HubSpot' else initcap(split_part(source, '_', 1)) end;

-- The tables of one import, gone when its transaction ends. COPY fills `imported`, with null for every blank; these functions fill
-- the others. The tables belong to the session, so none of these functions is a security definer: each runs as its caller.
create or replace function crm.begin_import() returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    create temporary table imported (
        row_no integer not null,  -- the number of the record in the file, from 1
        name text,
        email text,
        emails text[],  -- null stands for the one address in `email`
        phones text[],
        company text,
        title text,
        location text,
        linkedin_url text,
        linkedin_slug text,
        birthday text,
        notes text,  -- of several rows, separated by \x1f
        tags text[],
        custom jsonb,
        source_uid text,
        others jsonb,  -- second values of fields, out of the rows that this one stands for: [["company", "Bolt"], ...]
        -- the id of the contact if the row becomes a new one
        contact_id uuid not null default gen_random_uuid(),
        email_key text collate "C" generated always as (lower(email)) stored,
        name_key text collate "C" generated always as (left(crm.fold(coalesce(name, email, linkedin_slug, '')), 200)) stored
    ) on commit drop;
    -- rows that are the same person as another row, their leader, which stands for them
    create temporary table import_duplicates (row_no integer not null, leader integer not null) on commit drop;
    -- rows whose contact is known already
    create temporary table import_matches (
        row_no integer not null,
        contact_id uuid,
        -- a contact of a clearly different name that has the address, or the profile, of the row
        email_holder uuid,
        profile_holder uuid
    ) on commit drop;
    -- keys that rows gave up because another row or an existing contact of a clearly different name has them; field 'office': an address of three
    -- and more people of one company, which is then the holder
    create temporary table import_shares (
        row_no integer not null,
        field text not null,
        value text not null,
        holder_row integer,
        holder_name text not null
    ) on commit drop;
    -- second values that were kept with a contact, or took the place of present ones
    create temporary table import_kept (
        row_no integer not null,
        field text not null,
        value text not null,
        place text,  -- the custom field; null where the contact had no room for it
        replaced text,  -- the value that the new one replaced, and that is the kept one
        yields boolean not null default false  -- whether the present value stays because it was written by hand
    ) on commit drop;
    -- the outcome of each row
    create temporary table import_outcomes (row_no integer not null, contact_id uuid not null, outcome text not null) on commit drop;
end $$;

-- Merge all rows of a person into one: of each field the first value that is not blank, of lists and custom fields all values, and what
-- further rows say differently as `others`.
-- row_nos, leaders: the rows, and for each the row that stands for it.
create or replace function crm.fold_duplicates(row_nos integer[], leaders integer[]) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    if row_nos is null then
        return;
    end if;
    with duplicate as (
        select * from unnest(row_nos, leaders) d (row_no, leader)
    ), member as materialized (
        select d.leader, i.* from duplicate d join pg_temp.imported i on i.row_no = d.row_no
        union all
        select i.row_no, i.* from pg_temp.imported i where i.row_no = any (leaders)
    ), person as materialized (
        select m.leader,
            (array_agg(m.name order by m.row_no) filter (where m.name is not null))[1] as name,
            (array_agg(m.email order by m.row_no) filter (where m.email is not null))[1] as email,
            (array_agg(m.company order by m.row_no) filter (where m.company is not null))[1] as company,
            (array_agg(m.title order by m.row_no) filter (where m.title is not null))[1] as title,
            (array_agg(m.location order by m.row_no) filter (where m.location is not null))[1] as location,
            (array_agg(m.linkedin_url order by m.row_no) filter (where m.linkedin_slug is not null))[1] as linkedin_url,
            (array_agg(m.linkedin_slug order by m.row_no) filter (where m.linkedin_slug is not null))[1] as linkedin_slug,
            -- a birthday with its year comes first
            (array_agg(m.birthday order by m.birthday like '--%', m.row_no) filter (where m.birthday is not null))[1] as birthday,
            array_to_string(crm.added('{}', array_agg(m.notes order by m.row_no) filter (where m.notes is not null)), E'\x1f') as notes,
            (array_agg(m.source_uid order by m.row_no) filter (where m.source_uid is not null))[1] as source_uid
        from member m group by m.leader
    ), listed as (
        select m.leader,
            crm.added('{}', array_agg(v.value order by m.row_no, v.position) filter (where v.kind = 'email')) as emails,
            crm.added_phones('{}', array_agg(v.value order by m.row_no, v.position) filter (where v.kind = 'phone')) as phones,
            crm.added('{}', array_agg(v.value order by m.row_no, v.position) filter (where v.kind = 'tag')) as tags
        from member m cross join lateral (
            select 'email' as kind, e.value, e.position from unnest(coalesce(m.emails, array_remove(array[m.email], null))) with ordinality e (value, position)
            union all select 'phone', p.value, p.position from unnest(m.phones) with ordinality p (value, position)
            union all select 'tag', t.value, t.position from unnest(m.tags) with ordinality t (value, position)) v
        group by m.leader
    ), noted as (
        -- jsonb_object_agg keeps the last value of a repeated key: in this order that of the first row
        select m.leader, jsonb_object_agg(f.key, f.value order by m.row_no desc) as custom
        from member m cross join lateral jsonb_each(m.custom) f group by m.leader
    ), differing as (
        select m.leader, jsonb_agg(distinct v.other) as others
        from member m join person p on p.leader = m.leader
        cross join lateral (
            select jsonb_build_array(f.field, f.value) as other
            from (values ('name', m.name, p.name), ('company', m.company, p.company), ('title', m.title, p.title), ('location', m.location, p.location),
                ('birthday', m.birthday, p.birthday), ('linkedin_url', m.linkedin_url, p.linkedin_url)) f (field, value, chosen)
            where crm.says_more(f.field, f.value, f.chosen)
            union all
            select o from jsonb_array_elements(m.others) o) v
        group by m.leader
    )
    update pg_temp.imported i
        set name = p.name, email = p.email,
            -- the primary address first
            emails = case when p.email is null then l.emails else crm.added(array[p.email], l.emails) end, phones = l.phones, company = p.company, title = p.title, location = p.location,
            linkedin_url = p.linkedin_url, linkedin_slug = p.linkedin_slug, birthday = p.birthday, notes = nullif(p.notes, ''), tags = l.tags,
            custom = n.custom, source_uid = p.source_uid, others = o.others
        from person p left join listed l on l.leader = p.leader left join noted n on n.leader = p.leader left join differing o on o.leader = p.leader
        where i.row_no = p.leader;
    delete from pg_temp.imported i where i.row_no = any (row_nos);
    -- rows that followed one of these follow its leader now
    update pg_temp.import_duplicates d set leader = n.leader from unnest(row_nos, leaders) n (row_no, leader) where d.leader = n.row_no;
    insert into pg_temp.import_duplicates select * from unnest(row_nos, leaders);
end $$;

-- Merge the rows of one contact into one row, so that all their values are filled in at once.
create or replace function crm.fold_same_contact() returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform crm.fold_duplicates(array_agg(d.row_no), array_agg(d.leader)) from (
        select m.row_no, min(m.row_no) over (partition by m.contact_id) as leader from pg_temp.import_matches m) d
        where d.row_no <> d.leader having count(*) > 0;
    delete from pg_temp.import_matches m where not exists (select from pg_temp.imported i where i.row_no = m.row_no);
    analyze pg_temp.import_matches;
end $$;

-- The deployed functions may call these; the other functions of the import are called only by functions.
grant execute on function crm.added, crm.same_number, crm.added_phones, crm.phone_keys, crm.phones_apart, crm.contradicts, crm.birthdays_apart,
    crm.says_more, crm.added_notes, crm.kept_values, crm.source_name, crm.begin_import, crm.fold_duplicates, crm.fold_same_contact to crm_app;
