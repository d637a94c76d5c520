-- The contact of a correspondent: by any of its addresses, in any spelling of the mailbox, or by its telephone number.

-- One form for all spellings of a mailbox. Of the number of a telephone the last digits, by which `crm.contact_keys` has it too. Other
-- names of a person (linkedin:SLUG, name:WORDS) have one spelling.
create or replace function crm.correspondent_key(address text) returns text
    language sql immutable strict parallel safe
    return case when address like 'tel:%' then '+' || right(regexp_replace(address, '\D', '', 'g'), 7)
        when position('@' in address) > 0 then crm.canonical_address(address)
        when address like 'name:%' then 'name:' || crm.fold(substr(address, 6)) else address end;

-- The hash under which an address stands on the list of those that no source brings back.
create or replace function crm.stop_hash(salt bytea, address text) returns bigint
    language sql immutable strict parallel safe
    return ('x' || encode(substr(sha256(salt || convert_to('a:' || crm.correspondent_key(address), 'UTF8')), 1, 8), 'hex'))::bit(64)::bigint;

-- The keys by which the correspondents of a contact are found, in lower case.
create or replace function crm.correspondent_keys_of(name text, slug text, email text, emails text[], phones text[]) returns text[]
    language sql immutable parallel safe
    return array(
        select 'linkedin:' || slug where slug is not null
        union select 'name:' || crm.fold(name) where name <> ''
        union select lower(e.address) from unnest(emails || email) e(address) where e.address is not null
        union select crm.canonical_address(lower(e.address)) from unnest(emails || email) e(address) where e.address is not null
        union select '+' || right(d.digits, 7) from unnest(phones) p(phone)
            cross join lateral (select regexp_replace(p.phone, '\D', '', 'g')) d(digits) where length(d.digits) >= 7);

-- The mailboxes of a contact's addresses that are written in another way.
create or replace function crm.other_spellings(email text, emails text[]) returns setof text
    language sql immutable parallel safe
begin atomic
    select distinct k.key from unnest(emails || email) e(address)
        cross join lateral (select case when e.address like '%+%' or lower(e.address) ~ '@(gmail|googlemail)\.com$' then crm.canonical_address(e.address) end as key) k
        where k.key <> lower(e.address);
end;

-- Find the contacts of correspondents again, and return all contacts that have got or lost one.
create or replace function crm.match_correspondents(uid uuid, nos integer[]) returns integer[]
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set jit = off
as $$
declare
    touched integer[];
begin
    with wanted as materialized (
        select k.no, k.address, k.key, k.contact_no as was from crm.correspondents k join unnest(nos) n(no) on k.no = n.no where k.user_id = uid
    ), exact as materialized (
        select a.address, a.contact_no
        from crm.contacts_of_addresses(uid, array(select w.address from wanted w where position('@' in w.address) > 0
            union select w.key from wanted w where position('@' in w.address) > 0)) a
        where a.contact_no is not null
    ), named as materialized (
        select w.no, min(c.no) as contact_no from wanted w join crm.contacts c on c.user_id = uid and case
                when w.address like 'linkedin:%' then c.linkedin_slug = substr(w.address, 10)
                when w.address like 'name:%' then c.name_key = left(substr(w.key, 6), 200) else false end
        where w.address like 'linkedin:%' or w.address like 'name:%'
        group by w.no having count(*) = 1
    ), spelled as materialized (
        select w.no, min(m.contact_no) as contact_no from wanted w join crm.mailbox_keys m on m.user_id = uid and m.key = w.key
        group by w.no having count(*) = 1
    ), phoned as materialized (
        select w.no, min(c.no) as contact_no
        from wanted w join crm.contact_keys k on k.user_id = uid and k.key = w.key join crm.contacts c on c.user_id = uid and c.id = k.contact_id
        where w.key like '+%' group by w.no having count(distinct c.no) = 1
    ), found as (
        select w.no, w.was, coalesce(x.contact_no, y.contact_no, s.contact_no, p.contact_no, n.contact_no) as contact_no
        from wanted w
        left join exact x on x.address = w.address
        left join exact y on y.address = w.key
        left join spelled s on s.no = w.no
        left join phoned p on p.no = w.no
        left join named n on n.no = w.no
    ), changed as (
        select f.no, f.was, case when c.is_self then null else f.contact_no end as contact_no
        from found f left join crm.contacts c on c.user_id = uid and c.no = f.contact_no
        where f.was is distinct from case when c.is_self then null else f.contact_no end
    ), written as (
        update crm.correspondents k set contact_no = c.contact_no, ignored = k.ignored and c.contact_no is null
            from changed c where k.user_id = uid and k.no = c.no
    )
    select array_agg(distinct t.no) into touched from changed c cross join lateral (values (c.was), (c.contact_no)) t(no) where t.no is not null;
    return coalesce(touched, '{}');
end $$;

-- Follow contacts whose addresses came, changed or went: find the correspondents with these keys again, and settle the ties.
create or replace function crm.follow_keys(uid uuid, keys text[]) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set jit = off
as $$
declare
    nos integer[];
