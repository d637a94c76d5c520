-- The letters about the day (decision 0116): who gets one when. Made by a trigger from the settings of users.

create table crm.digests (
    user_id uuid primary key references crm.users on delete cascade,
    weekly boolean not null,
    -- of the user's day and week: Monday is 1
    hour smallint not null,
    weekday smallint not null,
    zone text not null,
    next_at timestamptz not null,
    -- the last letter tells what happened from the first to the second of these
    told_from timestamptz,
    told_at timestamptz,
    constraint digests_hour check (hour between 0 and 23),
    constraint digests_weekday check (weekday between 1 and 7)
);
create index digests_by_time on crm.digests (next_at);

alter table crm.digests enable row level security;
create policy own_digests on crm.digests
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select on crm.digests to crm_app;
