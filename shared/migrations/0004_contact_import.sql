-- Merging a file of contacts: staged by COPY into a temporary table of the session, then told apart and written in a few statements.
--
-- Who is who: the same e-mail, else the same LinkedIn profile, else the same record id of the same source (or the id that our own
-- export carries), else the same name together with a shared address or phone, else, for rows that say too little to be told apart,
-- the same name with no contradicting fact. Blanks are filled, nothing is overwritten or erased, and a contact is written only if that
-- changes it: the same file again writes nothing.

-- Both lists, each item once, in their order; the first list itself when the second adds nothing. Items that differ by case are the same.
-- No contact holds more than a hundred of anything.
create function crm.added(a text[], b text[]) returns text[]
    language sql immutable parallel safe
    return case when b is null or b operator(pg_catalog.<@) a then a
        else (a || array(
            select (array_agg(item order by position))[1] from unnest(b) with ordinality u (item, position)
            where lower(item) <> all (select lower(x) from unnest(a) x)
            group by lower(item) order by min(position)))[1:100] end;

-- The digits of phone numbers, the last nine of each: enough to know a number again with or without its country.
create function crm.phone_keys(phones text[]) returns text[]
    language sql immutable parallel safe
    return array(select right(digits, 9) from (select regexp_replace(p, '[^0-9]', '', 'g') from unnest(phones) p) d (digits) where digits <> '');

-- Whether two people of one name cannot be the same. What one of them leaves open contradicts nothing.
create function crm.contradicts(
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

-- The tables of one import, gone when its transaction ends. `imported` is filled by COPY, with null for everything blank; the rest is
-- worked out here. They belong to the session, so none of these functions is a security definer: each runs as its caller.
create function crm.begin_import() returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    create temporary table imported (
        row_no integer not null,  -- which record of the file, from 1
        name text,
        email text,
        emails text[],  -- null stands for the one in `email`
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
        -- the id it will have if it is new
        contact_id uuid not null default gen_random_uuid(),
        email_key text collate "C" generated always as (lower(email)) stored,
        name_key text collate "C" generated always as (left(crm.fold(coalesce(name, email, linkedin_slug, '')), 200)) stored
    ) on commit drop;
    -- rows that are the same person as another, which stands for them
    create temporary table import_duplicates (row_no integer not null, leader integer not null) on commit drop;
    -- rows whose contact is known already
    create temporary table import_matches (row_no integer not null, contact_id uuid not null) on commit drop;
    -- what became of each row
    create temporary table import_outcomes (row_no integer not null, contact_id uuid not null, outcome text not null) on commit drop;
end $$;

-- Makes one row of all rows of a person: of each field the first that is not blank, of lists and custom fields all.
-- row_nos, leaders: rows, and for each the one that stands for it.
create function crm.fold_duplicates(row_nos integer[], leaders integer[]) returns void
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
            -- a day with its year says more
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
        -- of a key that several rows have, jsonb_object_agg keeps the last: here that of the first row
        select m.leader, jsonb_object_agg(f.key, f.value order by m.row_no desc) as custom
        from member m cross join lateral jsonb_each(m.custom) f group by m.leader
    )
    update pg_temp.imported i
        set name = p.name, email = p.email, emails = l.emails, phones = l.phones, company = p.company, title = p.title, location = p.location,
            linkedin_url = p.linkedin_url, linkedin_slug = p.linkedin_slug, birthday = p.birthday, notes = p.notes, tags = l.tags,
            custom = n.custom, source_uid = p.source_uid
        from person p left join listed l on l.leader = p.leader left join noted n on n.leader = p.leader
        where i.row_no = p.leader;
    delete from pg_temp.imported i where i.row_no = any (row_nos);
    -- who followed one of these follows its leader now
    update pg_temp.import_duplicates d set leader = n.leader from unnest(row_nos, leaders) n (row_no, leader) where d.leader = n.row_no;
    insert into pg_temp.import_duplicates select * from unnest(row_nos, leaders);
end $$;

