-- Merging a file of contacts (docs/import.md draws it): staged by COPY into a temporary table of the session, then matched and written in a few
-- statements.
--
-- A row and a contact are the same person by the same e-mail, else the same LinkedIn profile, else the same record id of the same source
-- (or the id in Warmpath's export), else the same name together with a shared address or phone, else, for rows with little more than a
-- name, the same name without a contradicting fact. Blanks are filled, nothing is overwritten or erased, and a contact is written only
-- if that changes it: the same file again writes nothing.

-- Both lists, each item once, in their order; the first list itself when the second adds nothing. Items that differ by case are the same.
-- A list holds at most a hundred items.
create or replace function crm.added(a text[], b text[]) returns text[]
    language sql immutable parallel safe
    return case when b is null or b operator(pg_catalog.<@) a then a
        else (a || array(
            select (array_agg(item order by position))[1] from unnest(b) with ordinality u (item, position)
            where lower(item) <> all (select lower(x) from unnest(a) x)
            group by lower(item) order by min(position)))[1:100] end;

-- The digits of phone numbers, the last nine of each: enough to recognise a number with or without its country code.
create or replace function crm.phone_keys(phones text[]) returns text[]
    language sql immutable parallel safe
    return array(select right(digits, 9) from (select regexp_replace(p, '[^0-9]', '', 'g') from unnest(phones) p) d (digits) where digits <> '');

-- Whether two people of one name cannot be the same. A blank field of one of them contradicts nothing.
create or replace function crm.contradicts(
    a_company text, b_company text, a_title text, b_title text, a_birthday text, b_birthday text, a_phones text[], b_phones text[]
) returns boolean
    language sql immutable parallel safe
    return coalesce(crm.fold(a_company) <> crm.fold(b_company), false)
        -- within one company a title changes
        or (a_company is null or b_company is null) and coalesce(crm.fold(a_title) <> crm.fold(b_title), false)
        -- --12-24 agrees with 1970-12-24
        or coalesce(right(a_birthday, 5) <> right(b_birthday, 5)
            or a_birthday not like '--%' and b_birthday not like '--%' and a_birthday <> b_birthday, false)
        or (a_phones <> '{}' and b_phones <> '{}' and not crm.phone_keys(a_phones) operator(pg_catalog.&&) crm.phone_keys(b_phones));

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
        notes text,
        tags text[],
        custom jsonb,
        source_uid text,
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
    -- keys that rows gave up because another row or an existing contact of a clearly different name has them
    create temporary table import_shares (
        row_no integer not null,
        field text not null,
        value text not null,
        holder_row integer,
        holder_name text not null
    ) on commit drop;
    -- contacts with an address that a row gave up, under a name that can be the row's
    create temporary table import_sharers (row_no integer not null, contact_id uuid not null) on commit drop;
    -- the outcome of each row
    create temporary table import_outcomes (row_no integer not null, contact_id uuid not null, outcome text not null) on commit drop;
end $$;

-- Merge all rows of a person into one: of each field the first value that is not blank, of lists and custom fields all values.
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
    ), member as (
        select d.leader, i.* from duplicate d join pg_temp.imported i on i.row_no = d.row_no
        union all
        select i.row_no, i.* from pg_temp.imported i where i.row_no = any (leaders)
    ), person as (
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
            (array_agg(m.notes order by m.row_no) filter (where m.notes is not null))[1] as notes,
            (array_agg(m.source_uid order by m.row_no) filter (where m.source_uid is not null))[1] as source_uid
        from member m group by m.leader
    ), listed as (
        select m.leader,
            crm.added('{}', array_agg(v.value order by m.row_no, v.position) filter (where v.kind = 'email')) as emails,
            crm.added('{}', array_agg(v.value order by m.row_no, v.position) filter (where v.kind = 'phone')) as phones,
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
    )
    update pg_temp.imported i
        set name = p.name, email = p.email,
            -- the primary address first
            emails = case when p.email is null then l.emails else crm.added(array[p.email], l.emails) end, phones = l.phones, company = p.company, title = p.title, location = p.location,
            linkedin_url = p.linkedin_url, linkedin_slug = p.linkedin_slug, birthday = p.birthday, notes = p.notes, tags = l.tags,
            custom = n.custom, source_uid = p.source_uid
        from person p left join listed l on l.leader = p.leader left join noted n on n.leader = p.leader
        where i.row_no = p.leader;
    delete from pg_temp.imported i where i.row_no = any (row_nos);
    -- rows that followed one of these follow its leader now
    update pg_temp.import_duplicates d set leader = n.leader from unnest(row_nos, leaders) n (row_no, leader) where d.leader = n.row_no;
    insert into pg_temp.import_duplicates select * from unnest(row_nos, leaders);
