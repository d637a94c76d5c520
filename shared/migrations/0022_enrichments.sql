-- Enrichment: where each contact stands, what providers answered, who asked to be left alone.

-- Locks are taken in one order everywhere: the user, the contact, its enrichment, answers, reservations, events. It is the order in
-- which erasing a user or a contact cascades.

-- One row for each contact that was ever queued: which event is to do the work, and which run of the consumer is at it.
create table crm.enrichments (
    user_id uuid not null,
    contact_id uuid not null,
    -- the event that does the work; any other of this contact is out of date
    event_id uuid not null,
    priority smallint not null,
    requested_at timestamptz not null default clock_timestamp(),
    -- answers from before this do not count: somebody asked for fresh ones
    fresh_after timestamptz,
    -- of the address that was asked about last
    email_hash bytea,
    -- the run that is at it, until when it counts as alive
    token uuid,
    leased_until timestamptz,
    -- how often a provider that could not answer was put off
    postponed smallint not null default 0,
    -- null while queued or under way
    outcome text,
    finished_at timestamptz,
    -- its event lies among the dead letters, and may be raised from there
    buried boolean not null default false,
    -- the index below is on this and not on the outcome, so that a run that ends writes no index
    awaits_credits boolean not null default false,

    primary key (user_id, contact_id),
    foreign key (user_id, contact_id) references crm.contacts (user_id, id) on delete cascade,
    constraint enrichments_outcome check (outcome in ('done', 'partial', 'not_found', 'failed', 'no_credits')),
    constraint enrichments_finished check ((outcome is null) = (finished_at is null)),
    constraint enrichments_credits check (awaits_credits = (outcome is not distinct from 'no_credits'))
) with (fillfactor = 80);
create index enrichments_event on crm.enrichments (event_id);
create index enrichments_email on crm.enrichments (email_hash) where email_hash is not null;
create index enrichments_no_credits on crm.enrichments (user_id, requested_at) where awaits_credits;
alter table crm.enrichments enable row level security;
create policy own_enrichments on crm.enrichments
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select on crm.enrichments to crm_app;

-- What providers answered, by e-mail hash; of all users together where the provider's terms allow it. Kept here and not in Redis: it
-- commits together with the charge for it, so an answer that was paid for is never lost.
create table crm.provider_answers (
    provider text not null,
    email_hash bytea not null,
    -- all zeros: for everybody; else for this user alone
    scope uuid not null,
    -- null while it is asked for the first time; the answer is null when the provider knows nobody of this address
    outcome text,
    answer jsonb,
    fetched_at timestamptz,
    expires_at timestamptz,
    -- which run is asking right now: nobody else does meanwhile
    asked_by uuid,
    asked_until timestamptz,

    primary key (provider, email_hash, scope),
    constraint provider_answers_outcome check (outcome in ('found', 'not_found')),
    constraint provider_answers_found check ((outcome is not distinct from 'found') = (answer is not null)),
    constraint provider_answers_fetched check ((outcome is null) = (fetched_at is null) and (outcome is null) = (expires_at is null))
);
create index provider_answers_email on crm.provider_answers (email_hash);
create index provider_answers_expiry on crm.provider_answers (expires_at);
alter table crm.provider_answers enable row level security;

-- People who asked a provider to be removed. Their addresses are kept only as hashes, to recognise them and never ask again.
create table crm.suppressions (
    email_hash bytea primary key,
    provider text not null,
    at timestamptz not null default now()
);
alter table crm.suppressions enable row level security;
