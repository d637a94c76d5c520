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