end $$;

-- Separate the people of each key that stands under clearly different names: the contact with the key keeps it, else the first row; every
-- other person gets a group, and the shared key is noted.
create or replace function crm.part_shared_keys() returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    -- All pairs are compared for families and offices; an address under more names than this belongs to nobody (noemail@...).
    compared_at_most constant integer := 50;
    uid constant uuid := crm.current_user_id();
begin
    create temporary table import_people on commit drop as
        select k.field, k.key, k.name_key, min(k.row_no) as row_no, (array_agg(k.name order by k.row_no))[1] as name,
            count(*) over (partition by k.field, k.key) as names, null::bigint as person, false as known
        from (
            select 'email' as field, s.email_key as key, s.name_key, s.name, s.row_no from pg_temp.import_shared s
                where s.email_key is not null and s.name is not null
            union all
            select 'linkedin_url', s.linkedin_slug collate "C", s.name_key, s.name, s.row_no from pg_temp.import_shared s
                where s.linkedin_slug is not null and s.name is not null) k
        group by k.field, k.key, k.name_key;
    -- A key with one name needs no division, unless rows without a name have the key too: these belong to the contact that has it.
    delete from pg_temp.import_people p where p.names = 1 and not case p.field
        when 'email' then p.key in (select s.email_key from pg_temp.import_shared s where s.name is null and s.email_key is not null)
        else p.key in (select s.linkedin_slug collate "C" from pg_temp.import_shared s where s.name is null and s.linkedin_slug is not null) end;
    if exists (select from pg_temp.import_people) then
        analyze pg_temp.import_people;
        update pg_temp.import_people p set known = true from (
                select o.field, o.key, o.name_key from pg_temp.import_people o
                left join lateral (select c.name, c.name_key from crm.contacts c
                    where o.field = 'email' and c.user_id = uid and c.email_key between o.key and o.key order by c.email_key limit 1) e on true
                left join lateral (select c.name, c.name_key from crm.contacts c
                    where o.field <> 'email' and c.user_id = uid and c.linkedin_slug between (o.key collate "default") and (o.key collate "default")
                    order by c.linkedin_slug limit 1) l on true
                where coalesce(e.name_key, l.name_key) = o.name_key
                    or o.names <= compared_at_most and not crm.names_apart(coalesce(e.name, l.name), o.name, case o.field when 'email' then o.key end)
                        and coalesce(e.name, l.name) is not null) n
            where p.field = n.field and p.key = n.key and p.name_key = n.name_key;
        -- The contact that has a key which the file gives only to other names stands first, as a row of the file would.
        insert into pg_temp.import_people (field, key, name_key, name, names, known)
            select o.field, o.key, coalesce(e.name_key, l.name_key), coalesce(e.name, l.name), o.names, true
            from (select p.field, p.key, max(p.names) as names from pg_temp.import_people p group by p.field, p.key having not bool_or(p.known)) o
            left join lateral (select c.name, c.name_key from crm.contacts c
                where o.field = 'email' and c.user_id = uid and c.email_key between o.key and o.key order by c.email_key limit 1) e on true
            left join lateral (select c.name, c.name_key from crm.contacts c
                where o.field <> 'email' and c.user_id = uid and c.linkedin_slug between (o.key collate "default") and (o.key collate "default")
                order by c.linkedin_slug limit 1) l on true
            where coalesce(e.name, l.name) <> '';
        update pg_temp.import_people p set person = n.person from (
                select o.field, o.key, o.name_key, row_number() over (partition by o.field, o.key order by o.known desc, o.row_no) as person
                from pg_temp.import_people o where o.names > compared_at_most) n
            where p.field = n.field and p.key = n.key and p.name_key = n.name_key;
        for number in 1..compared_at_most loop
            update pg_temp.import_people p set person = number from (
                    select distinct on (o.field, o.key) o.field, o.key, o.name, o.name_key from pg_temp.import_people o where o.person is null
                    order by o.field, o.key, o.known desc, o.row_no) f
                where p.field = f.field and p.key = f.key and p.person is null
                    and (p.name_key = f.name_key or not crm.names_apart(f.name, p.name, case p.field when 'email' then p.key end));
            exit when not found;
        end loop;
        update pg_temp.import_shared s set email_group = s.email_key || ' ' || p.person from pg_temp.import_people p
            where p.field = 'email' and p.key = s.email_key and p.name_key = s.name_key and s.name is not null and p.person > 1;
        update pg_temp.import_shared s set profile_group = s.linkedin_slug || ' ' || p.person from pg_temp.import_people p
            where p.field = 'linkedin_url' and p.key = s.linkedin_slug collate "C" and p.name_key = s.name_key and s.name is not null and p.person > 1;
        create temporary table import_holders on commit drop as
            select distinct on (o.field, o.key) o.field, o.key, o.row_no, o.name from pg_temp.import_people o where o.person = 1
            order by o.field, o.key, o.known desc, o.row_no;
        -- Two statements, each with a join by equality: one with a condition for both kinds compares each key with each row.
        insert into pg_temp.import_shares (row_no, field, value, holder_row, holder_name)
            select s.row_no, h.field, i.email, h.row_no, h.name
            from pg_temp.import_holders h join pg_temp.import_shared s on s.email_key = h.key join pg_temp.imported i on i.row_no = s.row_no
            where h.field = 'email' and s.email_group <> s.email_key;
        insert into pg_temp.import_shares (row_no, field, value, holder_row, holder_name)
            select s.row_no, h.field, i.linkedin_url, h.row_no, h.name
            from pg_temp.import_holders h join pg_temp.import_shared s on s.linkedin_slug collate "C" = h.key join pg_temp.imported i on i.row_no = s.row_no
            where h.field = 'linkedin_url' and s.profile_group <> s.linkedin_slug;
        drop table pg_temp.import_holders;
    end if;
    drop table pg_temp.import_people;
