-- Growth in figures. What each figure means is said in docs/introductions.md; here is how it is counted.
--
-- An invitee is a person who was invited: by an e-mail, or by a link that they joined by (a link that nobody used is seen by nobody knows
-- how many, so it counts as none). Two invitations to one mailbox are one invitee: of whoever they joined by, else of who was first.

-- The invitees of a user, or of everyone where uid is null.
create function crm.invitees(uid uuid)
    returns table (inviter_id uuid, channel text, invited_at timestamptz, opened_at timestamptz, accepted_at timestamptz, activated_at timestamptz)
    language sql stable
    set search_path = pg_catalog, pg_temp
begin atomic
    select distinct on (v.address_hash) v.inviter_id, v.channel, v.invited_at, v.opened_at, v.accepted_at, v.activated_at
    from (
        select i.address_hash, i.user_id as inviter_id, 'email' as channel, i.sent_at as invited_at,
            coalesce(i.opened_at, j.accepted_at) as opened_at, j.accepted_at, j.activated_at
        from crm.invitations i left join crm.joins j on j.invitation_id = i.id and j.channel = 'email'
        where i.channel = 'email' and (uid is null or i.user_id = uid)
        union all
        select j.address_hash, j.inviter_id, j.channel, j.invited_at, j.accepted_at, j.accepted_at, j.activated_at
        from crm.joins j
        where j.channel <> 'email' and (uid is null or j.inviter_id = uid)
    ) v
    order by v.address_hash, v.accepted_at is null, v.invited_at;
end;

-- The figures of a user, or of everyone, over a window that ends now. Conversion looks at invitations that have had their 28 days by now:
-- those sent in a window as long, 28 days earlier.
create function crm.viral_figures(uid uuid, since timestamptz, now timestamptz) returns jsonb
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    with invitee as materialized (select * from crm.invitees(uid)),
    sent as (
        select v.channel, count(*) as sent, count(v.opened_at) as opened, count(v.accepted_at) as accepted, count(v.activated_at) as activated
        from invitee v where v.invited_at >= since and v.invited_at < now group by v.channel
    ), mature as (
        select count(*) as sent, count(*) filter (where v.activated_at < v.invited_at + interval '28 days') as activated
        from invitee v where v.invited_at >= since - interval '28 days' and v.invited_at < now - interval '28 days'
    ), cycle as (
        -- from the inviter's activation to the activation of whom they brought
        select percentile_cont(0.5) within group (order by extract(epoch from v.activated_at - m.activated_at) / 86400) as days
        from invitee v join crm.members m on m.user_id = v.inviter_id
        where v.activated_at >= since and v.activated_at < now and m.activated_at <= v.activated_at
    ), introduction as materialized (
        select i.id, i.status, i.created_at, i.updated_at,
            min(s.decided_at) filter (where s.role = 'connector') as passed_on_at,
            min(s.decided_at) filter (where s.role = 'target') as introduced_at
        from crm.introductions i
        left join crm.introduction_steps s on s.introduction_id = i.id and s.decision = 'accept'
        where (uid is null or i.user_id = uid) and (i.created_at >= since or i.updated_at >= since) and i.created_at < now
        group by i.id, i.status, i.created_at, i.updated_at
    ), day as (
        select d.day, d.day + interval '1 day' as till
        from generate_series(date_trunc('day', since, 'UTC'), date_trunc('day', now, 'UTC'), interval '1 day') d (day)
    ), event as (
        select 'sent' as what, date_trunc('day', v.invited_at, 'UTC') as day from invitee v where v.invited_at >= since and v.invited_at < now
        union all
        select 'accepted', date_trunc('day', v.accepted_at, 'UTC') from invitee v where v.accepted_at >= since and v.accepted_at < now
        union all
        select 'activated', date_trunc('day', v.activated_at, 'UTC') from invitee v where v.activated_at >= since and v.activated_at < now
        union all
        select 'requested', date_trunc('day', i.created_at, 'UTC') from introduction i where i.created_at >= since
        union all
        select 'introduced', date_trunc('day', i.introduced_at, 'UTC') from introduction i where i.introduced_at >= since and i.introduced_at < now
    ), counted as (
        select e.day, count(*) filter (where e.what = 'sent') as sent, count(*) filter (where e.what = 'accepted') as accepted,
            count(*) filter (where e.what = 'activated') as activated, count(*) filter (where e.what = 'requested') as requested,
            count(*) filter (where e.what = 'introduced') as introduced
        from event e group by e.day
    )
    select jsonb_build_object(
        'invitations', (select jsonb_build_object('sent', coalesce(sum(s.sent), 0), 'opened', coalesce(sum(s.opened), 0),
            'accepted', coalesce(sum(s.accepted), 0), 'activated', coalesce(sum(s.activated), 0)) from sent s),
        'by_channel', (select coalesce(jsonb_object_agg(s.channel, to_jsonb(s) - 'channel'), '{}') from sent s),
        'introductions', (select coalesce(jsonb_object_agg(g.status, g.n), '{}')
            from (select i.status, count(*) as n from introduction i where i.created_at >= since group by i.status) g),
        'funnel', (select jsonb_build_object('requested', count(*), 'connector_accepted', count(i.passed_on_at),
            'introduced', count(i.introduced_at), 'completed', count(*) filter (where i.status = 'completed'))
            from introduction i where i.created_at >= since),
        'mature', (select to_jsonb(m) from mature m),
        'conversion', (select round(m.activated::numeric / nullif(m.sent, 0), 6) from mature m),
        'median_cycle_days', (select round(c.days::numeric, 3) from cycle c),
        'daily', (select jsonb_agg(jsonb_build_object('day', to_char(d.day at time zone 'UTC', 'YYYY-MM-DD'), 'sent', coalesce(c.sent, 0),
            'accepted', coalesce(c.accepted, 0), 'activated', coalesce(c.activated, 0), 'requested', coalesce(c.requested, 0),
            'introduced', coalesce(c.introduced, 0)) order by d.day) from day d left join counted c on c.day = d.day));
