-- The rows of an import, kept between reading and merging: rows that may be one person are found before any row is merged, and are
-- merged together. The contacts are then the same however many rows are merged at a time.

-- The table that rows are copied into, gone when its transaction ends.
create or replace function crm.begin_import_staging() returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    create temporary table staged_rows (
        row_no integer not null, line integer not null, keys text, name text, is_keyed boolean not null, data text not null, cells jsonb
    ) on commit drop;
end $$;

-- A key as a number; two keys with one number only make a batch a little larger.
create or replace function crm.import_key(key text) returns bigint
    language sql immutable parallel safe
    return hashtextextended(lower(key) collate "C", 0);

-- The key of a phone number as it is compared; null for a text without digits.
create or replace function crm.import_phone_key(phone text) returns bigint
    language sql immutable parallel safe
    return crm.import_key('p:' || (crm.phone_keys(array[phone]))[1]);

-- The key of a name, as the column `name_key` of contacts has it.
create or replace function crm.import_name_key(name_key text) returns bigint
    language sql immutable parallel safe
    return hashtextextended('n:' || name_key collate "C", 0);

-- Keep the copied rows, each in a place of its own.
create or replace function crm.keep_staged_rows(import_id uuid) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    insert into crm.import_rows (user_id, import_id, place, row_no, line, keys, name_key, is_keyed, data, cells)
        select crm.acting_user(), import_id, s.row_no, s.row_no, s.line,
            array_remove(array(
                select case when k.key like 'p:%' then crm.import_phone_key(substr(k.key, 3)) else crm.import_key(k.key) end
                from unnest(string_to_array(s.keys, E'\x1c')) k (key)), null),
            crm.import_name_key(left(crm.fold(s.name), 200)), s.is_keyed, s.data, s.cells
        from pg_temp.staged_rows s;
end $$;

-- The keys of the user's contacts, which rows of a file may have in common with them. The name is a key itself, too. Phones, further addresses and
-- further profiles are looked up where the merge finds them; reading the digits of every phone again takes longer than all the rest.
create or replace function crm.import_keys_of_contacts() returns table (no integer, key bigint, name_key bigint)
    language sql stable
    set search_path = pg_catalog, pg_temp
begin atomic
    select c.no, k.key, crm.import_name_key(c.name_key)
    from crm.contacts c
    cross join lateral (
        select crm.import_key('e:' || c.email_key) as key
        union all select crm.import_key('l:' || c.linkedin_slug)
        union all select crm.import_key('u:' || c.source_uid)
        union all select crm.import_key('u:' || c.id)
        union all select crm.import_name_key(c.name_key)) k
    where c.user_id = crm.acting_user() and k.key is not null
    union all
    select c.no, crm.import_key(case when k.key like '%@%' then 'e:' || k.key when k.key like '+%' then 'p:' || substr(k.key, 2) else 'l:' || substr(k.key, 4) end),
        crm.import_name_key(c.name_key)
    from crm.contact_keys k join crm.contacts c on c.user_id = k.user_id and c.id = k.contact_id
    where k.user_id = crm.acting_user();
end;

-- Give rows that may be one person the same place: that of the first of them. They are connected by a key, also over other rows and, with
-- `with_contacts`, over contacts. A name connects only where a row may have nothing else to be known by: it has no address and no profile,
-- or may have to give them up, as they stand under another name as well.
--
-- Of connected rows those whose names connect them, and all that are connected with these or with one of the first `tried_upto` rows, are
-- marked as to be merged on trial.
--
-- The statistics of `import_rows` are of the imports before this one, which may have left the table empty, and a loop over rows for each row
-- takes hours: so nested loops are forbidden, and every look-up is written as a join, which a hash can serve at any size.
create or replace function crm.connect_import_rows(import_id uuid, with_contacts boolean, tried_upto integer) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan set jit = off set work_mem = '64MB' set client_min_messages = warning
    set enable_nestloop = off set enable_mergejoin = off
as $$
declare
    uid constant uuid := crm.acting_user();