end $$;

-- Take from rows the first address that another person is known by: it stays among the row's addresses, and the next one, if any, becomes
-- the first. `import_shares` has the given up addresses already. Returns whether a row has another first address now.
create or replace function crm.give_up_addresses(row_nos integer[]) returns boolean
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    renamed boolean;
begin
    with given as (
        select s.row_no, array_agg(lower(s.value)) as addresses from pg_temp.import_shares s
        where s.field = 'email' and s.row_no = any (row_nos) group by s.row_no
    ), next as (
        select i.row_no, coalesce(i.emails, array[i.email]) as emails, (
            select e.address from unnest(i.emails) with ordinality e (address, place)
            where lower(e.address) <> all (g.addresses) order by e.place limit 1) as email
        from given g join pg_temp.imported i on i.row_no = g.row_no
    ), written as (
        update pg_temp.imported i set email = n.email, emails = crm.added(array_remove(array[n.email], null), n.emails)
            from next n where n.row_no = i.row_no returning i.email
    )
    select bool_or(w.email is not null) into renamed from written w;
    return coalesce(renamed, false);
end $$;

-- Take from rows the profile that another person has: it stays among the row's custom fields.
create or replace function crm.give_up_profiles(row_nos integer[]) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    update pg_temp.imported i
        set linkedin_url = null, linkedin_slug = null,
            custom = coalesce(i.custom, '{}') || jsonb_build_object(case when i.custom ? 'LinkedIn' then 'LinkedIn 2' else 'LinkedIn' end, coalesce(i.linkedin_url, i.linkedin_slug))
        where i.row_no = any (row_nos);
end $$;

