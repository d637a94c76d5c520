-- Rows of one file that share a key: which of them are one person, and who gives the key up.

-- Separate the people of each key that stands under clearly different names: the contact with the key keeps it, else the first row that has
-- it as its first address, else the first row. Every other person gets a number of their own, and a shared address or profile is noted.
create or replace function crm.part_shared_keys() returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    uid constant uuid := crm.current_user_id();
begin
    create temporary table import_people on commit drop as
        select k.field, k.key, k.name_key, min(k.row_no) as row_no, (array_agg(k.name order by k.row_no))[1] as name, bool_or(k.is_first) as is_first,
            bool_or(k.is_keyed) as is_keyed, count(*) over (partition by k.field, k.key) as names, null::bigint as person, false as known
        from pg_temp.import_keys k where k.name is not null and k.field <> 'source_uid'
        group by k.field, k.key, k.name_key;
    -- A key under one name is not parted, unless rows without a name have it too: they belong to the contact with the key.
    delete from pg_temp.import_people p where p.names = 1
        and (p.field, p.key) not in (select k.field, k.key from pg_temp.import_keys k where k.name is null and k.field <> 'source_uid');
    if exists (select from pg_temp.import_people) then
        analyze pg_temp.import_people;
        create temporary table import_holders on commit drop as
            select o.field, o.key, e.name, e.name_key, o.names from (select distinct p.field, p.key, p.names from pg_temp.import_people p where p.field = 'email') o
            cross join lateral (select c.name, c.name_key from crm.contacts c
                where c.user_id = uid and c.email_key between o.key and o.key order by c.email_key limit 1) e
            union all
            select o.field, o.key, l.name, l.name_key, o.names from (select distinct p.field, p.key, p.names from pg_temp.import_people p where p.field = 'linkedin_url') o
            cross join lateral (select c.name, c.name_key from crm.contacts c
                where c.user_id = uid and c.linkedin_slug between (o.key collate "default") and (o.key collate "default")
                order by c.linkedin_slug limit 1) l;
        analyze pg_temp.import_holders;
        update pg_temp.import_people p set known = true from pg_temp.import_holders h
            where h.field = p.field and h.key = p.key and (h.name_key = p.name_key
                or p.names <= crm.compared_at_most() and h.name <> '' and not crm.names_apart(h.name, p.name, case p.field when 'email' then p.key end));
        -- The contact with a key that the file gives to others alone stands first, as a row of the file would.
        insert into pg_temp.import_people (field, key, name_key, name, is_first, is_keyed, names, known)
            select h.field, h.key, h.name_key, h.name, true, true, h.names, true from pg_temp.import_holders h
            where h.name <> '' and not exists (select from pg_temp.import_people p where p.field = h.field and p.key = h.key and p.known);
        drop table pg_temp.import_holders;
        update pg_temp.import_people p set person = n.person from (
                select o.field, o.key, o.name_key, row_number() over (partition by o.field, o.key order by o.known desc, o.is_first desc, o.row_no) as person
                from pg_temp.import_people o where o.names > crm.compared_at_most()) n
            where p.field = n.field and p.key = n.key and p.name_key = n.name_key;
        for number in 1..crm.compared_at_most() loop
            update pg_temp.import_people p set person = number from (
                    select distinct on (o.field, o.key) o.field, o.key, o.name, o.name_key, o.is_keyed from pg_temp.import_people o where o.person is null
                    order by o.field, o.key, o.known desc, o.is_first desc, o.is_keyed desc, o.row_no) f
                where p.field = f.field and p.key = f.key and p.person is null
                    and case when p.name_key = f.name_key then true
                        -- two who share a phone and have an address each are one only by the very same name
                        when p.field = 'phone' and p.is_keyed and f.is_keyed then false
                        else not crm.names_apart(f.name, p.name, case p.field when 'email' then p.key when 'phone' then crm.phone_of_many() end) end;
            exit when not found;
        end loop;
        update pg_temp.import_keys k set person = p.person from pg_temp.import_people p
            where p.field = k.field and p.key = k.key and p.name_key = k.name_key and k.name is not null and p.person > 1;
        insert into pg_temp.import_shares (row_no, field, value, holder_row, holder_name)
            select k.row_no, case when k.is_first then k.field else 'emails' end,
                case when k.field = 'linkedin_url' then i.linkedin_url when k.is_first then i.email
                    else (select e.address from unnest(i.emails) e(address) where lower(e.address) = k.key limit 1) end, h.row_no, h.name
            from (select distinct on (o.field, o.key) o.field, o.key, o.row_no, o.name from pg_temp.import_people o where o.person = 1
                order by o.field, o.key, o.known desc, o.is_first desc, o.row_no) h
            join pg_temp.import_keys k on k.field = h.field and k.key = h.key join pg_temp.imported i on i.row_no = k.row_no
            where k.person > 1 and k.field in ('email', 'linkedin_url') and (k.is_first or not crm.is_nobodys_mailbox(k.key))
                and (k.row_no, k.field, k.key) not in (select s.row_no, case s.field when 'emails' then 'email' else s.field end, lower(s.value) from pg_temp.import_shares s);
    end if;
    drop table pg_temp.import_people;
