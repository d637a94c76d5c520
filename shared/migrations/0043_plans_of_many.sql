-- Connections plan without a look at the values (`force_generic_plan`), and for an array that means ten elements. After an import,
-- of which the statistics know nothing yet, Postgres 15 compared each of a user's contacts with every one of a list: 50,000 took 38
-- seconds where 9 are enough, one took 12 ms where 3 are. What is executed as text is planned with its values, so a long list is
-- hashed and a short one looked up. (As a setting of the function it would go for its triggers too, and plan them row by row.)

create or replace function crm.request_enrichments(contacts uuid[], priority smallint, force boolean, attributes jsonb) returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    uid constant uuid := crm.current_user_id();
    level constant smallint := priority;
    ids uuid[];
    hashes bytea[];
    events uuid[];
begin
    perform from crm.users u where u.id = uid for key share;
    -- Array by array and without joins: whatever the planner thinks of the tables, 50,000 contacts are 50,000 index look-ups.
    execute
        $statement$ select array_agg(c.id), array_agg(crm.email_hash(c.email)) from (
            select p.id, p.email from crm.contacts p
            where p.user_id = $1 and p.id = any ($2) and p.email is not null
            order by p.id for no key update) c $statement$
        into ids, hashes using uid, contacts;
    with queued as (
        insert into crm.enrichments as e (user_id, contact_id, event_id, priority, email_hash, fresh_after)
        select uid, u.id, gen_random_uuid(), level, u.hash, case when force then clock_timestamp() end
        from unnest(ids, hashes) u (id, hash)
        on conflict (user_id, contact_id) do update
            set event_id = excluded.event_id, priority = excluded.priority, email_hash = excluded.email_hash,
                requested_at = clock_timestamp(), postponed = 0, outcome = null, finished_at = null, buried = false,
                awaits_credits = false,
                -- what somebody forced before and nobody has done yet stays forced
                fresh_after = coalesce(excluded.fresh_after, case when e.finished_at is null then e.fresh_after end)
            where e.finished_at is not null or force or e.priority > excluded.priority
        returning e.contact_id, e.event_id
    )
    select array_agg(q.contact_id), array_agg(q.event_id) into ids, events from queued q;
    if ids is null then
        return 0;
    end if;
    execute
        $statement$ update crm.contacts c set enrichment = c.enrichment || '{"status": "pending"}'
            where c.user_id = $1 and c.id = any ($2) and c.enrichment ->> 'status' is distinct from 'pending' $statement$
        using uid, ids;
    insert into crm.outbox (id, topic, user_id, priority, data, attributes)
        select u.event, 'contact-enrichment', uid, level, jsonb_build_object('user_id', uid, 'contact_id', u.id), attributes
        from unnest(ids, events) u (id, event);
    return cardinality(ids);
end $$;
