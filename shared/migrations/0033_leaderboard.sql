-- The leaderboard: who brings people together and people here.
--
-- A scored event is a point: for a completed introduction to whoever asked and to the connectors who are users, for a joiner who became
-- active to whoever invited. Standings are kept for each period as points come and go, and beside them how many people stand at each
-- score: a rank is then a sum over a few hundred scores, not a count over a million people. Points are rare and standings are read often.

create table crm.score_events (
    user_id uuid not null references crm.users on delete cascade,
    kind text not null,
    -- what the point is for; one thing gives a person one point
    subject text not null,
    at timestamptz not null,
    primary key (user_id, kind, subject),
    constraint score_events_kind check (kind in ('introduction', 'invitation'))
);
create index score_events_by_time on crm.score_events (at) include (user_id, kind);
alter table crm.score_events enable row level security;

-- Periods are whole days in UTC, today included; since null: everything.
create table crm.leaderboard_periods (
    period text primary key,
    days integer,
    since timestamptz
);
alter table crm.leaderboard_periods enable row level security;
insert into crm.leaderboard_periods values
    ('7d', 7, date_trunc('day', now(), 'UTC') - interval '6 days'), ('30d', 30, date_trunc('day', now(), 'UTC') - interval '29 days'),
    ('all', null, null);

create table crm.leaderboard (
    period text not null,
    user_id uuid not null references crm.users on delete cascade,
    introductions integer not null default 0,
    invitations integer not null default 0,
    score integer not null generated always as (introductions + invitations) stored,
    -- false: opted out
    shown boolean not null,
    -- Orders those of one score, so that a page goes on where the last one ended; tells nothing about them.
    tie uuid not null generated always as (md5(user_id::text)::uuid) stored,
    primary key (period, user_id),
    constraint leaderboard_counts check (introductions >= 0 and invitations >= 0 and introductions + invitations > 0)
);
create index leaderboard_standing on crm.leaderboard (period, score desc, tie desc) include (user_id, introductions, invitations) where shown;
create index leaderboard_by_user on crm.leaderboard (user_id);
alter table crm.leaderboard enable row level security;

-- How many of those who are shown stand at each score.
create table crm.leaderboard_scores (
    period text not null,
    score integer not null,
    people integer not null,
    primary key (period, score) include (people)
);
alter table crm.leaderboard_scores enable row level security;

-- Keeps the counts true whatever changes the standings: points, a new day, somebody opting out or being erased. A trigger names only the
-- transition tables that its event has, hence three.
create function crm.count_changed_standings() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
    insert into crm.leaderboard_scores as s (period, score, people)
        select c.period, c.score, sum(c.change) from (
            select j.period, j.score, 1 as change from joined j where j.shown
            union all
            select g.period, g.score, -1 from gone g where g.shown) c
        group by c.period, c.score having sum(c.change) <> 0
        order by c.period, c.score
    on conflict (period, score) do update set people = s.people + excluded.people;
    return null;
end $$;
create function crm.count_added_standings() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
    insert into crm.leaderboard_scores as s (period, score, people)
        select j.period, j.score, count(*) from joined j where j.shown group by j.period, j.score order by j.period, j.score
    on conflict (period, score) do update set people = s.people + excluded.people;
    return null;
end $$;
create function crm.count_removed_standings() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
    insert into crm.leaderboard_scores as s (period, score, people)
        select g.period, g.score, -count(*) from gone g where g.shown group by g.period, g.score order by g.period, g.score
    on conflict (period, score) do update set people = s.people + excluded.people;
    return null;
end $$;
create trigger count_added after insert on crm.leaderboard referencing new table as joined
    for each statement execute function crm.count_added_standings();
create trigger count_removed after delete on crm.leaderboard referencing old table as gone
    for each statement execute function crm.count_removed_standings();
create trigger count_changed after update on crm.leaderboard referencing old table as gone new table as joined
    for each statement execute function crm.count_changed_standings();

