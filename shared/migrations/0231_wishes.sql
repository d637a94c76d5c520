-- People and companies whom users wish to reach, in their book or not; a schedule looks for a way and notes once that one has opened (decision 0105).

create table crm.wishes (
    user_id uuid not null references crm.users on delete cascade,
    id uuid not null default gen_random_uuid(),
    -- the contact meant; else it is found by what follows, once it is in the book
    contact_id uuid,
    name text,
    -- in lower case
    email text,
    linkedin_slug text,
    company text,
    least_likelihood real not null,
    created_at timestamptz not null,
    checked_at timestamptz,
    -- when a way as likely as that was there for the first time, and how likely it was
    opened_at timestamptz,
    opened_likelihood real,
    primary key (user_id, id),
    constraint wishes_of_somebody check (num_nonnulls(contact_id, name, email, linkedin_slug, company) > 0),
    constraint wishes_sizes check (length(name) <= 500 and length(email) <= 320 and length(linkedin_slug) <= 200 and length(company) <= 500),
    constraint wishes_likelihood check (least_likelihood > 0 and least_likelihood <= 1)
);
create unique index wishes_once on crm.wishes (user_id, coalesce(contact_id::text, ''), coalesce(name, ''), coalesce(email, ''), coalesce(linkedin_slug, ''), coalesce(company, ''));
create index wishes_waiting on crm.wishes (checked_at nulls first) where opened_at is null;

alter table crm.wishes enable row level security;
create policy own_wishes on crm.wishes
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select, insert, update, delete on crm.wishes to crm_app;

-- The search for paths takes a circle as a further argument.
drop function if exists crm.find_ways(uuid, uuid, text, integer, text, integer, timestamptz, interval);
