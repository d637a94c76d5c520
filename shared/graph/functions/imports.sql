-- Importing a file of ties: copied into a temporary table, then merged set by set.

-- The table that ties are copied into, gone with its transaction.
create or replace function crm.begin_relationship_import() returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set client_min_messages = warning
as $$
begin
    -- from_key, to_key: as in the file, an e-mail in lower case or an id; stated: the row names its strength
    create temporary table imported_ties (
        line integer not null, from_key text not null collate "C", to_key text not null collate "C",
        strength real not null, mutual boolean not null, stated boolean not null default true) on commit drop;
end $$;

-- Merge the rows of `imported_ties` and count what became of them; where a pair stands twice, the last row wins. A row that
-- names no strength makes a missing tie, and changes nothing otherwise.
--
-- by_id: the keys are ids, else e-mails.
-- errors: the first `max_errors` rows that could not be used, as a JSON array of {"line","field","message","value"}.
create or replace function crm.merge_imported_ties(
    by_id boolean, max_errors integer,
    out created integer, out updated integer, out unchanged integer, out failed integer, out errors text)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan set jit = off set work_mem = '64MB' set client_min_messages = warning
    set lock_timeout = '60s'
as $$
declare
    uid constant uuid := crm.acting_user();
    counted integer[];
begin
    -- Two imports of one user go one after the other.
    perform pg_advisory_xact_lock(hashtextextended('crm.import ' || uid, 0));

    -- The people of the file, kept from being deleted until the ties are committed (migrations/0010_relationships.sql says why).
    create temporary table imported_people (key text primary key collate "C", no integer not null) on commit drop;
    create temporary table imported_keys on commit drop as
        select from_key as key from pg_temp.imported_ties union select to_key from pg_temp.imported_ties;
    analyze pg_temp.imported_keys;
    if by_id then
        insert into pg_temp.imported_people
            select k.key, c.no from pg_temp.imported_keys k
            join crm.contacts c on c.user_id = uid and c.id = k.key::uuid
            for key share of c;
        insert into pg_temp.imported_people
            select m.id::text, m.contact_no from crm.merged_into(uid, array(select k.key::uuid from pg_temp.imported_keys k)) m
            join crm.contacts c on c.user_id = uid and c.no = m.contact_no
            for key share of c;
    else
        insert into pg_temp.imported_people
            select k.address, c.no from crm.contacts_of_addresses(uid, array(select i.key from pg_temp.imported_keys i)) k
            join crm.contacts c on c.user_id = uid and c.no = k.contact_no
            for key share of c;
    end if;
    analyze pg_temp.imported_people;

    create temporary table known_ties on commit drop as
        select t.line, f.no as from_no, g.no as to_no, t.strength, t.mutual, t.stated,
            case when f.no is null then 'from' when g.no is null then 'to' when f.no = g.no then 'same' end as fault, t.from_key, t.to_key
        from pg_temp.imported_ties t
        left join pg_temp.imported_people f on f.key = t.from_key
        left join pg_temp.imported_people g on g.key = t.to_key;

    select count(*) filter (where k.fault is not null) into failed from pg_temp.known_ties k;
    select coalesce(json_agg(json_build_object(
            'line', e.line,
            'field', case e.fault when 'from' then 'from' else 'to' end || case when by_id then '_id' else '_email' end,
            'message', case when e.fault = 'same' then 'nobody is tied to oneself'
                when not by_id and crm.holders_of_address(uid, case e.fault when 'from' then e.from_key else e.to_key end) > 1
                    then 'several contacts have this address, and none as the first'
                else 'there is no contact of this ' || case when by_id then 'id' else 'e-mail' end end,
            'value', case e.fault when 'from' then e.from_key else e.to_key end) order by e.line), '[]')::text
        into errors
        from (select k.* from pg_temp.known_ties k where k.fault is not null order by k.line limit max_errors) e;

    -- One row for each direction, with the strength that is there already.
    create temporary table directed_ties on commit drop as
        select d.*, r.strength as old_strength,
            r.strength is null or d.stated and (r.strength <> d.strength or r.fades_from_s is not null or r.imported) as is_news
        from (select distinct on (b.from_no, b.to_no) b.*
              from (select k.line, k.from_no, k.to_no, k.strength, k.stated from pg_temp.known_ties k where k.fault is null
                    union all select k.line, k.to_no, k.from_no, k.strength, k.stated from pg_temp.known_ties k where k.fault is null and k.mutual) b
              order by b.from_no, b.to_no, b.stated desc, b.line desc) d
        left join crm.relationships r on r.user_id = uid and r.from_no = d.from_no and r.to_no = d.to_no;

    insert into crm.relationships as r (user_id, from_no, to_no, strength, imported)
        select uid, d.from_no, d.to_no, d.strength, not d.stated from pg_temp.directed_ties d
        where d.is_news
        order by d.from_no, d.to_no
        on conflict (user_id, from_no, to_no) do update set strength = excluded.strength, fades_from_s = null, imported = false
        where not excluded.imported;  -- a strength set meanwhile by a user or an interaction is better known

    -- Of whom more is known already.
    select array_agg(distinct o.no) into counted
        from crm.contacts s
        join pg_temp.directed_ties d on s.no in (d.from_no, d.to_no)
        cross join lateral (select d.from_no + d.to_no - s.no as no) o
        where s.user_id = uid and s.is_self and not d.stated and d.old_strength is null
            and exists (select from crm.interactions i where i.user_id = uid and i.contact_no = o.no);
    if counted is not null then
        perform crm.compute_ties(counted);
    end if;

    select count(*) filter (where o.is_new), count(*) filter (where not o.is_new and o.is_changed),
            count(*) filter (where not o.is_new and not o.is_changed)
        into created, updated, unchanged
        from (select coalesce(bool_or(d.line is not null and d.old_strength is null), false) as is_new,
                  coalesce(bool_or(d.is_news), false) as is_changed
              from pg_temp.known_ties k left join pg_temp.directed_ties d on d.line = k.line
              where k.fault is null group by k.line) o;
end $$;

-- Open to the deployed functions.
grant execute on function crm.begin_relationship_import, crm.merge_imported_ties to crm_app;