begin
    -- A node is a row, by its number, or a contact, by its number below zero.
    create temporary table import_links on commit drop as
        select k.key, r.row_no as node, r.name_key from crm.import_rows r cross join lateral unnest(r.keys) k (key)
        where r.user_id = uid and r.import_id = connect_import_rows.import_id;
    create temporary table import_names on commit drop as
        select distinct r.name_key from crm.import_rows r
        where r.user_id = uid and r.import_id = connect_import_rows.import_id and not r.is_keyed;
    if with_contacts then
        create temporary table import_wanted on commit drop as
            select l.key from pg_temp.import_links l
            union
            select r.name_key from crm.import_rows r
            where r.user_id = uid and r.import_id = connect_import_rows.import_id and r.name_key is not null;
        analyze pg_temp.import_wanted;
        create temporary table import_known on commit drop as
            select c.no, c.key, c.name_key from crm.import_keys_of_contacts() c join pg_temp.import_wanted w on w.key = c.key;
        insert into pg_temp.import_links
            select k.key, -k.no, k.name_key from pg_temp.import_known k where k.key <> k.name_key;
        drop table pg_temp.import_wanted;
    end if;
    analyze pg_temp.import_links;
    insert into pg_temp.import_names
        select l.name_key from pg_temp.import_links l
        join (select k.key from pg_temp.import_links k group by k.key having min(k.name_key) <> max(k.name_key)) s on s.key = l.key
        where l.name_key is not null;
    analyze pg_temp.import_names;
    insert into pg_temp.import_links
        select r.name_key, r.row_no, r.name_key from crm.import_rows r
        where r.user_id = uid and r.import_id = connect_import_rows.import_id and r.name_key in (select n.name_key from pg_temp.import_names n);
    if with_contacts then
        insert into pg_temp.import_links
            select k.key, -k.no, k.name_key from pg_temp.import_known k
            where k.key = k.name_key and k.key in (select n.name_key from pg_temp.import_names n);
        drop table pg_temp.import_known;
    end if;
    create temporary table import_joints on commit drop as
        select l.key, l.node from pg_temp.import_links l
        where l.key in (select k.key from pg_temp.import_links k group by k.key having count(*) > 1);
    create temporary table import_chains (node integer primary key, leader integer not null) on commit drop;
    -- A contact leads nobody: places are numbers of rows.
    insert into pg_temp.import_chains select distinct j.node, case when j.node > 0 then j.node else 2147483647 end from pg_temp.import_joints j;
    analyze pg_temp.import_joints;
    analyze pg_temp.import_chains;
    loop
        update pg_temp.import_chains c set leader = n.leader from (
                select j.node, min(k.leader) as leader
                from (select j.key, min(c.leader) as leader from pg_temp.import_joints j join pg_temp.import_chains c on c.node = j.node group by j.key) k
                join pg_temp.import_joints j on j.key = k.key group by j.node) n
            where n.node = c.node and n.leader < c.leader;
        exit when not found;
        -- Following the leader's leader halves the number of turns that a long chain takes.
        update pg_temp.import_chains c set leader = l.leader from pg_temp.import_chains l where l.node = c.leader and l.leader < c.leader;
    end loop;
    create temporary table import_tried on commit drop as
        select distinct c.leader from pg_temp.import_chains c join crm.import_rows r
            on r.user_id = uid and r.import_id = connect_import_rows.import_id and r.row_no = c.node
        where r.row_no <= tried_upto or not r.is_keyed or r.name_key in (select n.name_key from pg_temp.import_names n);
    analyze pg_temp.import_tried;
    update crm.import_rows r set place = c.leader, is_linked = true, is_tried = t.leader is not null
        from pg_temp.import_chains c left join pg_temp.import_tried t on t.leader = c.leader
        where r.user_id = uid and r.import_id = connect_import_rows.import_id and c.node = r.row_no;
    drop table pg_temp.import_links, pg_temp.import_names, pg_temp.import_joints, pg_temp.import_chains, pg_temp.import_tried;
end $$;

-- The same as the release before calls it while a deployment goes on.
create or replace function crm.connect_import_rows(import_id uuid, with_contacts boolean) returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
    return crm.connect_import_rows(import_id, with_contacts, 2147483647);

-- Remove rows of imports that ended without merging them.
create or replace function crm.remove_left_rows(most integer) returns integer
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    with removed as (
        delete from crm.import_rows r
        where (r.user_id, r.import_id, r.place, r.row_no) in (
            select o.user_id, o.import_id, o.place, o.row_no
            from crm.jobs j join crm.import_rows o on o.user_id = j.user_id and o.import_id = j.id
            where j.ended_at is not null limit most)
        returning 1)
    select count(*)::integer from removed;
end;

-- The deployed functions may call these; the others are called by these, with the rights of the caller.
grant execute on function crm.begin_import_staging, crm.import_key, crm.import_phone_key, crm.import_name_key, crm.keep_staged_rows,
    crm.import_keys_of_contacts, crm.connect_import_rows(uuid, boolean), crm.connect_import_rows(uuid, boolean, integer), crm.remove_left_rows to crm_app;