-- One turn of `crm.fold_shared_keys`. Returns whether a row has another first address now.
create or replace function crm.fold_shared_keys_once() returns boolean
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    renamed boolean := false;
begin
    create temporary table import_shared on commit drop as
        select i.row_no, i.row_no as leader, i.email_key, i.linkedin_slug, i.source_uid, i.name, i.name_key,
            i.email_key as email_group, i.linkedin_slug as profile_group
        from pg_temp.imported i
        where i.email_key in (select k.email_key from pg_temp.imported k where k.email_key is not null group by 1 having count(*) > 1)
            or i.linkedin_slug in (select k.linkedin_slug from pg_temp.imported k where k.linkedin_slug is not null group by 1 having count(*) > 1)
            or i.source_uid in (select k.source_uid from pg_temp.imported k where k.source_uid is not null group by 1 having count(*) > 1);
    if exists (select from pg_temp.import_shared) then
        analyze pg_temp.import_shared;
        perform crm.part_shared_keys();
        loop
            update pg_temp.import_shared s set leader = n.leader from (
                    select k.row_no, least(
                        min(k.leader) over (partition by coalesce(k.email_group, '#' || k.row_no)),
                        min(k.leader) over (partition by coalesce(k.profile_group, '#' || k.row_no)),
                        min(k.leader) over (partition by coalesce(k.source_uid, '#' || k.row_no))) as leader
                    from pg_temp.import_shared k) n
                where n.row_no = s.row_no and n.leader < s.leader;
            exit when not found;
            -- Following the leader's leader halves the number of turns that a long chain takes.
            update pg_temp.import_shared s set leader = l.leader from pg_temp.import_shared l where l.row_no = s.leader and l.leader < s.leader;
        end loop;
        -- A chain can lead from one person to another ("Ana Diaz", "A. Diaz", "Alberto Diaz"): a row whose name clearly differs from the first one is separated.
        update pg_temp.import_shared s set leader = s.row_no from (
                select k.row_no, k.name, k.name_key, first_value(k.name) over chain as first_name, first_value(k.name_key) over chain as first_key
                from pg_temp.import_shared k window chain as (partition by k.leader order by k.name is null, k.row_no)) n
            where n.row_no = s.row_no and n.name is not null and n.name_key <> n.first_key and crm.names_apart(n.first_name, n.name);
        perform crm.give_up_profiles(array_agg(s.row_no)) from pg_temp.import_shared s where s.profile_group <> s.linkedin_slug having count(*) > 0;
        select crm.give_up_addresses(array_agg(s.row_no)) into renamed from pg_temp.import_shared s where s.email_group <> s.email_key having count(*) > 0;
        perform crm.fold_duplicates(array_agg(s.row_no), array_agg(s.leader)) from pg_temp.import_shared s where s.row_no <> s.leader having count(*) > 0;
    end if;
    drop table pg_temp.import_shared;
    return coalesce(renamed, false);
end $$;

-- Merge the rows of the file that share an e-mail, a profile or a record id, also over several steps (the e-mail of one row, the profile
-- of another), but never two people of clearly different names.
create or replace function crm.fold_shared_keys() returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    turns constant integer := 5;
begin
    -- A record id under several names identifies nobody: some programs write the same id in every record.
    update pg_temp.imported i set source_uid = null from (
        select u.source_uid from pg_temp.imported u where u.source_uid is not null group by u.source_uid having min(u.name_key) <> max(u.name_key)) u
        where i.source_uid = u.source_uid;

    -- A row that gave up its address gets its next one as the first, which other rows may have as well.
    for turn in 1..turns loop
        exit when not crm.fold_shared_keys_once();
    end loop;
end $$;

-- Merge rows that have only a name: equal rows, and rows whose facts are a part of another row's ("Ana" and "Ana, Acme"). Two rows that
-- each have a fact that the other lacks stay separate, as do rows with different record ids.
create or replace function crm.fold_names() returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    -- All pairs are compared for names of people, not for a thousand rows called "Unknown".
    compared_at_most constant integer := 50;
begin
    create temporary table import_names on commit drop as
        select i.name_key, crm.fold(i.company) as company, crm.fold(i.title) as title, i.birthday, coalesce(i.phones, '{}') as phones,
            min(i.row_no) as row_no, array_agg(i.row_no) as row_nos
        from pg_temp.imported i
        where i.email_key is null and i.linkedin_slug is null and i.source_uid is null
            and i.name_key in (select k.name_key from pg_temp.imported k
                where k.email_key is null and k.linkedin_slug is null and k.source_uid is null group by 1 having count(*) > 1)
        group by 1, 2, 3, 4, 5;
    if exists (select from pg_temp.import_names) then
        analyze pg_temp.import_names;
        perform crm.fold_duplicates(array_agg(f.row_no), array_agg(f.leader)) from (
            with few as (
                select n.name_key from pg_temp.import_names n group by 1 having count(*) between 2 and compared_at_most
            ), part as (
                select a.row_no, b.row_no as whole
                from few join pg_temp.import_names a on a.name_key = few.name_key
                    join pg_temp.import_names b on b.name_key = a.name_key and b.row_no <> a.row_no
                where coalesce(a.company = b.company, a.company is null) and coalesce(a.title = b.title, a.title is null)
                    and coalesce(a.birthday = b.birthday, a.birthday is null) and a.phones <@ b.phones
            ), followed as (
                select n.row_nos, coalesce((select min(p.whole) from part p
                    where p.row_no = n.row_no and not exists (select from part q where q.row_no = p.whole)), n.row_no) as leader
                from pg_temp.import_names n
            )
            select l.leader, m.row_no from followed l cross join lateral unnest(l.row_nos) m (row_no) where m.row_no <> l.leader) f
            having count(*) > 0;
    end if;
    drop table pg_temp.import_names;