end;

-- Each week's new active users and what they brought, oldest first: invitees of their first 28 days, and of those the ones active within 28
-- days of being invited. So a week is closed, and its K final, 56 days after its end. K = invitees / users * active / invitees.
create function crm.viral_cohorts(since timestamptz, now timestamptz) returns jsonb
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    with week as (
        select w.starts, w.starts + interval '63 days' > now as open
        from generate_series(date_trunc('week', since, 'UTC'), now, interval '7 days') w (starts)
    ), cohort as (
        select date_trunc('week', m.activated_at, 'UTC') as starts, m.user_id, m.activated_at
        from crm.members m where m.activated_at >= date_trunc('week', since, 'UTC') and m.activated_at < now
    ), brought as (
        select c.starts, count(*) as invitees, count(*) filter (where v.activated_at < v.invited_at + interval '28 days') as activated
        from cohort c join crm.invitees(null) v on v.inviter_id = c.user_id
        where v.invited_at >= c.activated_at and v.invited_at < c.activated_at + interval '28 days' and v.invited_at < now
        group by c.starts
    ), size as (
        select c.starts, count(*) as users from cohort c group by c.starts
    )
    select coalesce(jsonb_agg(jsonb_build_object(
            'week', to_char(w.starts at time zone 'UTC', 'YYYY-MM-DD'), 'open', w.open, 'users', s.users,
            'invitations', coalesce(b.invitees, 0), 'activated', coalesce(b.activated, 0),
            'k_factor', round(coalesce(b.activated, 0)::numeric / s.users, 6)) order by w.starts), '[]')
    from week w join size s on s.starts = w.starts left join brought b on b.starts = w.starts;
end;

-- The figures of everyone, as they were computed last: they read every invitation, and everybody asks for them.
create table crm.viral_snapshots (
    window_days integer primary key,
    computed_at timestamptz not null,
    document jsonb not null
);
alter table crm.viral_snapshots enable row level security;

-- The figures of everyone, not older than a minute. Two who ask at once do not compute them twice: the second takes the old ones.
create function crm.everyones_figures(days integer, now timestamptz) returns jsonb
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    known record;
    figures jsonb;
begin
    select s.computed_at, s.document into known from crm.viral_snapshots s where s.window_days = days;
    if found and known.computed_at between now - interval '60 seconds' and now then
        return known.document;
    end if;
    if known.document is not null and not pg_try_advisory_xact_lock(hashtextextended('crm.viral_snapshots', days)) then
        return known.document;
    end if;
    figures := crm.viral_figures(null, now - make_interval(days => days), now) || jsonb_build_object(
        'cohorts', crm.viral_cohorts(now - make_interval(days => days + 63), now),
        'active_users', (select count(*) from crm.members m where m.activated_at < now),
        'computed_at', now);
    insert into crm.viral_snapshots as s (window_days, computed_at, document) values (days, now, figures)
        on conflict (window_days) do update set computed_at = excluded.computed_at, document = excluded.document;
    return figures;
end $$;

revoke all on function crm.invitees, crm.viral_figures, crm.viral_cohorts, crm.everyones_figures from public;
grant execute on function crm.viral_figures, crm.viral_cohorts, crm.everyones_figures to crm_app;
