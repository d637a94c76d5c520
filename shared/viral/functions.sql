-- Growth: members, invitations and joins. migrations/0032_invitations.sql has the tables, and when a user counts as active.

-- Store the member row of a user: the hash of the present address, and the time at which the user joined.
create or replace function crm.keep_member() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
    insert into crm.members as m (user_id, address_hash, joined_at) values (new.id, crm.address_hash(new.email), new.created_at)
    on conflict (user_id) do update set address_hash = excluded.address_hash;
    return null;
end $$;

-- Store the hash of an invitation's address beside the address, at every write.
create or replace function crm.hash_invitation_address() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
    new.address_hash := crm.address_hash(new.email);
    return new;
end $$;

-- The time at which a user first had five contacts or asked for an introduction; null when neither has happened yet.
create or replace function crm.became_active_at(uid uuid) returns timestamptz
    language sql stable
    set search_path = pg_catalog, pg_temp
begin atomic
    select least(
        (select c.created_at from crm.contacts c where c.user_id = uid and not c.is_self order by c.created_at, c.id offset 4 limit 1),
        (select min(i.created_at) from crm.introductions i where i.user_id = uid));
end;

-- Mark a member as active, also as the joiner of an inviter, once the member is active; writes the event to the outbox once.
create or replace function crm.note_activity(uid uuid) returns boolean
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    two_weeks constant interval := '14 days';
    member record;
    open_join uuid;
    active_at timestamptz;
begin
    select m.joined_at, m.activated_at into member from crm.members m where m.user_id = uid;
    select j.id into open_join from crm.joins j where j.user_id = uid and j.activated_at is null;
    if member.activated_at is not null and open_join is null then
        return false;
    end if;
    active_at := crm.became_active_at(uid);
    if active_at is null then
        return false;
    end if;
    update crm.members m set activated_at = active_at
        where m.user_id = uid and m.activated_at is null and active_at <= m.joined_at + two_weeks;
    update crm.joins j set activated_at = greatest(active_at, j.accepted_at)
        where j.id = open_join and j.activated_at is null and active_at <= j.accepted_at + two_weeks;
    if not found then
        return false;
    end if;
    insert into crm.outbox (id, topic, user_id, data)
        values (gen_random_uuid(), 'activation', uid, jsonb_build_object('event', 'JoinerActivated', 'user_id', uid));
    return true;
end $$;

-- Note the activity of the calling user after contacts were added or an introduction was asked for. For an active user this costs two
-- look-ups of primary keys.
create or replace function crm.note_own_activity() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
    uid constant uuid := crm.current_user_id();
begin
    if uid is not null then
        perform crm.note_activity(uid);
    end if;
    return null;
end $$;

-- Find activity that no trigger has noted, such as that of data loaded by the role owner; returns how many became active joiners.
create or replace function crm.note_all_activity(now timestamptz, most integer) returns integer
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select count(*)::integer from (
        select crm.note_activity(w.user_id) as noted from (
            select m.user_id from crm.members m where m.activated_at is null and m.joined_at > now - interval '15 days'
            union
            select j.user_id from crm.joins j
                where j.activated_at is null and j.accepted_at > now - interval '15 days' and j.user_id is not null
            limit most) w
    ) n where n.noted;
end;