end $$;

-- Take from rows the keys that contacts of clearly different names have, as `import_matches` lists them, and note these contacts.
create or replace function crm.give_up_held_keys(uid uuid) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    insert into pg_temp.import_shares (row_no, field, value, holder_name)
        select i.row_no, h.field, case h.field when 'email' then i.email else i.linkedin_url end, c.name
        from pg_temp.import_matches m
        cross join lateral (values ('email', m.email_holder), ('linkedin_url', m.profile_holder)) h (field, id)
        join pg_temp.imported i on i.row_no = m.row_no
        cross join lateral (select * from crm.contacts s where s.user_id = uid and s.id between h.id and h.id order by s.id limit 1) c
        where h.id is not null;
    perform crm.give_up_profiles(array_agg(m.row_no)) from pg_temp.import_matches m where m.profile_holder is not null having count(*) > 0;
    perform crm.give_up_addresses(array_agg(m.row_no)) from pg_temp.import_matches m where m.email_holder is not null having count(*) > 0;
end $$;

-- Find the contacts that have an address which a row gave up, under a name that can be the row's. This reads all contacts of the user with
-- such addresses, so it is done only for these rows.
create or replace function crm.find_sharers(uid uuid) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    -- as in `crm.part_shared_keys`
    compared_at_most constant integer := 50;
begin
    delete from pg_temp.import_sharers;
    if not exists (select from pg_temp.import_shares s where s.field = 'email') then
        return;
    end if;
    insert into pg_temp.import_sharers (row_no, contact_id)
        with wanted as (
            select i.row_no, i.name, lower(s.value) as address from pg_temp.import_shares s join pg_temp.imported i on i.row_no = s.row_no
            where s.field = 'email'
        ), held as (
            select c.id, c.name, c.created_at, lower(e.address) as address, count(*) over (partition by lower(e.address)) as holders
            from crm.contacts c cross join lateral unnest(c.emails) e (address)
            where c.user_id = uid and (c.email is null or cardinality(c.emails) > 1) and not c.is_self
                and lower(e.address) in (select w.address from wanted w) and lower(e.address) is distinct from c.email_key
        )
        select distinct on (w.row_no) w.row_no, h.id from wanted w join held h on h.address = w.address
        where h.holders <= compared_at_most and not crm.names_apart(h.name, w.name, w.address)
        order by w.row_no, h.created_at, h.id;
end $$;

-- Find the contacts of rows with an e-mail, a profile, a record id, or more than a name: one look-up after the other for each row. A row
-- gives up a key that a contact of a clearly different name has, and is looked up without it.
--
-- Every look-up is written as a range of one key in the order of that key, and the merge forbids sorting: so it can only use the index
-- of that key. Left to the statistics, which know nothing of a user who is new or has just grown, any index that begins with the
-- user looks as good as the right one, and a large import takes minutes.
create or replace function crm.match_by_key(uid uuid, source text) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    family constant text := split_part(source, '_', 1);  -- google_csv and google_csv_old share their ids
    ours constant boolean := family = 'warmpath';
    uuid_shape constant text := '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';
    -- Each address book counts its short ids from the beginning, so they count only together with the name.
    unique_from constant integer := 8;
    -- Ids of LinkedIn's members, which earlier versions stored in lower case.
    member_id constant text := '^A[A-Z][A-Za-z]AA[A-Za-z0-9_-]{4,}$';
    again integer[];  -- rows that gave up a key, and are looked up without it
