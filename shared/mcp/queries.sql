-- name: contact_by_number :value
select id from crm.contacts where user_id = :user_id::uuid and no = :no::int

-- name: numbers_of :many
select id, no from crm.contacts where user_id = :user_id::uuid and id = any (:ids::uuid[])

-- name: ties_to :many
-- How well the user knows some contacts now, and when they last spoke.
select c.id, case when r.strength is null then null else crm.strength_at(r.strength, r.fades_from_s, now()) end,
    '2020-01-01 00:00+00'::timestamptz + make_interval(secs => l.last_s)
from crm.contacts c
join crm.contacts s on s.user_id = :user_id::uuid and s.is_self
left join crm.relationships r on r.user_id = :user_id::uuid and r.from_no = s.no and r.to_no = c.no
left join crm.last_contacts l on l.user_id = :user_id::uuid and l.contact_no = c.no
where c.user_id = :user_id::uuid and c.id = any (:ids::uuid[])

-- name: contacts_by_name :many
select c.id, c.name, c.title, c.company from crm.contacts c
where c.user_id = :user_id::uuid and not c.is_self and c.name_key = left(crm.fold(:name), 200) order by c.company_key, c.id limit :most::int

-- name: open_introductions_to :many
select i.id, i.status, i.created_at from crm.introductions i
where i.user_id = :user_id::uuid and i.target_id = :id::uuid and i.status in ('requested', 'connector_accepted', 'introduced')
order by i.created_at desc limit 5

-- name: add_draft :none
insert into crm.drafts (user_id, handle, kind, request, expires_at)
values (:user_id::uuid, :handle, :kind, :request::jsonb, :expires_at::timestamptz)

-- name: take_draft :one
-- A draft, held until the transaction ends: what it asks, whether it has expired, and what was done with it.
select d.request::text, d.expires_at <= :now::timestamptz, d.outcome::text from crm.drafts d
where d.user_id = :user_id::uuid and d.handle = :handle and d.kind = :kind for update

-- name: end_draft :none
update crm.drafts set outcome = :outcome::jsonb where user_id = :user_id::uuid and handle = :handle

-- name: remove_drafts :none
-- Remove the user's drafts of yesterday and before.
delete from crm.drafts where user_id = :user_id::uuid and expires_at < :now::timestamptz - interval '1 day'

-- name: sent_today :value
-- How many letters the programs of the user have sent since a time.
select count(*) from crm.drafts where user_id = :user_id::uuid and kind = 'introduction' and outcome is not null and expires_at > :since::timestamptz
