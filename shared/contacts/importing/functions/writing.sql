-- Writing the rows of an import, and the merge as a whole.
--
-- Blanks are filled, lists and custom fields grow, notes are appended, and a second value of a field is kept among the custom fields; so
-- nothing is erased, and a contact is written only if that changes it: the same file again writes nothing.

-- Whether the user wrote the present value of a field: the journal's last change of it is not an import's. Of what the journal has forgotten,
-- contacts that were made by hand are.
create or replace function crm.written_by_hand(uid uuid, contact_no integer, source text, field text) returns boolean
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    by_hand boolean;
begin
    select o.actor = 'user' and o.kind not like 'import%' into by_hand
        from crm.changes c join crm.operations o on o.user_id = c.user_id and o.id = c.operation_id
        where c.user_id = uid and c.contact_no = written_by_hand.contact_no and c.subject is null and (c.did <> 'u' or c.before ? field)
        order by c.no desc limit 1;
    return coalesce(by_hand, source = 'manual');
end $$;

-- Whether this transaction only counts what a merge comes to, and writes no contact. That is exact for rows whose outcome does not depend on a
-- contact that another row makes or changes: those that are known by an address or a profile which nobody of another name has.
create or replace function crm.only_counts() returns boolean
    language sql stable
    set search_path = pg_catalog, pg_temp
    return coalesce(current_setting('app.import_only_counts', true), '') = 'on';

-- Write the rows with a match: fill blanks, append, keep second values.
-- newest: the row's company, title, location and birthday take the place of others, which are kept; else the others stay and the row's are kept.
-- LinkedIn's company and title are one job: both stay where one of them would take the place of what the user wrote.
create or replace function crm.fill_known(uid uuid, source text, newest boolean) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    today constant text := to_char(now() at time zone 'UTC', 'YYYY-MM-DD');
    mark constant text := crm.source_name(source) || ', ' || today;
    ours constant boolean := source like 'warmpath%';
    yielding constant boolean := newest and source like 'linkedin%';
