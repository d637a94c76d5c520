-- Webhooks: noting what happens in the transaction in which it happens, and the work of sending it. The tables: migrations/0196_webhooks.sql.

-- Have the webhook drained: one event for each transaction, as an event of another one may be taken before this one commits. The notice names
-- the topic to the process that commits.
create or replace function crm.wake_webhook(uid uuid, hook uuid) returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    insert into crm.outbox (id, topic, user_id, data)
        values (md5(concat_ws(' ', 'webhooks', hook, pg_current_xact_id()))::uuid, 'webhooks', uid, jsonb_build_object('user_id', uid, 'webhook_id', hook))
        on conflict do nothing;
    raise notice 'appended webhooks';
end $$;

-- Have the acting user's webhook drained at a time, unless an event that still waits does so by then.
create or replace function crm.queue_webhook(hook uuid, due timestamptz, urgency smallint) returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    uid constant uuid := crm.acting_user();
begin
    insert into crm.outbox (id, topic, user_id, priority, data, available_at)
        select gen_random_uuid(), 'webhooks', uid, urgency, jsonb_build_object('user_id', uid, 'webhook_id', hook), due
        where not exists (
            select from crm.outbox o where o.user_id = uid and o.topic = 'webhooks' and o.sends = 0
                and o.available_at between now() and due and o.data ->> 'webhook_id' = hook::text);
end $$;

-- Note events of one type for every webhook of the user that wants them, and have these drained.
--
-- what: JSON array of the events' data. keys: a text for each, which names the event within its transaction: the same is noted once.
create or replace function crm.note_events(uid uuid, event_type text, what jsonb, keys text[]) returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    hook uuid;
begin
    for hook in
        with noted as (
            insert into crm.webhook_deliveries (user_id, id, webhook_id, type, data)
                select uid, md5(concat_ws(' ', w.id, pg_current_xact_id(), event_type, k.key))::uuid, w.id, event_type, e.data
                from crm.webhooks w, jsonb_array_elements(what) with ordinality e (data, place), unnest(keys) with ordinality k (key, place)
                where w.user_id = uid and w.off_because is null and k.place = e.place
                    and (event_type = any (w.events) or '*' = any (w.events)
                        or event_type = 'contacts.changed' and exists (select from unnest(w.events) n (name) where n.name like 'contact.%'))
                on conflict do nothing returning webhook_id)
        select distinct n.webhook_id from noted n
    loop
        perform crm.wake_webhook(uid, hook);
    end loop;
end $$;

-- Note what the journal says of contacts: up to twenty of one kind in a statement each by itself, more as one event that names the operation.
create or replace function crm.note_contact_events() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    most constant integer := 20;
    of_kind record;
begin
    if not exists (select from crm.webhooks) then
        return null;
    end if;
    for of_kind in
        select w.user_id, w.did, count(*) as times, min(w.operation_id::text) as operation
        from written w where w.subject is null and w.did in ('i', 'u', 'd', 'm')
            and exists (select from crm.webhooks h where h.user_id = w.user_id and h.off_because is null)
        group by w.user_id, w.did
    loop
        if of_kind.times > most then
            perform crm.note_events(of_kind.user_id, 'contacts.changed', jsonb_build_array(jsonb_build_object('operation_id', of_kind.operation)), array['']);
        else
            perform crm.note_events(of_kind.user_id,
                    case of_kind.did when 'i' then 'contact.created' when 'u' then 'contact.updated' when 'd' then 'contact.deleted' else 'contact.merged' end,
                    jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', coalesce(c.id::text, w.before ->> 'id'),
                        'merged_into', w.before ->> 'merged_into', 'operation_id', w.operation_id))),
                    array_agg(w.contact_no::text))
                from written w left join crm.contacts c on c.user_id = w.user_id and c.no = w.contact_no
                where w.user_id = of_kind.user_id and w.did = of_kind.did and w.subject is null and coalesce(c.id::text, w.before ->> 'id') is not null
                having count(*) > 0;
        end if;
    end loop;
    return null;
end $$;

-- Note the states of an introduction.
create or replace function crm.note_introduction_event() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform crm.note_events(new.user_id, 'introduction.' || new.status,
        jsonb_build_array(jsonb_build_object('id', new.id, 'target_id', new.target_id, 'status', new.status)), array[new.id::text]);
    return null;
end $$;

-- Note the end of a job; that of an import has a type of its own.
create or replace function crm.note_job_event() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform crm.note_events(new.user_id, case new.kind when 'import' then 'import.finished' else 'job.finished' end,
        jsonb_build_array(jsonb_build_object('id', new.id, 'kind', new.kind, 'status', new.status)), array[new.id::text]);
    return null;
end $$;

-- Wake the webhooks with something to send that no process sends to: a process that died has left them, or its event was lost.
create or replace function crm.wake_overdue_webhooks(most integer) returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    woken integer := 0;
    hook record;
begin
    for hook in
        select w.user_id, w.id from crm.webhooks w
        where w.off_because is null and (w.leased_until is null or w.leased_until < now()) and (w.rests_until is null or w.rests_until < now())
            and exists (select from crm.webhook_deliveries d
                where d.user_id = w.user_id and d.webhook_id = w.id and d.next_at < now() - interval '10 seconds')
            and not exists (select from crm.outbox o where o.user_id = w.user_id and o.topic = 'webhooks' and o.data ->> 'webhook_id' = w.id::text
                and o.available_at <= now() + interval '1 minute')
        limit most
    loop
        perform crm.wake_webhook(hook.user_id, hook.id);
        woken := woken + 1;
    end loop;
    return woken;
end $$;

-- Remove at most so many deliveries of all users from before a time that wait for nothing; return how many.
create or replace function crm.remove_old_deliveries(before timestamptz, most integer) returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    removed integer;
begin
    delete from crm.webhook_deliveries d using (
        select o.user_id, o.id from crm.webhook_deliveries o where o.happened_at < before and o.next_at is null
        order by o.happened_at limit most for update skip locked) o
        where d.user_id = o.user_id and d.id = o.id;
    get diagnostics removed = row_count;
    return removed;
end $$;

grant execute on function crm.queue_webhook, crm.wake_overdue_webhooks, crm.remove_old_deliveries to crm_app;