end $$;

-- Find the addresses in `import_keys` that are an office's: three or more people of one company have each, and none of them is named so. Note
-- their rows, and separate the rows without a name that have such an address or a role's: these are the office itself. Returns the addresses.
create or replace function crm.part_offices() returns text[]
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    uid constant uuid := crm.current_user_id();
    few constant integer := 3;
    offices text[];
begin
    create temporary table import_offices on commit drop as
        with holder as (
            select k.key, i.company, left(crm.fold(i.company), 200) as company_key, i.name
            from pg_temp.import_keys k join pg_temp.imported i on i.row_no = k.row_no
            where k.field = 'email' and i.company is not null and i.name is not null
            union all
            select a.key, c.company, c.company_key, c.name
            from (select distinct k.key from pg_temp.import_keys k where k.field = 'email') a
            cross join lateral (
                select o.contact_id from (select k.contact_id from crm.contact_keys k
                    where k.user_id = uid and k.key between a.key and a.key order by k.key, k.contact_id) o
                union all
                select f.id from (select s.id from crm.contacts s
                    where s.user_id = uid and s.email_key between a.key and a.key order by s.email_key limit 1) f) h
            cross join lateral (select * from crm.contacts s where s.user_id = uid and s.id between h.contact_id and h.contact_id order by s.id limit 1) c
            where c.company is not null and c.name <> ''
        ), several as (
            select h.key, min(h.company) as company, array_agg(distinct h.name) as names from holder h
            group by h.key, h.company_key having count(distinct h.name) >= few
        )
        select s.key, min(s.company) as company from several s
        where crm.people_among(s.names, s.key) >= few and not exists (select from unnest(s.names[:50]) n(name) where crm.spells_name(s.key, n.name))
        group by s.key;
    select array_agg(o.key) into offices from pg_temp.import_offices o;
    if offices is not null then
        delete from pg_temp.import_shares s where s.field in ('email', 'emails') and lower(s.value) = any (offices);
        insert into pg_temp.import_shares (row_no, field, value, holder_name)
            select k.row_no, 'office', (select e.address from unnest(coalesce(i.emails, array[i.email])) e(address) where lower(e.address) = k.key limit 1), o.company
            from pg_temp.import_keys k join pg_temp.import_offices o on o.key = k.key join pg_temp.imported i on i.row_no = k.row_no
            -- the reader of the file reports roles' addresses, and those of a row that has no other
            where k.field = 'email' and k.name is not null and i.email is not null and not crm.is_nobodys_mailbox(k.key)
                and (k.row_no, k.key) not in (select s.row_no, lower(s.value) from pg_temp.import_shares s where s.field = 'office');
    end if;
    update pg_temp.import_keys k set person = 0 where k.field = 'email' and k.name is null and (k.key = any (offices) or crm.is_nobodys_mailbox(k.key));
    drop table pg_temp.import_offices;
    return coalesce(offices, '{}');
end $$;