begin
    delete from pg_temp.import_matches;
    loop
        perform crm.find_sharers(uid);
        insert into pg_temp.import_matches (row_no, contact_id, email_holder, profile_holder)
            select i.row_no, coalesce(e.same, p.same, m.id, x.id, r.id, n.id, s.contact_id), e.other, p.other
            from (select s.*, case when ours and s.source_uid ~ uuid_shape then s.source_uid::uuid end as own_id from pg_temp.imported s
                where again is null or s.row_no = any (again)) i
            left join lateral (select case when not h.apart then h.id end as same, case when h.apart then h.id end as other
                from (select c.id, c.name_key <> i.name_key and not (c.is_self and c.name = 'Me') and crm.names_apart(c.name, i.name, i.email) is true as apart
                    from crm.contacts c
                    where c.user_id = uid and c.email_key between i.email_key and i.email_key order by c.email_key limit 1) h) e on true
            left join lateral (select case when not h.apart then h.id end as same, case when h.apart then h.id end as other
                from (select c.id, c.name_key <> i.name_key and not (c.is_self and c.name = 'Me') and crm.names_apart(c.name, i.name) is true as apart
                    from crm.contacts c
                    where c.user_id = uid and c.linkedin_slug between i.linkedin_slug and i.linkedin_slug order by c.linkedin_slug limit 1) h) p on true
            left join lateral (select h.id
                from (select c.id, c.name_key <> i.name_key and crm.names_apart(c.name, i.name) is true as apart from crm.contacts c
                    where e.same is null and p.same is null and p.other is null and i.linkedin_slug ~ member_id
                        and c.user_id = uid and c.linkedin_slug between lower(i.linkedin_slug) and lower(i.linkedin_slug)
                    order by c.linkedin_slug limit 1) h where not h.apart) m on true
            left join lateral (select c.id from crm.contacts c
                where e.same is null and p.same is null and m.id is null
                    and c.user_id = uid and c.id between i.own_id and i.own_id order by c.id limit 1) x on true
            left join lateral (select c.id from crm.contacts c
                where e.same is null and p.same is null and m.id is null and x.id is null
                    and c.user_id = uid and c.source_uid between i.source_uid and i.source_uid
                    and split_part(c.source, '_', 1) = family and (length(i.source_uid) >= unique_from or c.name_key = i.name_key)
                order by c.source_uid limit 1) r on true
            left join lateral (select c.id from crm.contacts c
                where e.same is null and p.same is null and m.id is null and x.id is null and r.id is null and i.name is not null
                    and c.user_id = uid and c.name_key between i.name_key and i.name_key
                    and (crm.phone_keys(c.phones) && crm.phone_keys(i.phones)
                        or lower(c.emails::text)::text[] && lower(coalesce(i.emails, array[i.email])::text)::text[])
                order by c.name_key, c.id limit 1) n on true
            left join pg_temp.import_sharers s on s.row_no = i.row_no
            where coalesce(e.same, p.same, m.id, x.id, r.id, n.id, s.contact_id, e.other, p.other) is not null;
        select array_agg(k.row_no) into again from pg_temp.import_matches k where k.email_holder is not null or k.profile_holder is not null;
        exit when again is null;
        perform crm.give_up_held_keys(uid);
        delete from pg_temp.import_matches k where k.row_no = any (again);
    end loop;
    perform crm.fold_same_contact();
end $$;

-- Find contacts of the same name without a contradicting fact for rows with little more than a name. Of several contacts, one with all facts
-- of the row comes first: so a row finds the contact again that it was merged into, and the same file changes nothing.
create or replace function crm.match_by_name(uid uuid, source text) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    family constant text := split_part(source, '_', 1);
begin
    delete from pg_temp.import_matches;
    insert into pg_temp.import_matches
        select distinct on (n.id, i.source_uid is not null, case when i.source_uid is null then i.row_no end) i.row_no, n.id
        from pg_temp.imported i
        cross join lateral (
            select c.id from (select * from crm.contacts s
                where s.user_id = uid and s.name_key between i.name_key and i.name_key order by s.name_key, s.id offset 0) c
            where not c.is_self and not (c.source_uid <> i.source_uid and split_part(c.source, '_', 1) = family) is true
                and not crm.contradicts(c.company, i.company, c.title, i.title, c.birthday, i.birthday, c.phones, coalesce(i.phones, '{}'))
            order by not (coalesce(c.company, i.company) is not distinct from c.company and coalesce(c.title, i.title) is not distinct from c.title
                    and coalesce(c.birthday, i.birthday) is not distinct from c.birthday and coalesce(c.location, i.location) is not distinct from c.location
                    and coalesce(c.notes, i.notes) is not distinct from c.notes and coalesce(i.phones, '{}') <@ c.phones
                    and coalesce(i.tags, '{}') <@ c.tags and c.custom = (coalesce(i.custom, '{}') || c.custom)),
                (c.source_uid = i.source_uid) is true desc, (c.company = i.company) is true desc, (c.phones && i.phones) is true desc, c.created_at, c.id
            limit 1) n
        where i.name is not null
        -- cards with different ids are different people: one of them is the contact, the others are new
        order by n.id, i.source_uid is not null, case when i.source_uid is null then i.row_no end, i.row_no;
    perform crm.fold_same_contact();
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

