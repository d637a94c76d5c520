-- The evidence of ties, from sums that grow and never fade (migrations/0130_sources.sql). docs/strength.md has the formulas in words.

-- The weight of a message in the sums: its power grows with its time instead of that of all others fading. Seconds since 2020-01-01.
create or replace function crm.growth(s integer) returns double precision
    language sql immutable parallel safe
    return 2::float8 ^ (s / 15552000::float8);

-- Seconds since 2020-01-01, in which times of evidence and of fading ties are kept.
create or replace function crm.seconds_of(at timestamptz) returns integer
    language sql stable parallel safe
    return extract(epoch from at - '2020-01-01 00:00+00'::timestamptz)::integer;

-- The time that such a number of seconds means.
create or replace function crm.time_of(s integer) returns timestamptz
    language sql stable parallel safe
    return '2020-01-01 00:00+00'::timestamptz + s * interval '1 second';

-- The weight of an interaction that was logged, in messages to one person.
create or replace function crm.logged_weight(kind text) returns double precision
    language sql immutable parallel safe
    return case kind when 'meeting' then 5 / 3.0::float8 when 'call' then 7 / 6.0::float8 when 'email' then 1 else 0.35 end;

-- How well the user knows somebody: W of the sums of what was sent, received and got together, as of the last of them, and its strength.
create or replace function crm.own_weight(sent double precision, received double precision, together double precision) returns double precision
    language sql immutable parallel safe
    return 3 * (0.25 * (sent + received) / 2 + 0.75 * sqrt(sent * received)) + 0.2 * together;

-- The strength of a tie of the user with such a weight.
create or replace function crm.own_strength(weight double precision) returns double precision
    language sql immutable parallel safe
    return weight / (weight + 10);

-- How well two others know each other, likewise; nobody is tied by standing together on lists of recipients alone.
create or replace function crm.others_weight(sent double precision, received double precision, together double precision) returns double precision
    language sql immutable parallel safe
    return case when sent + received > 0 then sent + received + least(sent, received) + 0.05 * together else 0 end;

-- The strength of a tie between others with such a weight.
create or replace function crm.others_strength(weight double precision) returns double precision
    language sql immutable parallel safe
    return weight / (weight + 0.45);

-- The evidence of ties between the user and contacts, one row a source: counts, and sums as of 2020-01-01. source_no null: logged by hand.
create or replace function crm.own_evidence(uid uuid, contact_nos integer[])
    returns table (contact_no integer, source_no smallint, first_s integer, last_s integer, sent integer, received integer, together integer,
        meetings integer, calls integer, sent_sum double precision, received_sum double precision, together_sum double precision)
    language sql stable parallel safe rows 200
    set search_path = pg_catalog, pg_temp set enable_seqscan = off
begin atomic
    select k.contact_no, e.source_no, e.first_s, e.last_s, e.n_ab, e.n_ba, e.n_co, e.meetings, e.calls, e.ab, e.ba, e.co
    from unnest(contact_nos) n(no)
    join crm.correspondents k on k.user_id = uid and k.contact_no = n.no
    join crm.evidence e on e.user_id = uid and e.a = 0 and e.b = k.no and e.earlier = 0
    union all
    select i.contact_no, null, t.s, t.s, (i.kind in ('email', 'message') and i.direction <> 'in')::integer,
        (i.kind in ('email', 'message') and i.direction <> 'out')::integer, 0, (i.kind = 'meeting')::integer, (i.kind = 'call')::integer,
        case when i.direction <> 'in' then t.w else 0 end, case when i.direction <> 'out' then t.w else 0 end, 0
    from unnest(contact_nos) n(no)
    join crm.interactions i on i.user_id = uid and i.contact_no = n.no
    cross join lateral (select crm.seconds_of(i.at) as s, crm.logged_weight(i.kind) * crm.growth(crm.seconds_of(i.at)) as w) t;
end;

-- The same of ties between contacts, of each pair as the two arrays name it; `sent` is from the first to the second.
create or replace function crm.pair_evidence(uid uuid, first_nos integer[], second_nos integer[])
    returns table (first_no integer, second_no integer, source_no smallint, first_s integer, last_s integer, sent integer, received integer,
        together integer, meetings integer, calls integer, sent_sum double precision, received_sum double precision, together_sum double precision)
    language sql stable parallel safe rows 200
    set search_path = pg_catalog, pg_temp set enable_seqscan = off
begin atomic
    select p.f, p.t, e.source_no, e.first_s, e.last_s, case when kf.no < kt.no then e.n_ab else e.n_ba end, case when kf.no < kt.no then e.n_ba else e.n_ab end,
        e.n_co, e.meetings, e.calls, case when kf.no < kt.no then e.ab else e.ba end, case when kf.no < kt.no then e.ba else e.ab end, e.co
    from unnest(first_nos, second_nos) p(f, t)
    join crm.correspondents kf on kf.user_id = uid and kf.contact_no = p.f
    join crm.correspondents kt on kt.user_id = uid and kt.contact_no = p.t
    join crm.evidence e on e.user_id = uid and e.a = least(kf.no, kt.no) and e.b = greatest(kf.no, kt.no) and e.earlier = 0;
end;

-- The sums between the user and contacts as of the last of each, with counts.
create or replace function crm.own_sums(uid uuid, contact_nos integer[])
    returns table (contact_no integer, last_s integer, sent double precision, received double precision, together double precision, strength double precision)
    language sql stable parallel safe rows 100
    set search_path = pg_catalog, pg_temp
begin atomic
    select s.contact_no, s.last_s, s.sent, s.received, s.together, crm.own_strength(crm.own_weight(s.sent, s.received, s.together))
    from (
        select e.contact_no, max(e.last_s) as last_s, sum(e.sent_sum) / crm.growth(max(e.last_s)) as sent,
            sum(e.received_sum) / crm.growth(max(e.last_s)) as received, sum(e.together_sum) / crm.growth(max(e.last_s)) as together
        from crm.own_evidence(uid, contact_nos) e group by e.contact_no) s;
end;

-- The sums between pairs of contacts, likewise.
create or replace function crm.pair_sums(uid uuid, first_nos integer[], second_nos integer[])
    returns table (first_no integer, second_no integer, last_s integer, sent double precision, received double precision, together double precision,
        strength double precision)
    language sql stable parallel safe rows 100
    set search_path = pg_catalog, pg_temp
begin atomic
    select s.first_no, s.second_no, s.last_s, s.sent, s.received, s.together, crm.others_strength(crm.others_weight(s.sent, s.received, s.together))
    from (
        select e.first_no, e.second_no, max(e.last_s) as last_s, sum(e.sent_sum) / crm.growth(max(e.last_s)) as sent,
            sum(e.received_sum) / crm.growth(max(e.last_s)) as received, sum(e.together_sum) / crm.growth(max(e.last_s)) as together
        from crm.pair_evidence(uid, first_nos, second_nos) e group by e.first_no, e.second_no) s;
end;

grant execute on function crm.growth, crm.seconds_of, crm.time_of, crm.logged_weight, crm.own_weight, crm.own_strength, crm.others_weight,
    crm.others_strength, crm.own_evidence, crm.pair_evidence, crm.own_sums, crm.pair_sums to crm_app;