-- Folds the rows of the file that share an e-mail, a profile or a record id, also over several steps (the e-mail of one row, the profile
-- of another).
create function crm.fold_shared_keys() returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    -- A record id under several names identifies nobody: some programs write the same one everywhere.
    update pg_temp.imported i set source_uid = null from (
        select u.source_uid from pg_temp.imported u where u.source_uid is not null group by u.source_uid having min(u.name_key) <> max(u.name_key)) u
        where i.source_uid = u.source_uid;

    create temporary table import_shared on commit drop as
        select i.row_no, i.row_no as leader, i.email_key, i.linkedin_slug, i.source_uid from pg_temp.imported i
        where i.email_key in (select k.email_key from pg_temp.imported k where k.email_key is not null group by 1 having count(*) > 1)
            or i.linkedin_slug in (select k.linkedin_slug from pg_temp.imported k where k.linkedin_slug is not null group by 1 having count(*) > 1)
            or i.source_uid in (select k.source_uid from pg_temp.imported k where k.source_uid is not null group by 1 having count(*) > 1);
    if exists (select from pg_temp.import_shared) then
        analyze pg_temp.import_shared;
        loop
            update pg_temp.import_shared s set leader = n.leader from (
                    select k.row_no, least(
                        min(k.leader) over (partition by coalesce(k.email_key, '#' || k.row_no)),
                        min(k.leader) over (partition by coalesce(k.linkedin_slug, '#' || k.row_no)),
                        min(k.leader) over (partition by coalesce(k.source_uid, '#' || k.row_no))) as leader
                    from pg_temp.import_shared k) n
                where n.row_no = s.row_no and n.leader < s.leader;
            exit when not found;
            -- Following the leader's leader halves the number of turns that a long chain takes.
            update pg_temp.import_shared s set leader = l.leader from pg_temp.import_shared l where l.row_no = s.leader and l.leader < s.leader;
        end loop;
        perform crm.fold_duplicates(array_agg(s.row_no), array_agg(s.leader)) from pg_temp.import_shared s where s.row_no <> s.leader having count(*) > 0;
    end if;
    drop table pg_temp.import_shared;
end $$;

-- Folds rows that have only a name: those that say the same, and those that say a part of what another says ("Ana" and "Ana, Acme").
-- Rows of which each knows something that the other does not stay apart, as do rows with different record ids.
create function crm.fold_names() returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    -- Comparing each with each is for people, not for a thousand rows called "Unknown".
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

-- Finds the contacts that rows with an e-mail, a profile, a record id, or more than a name mean: one look-up after the other for each row.
--
-- Every look-up here is written as a range of one key in the order of that key, and the merge forbids sorting: so it can only use the index
-- of that key. Left to the statistics, which know nothing of a user who is new or has just grown, any index that begins with the
-- user looks as good as the right one, and a large import takes minutes.
create function crm.match_by_key(uid uuid, source text) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    family constant text := split_part(source, '_', 1);  -- google_csv and google_csv_old share their ids
    ours constant boolean := family = 'warmpath';
    uuid_shape constant text := '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';
    -- Short ids are counted up by each address book anew; they hold only together with the name.
    unique_from constant integer := 8;
begin
    delete from pg_temp.import_matches;
    insert into pg_temp.import_matches
        select i.row_no, coalesce(e.id, p.id, x.id, r.id, n.id)
        from (select s.*, case when ours and s.source_uid ~ uuid_shape then s.source_uid::uuid end as own_id from pg_temp.imported s) i
        left join lateral (select c.id from crm.contacts c
            where c.user_id = uid and c.email_key between i.email_key and i.email_key order by c.email_key limit 1) e on true
        left join lateral (select c.id from crm.contacts c
            where e.id is null and c.user_id = uid and c.linkedin_slug between i.linkedin_slug and i.linkedin_slug
            order by c.linkedin_slug limit 1) p on true
        left join lateral (select c.id from crm.contacts c
            where e.id is null and p.id is null and c.user_id = uid and c.id between i.own_id and i.own_id order by c.id limit 1) x on true
        left join lateral (select c.id from crm.contacts c
            where e.id is null and p.id is null and x.id is null and c.user_id = uid and c.source_uid between i.source_uid and i.source_uid
                and split_part(c.source, '_', 1) = family and (length(i.source_uid) >= unique_from or c.name_key = i.name_key)
            order by c.source_uid limit 1) r on true
        left join lateral (select c.id from crm.contacts c
            where e.id is null and p.id is null and x.id is null and r.id is null and i.name is not null
                and c.user_id = uid and c.name_key between i.name_key and i.name_key
                and (crm.phone_keys(c.phones) && crm.phone_keys(i.phones)
                    or lower(c.emails::text)::text[] && lower(coalesce(i.emails, array[i.email])::text)::text[])
            order by c.name_key, c.id limit 1) n on true
        where coalesce(e.id, p.id, x.id, r.id, n.id) is not null;
    perform crm.fold_same_contact();
