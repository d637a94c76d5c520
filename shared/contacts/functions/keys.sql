-- The further keys of contacts (`crm.contact_keys`), kept by triggers, and the contact that an address means.

-- Note the further keys of new contacts.
create or replace function crm.note_contact_keys() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    insert into crm.contact_keys (user_id, key, contact_id)
        -- `crm.other_keys` in three: for all contacts of an import at once that takes a fifth of the time
        select m.user_id, lower(e.address), m.id from made m cross join lateral unnest(m.emails) e(address)
        where (cardinality(m.emails) > 1 or m.email is null) and lower(e.address) is distinct from m.email_key
        union all
        select m.user_id, '+' || right(d.digits, 7), m.id from made m cross join lateral unnest(m.phones) p(phone)
        cross join lateral (select crm.phone_digits(p.phone)) d(digits) where m.phones <> '{}' and d.digits <> ''
        union all
        select m.user_id, k.key, m.id from made m cross join lateral crm.other_keys(m.email_key, null, null, m.custom) k(key)
        where m.custom <> '{}' and m.custom::text like '%"LinkedIn%'
        on conflict do nothing;
    return null;
end $$;

-- Note the further keys of changed contacts again.
create or replace function crm.renew_contact_keys() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    -- Not as a join: its plan is kept, and one that was made for one contact compares each of many with each.
    if not exists (select w.user_id, w.id, w.email_key, w.emails, w.phones, w.custom from was w
            except select b.user_id, b.id, b.email_key, b.emails, b.phones, b.custom from became b) then
        return null;
    end if;
    delete from crm.contact_keys c using (
            select w.user_id, k.key, w.id from was w cross join lateral crm.other_keys(w.email_key, w.emails, w.phones, w.custom) k(key)
            except all
            select b.user_id, k.key, b.id from became b cross join lateral crm.other_keys(b.email_key, b.emails, b.phones, b.custom) k(key)) g
        where c.user_id = g.user_id and c.key = g.key and c.contact_id = g.id;
    insert into crm.contact_keys (user_id, key, contact_id)
        select b.user_id, k.key, b.id from became b cross join lateral crm.other_keys(b.email_key, b.emails, b.phones, b.custom) k(key)
        on conflict do nothing;
    return null;
end $$;

-- Forget the further keys of deleted contacts, also of an erased user.
create or replace function crm.forget_contact_keys() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    delete from crm.contact_keys c using (
            select g.user_id, k.key, g.id from gone g cross join lateral crm.other_keys(g.email_key, g.emails, g.phones, g.custom) k(key)) g
        where c.user_id = g.user_id and c.key = g.key and c.contact_id = g.id;
    delete from crm.imported_rows r using gone g where r.user_id = g.user_id and r.contact_no = g.no;
    return null;
end $$;

-- The contacts that addresses mean: who has one as the first, else the only contact with it among the others. An address that several
-- contacts have, and none as the first, means nobody: `contact_no` is null and `holders` says how many.
--
-- addresses: in lower case.
create or replace function crm.contacts_of_addresses(uid uuid, addresses text[]) returns table (address text, contact_no integer, holders integer)
    language sql stable parallel safe
    set search_path = pg_catalog, pg_temp
begin atomic
    select a.address, coalesce(f.no, case when o.holders = 1 then o.no end), case when f.no is null then coalesce(o.holders, 0) else 1 end
    from unnest(addresses) a(address)
    left join lateral (select c.no from crm.contacts c where c.user_id = uid and c.email_key = a.address collate "C" limit 1) f on true
    left join lateral (select min(c.no) as no, count(*)::integer as holders
        from crm.contact_keys k join crm.contacts c on c.user_id = uid and c.id = k.contact_id
        where f.no is null and k.user_id = uid and k.key = a.address collate "C") o on true;
end;

-- The contacts that have one of these addresses, or this profile, among their further keys, or one of the addresses as the first, under a name
-- that can be the same person's.
create or replace function crm.sharers_of_keys(uid uuid, name text, emails text[], linkedin_url text) returns table (contact_id uuid)
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    keys constant text[] := array(select lower(e.address) from unnest(emails) e(address))
        || array_remove(array['in/' || substring(linkedin_url from '/in/([^/?#\s]+)')], null);
begin
    return query
        select c.id from (
            select h.contact_id, h.key from (
                select k.contact_id, k.key, count(*) over (partition by k.key) as holders from crm.contact_keys k where k.user_id = uid and k.key = any (keys)) h
            where h.holders <= crm.compared_at_most()
            union
            -- the first of these addresses is compared by its unique index
            select f.id, f.email_key from crm.contacts f where f.user_id = uid and f.email_key = any (keys[2:])) s
        join crm.contacts c on c.user_id = uid and c.id = s.contact_id
        where (not crm.names_apart(c.name, name, case when s.key like '%@%' then s.key end) or crm.was_called(uid, c.no, name))
            -- an office's address means nobody by itself
            and (c.name <> '' and name <> '' or not crm.is_nobodys_mailbox(s.key));
end $$;

-- How many contacts have an address, where none has it as the first.
create or replace function crm.holders_of_address(uid uuid, address text) returns integer
    language sql stable parallel safe
    return (select a.holders from crm.contacts_of_addresses(uid, array[address]) a);

-- The deployed functions may call these.
grant execute on function crm.note_contact_keys, crm.renew_contact_keys, crm.forget_contact_keys, crm.contacts_of_addresses,
    crm.sharers_of_keys, crm.holders_of_address to crm_app;
