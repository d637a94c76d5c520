-- name: find_requester :one
-- The user who asks: name, address, name and id of the self contact, where all paths begin.
select u.name, c.name, u.email, c.id
from crm.users u
join crm.contacts c on c.user_id = u.id and c.is_self
where u.id = :user_id::uuid

-- name: list_people :many
-- The contacts of a path, in order, with data that must not be passed on.
select c.id, c.name, c.company, c.title, c.email, c.emails, c.phones, c.linkedin_slug
from unnest(:ids::uuid[]) with ordinality p (id, position)
join crm.contacts c on c.user_id = :user_id::uuid and c.id = p.id
order by p.position

-- name: measure_path :one
-- Whether all ties of a path exist, the product of their strengths, and each of them.
with stop as (
    select p.position, c.no
    from unnest(:ids::uuid[]) with ordinality p (id, position)
    join crm.contacts c on c.user_id = :user_id::uuid and c.id = p.id
)
select count(r.strength) = cardinality(:ids::uuid[]) - 1,
    exp(sum(ln(crm.strength_at(r.strength, r.fades_from_s, :now::timestamptz)::float8)))::real,
    array_agg(crm.strength_at(r.strength, r.fades_from_s, :now::timestamptz) order by a.position)
from stop a
join stop b on b.position = a.position + 1
left join crm.relationships r on r.user_id = :user_id::uuid and r.from_no = a.no and r.to_no = b.no

-- name: list_people_through_colleague :many
-- The people on a path through a colleague, in order, and its strength; no row unless the user may see the whole path now.
select id, name, company, title, email, strength from crm.people_through_colleague(:ids::uuid[], :now::timestamptz)

-- name: mailbox_states :many
-- For each address: how often it was asked since a time, whether its owner answered "never", whether it does not exist.
select address, asked, never, bounced from crm.mailbox_states(:addresses::text[], :since::timestamptz)

-- name: create_introduction :value
insert into crm.introductions (user_id, target_id, message, purpose, strength, passed_over, created_at, updated_at)
values (:user_id::uuid, :target_id::uuid, :message, :purpose, :strength::real, :passed_over::jsonb,
    :now::timestamptz, :now::timestamptz)
returning id

-- name: create_steps :none
insert into crm.introduction_steps (introduction_id, position, user_id, role, contact_id, name, company, title, email, strength, readiness)
select :introduction_id::uuid, s.position, :user_id::uuid, s.role, s.contact_id, s.name, s.company, s.title, s.email, s.strength, r.readiness
from jsonb_to_recordset(:steps::jsonb) s (position smallint, role text, contact_id uuid, name text, company text, title text, email text, strength real)
join unnest(:contact_ids::uuid[], crm.readiness_of_contacts(:contact_ids::uuid[], :now::timestamptz)) r(contact_id, readiness) on r.contact_id = s.contact_id

-- name: lock_introduction :one
-- Read an introduction, and keep other transactions from changing it until this one ends.
select status, turn, target_id, message, purpose, reason
from crm.introductions where user_id = :user_id::uuid and id = :id::uuid
for update

-- name: read_introduction :one
select status, turn, target_id, message, purpose, reason
from crm.introductions where user_id = :user_id::uuid and id = :id::uuid

-- name: list_steps :many
select position, role, contact_id, name, company, title, email, asked_at, expires_at, reminded_at, decision, note
from crm.introduction_steps
where user_id = :user_id::uuid and introduction_id = :id::uuid
order by position

-- name: ask_step :none
update crm.introduction_steps
set asked_at = :now::timestamptz, expires_at = :expires_at::timestamptz, email = :email
where user_id = :user_id::uuid and introduction_id = :id::uuid and position = :position::smallint and asked_at is null

-- name: remind_step :none
update crm.introduction_steps set reminded_at = :now::timestamptz
where user_id = :user_id::uuid and introduction_id = :id::uuid and position = :position::smallint
    and decision is null and reminded_at is null

-- name: decide_step :none
update crm.introduction_steps set decision = :decision, note = :note, decided_at = :now::timestamptz
where user_id = :user_id::uuid and introduction_id = :id::uuid and position = :position::smallint
    and asked_at is not null and decision is null

-- name: move_introduction :none
update crm.introductions
set status = :status, turn = :turn::smallint, reason = :reason, updated_at = :now::timestamptz
where user_id = :user_id::uuid and id = :id::uuid

-- name: find_introduction :value
-- An introduction in the form of the API.
select document from crm.introductions_json where user_id = :user_id::uuid and id = :id::uuid

-- name: list_requested :many
-- The introductions that the user requested, newest first.
select id, created_at, document
from crm.introductions_json
where user_id = :user_id::uuid and (:status::text is null or status = :status::text)
    and (created_at, id) < (:before::timestamptz, :before_id::uuid)
order by created_at desc, id desc limit :most::int

-- name: list_asked :many
-- The introductions that the user was asked about, newest first.
select id, created_at, document
from crm.introductions_asked(:role, :status, :only::uuid, :before::timestamptz, :before_id::uuid, :most::int)

-- name: due_introductions :many
select user_id, id from crm.due_introductions(:now::timestamptz, :asked_before::timestamptz, :most::int)

-- name: list_answer_rates :many
-- How likely people of each class say yes, with the counts it follows from.
select readiness, start_rate, asked, accepted, expected, rate, learned_at from crm.told_answer_rates()

-- name: learn_answers :none
select crm.learn_answers(:now::timestamptz)
