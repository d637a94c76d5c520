-- Interactions, and what the release before computes from them. shared/sources/functions has the sums that ties follow from now.

-- The weight of one interaction, by its kind, as the release before has it.
create or replace function crm.interaction_weight(kind text) returns double precision
    language sql immutable parallel safe
    return case kind when 'meeting' then 0.4 when 'call' then 0.3 when 'email' then 0.15 else 0.1 end;

-- The factors of the strength that the release before shows; its instances call this until they are replaced.
create or replace function crm.strength_parts(uid uuid, contact_nos integer[])
    returns table (contact_no integer, last_at timestamptz, interactions integer, weight double precision,
        sent double precision, received double precision, frequency double precision, reciprocity double precision)
    language sql stable parallel safe rows 100
    set search_path = pg_catalog, pg_temp set enable_seqscan = off
begin atomic
    select s.contact_no, s.last_at, s.interactions, s.sent + s.received as weight, s.sent, s.received,
        1 - exp(-(s.sent + s.received)) as frequency,
        0.3 + 0.7 * 2 * least(s.sent, s.received) / (s.sent + s.received) as reciprocity
    from (
        select i.contact_no, i.last_at, count(*)::integer as interactions,
            sum(i.counts * case i.direction when 'out' then 1 when 'both' then 0.5 else 0 end) as sent,
            sum(i.counts * case i.direction when 'in' then 1 when 'both' then 0.5 else 0 end) as received
        from (
            select i.contact_no, i.direction, l.last_at,
                crm.interaction_weight(i.kind) * 0.5 ^ least(extract(epoch from l.last_at - i.at)::float8 / (180 * 86400), 60) as counts
            from unnest(contact_nos) n(no)
            cross join lateral (select max(i.at) as last_at from crm.interactions i where i.user_id = uid and i.contact_no = n.no) l
            join crm.interactions i on i.user_id = uid and i.contact_no = n.no) i
        group by i.contact_no, i.last_at) s;
end;

-- Note with new interactions when their contacts were last spoken to; `crm.settle_own_ties` notes it of what sources bring.
create or replace function crm.note_interactions() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    insert into crm.last_contacts as l (user_id, contact_no, last_s)
        select m.user_id, m.contact_no, crm.seconds_of(max(m.at)) from made m
        join crm.contacts c on c.user_id = m.user_id and c.no = m.contact_no and not c.is_self
        group by 1, 2 order by 1, 2
        on conflict (user_id, contact_no) do update set last_s = excluded.last_s where l.last_s < excluded.last_s;
    return null;
end $$;

-- The id of an interaction without one of its own: it follows from what the interaction is, so that every reader sees the same.
create or replace function crm.interaction_id(contact uuid, at timestamptz, kind text, direction text) returns uuid
    language sql immutable parallel safe
    return md5(concat_ws(' ', contact::text, extract(epoch from at)::text, kind, direction))::uuid;

-- Delete with interactions what is known of them.
create or replace function crm.drop_interaction_details() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    delete from crm.interaction_details d using gone g
        where d.user_id = g.user_id and d.contact_no = g.contact_no and d.at = g.at and d.kind = g.kind and d.direction = g.direction;
    return null;
end $$;

-- Have what is known of interactions follow them to another contact, where the same interactions stand already. from_nos: the contacts
-- that they come from.
create or replace function crm.copy_interaction_details(from_nos integer[], to_no integer) returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
begin atomic
    insert into crm.interaction_details (user_id, contact_no, at, kind, direction, id, source, note)
        select distinct on (d.at, d.kind, d.direction) d.user_id, to_no, d.at, d.kind, d.direction, d.id, d.source, d.note
        from crm.interaction_details d
        join crm.interactions i on i.user_id = d.user_id and i.contact_no = to_no and i.at = d.at and i.kind = d.kind and i.direction = d.direction
        where d.user_id = crm.acting_user() and d.contact_no = any (from_nos)
        order by d.at, d.kind, d.direction, d.note is null, d.contact_no
        on conflict do nothing;
end;

