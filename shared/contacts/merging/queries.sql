-- name: lock_contacts :many
-- Keep others from changing contacts until the transaction ends; returns those that are there, and whether each is the self contact.
select id, is_self from crm.contacts where user_id = :user_id::uuid and id = any (:ids::uuid[]) order by id for update

-- name: merged_into :many
-- The contacts that ids of merged contacts lead to.
select id, contact_id from crm.merged_into(:user_id::uuid, :ids::uuid[])

-- name: find_merge :value
-- The operation that merged a contact into another.
select c.operation_id from crm.changes c
where c.user_id = :user_id::uuid and c.before ->> 'id' = :contact_id::uuid::text and c.did = 'm' and c.subject is null
order by c.no desc limit 1

-- name: introductions_between :value
-- How many introductions under way keep contacts from being merged.
select crm.introductions_between(:ids::uuid[])

-- name: merge_contacts :value
-- Merge contacts into one; the values that did not become its own, as JSON.
select crm.merge_contacts(:keep::uuid, :others::uuid[], :chosen::jsonb)::text