-- Write the rows that `which` selects and remove them from the table: matched rows fill blanks, the others become contacts.
-- only_keyed: leave rows without a match that have neither an e-mail nor a profile. careful: leave rows whose key another transaction has
-- just written, instead of failing; that costs a tenth more for each row.
create or replace function crm.write_imported(uid uuid, source text, update_known boolean, only_keyed boolean, careful boolean) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    if update_known then
        with known as (
            select i.*, m.contact_id as known_id, coalesce(i.emails, array_remove(array[i.email], null)) as all_emails
            from pg_temp.import_matches m join pg_temp.imported i on i.row_no = m.row_no
        ), filled as (
            select k.row_no, c.id,
                coalesce(nullif(c.name, ''), k.name, '') as name, coalesce(c.email, k.email) as email,
                case when c.email is null and k.email is not null then crm.added(k.all_emails, c.emails) else crm.added(c.emails, k.all_emails) end as emails,
                crm.added(c.phones, k.phones) as phones, coalesce(c.company, k.company) as company, coalesce(c.title, k.title) as title,
                coalesce(c.location, k.location) as location,
                case when p.free then k.linkedin_url else c.linkedin_url end as linkedin_url,
                case when p.free then k.linkedin_slug else c.linkedin_slug end as linkedin_slug,
                coalesce(c.birthday, k.birthday) as birthday, coalesce(c.notes, k.notes) as notes, crm.added(c.tags, k.tags) as tags,
                case when pg_column_size(k.custom || c.custom) <= 100000 then k.custom || c.custom else c.custom end as custom,
                coalesce(c.source_uid, case when split_part(c.source, '_', 1) = split_part(write_imported.source, '_', 1) then k.source_uid end) as source_uid,
                row(c.name, c.email, c.emails, c.phones, c.company, c.title, c.location, c.linkedin_url, c.linkedin_slug, c.birthday,
                    c.notes, c.tags, c.custom, c.source_uid) as before
            from known k
            cross join lateral (select * from crm.contacts s where s.user_id = uid and s.id between k.known_id and k.known_id order by s.id limit 1) c
            -- a row may be known by its e-mail while another contact has its profile
            -- (an id of a member in lower case gets its own letters back)
            cross join lateral (select (c.linkedin_slug is null or c.linkedin_slug <> k.linkedin_slug and c.linkedin_slug = lower(k.linkedin_slug))
                    and k.linkedin_slug is not null and not exists (
                select from crm.contacts o where o.user_id = uid and o.linkedin_slug between k.linkedin_slug and k.linkedin_slug
                order by o.linkedin_slug limit 1) as free) p
        ), changed as materialized (
            select * from filled f where row(f.name, f.email, f.emails, f.phones, f.company, f.title, f.location, f.linkedin_url, f.linkedin_slug,
                f.birthday, f.notes, f.tags, f.custom, f.source_uid) is distinct from f.before
        ), written as (
            update crm.contacts c
                set name = f.name, email = f.email, emails = f.emails, phones = f.phones, company = f.company, title = f.title, location = f.location,
                    linkedin_url = f.linkedin_url, linkedin_slug = f.linkedin_slug, birthday = f.birthday, notes = f.notes, tags = f.tags,
                    custom = f.custom, source_uid = f.source_uid, updated_at = now()
                from changed f where c.user_id = uid and c.id = f.id
                returning f.row_no, c.id
        )
        insert into pg_temp.import_outcomes select w.row_no, w.id, 'updated' from written w;
    end if;
    insert into pg_temp.import_outcomes
        select m.row_no, m.contact_id, 'unchanged' from pg_temp.import_matches m
        where not update_known or not exists (select from pg_temp.import_outcomes o where o.row_no = m.row_no);

    execute format('
        with added as (
            insert into crm.contacts (user_id, id, name, email, emails, phones, company, title, location, linkedin_url, linkedin_slug, birthday, notes,
                    tags, custom, source, source_uid)
                select $1, i.contact_id, coalesce(i.name, ''''), i.email, coalesce(i.emails, array_remove(array[i.email], null)),
                    coalesce(i.phones, ''{}''), i.company, i.title, i.location, i.linkedin_url, i.linkedin_slug, i.birthday, i.notes,
                    coalesce(i.tags, ''{}''), coalesce(i.custom, ''{}''), $2, i.source_uid
                from pg_temp.imported i
                where (not $3 or i.email_key is not null or i.linkedin_slug is not null)
                    and not exists (select from pg_temp.import_matches m where m.row_no = i.row_no)
                %s returning id)
        insert into pg_temp.import_outcomes
            select i.row_no, i.contact_id, ''created'' from added a join pg_temp.imported i on i.contact_id = a.id',
        case when careful then 'on conflict do nothing' else '' end) using uid, source, only_keyed;
    delete from pg_temp.imported i where exists (select from pg_temp.import_outcomes o where o.row_no = i.row_no);
end $$;

-- Merge the rows of `imported`, all or nothing, and count their outcomes; `import_outcomes` then has the outcome of each row.
--
-- on_duplicate: 'update' fills the blanks of existing contacts, 'skip' leaves them unchanged.
create or replace function crm.merge_imported(source text, on_duplicate text, out created integer, out updated integer, out unchanged integer)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB'
    -- As in `match_by_key`; joins without an index use a hash, however few rows the planner expects.
    set enable_sort = off set enable_nestloop = off set enable_mergejoin = off
    -- The function waits for other imports of this user that long; single writes are quick.
    set lock_timeout = '60s'
as $$
declare
    uid constant uuid := crm.acting_user();
    update_known constant boolean := on_duplicate = 'update';
    attempts constant integer := 5;
begin
    -- Two imports of one user run one after the other: at once they could deadlock over their keys.
    perform pg_advisory_xact_lock(hashtextextended('crm.import ' || uid, 0));
    analyze pg_temp.imported;
    perform crm.fold_shared_keys();
    perform crm.fold_names();
    for attempt in 1..attempts loop
        begin
            for turn in 1..attempts loop
                perform crm.match_by_key(uid, source);
                perform crm.write_imported(uid, source, update_known, only_keyed => true, careful => attempt > 1);
                exit when not exists (select from pg_temp.imported i where i.email_key is not null or i.linkedin_slug is not null);
                -- The contacts with these keys exist now, and the next turn finds them.
            end loop;
            perform crm.match_by_name(uid, source);
            perform crm.write_imported(uid, source, update_known, only_keyed => false, careful => false);
            exit;
        exception when unique_violation or deadlock_detected then
            -- Another transaction wrote one of these contacts meanwhile, so this block is undone.
            if attempt = attempts then
                raise serialization_failure using message = 'contacts of this file were written at the same time; import it again';
            end if;
        end;
    end loop;
    insert into pg_temp.import_outcomes
        select d.row_no, o.contact_id, 'unchanged' from pg_temp.import_duplicates d join pg_temp.import_outcomes o on o.row_no = d.leader;
    select count(*) filter (where o.outcome = 'created'), count(*) filter (where o.outcome = 'updated'), count(*) filter (where o.outcome = 'unchanged')
        into created, updated, unchanged from pg_temp.import_outcomes o;
end $$;

-- The deployed functions may call these; the other functions of this file are called only by functions.
grant execute on function crm.added, crm.phone_keys, crm.contradicts, crm.begin_import, crm.fold_duplicates, crm.part_shared_keys,
    crm.give_up_addresses, crm.give_up_profiles, crm.fold_shared_keys_once, crm.fold_shared_keys, crm.fold_names,
    crm.give_up_held_keys, crm.find_sharers, crm.match_by_key, crm.match_by_name, crm.fold_same_contact, crm.write_imported,
    crm.merge_imported to crm_app;
