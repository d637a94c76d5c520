-- Teams: users who may find paths through each other's ties, as far as each of them shares.
--
-- Who is in a team is nobody's own row, so the tables show a user their own membership and nothing else. Whatever looks further is a
-- security definer function that begins at the caller's membership: who has none, sees nothing.

create table crm.teams (
    id uuid primary key default gen_random_uuid(),
    name text not null,
    created_at timestamptz not null,
    constraint teams_name_size check (length(name) between 1 and 200)
);
alter table crm.teams enable row level security;

-- A user is in one team, so that nobody has to be asked which one is meant.
create table crm.team_members (
    user_id uuid primary key references crm.users on delete cascade,
    team_id uuid not null references crm.teams on delete cascade,
    -- nothing is shared before somebody says so
    shares_ties boolean not null default false,
    joined_at timestamptz not null,
    -- the user as a node of their graph, where the paths of colleagues begin
    self_no integer not null
);
create index team_members_by_team on crm.team_members (team_id);
alter table crm.team_members enable row level security;
create policy own_membership on crm.team_members
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select, update (shares_ties) on crm.team_members to crm_app;
create policy own_team on crm.teams for select
    using (exists (select from crm.team_members m where m.team_id = id and m.user_id = nullif(current_setting('app.user_id', true), '')::uuid));
grant select on crm.teams to crm_app;

-- An invitation is for a mailbox: only who signs in with its address may accept.
create table crm.team_invitations (
    id uuid primary key default gen_random_uuid(),
    team_id uuid not null references crm.teams on delete cascade,
    user_id uuid not null references crm.users on delete cascade,
    email text not null,
    address_hash bytea not null,
    sent_at timestamptz not null,
    constraint team_invitations_mailbox unique (team_id, address_hash),
    constraint team_invitations_email_size check (length(email) between 3 and 320)
);
create index team_invitations_by_mailbox on crm.team_invitations (address_hash);
create index team_invitations_by_user on crm.team_invitations (user_id);
alter table crm.team_invitations enable row level security;
create policy own_team_invitations on crm.team_invitations for select
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select on crm.team_invitations to crm_app;

-- Contacts through whom and to whom no colleague finds a path.
create table crm.hidden_contacts (
    user_id uuid not null references crm.users on delete cascade,
    contact_no integer not null,
    hidden_at timestamptz not null,
    primary key (user_id, contact_no)
);
alter table crm.hidden_contacts enable row level security;
create policy own_hidden_contacts on crm.hidden_contacts
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select, insert, delete on crm.hidden_contacts to crm_app;