-- Take from rows the first address that another person is known by: it stays among the row's addresses, and the next one, if any, becomes
-- the first, unless it is an office's. `import_shares` has the given up addresses already. Returns whether a row has another first address now.
create or replace function crm.give_up_addresses(row_nos integer[]) returns boolean
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    renamed boolean;
begin
    with given as (
        select s.row_no, array_agg(lower(s.value)) as addresses from pg_temp.import_shares s
        where s.field in ('email', 'office') and s.row_no = any (row_nos) group by s.row_no
    ), next as (
        select i.row_no, coalesce(i.emails, array[i.email]) as emails, (
            select e.address from unnest(i.emails) with ordinality e (address, place)
            where lower(e.address) <> all (g.addresses) and not crm.is_nobodys_mailbox(e.address) order by e.place limit 1) as email
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

-- List the keys that several rows have, in `import_keys`: addresses, profiles, record ids, and phones of rows with a name.
create or replace function crm.list_shared_keys() returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    -- The keys of several rows, one kind after the other, and then the rows of these few keys: listing all keys first takes twice the time.
    create temporary table import_several on commit drop as
        select 'email' as field, e.key from (
            select i.row_no, i.email_key as key from pg_temp.imported i where i.email_key is not null
            union all
            select i.row_no, lower(e.address) collate "C" from pg_temp.imported i cross join lateral unnest(i.emails) e(address)
            where i.emails is not null and lower(e.address) is distinct from i.email_key) e
        group by e.key having min(e.row_no) < max(e.row_no)
        union all
        select 'linkedin_url', i.linkedin_slug collate "C" from pg_temp.imported i where i.linkedin_slug is not null group by i.linkedin_slug having count(*) > 1
        union all
        select 'source_uid', i.source_uid collate "C" from pg_temp.imported i where i.source_uid is not null group by i.source_uid having count(*) > 1
        union all
        select 'phone', right(crm.phone_digits(p.phone), 7) collate "C" from pg_temp.imported i cross join lateral unnest(i.phones) p(phone)
        where i.phones is not null and i.name is not null and crm.phone_digits(p.phone) <> '' group by 2 having min(i.row_no) < max(i.row_no);
    analyze pg_temp.import_several;
    create temporary table import_keys on commit drop as
        select distinct e.row_no, s.field, s.key, e.is_first, i.name, i.name_key,
            i.email_key is not null or i.linkedin_slug is not null as is_keyed, 1::bigint as person
        from pg_temp.import_several s
        join (
            select i.row_no, 'email' as field, i.email_key as key, true as is_first from pg_temp.imported i where i.email_key is not null
            union all
            select i.row_no, 'email', lower(e.address) collate "C", false from pg_temp.imported i cross join lateral unnest(i.emails) e(address)
            where i.emails is not null and lower(e.address) is distinct from i.email_key
            union all select i.row_no, 'linkedin_url', i.linkedin_slug collate "C", true from pg_temp.imported i where i.linkedin_slug is not null
            union all select i.row_no, 'source_uid', i.source_uid collate "C", true from pg_temp.imported i where i.source_uid is not null
            union all
            select i.row_no, 'phone', right(crm.phone_digits(p.phone), 7) collate "C", true from pg_temp.imported i cross join lateral unnest(i.phones) p(phone)
            where i.phones is not null and i.name is not null) e on e.field = s.field and e.key = s.key
        join pg_temp.imported i on i.row_no = e.row_no
        where exists (select from pg_temp.import_several);
    drop table pg_temp.import_several;
    analyze pg_temp.import_keys;
end $$;

-- One turn of `crm.fold_shared_keys`. Returns whether a row has another first address now.
create or replace function crm.fold_shared_keys_once() returns boolean
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    renamed boolean := false;
    offices text[];
begin
    perform crm.list_shared_keys();
    if exists (select from pg_temp.import_keys) then
        perform crm.note_shared_rows();
        perform crm.part_shared_keys();
        offices := crm.part_offices();
        create temporary table import_leaders on commit drop as
            select k.row_no, k.row_no as leader, min(k.name) as name, min(k.name_key) as name_key from pg_temp.import_keys k group by k.row_no;
        analyze pg_temp.import_leaders;
        loop
            update pg_temp.import_leaders r set leader = n.leader from (
                    select k.row_no, min(g.leader) as leader from pg_temp.import_keys k
                    join (select k.field, k.key, k.person, min(l.leader) as leader from pg_temp.import_keys k
                            join pg_temp.import_leaders l on l.row_no = k.row_no group by k.field, k.key, k.person) g
                        on g.field = k.field and g.key = k.key and g.person = k.person
                    group by k.row_no) n
                where n.row_no = r.row_no and n.leader < r.leader;
            exit when not found;
            -- Following the leader's leader halves the number of turns that a long chain takes.
            update pg_temp.import_leaders r set leader = l.leader from pg_temp.import_leaders l where l.row_no = r.leader and l.leader < r.leader;
        end loop;
        -- A chain can lead from one person to another ("Ana Diaz", "A. Diaz", "Alberto Diaz"): a row whose name clearly differs from the first one is separated.
        update pg_temp.import_leaders r set leader = r.row_no from (
                select k.row_no, k.name, k.name_key, first_value(k.name) over chain as first_name, first_value(k.name_key) over chain as first_key
                from pg_temp.import_leaders k window chain as (partition by k.leader order by k.name is null, k.row_no)) n
            where n.row_no = r.row_no and n.name is not null and n.name_key <> n.first_key and crm.names_apart(n.first_name, n.name);
        perform crm.give_up_profiles(array_agg(k.row_no)) from pg_temp.import_keys k where k.field = 'linkedin_url' and k.person > 1 having count(*) > 0;
        select crm.give_up_addresses(array_agg(k.row_no)) into renamed from pg_temp.import_keys k
            where k.field = 'email' and k.is_first and k.name is not null and (k.person > 1 or k.key = any (offices)) having count(*) > 0;
        perform crm.fold_duplicates(array_agg(r.row_no), array_agg(r.leader)) from pg_temp.import_leaders r where r.row_no <> r.leader having count(*) > 0;
        drop table pg_temp.import_leaders;
    end if;
    drop table pg_temp.import_keys;
    return coalesce(renamed, false);
end $$;

-- Merge the rows of the file that share an address, a profile, a record id or a phone, also over several steps (the e-mail of one row, the
-- profile of another), but never two people of clearly different names.
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
begin
    create temporary table import_names on commit drop as
        select i.name_key, crm.fold(i.company) as company, crm.fold(i.title) as title, i.birthday, crm.phone_keys(coalesce(i.phones, '{}')) as phones,
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
                select n.name_key from pg_temp.import_names n group by 1 having count(*) between 2 and crm.compared_at_most()
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

grant execute on function crm.part_shared_keys, crm.part_offices, crm.give_up_addresses, crm.give_up_profiles, crm.list_shared_keys, crm.fold_shared_keys_once,
    crm.fold_shared_keys, crm.fold_names to crm_app;