-- Everybody who changes standings goes through here one after the other: the counts at low scores are shared by everybody, and waiting in
-- line is quicker than deadlocks are.
create function crm.lock_leaderboard() returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
begin atomic
    select pg_advisory_xact_lock(hashtextextended('crm.leaderboard', 0));
end;

create function crm.is_shown(settings jsonb) returns boolean
    language sql immutable parallel safe
    return settings -> 'leaderboard' is distinct from 'false'::jsonb;

-- Gives points, each once.
create function crm.add_points(user_ids uuid[], point_kind text, point_subject text, now timestamptz) returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform crm.lock_leaderboard();
    with added as (
        insert into crm.score_events (user_id, kind, subject, at)
            select distinct u.id, point_kind, point_subject, now from unnest(user_ids) p (id) join crm.users u on u.id = p.id
        on conflict do nothing
        returning user_id
    )
    insert into crm.leaderboard as l (period, user_id, introductions, invitations, shown)
        select p.period, a.user_id, (point_kind = 'introduction')::integer, (point_kind = 'invitation')::integer, crm.is_shown(u.settings)
        from added a join crm.users u on u.id = a.user_id cross join crm.leaderboard_periods p
        where p.since is null or p.since <= now
    on conflict (period, user_id) do update
        set introductions = l.introductions + excluded.introductions, invitations = l.invitations + excluded.invitations;
end $$;

-- Points for a completed introduction: to whoever asked, once for each person they met, and to the connectors among the users.
create function crm.score_introduction(introduction uuid, now timestamptz) returns void
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    requester uuid;
    met text;
    connectors uuid[];
begin
    select i.user_id into requester from crm.introductions i where i.id = introduction and i.status = 'completed';
    if not found then
        return;
    end if;
    -- The mailbox and not the contact: the same person under another name is no second meeting.
    select encode(s.address_hash, 'hex') into met from crm.introduction_steps s
        where s.introduction_id = introduction and s.role = 'target';
    select array_agg(m.user_id) into connectors
        from crm.introduction_steps s join crm.members m on m.address_hash = s.address_hash
        where s.introduction_id = introduction and s.role = 'connector' and m.user_id <> requester;
    perform crm.add_points(array[requester], 'introduction', 'met ' || met, now);
    perform crm.add_points(connectors, 'introduction', 'connected ' || requester || ' ' || met, now);
end $$;

-- Takes the points of days that have passed out of the periods; how many standings changed.
create function crm.slide_leaderboard(now timestamptz) returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    window_of record;
    starts timestamptz;
    changed integer := 0;
    moved integer;
begin
    perform crm.lock_leaderboard();
    for window_of in select * from crm.leaderboard_periods p where p.days is not null loop
        starts := date_trunc('day', now, 'UTC') - make_interval(days => window_of.days - 1);
        continue when starts <= window_of.since;
        create temp table passed on commit drop as
            select e.user_id, count(*) filter (where e.kind = 'introduction')::integer as introductions,
                count(*) filter (where e.kind = 'invitation')::integer as invitations
            from crm.score_events e where e.at >= window_of.since and e.at < starts
            group by e.user_id;
        delete from crm.leaderboard l using pg_temp.passed p
            where l.period = window_of.period and l.user_id = p.user_id
                and l.introductions = p.introductions and l.invitations = p.invitations;
        get diagnostics moved = row_count;
        changed := changed + moved;
        update crm.leaderboard l set introductions = l.introductions - p.introductions, invitations = l.invitations - p.invitations
            from pg_temp.passed p where l.period = window_of.period and l.user_id = p.user_id;
        get diagnostics moved = row_count;
        changed := changed + moved;
        drop table pg_temp.passed;
        update crm.leaderboard_periods p set since = starts where p.period = window_of.period;
    end loop;
    delete from crm.leaderboard_scores s where s.people = 0;
    return changed;
end $$;

