-- What became of the questions of introductions, as the order of paths by the chance of an answer uses it (decision 0104).

-- How likely somebody says yes who is asked over a tie that certainly holds, by what is known of them. The rows are the installation's, not a
-- user's: counts, and the rate that follows from them and from the rate at the start.
create table crm.answer_rates (
    readiness text primary key,
    -- the readier first: a rate is never above that of the place before
    place smallint not null unique,
    start_rate double precision not null,
    -- questions that ended by an answer or by silence, and those that were answered with yes
    asked integer not null default 0,
    accepted integer not null default 0,
    -- the sum of the strengths of the ties over which they were asked
    expected double precision not null default 0,
    rate double precision not null,
    learned_at timestamptz,
    constraint answer_rates_rate check (rate > 0 and rate < 1)
);
alter table crm.answer_rates enable row level security;

-- 384 of 24,163 chains of the small-world experiment by e-mail arrived, after 4.05 steps on average: 0.36 of those asked passed one on (Dodds,
-- Muhamad and Watts, Science 301, 2003). How much less others do is assumed.
insert into crm.answer_rates (readiness, place, start_rate, rate) values
    ('fresh', 1, 0.36, 0.36), ('asked_lately', 2, 0.25, 0.25), ('asked_often', 3, 0.14, 0.14), ('postponed', 4, 0.11, 0.11),
    ('silent', 5, 0.1, 0.1), ('declined', 6, 0.07, 0.07), ('unavailable', 7, 0.001, 0.001);

-- Of a step when it was made: the strength of the tie to the person, and how ready they were. Null for steps of before and behind a colleague.
alter table crm.introduction_steps
    add column strength real,
    add column readiness text,
    add constraint introduction_steps_strength check (strength > 0 and strength <= 1);

-- Steps of the search that only functions of the database called: they have further arguments now, or another name.
drop function if exists crm.cheapest_paths(uuid, integer, integer[], integer, integer, integer, bigint, timestamptz, integer[], bigint, integer),
    crm.paths_as_json(uuid, text[], boolean, timestamptz),
    crm.paths_through_colleagues(uuid, text[], text, integer, boolean, integer, bigint, timestamptz, timestamptz);
