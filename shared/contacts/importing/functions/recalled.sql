-- Rows that were imported before. The person of a row can depend on the other rows and on the contacts of that time: of a row that names
-- nobody but by a shared address, or by a name alone. So the contact that such a row became is remembered, and the same row leads there
-- again, whatever has come since: the same file twice creates nothing.

-- Note what each row of the file says, before rows are merged.
create or replace function crm.note_hashes() returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    -- tags are left out: the same file may be imported with others
    create temporary table import_hashes on commit drop as
        select i.row_no, hashtextextended(concat_ws(E'\x1f', coalesce(i.name, ''), coalesce(i.email_key, ''), coalesce(lower(i.emails::text), ''),
                coalesce(i.phones::text, ''), coalesce(i.company, ''), coalesce(i.title, ''), coalesce(i.location, ''), coalesce(i.linkedin_slug, ''),
                coalesce(i.birthday, ''), coalesce(i.notes, ''), coalesce(i.custom::text, ''), coalesce(i.source_uid, '')), 0) as hash,
            i.email_key, i.linkedin_slug, false as is_shared
        from pg_temp.imported i;
    analyze pg_temp.import_hashes;
end $$;

-- Write the rows that were imported before to the contacts that they became, and remove them from the table.
create or replace function crm.write_recalled(uid uuid, source text, on_duplicate text) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    if not exists (select from crm.imported_rows r where r.user_id = uid) then
        return;
    end if;
    insert into pg_temp.import_matches (row_no, contact_id)
        select h.row_no, c.id from pg_temp.import_hashes h
        cross join lateral (select * from crm.imported_rows s where s.user_id = uid and s.hash between h.hash and h.hash order by s.hash limit 1) r
        cross join lateral (select * from crm.contacts s where s.user_id = uid and s.no between r.contact_no and r.contact_no order by s.no limit 1) c;
    if not found then
        return;
    end if;
    create temporary table import_waiting on commit drop as
        select * from pg_temp.imported i where not exists (select from pg_temp.import_matches m where m.row_no = i.row_no);
    delete from pg_temp.imported i using pg_temp.import_waiting w where w.row_no = i.row_no;
    -- A first address, a profile or a record id that the contact does not have as its own was given up when the row came first.
    update pg_temp.imported i set email = case when c.email_key = i.email_key then i.email end, emails = coalesce(i.emails, array_remove(array[i.email], null)),
            source_uid = case when c.source_uid = i.source_uid then i.source_uid end
        from pg_temp.import_matches m join crm.contacts c on c.user_id = uid and c.id = m.contact_id
        where m.row_no = i.row_no and (i.email is not null and c.email_key is distinct from i.email_key
            or i.source_uid is not null and c.source_uid is distinct from i.source_uid);
    -- Beside another profile of the contact it is kept as ever.
    update pg_temp.imported i set linkedin_url = null, linkedin_slug = null
        from pg_temp.import_matches m join crm.contacts c on c.user_id = uid and c.id = m.contact_id
        where m.row_no = i.row_no and i.linkedin_slug is not null and c.linkedin_slug is null;
    perform crm.fold_same_contact();
    perform crm.write_rows(uid, source, on_duplicate, only_keyed => false, careful => false);
    insert into pg_temp.imported (row_no, name, email, emails, phones, company, title, location, linkedin_url, linkedin_slug, birthday, notes, tags, custom,
            source_uid, others, contact_id)
        select w.row_no, w.name, w.email, w.emails, w.phones, w.company, w.title, w.location, w.linkedin_url, w.linkedin_slug, w.birthday, w.notes, w.tags,
            w.custom, w.source_uid, w.others, w.contact_id from pg_temp.import_waiting w;
    drop table pg_temp.import_waiting;
    delete from pg_temp.import_matches;
    analyze pg_temp.imported;
end $$;

-- Note the rows that share a key with others.
create or replace function crm.note_shared_rows() returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    update pg_temp.import_hashes h set is_shared = true where not h.is_shared and h.row_no in (select k.row_no from pg_temp.import_keys k);
end $$;

-- Remember the contacts of the rows that share a key with others, or that neither their first address nor their profile leads to.
create or replace function crm.remember_rows(uid uuid) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    -- one person stands in so many rows of all files at most; of further ones nothing is remembered
    most constant integer := 50;
begin
    if crm.only_counts() then
        return;
    end if;
    insert into crm.imported_rows as r (user_id, hash, contact_no)
        with unsure as materialized (
            -- a new contact has the address or the profile of its row, unless the row gave it up: most rows need no look at their contact
            select o.row_no, o.contact_id, h.hash, h.email_key, h.linkedin_slug, h.is_shared
            from pg_temp.import_outcomes o join pg_temp.import_hashes h on h.row_no = o.row_no
            where o.outcome <> 'created' or h.is_shared or h.email_key is null and h.linkedin_slug is null
                or o.row_no in (select s.row_no from pg_temp.import_shares s)
        )
        select distinct on (h.hash) uid, h.hash, c.no
        from unsure h
        cross join lateral (select * from crm.contacts s where s.user_id = uid and s.id between h.contact_id and h.contact_id order by s.id limit 1) c
        where (h.is_shared or not (coalesce(c.email_key = h.email_key, false) or coalesce(c.linkedin_slug = h.linkedin_slug, false)))
            and (select count(*) from (select from crm.imported_rows k where k.user_id = uid and k.contact_no = c.no limit most) k) < most
        order by h.hash, h.row_no
        on conflict (user_id, hash) do update set contact_no = excluded.contact_no where r.contact_no <> excluded.contact_no;
end $$;

grant execute on function crm.note_hashes, crm.note_shared_rows, crm.write_recalled, crm.remember_rows to crm_app;
