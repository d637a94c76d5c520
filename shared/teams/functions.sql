-- Teams: create, join and leave them. migrations/0036_teams.sql has the tables, and what each user may read of them.

-- One statement for all contacts that a delete removes, as for ties.
create or replace function crm.forget_hidden_contacts() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
    set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off
as $$
begin
    delete from crm.hidden_contacts h using gone g where h.user_id = g.user_id and h.contact_no = g.no;
    return null;
end $$;

-- Delete a team without members, together with its invitations.
create or replace function crm.end_empty_team() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    update crm.teams t set owner_id = null where t.id = old.team_id and t.owner_id = old.user_id;
    delete from crm.teams t where t.id = old.team_id and not exists (select from crm.team_members m where m.team_id = t.id);
    return null;
end $$;

-- The owner of a team: the one it was passed on to, while they are a member, else the member who joined first.
create or replace function crm.team_owner(team uuid) returns uuid
    language sql stable
    set search_path = pg_catalog, pg_temp
begin atomic
    select m.user_id from crm.team_members m join crm.teams t on t.id = m.team_id
    where m.team_id = team order by (m.user_id = t.owner_id) desc nulls last, m.joined_at, m.user_id limit 1;
end;

-- Pass the caller's team on to another member; returns passed, unknown, or refused (the caller is not the owner).
create or replace function crm.pass_team_on(member uuid) returns text
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    caller constant uuid := crm.acting_user();
    team uuid;
begin
    select t.id into team from crm.team_members me join crm.team_members m on m.team_id = me.team_id and m.user_id = member
        join crm.teams t on t.id = me.team_id where me.user_id = caller for no key update of t;
    if not found then return 'unknown'; end if;
    if crm.team_owner(team) <> caller then return 'refused'; end if;
    update crm.teams t set owner_id = member where t.id = team;
    return 'passed';
end $$;

-- Create a team with the caller alone; null when the caller is in a team already.
create or replace function crm.create_team(team_name text, at timestamptz) returns uuid
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    uid constant uuid := crm.acting_user();
    made uuid;
begin
    insert into crm.teams (name, created_at) values (team_name, at) returning id into made;
    insert into crm.team_members (user_id, team_id, joined_at, self_no)
        select uid, made, at, c.no from crm.contacts c where c.user_id = uid and c.is_self on conflict (user_id) do nothing;
    if not found then
        delete from crm.teams t where t.id = made;
        return null;
    end if;
    return made;
end $$;

-- The caller's team and the invitations that wait for the caller, as JSON. It shows the e-mail addresses of colleagues: a user who joins
-- a team shows their address to it.
create or replace function crm.get_team() returns text
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
    return (
        select json_build_object(
            'team', (
                select json_build_object('id', t.id, 'name', t.name, 'shares_ties', me.shares_ties, 'shares_seen_ties', me.shares_seen_ties,
                    'shares_strengths', me.shares_strengths, 'created_at', t.created_at,
                    'members', (
                        select json_agg(json_build_object('id', u.id, 'name', coalesce(nullif(u.name, ''), u.email, 'Somebody'),
                                'email', u.email, 'shares_ties', m.shares_ties, 'joined_at', m.joined_at, 'is_me', u.id = uid,
                                'role', case when u.id = crm.team_owner(t.id) then 'owner' else 'member' end)
                            order by m.joined_at, u.id)
                        from crm.team_members m join crm.users u on u.id = m.user_id where m.team_id = t.id),
                    'invitations', (
                        select coalesce(json_agg(json_build_object('id', i.id, 'email', i.email, 'sent_at', i.sent_at)
                            order by i.sent_at, i.id), '[]')
                        from crm.team_invitations i where i.team_id = t.id))
                from crm.team_members me join crm.teams t on t.id = me.team_id where me.user_id = uid),
            'invitations', (
                select coalesce(json_agg(json_build_object('id', i.id, 'team', t.name,
                        'inviter', coalesce(nullif(u.name, ''), u.email, 'Somebody'), 'sent_at', i.sent_at) order by i.sent_at, i.id), '[]')
                from crm.users me
                join crm.team_invitations i on i.address_hash = crm.address_hash(me.email)
                join crm.teams t on t.id = i.team_id
                join crm.users u on u.id = i.user_id
                where me.id = uid))::text
        from (select crm.acting_user() as uid) caller);

-- Invite a mailbox to the caller's team; returns the invitation and the outcome: new, known (invited before), none (the caller is not in
-- a team), member (a colleague has the mailbox), full.
create or replace function crm.invite_to_team(address text, at timestamptz, most integer, out id uuid, out outcome text)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    caller constant uuid := crm.acting_user();
    mailbox constant bytea := crm.address_hash(address);
    team uuid;
begin
    -- the team is locked, so that two invitations at once do not both take the last place
    select t.id into team from crm.team_members m join crm.teams t on t.id = m.team_id where m.user_id = caller for no key update of t;
    if team is null then outcome := 'none'; return; end if;
    if exists (select from crm.team_members m join crm.users u on u.id = m.user_id
               where m.team_id = team and crm.address_hash(u.email) = mailbox) then outcome := 'member'; return; end if;
    select i.id, 'known' into id, outcome from crm.team_invitations i where i.team_id = team and i.address_hash = mailbox;
    if found then return; end if;
    if (select count(*) from crm.team_members m where m.team_id = team)
        + (select count(*) from crm.team_invitations i where i.team_id = team) >= most
    then
        outcome := 'full';
        return;
    end if;
    insert into crm.team_invitations as i (team_id, user_id, email, address_hash, sent_at)
        values (team, caller, address, mailbox, at) returning i.id, 'new' into id, outcome;
end $$;

-- Withdraw an invitation of the caller's team; false when the team has no such invitation.
create or replace function crm.cancel_team_invitation(invitation uuid) returns boolean
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    caller constant uuid := crm.acting_user();
begin
    delete from crm.team_invitations i using crm.team_members m
    where i.id = invitation and m.user_id = caller and i.team_id = m.team_id;
    return found;
end $$;

-- Join by an invitation to the caller's mailbox; returns joined, unknown, or member (of a team already).
create or replace function crm.join_team(invitation uuid, at timestamptz) returns text
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    caller constant uuid := crm.acting_user();
    team uuid;
begin
    delete from crm.team_invitations i using crm.users u
    where i.id = invitation and u.id = caller and i.address_hash = crm.address_hash(u.email)
    returning i.team_id into team;
    if not found then return 'unknown'; end if;
    insert into crm.team_members (user_id, team_id, joined_at, self_no)
        select caller, team, at, c.no from crm.contacts c where c.user_id = caller and c.is_self on conflict (user_id) do nothing;
    return case when found then 'joined' else 'member' end;
end $$;

-- Remove a member from the caller's team: the caller, or any member where the caller is the owner.
-- Returns gone, unknown, or refused.
create or replace function crm.remove_from_team(member uuid) returns text
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    caller constant uuid := crm.acting_user();
    team uuid;
begin
    select me.team_id into team from crm.team_members me join crm.team_members m on m.team_id = me.team_id
        where me.user_id = caller and m.user_id = member;
    if not found then return 'unknown'; end if;
    if member <> caller and caller <> crm.team_owner(team) then
        return 'refused';
    end if;
    delete from crm.team_members m where m.user_id = member and m.team_id = team;
    return 'gone';
end $$;

-- The deployed functions may call these; the other functions of this file are called only by functions.
grant execute on function crm.create_team, crm.get_team, crm.invite_to_team, crm.cancel_team_invitation, crm.join_team,
    crm.remove_from_team, crm.pass_team_on to crm_app;