begin
    select array_agg(k.no) into nos from (
        select k.no from unnest(keys) u(key) join crm.correspondents k on k.user_id = uid and k.address = u.key
        union
        select k.no from unnest(keys) u(key) join crm.correspondents k on k.user_id = uid and k.key = u.key and k.key <> k.address) k;
    if nos is not null then
        perform crm.settle_contacts(uid, crm.match_correspondents(uid, nos));
    end if;
end $$;

-- Ties follow contacts that are added, whichever way. While a source is being counted this waits, or each would miss what the other has
-- not committed yet.
create or replace function crm.follow_new_contacts() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    owned record;
begin
    insert into crm.mailbox_keys (user_id, key, contact_no)
        select m.user_id, k.key, m.no from made m cross join lateral crm.other_spellings(m.email, m.emails) k(key) where not m.is_self;
    for owned in
        select m.user_id, array_agg(distinct k.key) as keys
        from made m cross join lateral unnest(crm.correspondent_keys_of(m.name, m.linkedin_slug, m.email, m.emails, m.phones)) k(key)
        where exists (select from crm.sources s where s.user_id = m.user_id) group by m.user_id
    loop
        perform pg_advisory_xact_lock_shared(hashtextextended('crm.sources ' || owned.user_id, 0));
        -- a person whom the user adds by hand is wanted back
        if current_setting('app.operation_kind', true) = 'create_contact' then
            delete from crm.forgotten_addresses f using crm.source_salts s, unnest(owned.keys) k(key)
                where f.user_id = owned.user_id and s.user_id = owned.user_id and f.hash = crm.stop_hash(s.salt, k.key);
        end if;
        perform crm.follow_keys(owned.user_id, owned.keys);
    end loop;
    return null;
end $$;

-- Likewise, ties follow contacts whose addresses change.
create or replace function crm.follow_changed_contacts() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
    -- a plan made for a single contact is kept for the session: of many, each would be compared with each
    set enable_nestloop = off
as $$
declare
    owned record;
begin
    if not exists (select from was w join became b on b.user_id = w.user_id and b.id = w.id
            where (w.name, w.linkedin_slug, w.email, w.emails, w.phones) is distinct from (b.name, b.linkedin_slug, b.email, b.emails, b.phones)) then
        return null;
    end if;
    delete from crm.mailbox_keys m using was w where m.user_id = w.user_id and m.contact_no = w.no;
    insert into crm.mailbox_keys (user_id, key, contact_no)
        select b.user_id, k.key, b.no from became b cross join lateral crm.other_spellings(b.email, b.emails) k(key) where not b.is_self;
    for owned in
        select w.user_id, array_agg(distinct k.key) as keys
        from was w join became b on b.user_id = w.user_id and b.id = w.id
        cross join lateral unnest(crm.correspondent_keys_of(w.name, w.linkedin_slug, w.email, w.emails, w.phones) || crm.correspondent_keys_of(b.name, b.linkedin_slug, b.email, b.emails, b.phones)) k(key)
        where (w.name, w.linkedin_slug, w.email, w.emails, w.phones) is distinct from (b.name, b.linkedin_slug, b.email, b.emails, b.phones)
            and exists (select from crm.sources s where s.user_id = w.user_id) group by w.user_id
    loop
        perform set_config('enable_nestloop', 'on', true);
        perform pg_advisory_xact_lock_shared(hashtextextended('crm.sources ' || owned.user_id, 0));
        perform crm.follow_keys(owned.user_id, owned.keys);
    end loop;
    return null;
end $$;

-- A person whose contact the user deletes is not proposed again, unless the deletion is the undo of an addition, or a merge. Their ties are
-- gone already; another contact with the address takes over what is known.
create or replace function crm.follow_deleted_contacts() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    owned record;
begin
    delete from crm.mailbox_keys m using gone g where m.user_id = g.user_id and m.contact_no = g.no;
    for owned in
        select g.user_id, array_agg(distinct k.no) as nos
        from gone g join crm.correspondents k on k.user_id = g.user_id and k.contact_no = g.no
        where exists (select from crm.users u where u.id = g.user_id) group by g.user_id
    loop
        update crm.correspondents k set contact_no = null,
                ignored = coalesce(current_setting('app.operation_kind', true), '') not like 'undo%'
                    and coalesce(current_setting('app.merged_into', true), '') = ''
            where k.user_id = owned.user_id and k.no = any (owned.nos);
        perform crm.settle_contacts(owned.user_id, crm.match_correspondents(owned.user_id, owned.nos));
    end loop;
    delete from crm.assumed_ties a using gone g where a.user_id = g.user_id and a.from_no = g.no;
    delete from crm.assumed_ties a using gone g where a.user_id = g.user_id and a.to_no = g.no;
    return null;
end $$;

grant execute on function crm.canonical_address, crm.correspondent_key, crm.stop_hash, crm.correspondent_keys_of, crm.other_spellings, crm.match_correspondents, crm.follow_keys,
    crm.follow_new_contacts, crm.follow_changed_contacts, crm.follow_deleted_contacts to crm_app;
