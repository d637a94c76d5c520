-- Which contact a row means.
--
-- A row and a contact are the same person by the same e-mail, else the same LinkedIn profile, else the same record id of the same source
-- (or the id in Warmpath's export), else a name that can be the same together with any shared address, profile or phone, else, for rows with
-- little more than a name, the same name without a contradicting fact.
--
-- Every look-up is written as a range of one key in the order of that key, and the merge forbids sorting: so it can only use the index
-- of that key. Left to the statistics, which know nothing of a user who is new or has just grown, any index that begins with the
-- user looks as good as the right one, and a large import takes minutes.

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

-- Find the contacts of the rows without a match that share any further key with them, under a name that can be the row's: another address, a
-- profile among the custom fields, a phone.
create or replace function crm.find_sharers(uid uuid) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    offices text[];
    companies text[];
begin
    if not exists (select from crm.contact_keys k where k.user_id = uid) and not exists (select from pg_temp.imported i where i.emails is not null) then
        return;
    end if;
    create temporary table import_wanted on commit drop as
        with left_over as materialized (
            select i.*, i.email_key is not null or i.linkedin_slug is not null as is_keyed from pg_temp.imported i
            where not exists (select from pg_temp.import_matches m where m.row_no = i.row_no)
        )
        select k.*, i.name, i.name_key, i.is_keyed from (
            select i.row_no, 'email' as field, i.email_key as key from left_over i where i.email_key is not null
            union all
            select i.row_no, 'email', lower(e.address) collate "C" from left_over i cross join lateral unnest(i.emails) e(address)
            where i.emails is not null and lower(e.address) is distinct from i.email_key
            union all select i.row_no, 'linkedin_url', ('in/' || split_part(i.linkedin_url, '/in/', 2)) collate "C" from left_over i where i.linkedin_url is not null
            union all
            select i.row_no, 'linkedin_url', k.key from left_over i cross join lateral crm.other_keys(null, null, null, i.custom) k(key)
            where i.custom is not null and i.custom::text like '%"LinkedIn%'
            union all
            select i.row_no, 'phone', ('+' || right(d.digits, 7)) collate "C" from left_over i cross join lateral unnest(i.phones) p(phone)
            cross join lateral (select crm.phone_digits(p.phone)) d(digits) where i.phones is not null and i.name is not null and d.digits <> '') k
        join left_over i on i.row_no = k.row_no;
    analyze pg_temp.import_wanted;
    create temporary table import_known on commit drop as
        select w.key, c.id, c.name, c.name_key, c.created_at, c.email_key is not null or c.linkedin_slug is not null as is_keyed,
            w.names, count(*) over (partition by w.key) as holders
        from (select n.key, count(distinct n.name_key) as names from pg_temp.import_wanted n group by n.key) w
        cross join lateral (
            select f.contact_id from (select k.contact_id from crm.contact_keys k
                where k.user_id = uid and k.key between w.key and w.key order by k.key, k.contact_id) f
            union all
            select s.id from (select c.id from crm.contacts c
                where c.user_id = uid and c.email_key between w.key and w.key order by c.email_key limit 1) s) k
        cross join lateral (select * from crm.contacts s where s.user_id = uid and s.id between k.contact_id and k.contact_id order by s.id limit 1) c;
    if exists (select from pg_temp.import_known) then
        analyze pg_temp.import_known;
        select array_agg(o.address), array_agg(o.company) into offices, companies
            from crm.addresses_of_offices(uid, array(select distinct h.key from pg_temp.import_known h where h.holders >= 3 and h.key like '%@%')) o;
        if offices is not null then
            insert into pg_temp.import_shares (row_no, field, value, holder_name)
                select i.row_no, 'office', i.email, o.company from unnest(offices, companies) o(key, company)
                join pg_temp.imported i on i.email_key = o.key collate "C" where i.name is not null;
            perform crm.give_up_addresses(array_agg(i.row_no)) from pg_temp.imported i
                where i.email_key = any (offices collate "C") and i.name is not null having count(*) > 0;
        end if;
        insert into pg_temp.import_matches (row_no, contact_id)
            select distinct on (f.row_no) f.row_no, f.id from (
                select w.row_no, w.field, true as by_name, h.id, h.created_at
                from pg_temp.import_wanted w join pg_temp.import_known h on h.key = w.key and h.name_key = w.name_key
                union all
                select w.row_no, w.field, false, h.id, h.created_at
                from pg_temp.import_wanted w join pg_temp.import_known h on h.key = w.key
                where h.holders <= crm.compared_at_most() and h.names <= crm.compared_at_most() and h.name_key <> w.name_key
                    -- an address of many means nobody by itself: neither a row nor a contact without a name is one of them
                    and (w.name is not null and h.name <> '' or h.holders = 1 and not crm.is_nobodys_mailbox(w.key))
                    and case w.field when 'phone' then not (w.is_keyed and h.is_keyed) and h.name <> '' and not crm.names_apart(h.name, w.name, crm.phone_of_many())
                        when 'email' then not crm.names_apart(h.name, w.name, w.key)
                        else not crm.names_apart(h.name, w.name) end) f
            order by f.row_no, f.by_name desc, f.field, f.created_at, f.id;
    end if;
    drop table pg_temp.import_known;
    drop table pg_temp.import_wanted;
end $$;

-- Find the contacts of rows with an e-mail, a profile, a record id, or more than a name: one look-up after the other for each row. A row
-- gives up a key that a contact of a clearly different name has, and is looked up without it.
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
        insert into pg_temp.import_matches (row_no, contact_id, email_holder, profile_holder)
            select i.row_no, coalesce(e.same, p.same, m.id, x.id, r.id), e.other, p.other
            from (select s.*, case when ours and s.source_uid ~ uuid_shape then s.source_uid::uuid end as own_id from pg_temp.imported s
                where again is null or s.row_no = any (again)) i
            left join lateral (select case when not h.apart then h.id end as same, case when h.apart then h.id end as other
                from (select c.id, c.name_key <> i.name_key and not (c.is_self and c.name = 'Me') and crm.names_apart(c.name, i.name, i.email) is true
                        and not crm.was_called(uid, c.no, i.name) as apart
                    from crm.contacts c
                    where c.user_id = uid and c.email_key between i.email_key and i.email_key order by c.email_key limit 1) h) e on true
            left join lateral (select case when not h.apart then h.id end as same, case when h.apart then h.id end as other
                from (select c.id, c.name_key <> i.name_key and not (c.is_self and c.name = 'Me') and crm.names_apart(c.name, i.name) is true
                        and not crm.was_called(uid, c.no, i.name) as apart
                    from crm.contacts c
                    where c.user_id = uid and c.linkedin_slug between i.linkedin_slug and i.linkedin_slug order by c.linkedin_slug limit 1) h) p on true
            left join lateral (select h.id
                from (select c.id, c.name_key <> i.name_key and crm.names_apart(c.name, i.name) is true
                        and not crm.was_called(uid, c.no, i.name) as apart from crm.contacts c
                    where e.same is null and p.same is null and p.other is null and i.linkedin_slug ~ member_id
                        and c.user_id = uid and c.linkedin_slug between lower(i.linkedin_slug) and lower(i.linkedin_slug)
                    order by c.linkedin_slug limit 1) h where not h.apart) m on true
            left join lateral (select c.id from crm.contacts c
                where e.same is null and p.same is null and m.id is null
                    and c.user_id = uid and c.id between i.own_id and i.own_id order by c.id limit 1) x on true
            left join lateral (select c.id from crm.contacts c
                where e.same is null and p.same is null and m.id is null and x.id is null
                    and c.user_id = uid and c.source_uid between i.source_uid and i.source_uid
                    and split_part(c.source, '_', 1) = family and (c.name_key = i.name_key or length(i.source_uid) >= unique_from
                        -- a record under another name is a contact that was renamed, if anything else is the same
                        and (crm.names_apart(c.name, i.name) is not true or c.emails && i.emails or crm.phone_keys(c.phones) && crm.phone_keys(coalesce(i.phones, '{}'))))
                order by c.source_uid limit 1) r on true
            where coalesce(e.same, p.same, m.id, x.id, r.id, e.other, p.other) is not null;
        select array_agg(k.row_no) into again from pg_temp.import_matches k where k.email_holder is not null or k.profile_holder is not null;
        exit when again is null;
        perform crm.give_up_held_keys(uid);
        delete from pg_temp.import_matches k where k.row_no = any (again);
    end loop;
    perform crm.match_merged(uid, source);
    perform crm.find_sharers(uid);
    perform crm.fold_same_contact();
end $$;

-- Find contacts of the same name without a contradicting fact for rows with little more than a name. Of several contacts, one with all facts
-- of the row comes first: so a row finds the contact again that it was merged into, and the same file changes nothing. Under a name that very
-- many have ("Unknown"), only a contact with the very facts of the row is the same.
create or replace function crm.match_by_name(uid uuid, source text) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    family constant text := split_part(source, '_', 1);
begin
    delete from pg_temp.import_matches;
    create temporary table import_namesakes on commit drop as
        select n.name_key, n.names, count(*) over (partition by n.name_key) as holders, c.id, c.source, c.source_uid, c.company, c.title, c.birthday,
            c.phones, c.location, c.notes, c.tags, c.custom, c.created_at
        from (select i.name_key, count(*) as names from pg_temp.imported i where i.name is not null group by i.name_key) n
        cross join lateral (select * from crm.contacts s
            where s.user_id = uid and s.name_key between n.name_key and n.name_key order by s.name_key, s.id) c
        where not c.is_self;
    analyze pg_temp.import_namesakes;
    insert into pg_temp.import_matches
        select distinct on (f.id, f.source_uid is not null, case when f.source_uid is null then f.row_no end) f.row_no, f.id from (
            select distinct on (i.row_no) i.row_no, i.source_uid, c.id
            from pg_temp.imported i
            join pg_temp.import_namesakes c on c.name_key = i.name_key and c.names <= crm.compared_at_most() and c.holders <= crm.compared_at_most()
            where i.name is not null and not (c.source_uid <> i.source_uid and split_part(c.source, '_', 1) = family) is true
                and not crm.contradicts(c.company, i.company, c.title, i.title, c.birthday, i.birthday, c.phones, coalesce(i.phones, '{}'))
            order by i.row_no, not (coalesce(c.company, i.company) is not distinct from c.company and coalesce(c.title, i.title) is not distinct from c.title
                    and coalesce(c.birthday, i.birthday) is not distinct from c.birthday and coalesce(c.location, i.location) is not distinct from c.location
                    and crm.added_notes(c.notes, i.notes, null) is not distinct from c.notes and crm.added_phones(c.phones, i.phones) = c.phones
                    and coalesce(i.tags, '{}') <@ c.tags and c.custom = (coalesce(i.custom, '{}') || c.custom)),
                (c.source_uid = i.source_uid) is true desc, (c.company = i.company) is true desc, (c.phones && i.phones) is true desc, c.created_at, c.id) f
        -- cards with different ids are different people: one of them is the contact, the others are new
        order by f.id, f.source_uid is not null, case when f.source_uid is null then f.row_no end, f.row_no;
    insert into pg_temp.import_matches
        select distinct on (i.row_no) i.row_no, c.id
        from pg_temp.imported i
        join pg_temp.import_namesakes c on c.name_key = i.name_key and coalesce(crm.fold(c.company), '') = coalesce(crm.fold(i.company), '')
            and coalesce(crm.fold(c.title), '') = coalesce(crm.fold(i.title), '') and coalesce(c.birthday, '') = coalesce(i.birthday, '')
            and crm.phone_keys(c.phones) = crm.phone_keys(coalesce(i.phones, '{}'))
        where i.name is not null and (c.names > crm.compared_at_most() or c.holders > crm.compared_at_most())
            and not (c.source_uid <> i.source_uid and split_part(c.source, '_', 1) = family) is true
        order by i.row_no, c.created_at, c.id;
    drop table pg_temp.import_namesakes;
    perform crm.fold_same_contact();
end $$;

grant execute on function crm.give_up_held_keys, crm.find_sharers, crm.match_by_key, crm.match_by_name to crm_app;
