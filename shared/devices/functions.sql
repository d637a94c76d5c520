-- The address book of devices: who signs in, and the numbers of changes.

-- The device of a password; notes once an hour that it was used, and by which program.
create or replace function crm.device_of(hash bytea, agent text) returns table (id uuid, user_id uuid, username text)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    used timestamptz;
    agent_before text;
begin
    select d.id, d.user_id, d.username, d.last_used_at, d.last_agent into id, user_id, username, used, agent_before
        from crm.devices d where d.secret_hash = hash;
    if not found then
        return;
    end if;
    if used is null or used < now() - interval '1 hour' or agent_before is distinct from left(agent, 200) then
        update crm.devices d set last_used_at = now(), last_agent = left(agent, 200) where d.secret_hash = hash;
    end if;
    return next;
end $$;

-- The device of a link, while it can be used; `take` uses it up.
create or replace function crm.device_of_link(hash bytea, take boolean)
    returns table (user_id uuid, id uuid, name text, username text, sealed bytea)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    return query select d.user_id, d.id, d.name, d.username, d.link_sealed from crm.devices d
        where d.link_hash = hash and d.link_until > now() for update;
    if take then
        update crm.devices d set link_hash = null, link_until = null, link_sealed = null where d.link_hash = hash;
    end if;
end $$;

-- Number the changes since the last numbering, and return where the address book stands; nulls where the user has none.
--
-- Nobody who changes a contact writes a number or waits for one: the journal names each change's transaction. A number given by a writer
-- could become visible after a greater one, and a device that knows the greater would never hear of it. Here one reader at a time
-- numbers what is committed, and remembers by its snapshot what that was.
create or replace function crm.number_cards(out epoch text, out at bigint, out forgotten bigint)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
    set jit = off
as $$
#variable_conflict use_column
declare
    of_user constant uuid := crm.acting_user();
    book crm.address_books;
    feed crm.change_feed;
    anew boolean := false;
    tries integer := 0;
    fresh pg_snapshot;
    nos integer[];
    numbered bigint;
begin
    loop
        if tries = 0 then
            select b.* into book from crm.address_books b where b.user_id = of_user;
        else
            select b.* into book from crm.address_books b where b.user_id = of_user for update;
        end if;
        if book.user_id is null then
            return;
        end if;
        select f.* into feed from crm.change_feed f;
        -- numbers of transactions are of one database; and what the journal no longer holds cannot be numbered
        anew := book.snapshot is null or book.feed is distinct from feed.epoch or book.numbered_at < feed.begins_at;
        if not anew and book.numbered_at > now() - interval '1 day' and not exists (select from crm.card_changes(of_user, book.snapshot))
                and not exists (select from crm.cards k where k.user_id = of_user and k.dirty) then
            epoch := book.epoch; at := book.position; forgotten := book.forgotten;
            return;
        end if;
        exit when tries = 1;
        tries := 1;
    end loop;
    -- one statement, so one snapshot: what it shows is what is numbered
    if anew then
        select pg_current_snapshot(), array_agg(n.no) into fresh, nos from (
            select c.no from crm.contacts c where c.user_id = of_user union select k.contact_no from crm.cards k where k.user_id = of_user) n;
        if book.position > 0 and book.feed is distinct from feed.epoch then
            book.epoch := substr(md5(gen_random_uuid()::text), 1, 8);
            book.position := book.position + 1000000000; -- no version of before is one of after
            delete from crm.card_numbers n where n.user_id = of_user;
        end if;
    else
        select pg_current_snapshot(), array_agg(distinct c.contact_no) into fresh, nos from crm.card_changes(of_user, book.snapshot) c;
    end if;
    perform crm.add_cards(of_user, nos);
    with marked as materialized (
        select k.href, k.contact_no, c.no is null as gone,
            book.position + row_number() over (order by k.position, k.href) as next
        from crm.cards k left join crm.contacts c on c.user_id = of_user and c.no = k.contact_no
        where k.user_id = of_user and (k.dirty or k.contact_no = any (nos))
    ), written as (
        update crm.cards k set position = m.next, dirty = false, changed_at = now(),
                removed = case when m.contact_no is null then k.removed else m.gone end
            from marked m where k.user_id = of_user and k.href = m.href returning 1)
    select count(*) into numbered from written;
    book.position := book.position + numbered;
    if numbered > 0 then
        insert into crm.card_numbers (user_id, position, snapshot) values (of_user, book.position, fresh);
    end if;
    update crm.address_books b set epoch = book.epoch, position = book.position, snapshot = fresh, feed = feed.epoch, numbered_at = now()
        where b.user_id = of_user;
    epoch := book.epoch; at := book.position; forgotten := book.forgotten;
end $$;

-- The changes of the journal that a snapshot does not show and that stand on a card.
create or replace function crm.card_changes(of_user uuid, since pg_snapshot) returns table (contact_no integer)
    language sql stable
begin atomic
    select c.contact_no from crm.changes c
    where c.user_id = of_user and c.transaction >= pg_snapshot_xmin(since) and not pg_visible_in_snapshot(c.transaction, since)
        and (c.subject is null and (c.did <> 'u' or c.before - '{enrichment,source,source_uid,created_at,linkedin_slug,custom}'::text[] <> '{}')
            or c.subject = 'contact_photos');
end;

-- Give each of these contacts that has none a card, which is made of the contact until a device writes one.
create or replace function crm.add_cards(of_user uuid, nos integer[]) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    insert into crm.cards (user_id, href, uid, contact_no)
        select of_user, c.id || '.vcf', c.id::text, c.no from crm.contacts c
        where c.user_id = of_user and c.no = any (nos) and not c.is_self
            and not exists (select from crm.cards k where k.user_id = of_user and k.contact_no = c.no)
        on conflict do nothing;
    -- where a device has taken the address or the UID for another card
    insert into crm.cards (user_id, href, uid, contact_no)
        select of_user, n.name || '.vcf', n.name, c.no
        from crm.contacts c cross join lateral (select gen_random_uuid()::text || left(c.name, 0) as name) n
        where c.user_id = of_user and c.no = any (nos) and not c.is_self
            and not exists (select from crm.cards k where k.user_id = of_user and k.contact_no = c.no);
end $$;

-- Remove what is too old to be reported: removals from before a time, after which older tokens are refused, what cards held that are gone, and
-- what readers had seen. Returns how many rows.
create or replace function crm.purge_cards(removed_before timestamptz, held_before timestamptz) returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    purged integer;
    emptied integer;
begin
    with gone as (
        delete from crm.cards k where k.removed and not k.dirty and k.changed_at < removed_before returning k.user_id, k.position
    ), forgotten as (
        update crm.address_books b set forgotten = greatest(b.forgotten, g.position)
            from (select user_id, max(position) as position from gone group by user_id) g where b.user_id = g.user_id)
    select count(*) into purged from gone;
    update crm.cards k set body = null, base = null where k.removed and k.body is not null and k.changed_at < held_before;
    get diagnostics emptied = row_count;
    delete from crm.card_numbers n where n.at < held_before;
    return purged + emptied;
end $$;

-- The deployed functions may call these; the other functions of this file are called only by functions.
grant execute on function crm.device_of, crm.device_of_link, crm.number_cards, crm.purge_cards to crm_app;