-- The invitation with a code, for a caller with the code: the name of the inviter and the message.
create or replace function crm.find_invitation(code text) returns table (inviter text, message text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select coalesce(nullif(u.name, ''), 'Somebody'), i.message
    from crm.invitations i join crm.users u on u.id = i.user_id
    where i.code = find_invitation.code;
end;

-- The inviter and the invitation by which a user joined, as JSON; null for a user who joined without one.
create or replace function crm.find_join(uid uuid) returns json
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select json_build_object('inviter', coalesce(nullif(u.name, ''), 'Somebody'), 'channel', j.channel, 'accepted_at', j.accepted_at,
        'activated_at', j.activated_at)
    from crm.joins j left join crm.users u on u.id = j.inviter_id
    where j.user_id = uid;
end;

-- Count the opening of an invitation; false when no invitation has the code.
create or replace function crm.open_invitation(code text, now timestamptz) returns boolean
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    with opened as (
        update crm.invitations i set opened_at = coalesce(i.opened_at, now), opens = i.opens + 1
        where i.code = open_invitation.code returning 1)
    select exists (select from opened);
end;

-- Join by a code. Returns 'accepted', or 'repeated' for the same code as before, or the reason why the join does not count: 'unknown' no
-- invitation has the code; 'own' the code is the user's, under any spelling of the address; 'counted' the user has joined by another code
-- (also before erasing their data); 'member' the first sign-in is too long ago; 'circle' the user has invited the inviter, directly or
-- through others; 'nameless' the user has no verified address to recognise them by.
create or replace function crm.accept_invitation(uid uuid, code text, now timestamptz) returns text
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    joiner record;
    invitation record;
    known record;
    by_channel text;
begin
    -- One call at a time for each joiner; this also keeps two users from joining by each other at the same moment.
    perform pg_advisory_xact_lock(hashtextextended('crm.joins', 0));
    select m.address_hash, m.joined_at into joiner from crm.members m where m.user_id = uid;
    select i.id, i.user_id, i.channel, i.sent_at, m.address_hash as inviter_hash into invitation
        from crm.invitations i join crm.members m on m.user_id = i.user_id where i.code = accept_invitation.code;
    if invitation.id is null then
        return 'unknown';
    end if;
    if invitation.user_id = uid or invitation.inviter_hash = joiner.address_hash then
        return 'own';
    end if;
    if joiner.address_hash is null then
        return 'nameless';
    end if;
    select j.inviter_id, j.user_id into known from crm.joins j where j.user_id = uid or j.address_hash = joiner.address_hash;
    if found then
        return case when known.user_id = uid and known.inviter_id = invitation.user_id then 'repeated' else 'counted' end;
    end if;
    if joiner.joined_at < now - interval '14 days' then
        return 'member';
    end if;
    if exists (
        with recursive above as (
            select j.inviter_id from crm.joins j where j.user_id = invitation.user_id
            union
            select j.inviter_id from crm.joins j join above a on j.user_id = a.inviter_id
        )
        select from above a where a.inviter_id = uid)
    then
        return 'circle';
    end if;
    -- The code of an e-mail counts for one joiner; further users with the code got it as a link.
    by_channel := case when invitation.channel = 'email' and exists (
            select from crm.joins j where j.invitation_id = invitation.id and j.channel = 'email')
        then 'link' else invitation.channel end;
    insert into crm.joins (user_id, address_hash, inviter_id, invitation_id, channel, invited_at, accepted_at)
        values (uid, joiner.address_hash, invitation.user_id, invitation.id, by_channel,
            case by_channel when 'email' then invitation.sent_at else now end, now);
    perform crm.open_invitation(accept_invitation.code, now) from crm.invitations i
        where i.id = invitation.id and i.opened_at is null;
    perform crm.note_activity(uid);
    return 'accepted';
end $$;

-- Give both sides their credits for a joiner who became active, once. The rewards of an inviter in 30 days are capped; the joiner always
-- gets the reward. Returns the credits given to the joiner and to the inviter; no row when they were given before.
create or replace function crm.reward_join(joiner uuid, credits integer, most_rewards integer, now timestamptz)
    returns table (inviter_id uuid, join_id uuid, rewarded boolean)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    won record;
    earlier integer;
begin
    select j.id, j.inviter_id into won from crm.joins j
        where j.user_id = joiner and j.activated_at is not null and j.rewarded_at is null for update;
    if not found then
        return;
    end if;
    -- Two joiners of one inviter at once must not both count as the last one within the cap.
    perform pg_advisory_xact_lock(hashtextextended('crm.rewards ' || coalesce(won.inviter_id::text, ''), 0));
    select count(*) into earlier from crm.joins j
        where j.inviter_id = won.inviter_id and j.inviter_rewarded and j.rewarded_at > now - interval '30 days';
    rewarded := won.inviter_id is not null and earlier < most_rewards;
    update crm.joins j set rewarded_at = now, inviter_rewarded = rewarded where j.id = won.id;
    -- in one order of users, so that two transactions about the same users do not deadlock
    perform crm.grant_credits(g.uid, credits, g.note) from (
        select r.uid, r.note from (values (joiner, 'joined by an invitation'), (won.inviter_id, 'an invitation brought somebody')) r (uid, note)
        where r.uid = joiner or rewarded order by r.uid) g;
    inviter_id := won.inviter_id;
    join_id := won.id;
    return next;
end $$;

-- The leaderboard: points, standings, pages. migrations/0033_leaderboard.sql has the tables, and why a rank is a sum over scores.

-- Keep the counts equal to the standings at every change: points, a new day, a user who opts out or is erased. A trigger can name only
-- the transition tables of its event, hence three functions.
create or replace function crm.count_changed_standings() returns trigger
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

-- The same for new standings.
create or replace function crm.count_added_standings() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
    insert into crm.leaderboard_scores as s (period, score, people)
        select j.period, j.score, count(*) from joined j where j.shown group by j.period, j.score order by j.period, j.score
    on conflict (period, score) do update set people = s.people + excluded.people;
    return null;
end $$;

-- The same for deleted standings.
create or replace function crm.count_removed_standings() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
    insert into crm.leaderboard_scores as s (period, score, people)
        select g.period, g.score, -count(*) from gone g where g.shown group by g.period, g.score order by g.period, g.score
    on conflict (period, score) do update set people = s.people + excluded.people;
    return null;
end $$;

-- Lock the leaderboard: transactions that change standings run one after the other. All users share the counts at low scores, and
-- waiting is quicker than deadlocks.
create or replace function crm.lock_leaderboard() returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
begin atomic
    select pg_advisory_xact_lock(hashtextextended('crm.leaderboard', 0));
end;

-- Whether a user has said yes to being named on the leaderboard; without an answer nobody is.
create or replace function crm.is_shown(settings jsonb) returns boolean
    language sql immutable parallel safe
    return coalesce(settings -> 'leaderboard' = 'true'::jsonb, false);

-- Give points, each of them once.
create or replace function crm.add_points(user_ids uuid[], point_kind text, point_subject text, now timestamptz) returns void
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

-- Give the points for a completed introduction: to the requester, once for each person they met, and to the connectors who are users.
create or replace function crm.score_introduction(introduction uuid, now timestamptz) returns void
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
    -- The mailbox counts and not the contact: meeting the same person under another name does not count again.
    select encode(s.address_hash, 'hex') into met from crm.introduction_steps s
        where s.introduction_id = introduction and s.role = 'target';
    select array_agg(m.user_id) into connectors
        from crm.introduction_steps s join crm.members m on m.address_hash = s.address_hash
        where s.introduction_id = introduction and s.role = 'connector' and m.user_id <> requester;
    perform crm.add_points(array[requester], 'introduction', 'met ' || met, now);
    perform crm.add_points(connectors, 'introduction', 'connected ' || requester || ' ' || met, now);
end $$;

-- Remove the points of days that have left the periods; returns how many standings changed.
create or replace function crm.slide_leaderboard(now timestamptz) returns integer
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

-- Compute all standings again from the scored events.
create or replace function crm.rebuild_leaderboard(now timestamptz) returns integer
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

-- Apply a change of the settings to the standings: opting out and back in takes effect at once.
create or replace function crm.show_in_leaderboard() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
    if crm.is_shown(old.settings) <> crm.is_shown(new.settings) then
        perform crm.lock_leaderboard();
        update crm.leaderboard l set shown = crm.is_shown(new.settings) where l.user_id = new.id;
    end if;
    return null;
end $$;

-- A page of the shown users, best first, and the standing of the calling user among them, shown or not, as JSON. A rank is one more than the number of users with a
-- higher score, so equal scores share it. The page begins after after_score and after_tie, or at the top where these are null.
create or replace function crm.leaderboard_page(period text, after_score integer, after_tie uuid, most integer)
    returns table (items text, own text, last_score integer, last_tie uuid, more boolean)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp set enable_hashjoin = off set enable_mergejoin = off
as $$
#variable_conflict use_variable
declare
    uid constant uuid := crm.current_user_id();
begin
    return query
    with page as materialized (
        select l.score, l.tie, l.user_id, l.introductions, l.invitations, row_number() over (order by l.score desc, l.tie desc) as no
        from crm.leaderboard l
        where l.period = period and l.shown
            and (l.score, l.tie) < (coalesce(after_score, 2147483647), coalesce(after_tie, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
        order by l.score desc, l.tie desc limit most + 1
    ), ranked as materialized (
        -- the ranks of the scores on the page: the number of users above the first score, then a running sum
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
        (select json_build_object('rank', 1 + (select coalesce(sum(c.people), 0) from crm.leaderboard_scores c
                where c.period = period and c.score > s.score),
            'name', s.name, 'score', s.score, 'introductions', s.introductions, 'invitations', s.invitations, 'is_me', true, 'shown', s.shown)::text
            from self s),
        (select p.score from page p where p.no <= most order by p.no desc limit 1),
        (select p.tie from page p where p.no <= most order by p.no desc limit 1),
        (select count(*) > most from page);
end $$;

-- The metrics of growth. docs/introductions.md says what each metric means; these functions count it.
--
-- An invitee is a person who was invited: by an e-mail, or by a link through which they joined (the number of readers of an unused link
-- is unknown, so it counts as none). Two invitations to one mailbox are one invitee: that of the inviter by whom the person joined, else
-- that of the first inviter.

-- The invitees of a user, or of everyone where uid is null.
create or replace function crm.invitees(uid uuid)
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

-- The metrics of a user, or of all users, over a window that ends now. Conversion looks at invitations that have had their 28 days by now:
-- those sent in a window as long, 28 days earlier.
create or replace function crm.viral_figures(uid uuid, since timestamptz, now timestamptz) returns jsonb
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
        -- from the activation of the inviter to that of the joiner
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

-- The new active users of each week and their invitees, oldest first: the invitees of their first 28 days, and those of them who were
-- active within 28 days of the invitation. So a week is closed, and its K final, 56 days after its end. K = invitees / users * active / invitees.
create or replace function crm.viral_cohorts(since timestamptz, now timestamptz) returns jsonb
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

-- The metrics of all users, at most a minute old. Of two calls at once only the first computes them; the second returns the old ones.
create or replace function crm.everyones_figures(days integer, now timestamptz) returns jsonb
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

-- The deployed functions may call these; the other functions of this file are called only by functions.
grant execute on function crm.note_all_activity, crm.find_invitation, crm.find_join, crm.open_invitation, crm.accept_invitation,
    crm.reward_join, crm.add_points, crm.score_introduction, crm.slide_leaderboard, crm.rebuild_leaderboard, crm.leaderboard_page,
    crm.viral_figures, crm.viral_cohorts, crm.everyones_figures to crm_app;