end $$;

-- Finds contacts of the same name with no contradicting fact for the rows that say too little to be matched otherwise. Of several, one that
-- has all the row says comes first: so a row finds again what it was merged into, and the same file changes nothing.
create function crm.match_by_name(uid uuid, source text) returns void
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

-- Rows that mean the same contact become one row, so that all they say is filled in at once.
create function crm.fold_same_contact() returns void
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

-- Writes the rows that `which` asks for and takes them out of the table: known ones fill blanks, the others become contacts.
-- only_keyed: leave rows without a match that have neither an e-mail nor a profile. careful: leave rows whose key somebody else has just
-- written, instead of failing; that costs a tenth more for each row.
create function crm.write_imported(uid uuid, source text, update_known boolean, only_keyed boolean, careful boolean) returns void
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
                case when c.email is null then crm.added(k.all_emails, c.emails) else crm.added(c.emails, k.all_emails) end as emails,
                crm.added(c.phones, k.phones) as phones, coalesce(c.company, k.company) as company, coalesce(c.title, k.title) as title,
                coalesce(c.location, k.location) as location,
                case when p.free then coalesce(c.linkedin_url, k.linkedin_url) else c.linkedin_url end as linkedin_url,
                case when p.free then coalesce(c.linkedin_slug, k.linkedin_slug) else c.linkedin_slug end as linkedin_slug,
                coalesce(c.birthday, k.birthday) as birthday, coalesce(c.notes, k.notes) as notes, crm.added(c.tags, k.tags) as tags,
                case when pg_column_size(k.custom || c.custom) <= 100000 then k.custom || c.custom else c.custom end as custom,
                coalesce(c.source_uid, case when split_part(c.source, '_', 1) = split_part(write_imported.source, '_', 1) then k.source_uid end) as source_uid,
                row(c.name, c.email, c.emails, c.phones, c.company, c.title, c.location, c.linkedin_url, c.linkedin_slug, c.birthday,
                    c.notes, c.tags, c.custom, c.source_uid) as before
            from known k
            cross join lateral (select * from crm.contacts s where s.user_id = uid and s.id between k.known_id and k.known_id order by s.id limit 1) c
            -- a row may be known by its e-mail while another contact has its profile
            cross join lateral (select c.linkedin_slug is null and k.linkedin_slug is not null and not exists (
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

-- Merges what was copied into `imported`, all or nothing, and counts what became of its rows. `import_outcomes` then tells it for each.
--
-- on_duplicate: 'update' fills the blanks of contacts that are there, 'skip' leaves them alone.
create function crm.merge_imported(source text, on_duplicate text, out created integer, out updated integer, out unchanged integer)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB'
    -- See `match_by_key`; what is joined without an index is hashed, however few rows the planner expects.
    set enable_sort = off set enable_nestloop = off set enable_mergejoin = off
    -- Other sessions of this user's imports are waited for; single writes are quick.
    set lock_timeout = '60s'
as $$
declare
    uid constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
    update_known constant boolean := on_duplicate = 'update';
    attempts constant integer := 5;
begin
    if uid is null then
        raise insufficient_privilege using message = 'app.user_id is not set';
    end if;
    -- Two imports of one user go one after the other: they would wait for each other's keys in different order.
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
                -- The contacts that these met are there now, and the next turn finds them.
            end loop;
            perform crm.match_by_name(uid, source);
            perform crm.write_imported(uid, source, update_known, only_keyed => false, careful => false);
            exit;
        exception when unique_violation or deadlock_detected then
            -- Somebody wrote one of these people meanwhile, and all of this block is undone.
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

revoke all on function crm.added, crm.phone_keys, crm.contradicts, crm.begin_import, crm.fold_duplicates, crm.fold_shared_keys, crm.fold_names,
    crm.match_by_key, crm.match_by_name, crm.fold_same_contact, crm.write_imported, crm.merge_imported from public;
grant execute on function crm.added, crm.phone_keys, crm.contradicts, crm.begin_import, crm.fold_duplicates, crm.fold_shared_keys, crm.fold_names,
    crm.match_by_key, crm.match_by_name, crm.fold_same_contact, crm.write_imported, crm.merge_imported to crm_app;
