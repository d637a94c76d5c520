-- Contacts that a job goes through, chosen when it was asked for and taken part by part: what the job changes, and what is written meanwhile,
-- changes nothing of the choice.
create table crm.job_contacts (
    user_id uuid not null,
    job_id uuid not null,
    part integer not null,
    -- ids of contacts, also of deleted ones
    ids uuid[] not null,
    primary key (user_id, job_id, part),
    foreign key (user_id, job_id) references crm.jobs on delete cascade
);
alter table crm.job_contacts enable row level security;
create policy own on crm.job_contacts using (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select, insert, update, delete on crm.job_contacts to crm_app;