-- Find again when contacts were last spoken to.
create or replace function crm.find_last_contacts(uid uuid, contact_nos integer[]) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform crm.note_last_contacts(uid, array_agg(n.no), array_agg(e.last_s))
        from unnest(contact_nos) n(no)
        left join (select v.contact_no, max(v.last_s) as last_s from crm.own_evidence(uid, contact_nos) v group by 1) e on e.contact_no = n.no;
end $$;

-- The same of the contacts whose interactions are deleted or changed.
create or replace function crm.renew_last_contacts() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'UPDATE' then
        perform crm.find_last_contacts(g.user_id, array_agg(distinct g.contact_no))
            from (select user_id, contact_no from gone union select user_id, contact_no from made) g group by g.user_id;
    else
        perform crm.find_last_contacts(g.user_id, array_agg(distinct g.contact_no)) from gone g group by g.user_id;
    end if;
    return null;
end $$;

-- Importing a file of interactions: copied into a temporary table, then merged.
create or replace function crm.begin_interaction_import() returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set client_min_messages = warning
as $$
begin
    create temporary table imported_interactions (
        line integer not null, key text not null collate "C", kind text not null, at timestamptz not null,
        direction text not null) on commit drop;
end $$;

-- Merge the rows of `imported_interactions`, and compute the ties that they concern again; for by_id, max_errors and errors see
-- crm.merge_imported_ties.
create or replace function crm.merge_imported_interactions(
    by_id boolean, max_errors integer, out created integer, out unchanged integer, out failed integer, out errors text)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan set jit = off set client_min_messages = warning set lock_timeout = '60s'
as $$
declare
    uid constant uuid := crm.acting_user();
    contact_nos integer[];
begin
    perform pg_advisory_xact_lock(hashtextextended('crm.import ' || uid, 0));

    create temporary table interacting (key text primary key collate "C", no integer not null) on commit drop;
    if by_id then
        insert into pg_temp.interacting
            select k.key, c.no from (select distinct i.key from pg_temp.imported_interactions i) k
            join crm.contacts c on c.user_id = uid and c.id = k.key::uuid where not c.is_self
            for key share of c;
        insert into pg_temp.interacting
            select m.id::text, m.contact_no from crm.merged_into(uid, array(select distinct i.key::uuid from pg_temp.imported_interactions i)) m
            join crm.contacts c on c.user_id = uid and c.no = m.contact_no where not c.is_self
            for key share of c;
    else
        insert into pg_temp.interacting
            select k.address, c.no from crm.contacts_of_addresses(uid, array(select distinct i.key from pg_temp.imported_interactions i)) k
            join crm.contacts c on c.user_id = uid and c.no = k.contact_no where not c.is_self
            for key share of c;
    end if;

    select count(*) into failed from pg_temp.imported_interactions i
    where not exists (select from pg_temp.interacting k where k.key = i.key);
    select coalesce(json_agg(json_build_object('line', e.line, 'field', case when by_id then 'contact_id' else 'email' end,
            'message', case when not by_id and crm.holders_of_address(uid, e.key) > 1 then 'several contacts have this address, and none as the first'
                else 'there is no contact of this ' || case when by_id then 'id' else 'e-mail' end || ' but oneself' end,
            'value', e.key) order by e.line), '[]')::text
        into errors
        from (select i.* from pg_temp.imported_interactions i
              where not exists (select from pg_temp.interacting k where k.key = i.key) order by i.line limit max_errors) e;

    with written as (
        insert into crm.interactions (user_id, contact_no, at, kind, direction)
            select distinct uid, k.no, i.at, i.kind, i.direction
            from pg_temp.imported_interactions i join pg_temp.interacting k on k.key = i.key
            on conflict do nothing
            returning contact_no)
    select count(*), array_agg(distinct w.contact_no) into created, contact_nos from written w;
    select count(*) - created - failed into unchanged from pg_temp.imported_interactions;
    if created > 0 then
        perform crm.compute_ties(contact_nos);
    end if;
end $$;

-- The deployed functions may call these.
grant execute on function crm.interaction_weight, crm.strength_parts, crm.interaction_id, crm.drop_interaction_details, crm.copy_interaction_details, crm.note_interactions, crm.find_last_contacts, crm.renew_last_contacts, crm.begin_interaction_import,
    crm.merge_imported_interactions to crm_app;