-- Makes all standings anew from the scored events.
create function crm.rebuild_leaderboard(now timestamptz) returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    standing integer;
begin
    perform crm.lock_leaderboard();
    delete from crm.leaderboard;
    delete from crm.leaderboard_scores;
    update crm.leaderboard_periods p set since = date_trunc('day', now, 'UTC') - make_interval(days => p.days - 1) where p.days is not null;
    insert into crm.leaderboard (period, user_id, introductions, invitations, shown)
        select p.period, e.user_id, count(*) filter (where e.kind = 'introduction'), count(*) filter (where e.kind = 'invitation'),
            crm.is_shown((select u.settings from crm.users u where u.id = e.user_id))
        from crm.leaderboard_periods p join crm.score_events e on p.since is null or e.at >= p.since
        group by p.period, e.user_id;
    get diagnostics standing = row_count;
    return standing;
end $$;

-- Opting out and back in takes effect at once.
create function crm.show_in_leaderboard() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
    if crm.is_shown(old.settings) <> crm.is_shown(new.settings) then
        perform crm.lock_leaderboard();
        update crm.leaderboard l set shown = crm.is_shown(new.settings) where l.user_id = new.id;
    end if;
    return null;
end $$;
create trigger show_in_leaderboard after update of settings on crm.users for each row execute function crm.show_in_leaderboard();

-- A page of those who are shown, best first, and where the calling user stands, as JSON. A rank is one more than the number of people with a
-- higher score, so ties share it. Behind after_score and after_tie, or from the top where these are null.
create function crm.leaderboard_page(period text, after_score integer, after_tie uuid, most integer)
    returns table (items text, own text, last_score integer, last_tie uuid, more boolean)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    uid constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
begin
    return query
    with page as materialized (
        select l.score, l.tie, l.user_id, l.introductions, l.invitations, row_number() over (order by l.score desc, l.tie desc) as no
        from crm.leaderboard l
        where l.period = period and l.shown
            and (l.score, l.tie) < (coalesce(after_score, 2147483647), coalesce(after_tie, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
        order by l.score desc, l.tie desc limit most + 1
    ), ranked as materialized (
        -- the ranks of the scores on the page: people above the first of them, then a running sum
        select d.score, 1 + (select coalesce(sum(s.people), 0) from crm.leaderboard_scores s where s.period = period and s.score > d.score) as rank
        from (select distinct p.score from page p where p.no <= most) d
    ), self as (
        select coalesce(l.score, 0) as score, coalesce(l.introductions, 0) as introductions, coalesce(l.invitations, 0) as invitations,
            crm.is_shown(u.settings) as shown, u.name
        from crm.users u left join crm.leaderboard l on l.period = period and l.user_id = u.id
        where u.id = uid
    )
    select
        (select coalesce(json_agg(json_build_object('rank', r.rank, 'name', coalesce(nullif(u.name, ''), 'Somebody'), 'score', p.score,
                'introductions', p.introductions, 'invitations', p.invitations, 'is_me', p.user_id = uid) order by p.no), '[]')::text
            from page p join ranked r on r.score = p.score join crm.users u on u.id = p.user_id where p.no <= most),
        (select json_build_object('rank', case when s.shown then 1 + (select coalesce(sum(c.people), 0) from crm.leaderboard_scores c
                where c.period = period and c.score > s.score) end,
            'name', s.name, 'score', s.score, 'introductions', s.introductions, 'invitations', s.invitations, 'is_me', true, 'shown', s.shown)::text
            from self s),
        (select p.score from page p where p.no <= most order by p.no desc limit 1),
        (select p.tie from page p where p.no <= most order by p.no desc limit 1),
        (select count(*) > most from page);
end $$;

revoke all on function crm.count_changed_standings, crm.count_added_standings, crm.count_removed_standings, crm.lock_leaderboard, crm.is_shown,
    crm.add_points, crm.score_introduction, crm.slide_leaderboard, crm.rebuild_leaderboard, crm.show_in_leaderboard, crm.leaderboard_page
    from public;
grant execute on function crm.score_introduction, crm.add_points, crm.slide_leaderboard, crm.rebuild_leaderboard, crm.leaderboard_page to crm_app;
