-- Growth: who invited whom, who came of it, and who stayed.
--
-- A member is active once they have five contacts or have asked for an introduction, within two weeks of signing in first. A joiner is a
-- member who came by an invitation: counted once per person, for the first code, and worth credits to both sides once active.

create table crm.members (
    user_id uuid primary key references crm.users on delete cascade,
    -- of the verified address; null: the identity provider told none
    address_hash bytea,
    joined_at timestamptz not null,
    activated_at timestamptz
);
create index members_by_mailbox on crm.members (address_hash);
create index members_by_activation on crm.members (activated_at) where activated_at is not null;
create index members_waiting on crm.members (joined_at) where activated_at is null;
alter table crm.members enable row level security;

insert into crm.members (user_id, address_hash, joined_at)
    select u.id, crm.address_hash(u.email), u.created_at from crm.users u;

create table crm.invitations (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references crm.users on delete cascade,
    -- email: to one address, with a code of its own. link: to whoever gets the user's link. introduction: in the footer of introductions
    channel text not null,
    code text not null constraint invitations_code unique,
    email text,
    address_hash bytea,
    message text not null default '',
    sent_at timestamptz not null,
    -- somebody pressed the button on its page; a scanner's GET does not count
    opened_at timestamptz,
    opens integer not null default 0,

    constraint invitations_channel check (channel in ('email', 'link', 'introduction')),
    constraint invitations_code_shape check (code ~ '^[a-z2-7]{16}$'),
    constraint invitations_addressed check ((channel = 'email') = (email is not null) and (channel = 'email') = (address_hash is not null)),
    constraint invitations_message_size check (length(message) <= 2000)
);

-- An address is invited once by each user, however it is spelt; a user has one link of each kind.
create unique index invitations_mailbox on crm.invitations (user_id, address_hash) where channel = 'email';
create unique index invitations_links on crm.invitations (user_id, channel) where channel <> 'email';
create index invitations_by_user on crm.invitations (user_id, sent_at desc, id desc);
create index invitations_by_time on crm.invitations (sent_at);

alter table crm.invitations enable row level security;
create policy own_invitations on crm.invitations
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select, insert on crm.invitations to crm_app;

-- Who came by whom. Outlives both: whoever erases themselves and comes back is not counted again.
create table crm.joins (
    id uuid primary key default gen_random_uuid(),
    user_id uuid constraint joins_person unique references crm.users on delete set null,
    address_hash bytea not null constraint joins_mailbox unique,
    inviter_id uuid references crm.users on delete set null,
    invitation_id uuid references crm.invitations on delete set null,
    channel text not null,
    -- when the invitation was sent; by a link, when it was accepted
    invited_at timestamptz not null,
    accepted_at timestamptz not null,
    activated_at timestamptz,
    -- the joiner has their credits; the inviter may have had too many already
    rewarded_at timestamptz,
    inviter_rewarded boolean not null default false,
    constraint joins_channel check (channel in ('email', 'link', 'introduction'))
);
create unique index joins_by_email on crm.joins (invitation_id) where channel = 'email';
create index joins_by_inviter on crm.joins (inviter_id, accepted_at);
create index joins_waiting on crm.joins (accepted_at) where activated_at is null;
create index joins_by_activation on crm.joins (activated_at) where activated_at is not null;
alter table crm.joins enable row level security;
create policy own_joins on crm.joins for select
    using (inviter_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select on crm.joins to crm_app;
