-- Introductions: one person after the other along a path is asked, and nobody's contact data moves before its owner agrees.

create table crm.introductions (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references crm.users on delete cascade,
    -- a contact of the user; it may be removed later, so its name is kept with the step
    target_id uuid not null,
    status text not null default 'requested',
    -- whose turn it is, or whose it was when it ended: position of a step
    turn smallint not null default 1,
    message text not null,
    purpose text not null default '',
    -- why it ended, where the status does not tell: the address of whoever was to be asked does not work
    reason text,
    -- of the path, when it was chosen
    strength real,
    -- better paths that were not taken: [{"contact_id", "name", "reason"}]
    passed_over jsonb not null default '[]',
    created_at timestamptz not null,
    updated_at timestamptz not null,

    constraint introductions_status check (status in
        ('requested', 'connector_accepted', 'introduced', 'completed', 'declined', 'not_now', 'withdrawn', 'expired')),
    constraint introductions_message_size check (length(message) between 1 and 2000),
    constraint introductions_purpose_size check (length(purpose) <= 200),
    constraint introductions_reason check (reason in ('undeliverable')),
    constraint introductions_passed_over check (jsonb_typeof(passed_over) = 'array')
);

-- One question about a person at a time.
create unique index introductions_open on crm.introductions (user_id, target_id)
    where status in ('requested', 'connector_accepted');
create index introductions_by_user on crm.introductions (user_id, created_at desc, id desc);

-- The people on the path behind the requester, in order: the connectors, last the target.
create table crm.introduction_steps (
    introduction_id uuid not null references crm.introductions on delete cascade,
    position smallint not null,
    user_id uuid not null references crm.users on delete cascade,
    role text not null,
    contact_id uuid not null,
    name text not null,
    company text,
    title text,
    -- null: nobody has told it yet; the connector before may
    email text,
    address_hash bytea,
    asked_at timestamptz,
    expires_at timestamptz,
    reminded_at timestamptz,
    -- what the person answered, or how the question ended without an answer
    decision text,
    note text not null default '',
    decided_at timestamptz,

    primary key (introduction_id, position),
    constraint introduction_steps_position check (position between 1 and 6),
    constraint introduction_steps_role check (role in ('connector', 'target')),
    constraint introduction_steps_decision check (decision in
        ('accept', 'decline', 'not_now', 'never', 'withdrawn', 'expired', 'undeliverable')),
    constraint introduction_steps_decided check ((decision is null) = (decided_at is null)),
    constraint introduction_steps_asked check ((asked_at is null) = (expires_at is null) and (asked_at is not null or decision is null)),
    constraint introduction_steps_note_size check (length(note) <= 1000)
);
create index introduction_steps_by_mailbox on crm.introduction_steps (address_hash, asked_at) where asked_at is not null;
create index introduction_steps_open on crm.introduction_steps (expires_at) where asked_at is not null and decision is null;
create index introduction_steps_by_user on crm.introduction_steps (user_id);

alter table crm.introductions enable row level security;
create policy own_introductions on crm.introductions
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
alter table crm.introduction_steps enable row level security;
create policy own_introduction_steps on crm.introduction_steps
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select, insert, update on crm.introductions, crm.introduction_steps to crm_app;

-- An introduction as its requester sees it, in one place. "Never" and "decline" look the same; so does a target's no without its note.
create view crm.introductions_json with (security_invoker = true) as
select i.user_id, i.id, i.status, i.created_at, json_build_object(
    'id', i.id, 'role', 'requester', 'status', i.status, 'reason', i.reason,
    'target', p.target, 'connector', p.people -> 0, 'path', jsonb_build_array(me.self) || p.people,
    'message', i.message, 'purpose', nullif(i.purpose, ''),
    'hops', jsonb_array_length(p.people), 'strength', i.strength, 'steps', p.steps, 'history', h.history,
    'waiting_for', w.name, 'expires_at', w.expires_at, 'passed_over', i.passed_over,
    'created_at', i.created_at, 'updated_at', i.updated_at)::text as document
from crm.introductions i
cross join lateral (
    select jsonb_agg(jsonb_build_object('id', s.contact_id, 'name', s.name, 'company', s.company, 'title', s.title)
            order by s.position) as people,
        (array_agg(json_build_object('id', s.contact_id, 'name', s.name, 'company', s.company, 'title', s.title)
            order by s.position desc))[1] as target,
        json_agg(json_build_object('position', s.position, 'role', s.role, 'contact_id', s.contact_id, 'name', s.name,
            'state', coalesce(
                case s.decision when 'accept' then 'accepted' when 'decline' then 'declined' when 'never' then 'declined' else s.decision end,
                case when s.asked_at is null then 'waiting' else 'asked' end),
            'asked_at', s.asked_at, 'reminded_at', s.reminded_at, 'decided_at', s.decided_at,
            'note', case when s.role = 'connector' or s.decision = 'accept' then s.note else '' end)
            order by s.position) as steps
    from crm.introduction_steps s where s.user_id = i.user_id and s.introduction_id = i.id
) p
left join crm.introduction_steps w on w.user_id = i.user_id and w.introduction_id = i.id and w.position = i.turn
    and i.status in ('requested', 'connector_accepted')
left join lateral (
    select jsonb_build_object('id', c.id, 'name', c.name, 'company', c.company, 'title', c.title) as self
    from crm.contacts c where c.user_id = i.user_id and c.is_self
) me on true
cross join lateral (
    -- every state it was in, when it came to it, by whom, and their words
    select json_agg(json_build_object('status', e.status, 'at', e.at, 'name', e.name, 'note', e.note) order by e.at, e.no) as history
    from (
        select 0 as no, 'requested' as status, i.created_at as at, null as name, null as note
        union all
        select s.position, case s.role when 'connector' then 'connector_accepted' else 'introduced' end, s.decided_at, s.name,
            nullif(s.note, '')
        from crm.introduction_steps s
        where s.user_id = i.user_id and s.introduction_id = i.id and s.decision = 'accept'
        union all
        select 9, i.status, i.updated_at, null, nullif(l.note, '')
        from (values (1)) one left join crm.introduction_steps l
            on l.user_id = i.user_id and l.introduction_id = i.id and l.position = i.turn and l.role = 'connector'
        where i.status not in ('requested', 'connector_accepted', 'introduced')
    ) e
) h;
grant select on crm.introductions_json to crm_app;
