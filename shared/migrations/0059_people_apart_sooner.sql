-- A file in which thousands of keys are shared took the square of their number.

-- Tells the people of each key apart that stands under clearly different names: whoever has it already keeps it, else the first of them;
-- each other gets a group of their own, and it is noted who shares what with whom.
create or replace function crm.part_shared_keys() returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    -- Comparing each with each is for families and offices; an address under more names than this is nobody's (noemail@...).
    compared_at_most constant integer := 50;
    uid constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
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
    delete from pg_temp.import_people p where p.names = 1;
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
