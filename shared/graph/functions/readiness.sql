-- How ready people are to pass an introduction on, from what became of the questions before; decision 0104 says how it is learned.

-- The class of somebody, by the last answer and by how often they were asked in the last 30 days. The order of the tests is that of
-- crm.answer_rates, the least ready first.
create or replace function crm.readiness_class(decision text, decided_at timestamptz, asked integer, at timestamptz) returns text
    language sql stable parallel safe
    return case
        when decision = 'never' then 'unavailable'
        when decision = 'decline' and decided_at > at - interval '365 days' then 'declined'
        when decision = 'expired' and decided_at > at - interval '365 days' then 'silent'
        when decision = 'not_now' and decided_at > at - interval '90 days' then 'postponed'
        when asked >= 2 then 'asked_often'
        when asked = 1 then 'asked_lately'
        else 'fresh' end;

-- The contacts whom the user has asked before, each with the class, the number of questions in the last 30 days, and the time of the last
-- question or answer.
create or replace function crm.asked_before(for_user uuid, at timestamptz)
    returns table (no integer, decision text, decided_at timestamptz, asked integer, last_at timestamptz)
    language plpgsql stable parallel safe rows 20
as $$
#variable_conflict use_column
begin
    return query
        select c.no, s.decision, s.decided_at, s.asked, greatest(s.asked_at, s.decided_at)
        from (select s.contact_id, count(*) filter (where s.asked_at > at - interval '30 days')::integer as asked, max(s.asked_at) as asked_at,
                  (array_agg(s.decision order by s.decided_at desc) filter (where s.decision not in ('withdrawn', 'undeliverable')))[1] as decision,
                  max(s.decided_at) filter (where s.decision not in ('withdrawn', 'undeliverable')) as decided_at
              from crm.introduction_steps s where s.user_id = for_user and s.asked_at is not null
              group by s.contact_id) s
        cross join lateral (select c.no from crm.contacts c where c.user_id = for_user and c.id = s.contact_id offset 0) c;
end $$;

-- How ready contacts are, all questions to their mailboxes included, also those of other users, from two questions on.
-- In the order of `nos`.
create or replace function crm.readiness_of(for_user uuid, nos integer[], at timestamptz)
    returns table (no integer, readiness text, asked integer, last_at timestamptz)
    language plpgsql stable parallel safe rows 10
as $$
#variable_conflict use_column
declare
    addresses text[];
begin
    select array_agg(c.email order by n.i) into addresses
    from unnest(nos) with ordinality n(no, i)
    left join lateral (select c.email from crm.contacts c where c.user_id = for_user and c.no = n.no offset 0) c on true;
    return query
        select n.no,
            case when m.never or m.bounced then 'unavailable' else crm.readiness_class(b.decision, b.decided_at, a.asked, at) end, a.asked, b.last_at
        from unnest(nos, addresses) with ordinality n(no, address, i)
        left join crm.asked_before(for_user, at) b on b.no = n.no
        left join (select distinct on (m.address) m.* from crm.mailbox_states(array_remove(addresses, null), at - interval '30 days') m) m on m.address = n.address
        cross join lateral (select case when m.asked >= 2 then greatest(m.asked, b.asked) else coalesce(b.asked, 0) end as asked) a
        order by n.i;
end $$;

-- The same of contacts of the calling user by their ids, for the steps of an introduction; null for an id that is not among them.
create or replace function crm.readiness_of_contacts(ids uuid[], at timestamptz) returns text[]
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    uid constant uuid := crm.acting_user();
    nos integer[]; classes text[];
begin
    select array_agg(c.no order by i.i) into nos from unnest(ids) with ordinality i(id, i)
    left join crm.contacts c on c.user_id = uid and c.id = i.id;
    select array_agg(case when r.no is not null then r.readiness end order by n.i) into classes
    from unnest(nos) with ordinality n(no, i) left join crm.readiness_of(uid, array_remove(nos, null), at) r on r.no = n.no;
    return classes;
end $$;

-- Count the outcomes of the last two years again and let the rates follow from them: of a class, (yes + 20 * start) / (sum of strengths + 20),
-- pooled with its neighbours where a less ready class would come out above a readier one.
create or replace function crm.learn_answers(at timestamptz) returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
    with counted as (
        select s.readiness, count(*)::integer as asked, count(*) filter (where s.decision = 'accept')::integer as accepted, sum(s.strength)::float8 as expected
        from crm.introduction_steps s
        where s.decision in ('accept', 'decline', 'not_now', 'never', 'expired') and s.strength is not null and s.decided_at > at - interval '2 years'
        group by s.readiness
    ), of_class as (
        select r.readiness, r.place, coalesce(c.asked, 0) as asked, coalesce(c.accepted, 0) as accepted, coalesce(c.expected, 0) as expected,
            coalesce(c.accepted, 0) + 20 * r.start_rate as yes, coalesce(c.expected, 0) + 20 as weight
        from crm.answer_rates r left join counted c on c.readiness = r.readiness where r.readiness <> 'unavailable'
    ), pooled as (  -- the isotonic means: the least over all beginnings of the greatest over all ends
        select f.place, min(f.greatest) as rate
        from (select k.place, a.place as begins, max(m.mean) as greatest
              from of_class k
              join of_class a on a.place <= k.place
              join of_class b on b.place >= k.place
              cross join lateral (select sum(o.yes) / sum(o.weight) as mean from of_class o where o.place between a.place and b.place) m
              group by k.place, a.place) f
        group by f.place
    )
    update crm.answer_rates r
    set asked = o.asked, accepted = o.accepted, expected = o.expected, rate = least(greatest(p.rate, 0.002), 0.99), learned_at = at
    from of_class o join pooled p on p.place = o.place
    where r.readiness = o.readiness;
end $$;

-- The rates with the counts they follow from, the readiest class first.
create or replace function crm.told_answer_rates()
    returns table (readiness text, start_rate double precision, asked integer, accepted integer, expected double precision, rate double precision, learned_at timestamptz)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select r.readiness, r.start_rate, r.asked, r.accepted, r.expected, r.rate, r.learned_at from crm.answer_rates r order by r.place;
end;

-- Open to the deployed functions; the other functions here are called by functions alone.
grant execute on function crm.readiness_of_contacts, crm.learn_answers, crm.told_answer_rates to crm_app;
