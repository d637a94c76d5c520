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

create function crm.keep_member() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
    insert into crm.members as m (user_id, address_hash, joined_at) values (new.id, crm.address_hash(new.email), new.created_at)
    on conflict (user_id) do update set address_hash = excluded.address_hash;
    return null;
end $$;
create trigger keep_member after insert or update of email on crm.users for each row execute function crm.keep_member();
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

create function crm.hash_invitation_address() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
    new.address_hash := crm.address_hash(new.email);
    return new;
end $$;
create trigger hash_invitation_address before insert or update of email on crm.invitations
    for each row execute function crm.hash_invitation_address();

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

-- When a user first had five contacts or asked for an introduction; null: not yet. Contacts count from when they were added.
create function crm.became_active_at(uid uuid) returns timestamptz
    language sql stable
    set search_path = pg_catalog, pg_temp
begin atomic
    select least(
        (select c.created_at from crm.contacts c where c.user_id = uid and not c.is_self order by c.created_at, c.id offset 4 limit 1),
        (select min(i.created_at) from crm.introductions i where i.user_id = uid));
end;

-- Counts a member as active, and as somebody's joiner, when it is so; says so in the outbox once.
create function crm.note_activity(uid uuid) returns boolean
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

-- After contacts were added or an introduction was asked for: for one user, by a look at two primary keys once they are active.
create function crm.note_own_activity() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
    uid constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
begin
    if uid is not null then
        perform crm.note_activity(uid);
    end if;
    return null;
end $$;
create trigger note_own_activity after insert on crm.contacts for each statement execute function crm.note_own_activity();
create trigger note_own_activity after insert on crm.introductions for each statement execute function crm.note_own_activity();

-- Finds activity that no trigger saw, such as that of data loaded by the owner; how many became active joiners.
create function crm.note_all_activity(now timestamptz, most integer) returns integer
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

-- The invitation of a code, for whoever holds it: whose it is and what they wrote.
create function crm.find_invitation(code text) returns table (inviter text, message text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select coalesce(nullif(u.name, ''), 'Somebody'), i.message
    from crm.invitations i join crm.users u on u.id = i.user_id
    where i.code = find_invitation.code;
end;

-- By whose invitation a user came, as JSON; null where by none.
create function crm.find_join(uid uuid) returns json
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select json_build_object('inviter', coalesce(nullif(u.name, ''), 'Somebody'), 'channel', j.channel, 'accepted_at', j.accepted_at,
        'activated_at', j.activated_at)
    from crm.joins j left join crm.users u on u.id = j.inviter_id
    where j.user_id = uid;
end;

-- Counts that somebody opened an invitation; false where there is none of this code.
create function crm.open_invitation(code text, now timestamptz) returns boolean
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    with opened as (
        update crm.invitations i set opened_at = coalesce(i.opened_at, now), opens = i.opens + 1
        where i.code = open_invitation.code returning 1)
    select exists (select from opened);
end;

-- Joins by a code. 'accepted' now, 'repeated' the same code as before; else why it does not count:
-- 'unknown' no such code, 'own' one's own, by whatever spelling of the address, 'counted' came by another code (or erased themselves and came
-- back), 'member' signed in first too long ago, 'circle' invited, by however many others, the one whose code it is, 'nameless' no
-- verified address to tell people by.
create function crm.accept_invitation(uid uuid, code text, now timestamptz) returns text
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    joiner record;
    invitation record;
    known record;
    by_channel text;
begin
    -- One at a time for each joiner; also keeps two people from joining by each other at the same moment.
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
    -- An e-mail's code brings one; whoever else has it was given it as a link.
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

-- Gives both sides their credits for a joiner who became active, once. The inviter gets no more than so many rewards in 30 days; the
-- joiner always gets theirs. What was given to the joiner and the inviter; nothing where it was done before.
create function crm.reward_join(joiner uuid, credits integer, most_rewards integer, now timestamptz)
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
    -- Two joiners of one inviter at once must not both be the last one within the cap.
    perform pg_advisory_xact_lock(hashtextextended('crm.rewards ' || coalesce(won.inviter_id::text, ''), 0));
    select count(*) into earlier from crm.joins j
        where j.inviter_id = won.inviter_id and j.inviter_rewarded and j.rewarded_at > now - interval '30 days';
    rewarded := won.inviter_id is not null and earlier < most_rewards;
    update crm.joins j set rewarded_at = now, inviter_rewarded = rewarded where j.id = won.id;
    -- in one order of users, so that two who invited in a chain do not wait for each other
    perform crm.grant_credits(g.uid, credits, g.note) from (
        select r.uid, r.note from (values (joiner, 'joined by an invitation'), (won.inviter_id, 'an invitation brought somebody')) r (uid, note)
        where r.uid = joiner or rewarded order by r.uid) g;
    inviter_id := won.inviter_id;
    join_id := won.id;
    return next;
end $$;

revoke all on function crm.keep_member, crm.hash_invitation_address, crm.became_active_at, crm.note_activity, crm.note_own_activity,
    crm.note_all_activity, crm.find_invitation, crm.find_join, crm.open_invitation, crm.accept_invitation, crm.reward_join from public;
grant execute on function crm.note_all_activity, crm.find_invitation, crm.find_join, crm.open_invitation, crm.accept_invitation, crm.reward_join
    to crm_app;