begin
    create temporary table import_filled on commit drop as
        with known as (
            select i.*, m.contact_id as known_id, coalesce(i.emails, array_remove(array[i.email], null)) as all_emails
            from pg_temp.import_matches m join pg_temp.imported i on i.row_no = m.row_no
        ), paired as (
            select k.row_no, c.id, j.takes_job, k.others, k.name as row_name, k.linkedin_url as row_url, p.free,
                c.name as old_name, c.company as old_company, c.title as old_title, c.location as old_location, c.birthday as old_birthday, c.linkedin_url as old_url,
                row(c.name, c.email, c.emails, c.phones, c.linkedin_url, c.linkedin_slug, c.notes, c.tags, c.custom, c.source_uid) as old_rest,
                coalesce(nullif(c.name, ''), k.name, '') as name, coalesce(c.email, e.free) as email,
                case when c.email is null and e.free is not null then crm.added(k.all_emails, c.emails) else crm.added(c.emails, k.all_emails) end as emails,
                crm.added_phones(c.phones, k.phones) as phones,
                k.company as row_company, k.title as row_title, k.location as row_location, k.birthday as row_birthday,
                case when p.free then k.linkedin_url else c.linkedin_url end as linkedin_url,
                case when p.free then k.linkedin_slug else c.linkedin_slug end as linkedin_slug,
                case when k.notes is null then c.notes else crm.added_notes(c.notes, k.notes, case when c.notes is not null then mark end) end as notes,
                crm.added(c.tags, k.tags) as tags,
                case when k.custom is null then c.custom when pg_column_size(k.custom || c.custom) <= 100000 then k.custom || c.custom else c.custom end as custom,
                coalesce(c.source_uid, case when split_part(c.source, '_', 1) = split_part(fill_known.source, '_', 1) then k.source_uid end) as source_uid
            from known k
            cross join lateral (select * from crm.contacts s where s.user_id = uid and s.id between k.known_id and k.known_id order by s.id limit 1) c
            -- a row may be known by its e-mail while another contact has its profile
            -- (an id of a member in lower case gets its own letters back)
            cross join lateral (select (c.linkedin_slug is null or c.linkedin_slug <> k.linkedin_slug and c.linkedin_slug = lower(k.linkedin_slug))
                    and k.linkedin_slug is not null and not exists (
                select from crm.contacts o where o.user_id = uid and o.linkedin_slug between k.linkedin_slug and k.linkedin_slug
                order by o.linkedin_slug limit 1) as free) p
            -- a row may be known by its profile or its name while another contact has its first address
            cross join lateral (select case when k.email is not null and c.email is null and not exists (
                select from crm.contacts o where o.user_id = uid and o.email_key between k.email_key and k.email_key
                order by o.email_key limit 1) then k.email end as free) e
            cross join lateral (select newest and not (yielding
                and (crm.says_more('company', k.company, c.company) and crm.written_by_hand(uid, c.no, c.source, 'company')
                    or crm.says_more('title', k.title, c.title) and crm.written_by_hand(uid, c.no, c.source, 'title'))) as takes_job) j
        )
        select p.row_no, p.id, p.name, p.email, p.emails, p.phones,
            case when p.takes_job then coalesce(p.row_company, p.old_company) else coalesce(p.old_company, p.row_company) end as company,
            case when p.takes_job then coalesce(p.row_title, p.old_title) else coalesce(p.old_title, p.row_title) end as title,
            case when newest then coalesce(p.row_location, p.old_location) else coalesce(p.old_location, p.row_location) end as location,
            p.linkedin_url, p.linkedin_slug,
            -- a day with its year says more than one without
            case when (newest or p.old_birthday like '--%' and p.row_birthday not like '--%' and not crm.birthdays_apart(p.row_birthday, p.old_birthday))
                    and p.row_birthday is not null and not (p.row_birthday like '--%' and right(p.old_birthday, 5) = right(p.row_birthday, 5))
                then p.row_birthday else coalesce(p.old_birthday, p.row_birthday) end as birthday,
            p.notes, p.tags, p.custom, p.source_uid, newest and not p.takes_job as yields, null::jsonb as kept,
            -- our own export of before an edit says nothing new
            case when not ours and (p.others is not null or p.row_company <> p.old_company or p.row_title <> p.old_title or p.row_location <> p.old_location
                    or p.row_birthday <> p.old_birthday or p.row_name <> p.old_name or not p.free and p.row_url <> p.old_url) then (
                select jsonb_agg(v.other) from (
                    select case when f.turns then jsonb_build_array(f.field, f.present, 'until ' || today) else jsonb_build_array(f.field, f.value) end as other
                    from (values ('name', p.row_name, nullif(p.old_name, ''), false), ('company', p.row_company, p.old_company, p.takes_job),
                        ('title', p.row_title, p.old_title, p.takes_job), ('location', p.row_location, p.old_location, newest),
                        ('birthday', p.row_birthday, p.old_birthday, newest),
                        ('linkedin_url', case when not p.free then p.row_url end, p.old_url, false)) f (field, value, present, turns)
                    where crm.says_more(f.field, f.value, f.present)
                    union all select o from jsonb_array_elements(p.others) o) v) end as others,
            jsonb_build_object('company', p.old_company, 'title', p.old_title, 'location', p.old_location, 'birthday', p.old_birthday) as old
        from paired p
        -- of most rows of a file that was imported before there is nothing to write
        where row(p.name, p.email, p.emails, p.phones, p.linkedin_url, p.linkedin_slug, p.notes, p.tags, p.custom, p.source_uid) is distinct from p.old_rest
            or p.others is not null or p.row_name <> p.old_name or p.row_url <> p.old_url
            or p.row_company is distinct from p.old_company and p.row_company is not null or p.row_title is distinct from p.old_title and p.row_title is not null
            or p.row_location is distinct from p.old_location and p.row_location is not null
            or p.row_birthday is distinct from p.old_birthday and p.row_birthday is not null;
    update pg_temp.import_filled f set custom = v.custom_after, kept = v.kept
        from pg_temp.import_filled s
        cross join lateral crm.kept_values(s.custom, s.others,
            jsonb_build_object('name', s.name, 'company', s.company, 'title', s.title, 'location', s.location, 'birthday', s.birthday, 'linkedin_url', s.linkedin_url),
            mark) v
        where s.others is not null and f.row_no = s.row_no;
    insert into pg_temp.import_kept (row_no, field, value, place, replaced, yields)
        select f.row_no, k ->> 0, case when t.is_replaced then t.present else k ->> 1 end, k ->> 2, case when t.is_replaced then k ->> 1 end,
            f.yields and k ->> 0 in ('company', 'title')
        from pg_temp.import_filled f cross join lateral jsonb_array_elements(f.kept) k
        cross join lateral (select to_jsonb(f) ->> (k ->> 0) as present, newest and f.old ->> (k ->> 0) = k ->> 1 as is_replaced) t;
    delete from pg_temp.import_filled f using crm.contacts c
        where c.user_id = uid and c.id = f.id
            and row(f.name, f.email, f.emails, f.phones, f.company, f.title, f.location, f.linkedin_url, f.linkedin_slug,
                f.birthday, f.notes, f.tags, f.custom, f.source_uid) is not distinct from row(c.name, c.email, c.emails, c.phones, c.company, c.title,
                c.location, c.linkedin_url, c.linkedin_slug, c.birthday, c.notes, c.tags, c.custom, c.source_uid);
    if not crm.only_counts() then
        update crm.contacts c
            set name = f.name, email = f.email, emails = f.emails, phones = f.phones, company = f.company, title = f.title, location = f.location,
                linkedin_url = f.linkedin_url, linkedin_slug = f.linkedin_slug, birthday = f.birthday, notes = f.notes, tags = f.tags,
                custom = f.custom, source_uid = f.source_uid, updated_at = now()
            from pg_temp.import_filled f where c.user_id = uid and c.id = f.id;
    end if;
    insert into pg_temp.import_outcomes select f.row_no, f.id, 'updated' from pg_temp.import_filled f;
    drop table pg_temp.import_filled;
end $$;

-- Write the rows that `which` selects and remove them from the table: matched rows fill blanks, the others become contacts.
-- only_keyed: leave rows without a match that have neither an e-mail nor a profile. careful: leave rows whose key another transaction has
-- just written, instead of failing; that costs a tenth more for each row.
create or replace function crm.write_rows(uid uuid, source text, on_duplicate text, only_keyed boolean, careful boolean) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    mark constant text := crm.source_name(source) || ', ' || to_char(now() at time zone 'UTC', 'YYYY-MM-DD');
begin
    if on_duplicate <> 'skip' and exists (select from pg_temp.import_matches) then
        perform crm.fill_known(uid, source, on_duplicate = 'newest');
    end if;
    insert into pg_temp.import_outcomes
        select m.row_no, m.contact_id, 'unchanged' from pg_temp.import_matches m
        where not exists (select from pg_temp.import_outcomes o where o.row_no = m.row_no);

    with kept as materialized (
        select i.row_no, v.custom_after, v.kept from pg_temp.imported i
        cross join lateral crm.kept_values(coalesce(i.custom, '{}'), i.others, jsonb_build_object('name', coalesce(i.name, ''), 'company', i.company,
            'title', i.title, 'location', i.location, 'birthday', i.birthday, 'linkedin_url', i.linkedin_url), mark) v
        where i.others is not null and (not only_keyed or i.email_key is not null or i.linkedin_slug is not null)
            and not exists (select from pg_temp.import_matches m where m.row_no = i.row_no)
    ), noted as (
        insert into pg_temp.import_kept (row_no, field, value, place)
            select k.row_no, v ->> 0, v ->> 1, v ->> 2 from kept k cross join lateral jsonb_array_elements(k.kept) v
    )
    update pg_temp.imported i set custom = k.custom_after from kept k where k.row_no = i.row_no;
    if crm.only_counts() then
        insert into pg_temp.import_outcomes
            select i.row_no, i.contact_id, 'created' from pg_temp.imported i
            where (not only_keyed or i.email_key is not null or i.linkedin_slug is not null)
                and not exists (select from pg_temp.import_matches m where m.row_no = i.row_no);
    else
        execute format('
            with added as (
                insert into crm.contacts (user_id, id, name, email, emails, phones, company, title, location, linkedin_url, linkedin_slug, birthday, notes,
                        tags, custom, source, source_uid)
                    select $1, i.contact_id, coalesce(i.name, ''''), i.email, coalesce(i.emails, array_remove(array[i.email], null)),
                        coalesce(i.phones, ''{}''), i.company, i.title, i.location, i.linkedin_url, i.linkedin_slug, i.birthday,
                        case when strpos(i.notes, E''\x1f'') > 0 then crm.added_notes(null, i.notes, null) else i.notes end,
                        coalesce(i.tags, ''{}''), coalesce(i.custom, ''{}''), $2, i.source_uid
                    from pg_temp.imported i
                    where (not $3 or i.email_key is not null or i.linkedin_slug is not null)
                        and not exists (select from pg_temp.import_matches m where m.row_no = i.row_no)
                    %s returning id)
            insert into pg_temp.import_outcomes
                select i.row_no, i.contact_id, ''created'' from added a join pg_temp.imported i on i.contact_id = a.id',
            case when careful then 'on conflict do nothing' else '' end) using uid, source, only_keyed;
    end if;
    delete from pg_temp.imported i where exists (select from pg_temp.import_outcomes o where o.row_no = i.row_no);
end $$;

-- Take the addresses that this import has made an office's from the contacts that had them as their first before.
create or replace function crm.release_shared_addresses(uid uuid) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    shared constant text[] := array(select distinct lower(s.value) from pg_temp.import_shares s where s.field in ('email', 'emails', 'office'));
    freed record;
begin
    if shared = '{}' then
        return;
    end if;
    freed := crm.release_addresses_of_offices(uid, shared);
    update pg_temp.import_shares s set field = 'office', holder_row = null, holder_name = o.company
        from unnest(freed.released, freed.companies) o(address, company) where s.field in ('email', 'emails') and lower(s.value) = o.address;
    update pg_temp.import_outcomes o set outcome = 'updated' where o.contact_id = any (freed.contacts) and o.outcome = 'unchanged';
end $$;

-- Merge the rows of `imported`, all or nothing, and count their outcomes; `import_outcomes` then has the outcome of each row, `import_kept`
-- the second values.
--
-- on_duplicate: 'update' fills the blanks of existing contacts, 'newest' takes what the file says differently, 'skip' leaves existing contacts
-- unchanged.
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
    attempts constant integer := 5;
begin
    -- Two imports of one user run one after the other: at once they could deadlock over their keys.
    perform pg_advisory_xact_lock(hashtextextended('crm.import ' || uid, 0));
    analyze pg_temp.imported;
    perform crm.note_hashes();
    perform crm.write_recalled(uid, source, on_duplicate);
    perform crm.fold_shared_keys();
    perform crm.fold_names();
    for attempt in 1..attempts loop
        begin
            for turn in 1..attempts loop
                perform crm.match_by_key(uid, source);
                perform crm.write_rows(uid, source, on_duplicate, only_keyed => true, careful => attempt > 1);
                exit when not exists (select from pg_temp.imported i where i.email_key is not null or i.linkedin_slug is not null);
                -- The contacts with these keys exist now, and the next turn finds them.
            end loop;
            perform crm.match_by_name(uid, source);
            perform crm.write_rows(uid, source, on_duplicate, only_keyed => false, careful => false);
            exit;
        exception when unique_violation or deadlock_detected then
            -- Another transaction wrote one of these contacts meanwhile, so this block is undone.
            if attempt = attempts then
                raise serialization_failure using message = 'contacts of this file were written at the same time; import it again';
            end if;
        end;
    end loop;
    if on_duplicate <> 'skip' then
        perform crm.release_shared_addresses(uid);
    end if;
    insert into pg_temp.import_outcomes
        select d.row_no, o.contact_id, 'unchanged' from pg_temp.import_duplicates d join pg_temp.import_outcomes o on o.row_no = d.leader;
    perform crm.remember_rows(uid);
    select count(*) filter (where o.outcome = 'created'), count(*) filter (where o.outcome = 'updated'), count(*) filter (where o.outcome = 'unchanged')
        into created, updated, unchanged from pg_temp.import_outcomes o;
end $$;

grant execute on function crm.written_by_hand, crm.only_counts, crm.fill_known, crm.write_rows, crm.release_shared_addresses, crm.merge_imported to crm_app;
