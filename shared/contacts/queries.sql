-- name: find_contact :value
-- One contact as JSON.
select document from crm.contacts_json where user_id = :user_id::uuid and id = :contact_id::uuid

-- name: lock_contact :one
-- Keep others from changing a contact until the transaction ends; returns whether it is the self contact.
select is_self from crm.contacts where user_id = :user_id::uuid and id = :contact_id::uuid for update

-- name: create_contact :value
-- Add a contact and return its id; no row when a contact has the e-mail or the profile already, or, under a name that can be the same
-- person's, one of the addresses among its own. An address that is an office's, by the contacts that have it, is not the first.
insert into crm.contacts (user_id, name, email, emails, phones, company, title, location, linkedin_url, linkedin_slug,
    birthday, notes, tags, custom, source)
select :user_id::uuid, :name, case when :name::text <> '' and exists (select from crm.addresses_of_offices(:user_id::uuid, array[lower(:email::text)])) then null else :email end, :emails::text[], :phones::text[], :company, :title, :location, :linkedin_url,
    :linkedin_slug, :birthday, :notes, :tags::text[], :custom::jsonb, :source
where not exists (select from crm.sharers_of_keys(:user_id::uuid, :name::text, :emails::text[], :linkedin_url::text))
on conflict do nothing
returning id

-- name: find_same_contact :one
-- The contact that has an e-mail or a profile, its name, and whether that name is clearly another person's. A contact with the
-- same name comes first, then the one with the e-mail, then those that have one of the addresses among their further ones.
select c.id, c.document, n.name, n.apart
from (
    select k.id, true as is_first from crm.contacts k
    where k.user_id = :user_id::uuid and (k.email_key = lower(:email::text) or k.linkedin_slug = :linkedin_slug::text)
    union all
    select s.contact_id, false from crm.sharers_of_keys(:user_id::uuid, :name::text, :emails::text[], :linkedin_url::text) s) h
join crm.contacts_json c on c.user_id = :user_id::uuid and c.id = h.id
join lateral (
    select o.name, h.is_first and crm.names_apart(o.name, :name::text, :email::text) as apart
    from crm.contacts o where o.user_id = c.user_id and o.id = c.id) n on true
order by n.apart, h.is_first desc, (c.email_key = lower(:email::text)) desc nulls last, c.created_at, c.id
limit 1

-- name: replace_contact :none
-- Set every field that people edit; write nothing where nothing differs. An e-mail that was not stated, only taken from the first of
-- `emails`, stays null where another contact has it as its e-mail.
update crm.contacts c
set name = :name, emails = :emails::text[], phones = :phones::text[], company = :company, title = :title,
    location = :location, linkedin_url = :linkedin_url, linkedin_slug = :linkedin_slug, birthday = :birthday,
    notes = :notes, tags = :tags::text[], custom = :custom::jsonb, updated_at = now(),
    email = n.email
from (select case when :email_stated::boolean or not exists (
        select from crm.contacts o
        where o.user_id = :user_id::uuid and o.email_key = lower(:email::text) and o.id <> :contact_id::uuid) then :email::text end as email) s
    cross join lateral (select case when :name::text <> '' and exists (select from crm.addresses_of_offices(:user_id::uuid, array[lower(s.email)])) then null
        else s.email end as email) n
where c.user_id = :user_id::uuid and c.id = :contact_id::uuid
    and (c.name, c.email, c.emails, c.phones, c.company, c.title, c.location, c.linkedin_url, c.linkedin_slug, c.birthday, c.notes, c.tags, c.custom)
        is distinct from (:name::text, n.email, :emails::text[], :phones::text[], :company::text, :title::text, :location::text,
            :linkedin_url::text, :linkedin_slug::text, :birthday::text, :notes::text, :tags::text[], :custom::jsonb)

-- name: release_addresses :none
-- Take from contacts, as their first, the addresses among these that three people of one company have now.
select crm.release_addresses_of_offices(:user_id::uuid, array(select lower(e) from unnest(:emails::text[]) e))

-- name: delete_contact :none
delete from crm.contacts where user_id = :user_id::uuid and id = :contact_id::uuid

-- name: count_contacts :value
select count(*) from crm.contacts where user_id = :user_id::uuid

-- name: list_by_name :one
-- A page as one JSON array, the sort key and id of its last contact, and whether more follow. The first page begins after a
-- key that is less than all others.
with page as (
    select name_key as key, id, document
    from crm.contacts_json
    where user_id = :user_id::uuid and (name_key, id) > (:after_key::text, :after_id::uuid)
    order by name_key, id limit :limit::int + 1)
select crm.json_items(array_agg(document), :limit::int), (array_agg(key))[:limit::int], (array_agg(id))[:limit::int],
    count(*) > :limit::int
from page

-- name: list_by_company :one
with page as (
    select company_key as key, id, document
    from crm.contacts_json
    where user_id = :user_id::uuid and (company_key, id) > (:after_key::text, :after_id::uuid)
    order by company_key, id limit :limit::int + 1)
select crm.json_items(array_agg(document), :limit::int), (array_agg(key))[:limit::int], (array_agg(id))[:limit::int],
    count(*) > :limit::int
from page

-- name: list_by_created_at :one
with page as (
    select created_at as key, id, document
    from crm.contacts_json
    where user_id = :user_id::uuid and (created_at, id) < (:after_key::timestamptz, :after_id::uuid)
    order by created_at desc, id desc limit :limit::int + 1)
select crm.json_items(array_agg(document), :limit::int), (array_agg(key))[:limit::int]::text, (array_agg(id))[:limit::int],
    count(*) > :limit::int
from page

-- name: list_by_updated_at :one
with page as (
    select updated_at as key, id, document
    from crm.contacts_json
    where user_id = :user_id::uuid and (updated_at, id) < (:after_key::timestamptz, :after_id::uuid)
    order by updated_at desc, id desc limit :limit::int + 1)
select crm.json_items(array_agg(document), :limit::int), (array_agg(key))[:limit::int]::text, (array_agg(id))[:limit::int],
    count(*) > :limit::int
from page

-- name: search_contacts :one
-- A page of the contacts that answer a question, best first, as for the lists; its sort key is score, name and id.
with page as (
    select f.score, f.name_key, f.id,
        left(c.document, -1) || ',"score":' || round(f.score::numeric, 4) || ',"matched":' || to_json(f.matched) || '}' as document
    from crm.search_contacts(:question, :limit::int + 1, :after_score::real, :after_name::text, :after_id::uuid)
        with ordinality f
    join crm.contacts_json c on c.user_id = :user_id::uuid and c.id = f.id
    order by f.ordinality)
select crm.json_items(array_agg(document), :limit::int), (array_agg(score))[:limit::int]::text, (array_agg(name_key))[:limit::int],
    (array_agg(id))[:limit::int], count(*) > :limit::int
from page

-- name: search_among :one
-- The same among the contacts that fit, as for the lists.
with page as (
    select f.score, f.name_key, f.id,
        left(c.document, -1) || ',"score":' || round(f.score::numeric, 4) || ',"matched":' || to_json(f.matched) || '}' as document
    from crm.search_among(:question, :filters::jsonb, :limit::int + 1, :after_score::real, :after_name::text, :after_id::uuid) with ordinality f
    join crm.contacts_json c on c.user_id = :user_id::uuid and c.id = f.id
    order by f.ordinality)
select crm.json_items(array_agg(document), :limit::int), (array_agg(score))[:limit::int]::text, (array_agg(name_key))[:limit::int],
    (array_agg(id))[:limit::int], count(*) > :limit::int
from page

-- name: find_by_profile :value
-- The contacts that have a profile, as the first or a further one, and fit, of the caller of `crm.list_among`.
select crm.json_items(array_agg(left(c.document, -1) || ',"score":1,"matched":["linkedin_url"]}' order by c.name_key, c.id), :limit::int)
from (select s.id from crm.contacts s where s.user_id = :user_id::uuid and s.linkedin_slug in (:slug::text, lower(:slug::text))
    union select k.contact_id from crm.contact_keys k where k.user_id = :user_id::uuid and k.key in ('in/' || :slug::text, 'in/' || lower(:slug::text))) h
join crm.contacts_json c on c.user_id = :user_id::uuid and c.id = h.id
where :filters::jsonb = '{}' or c.id in (
    select f.id from crm.list_among(:filters::jsonb, 'name', '', '00000000-0000-0000-0000-000000000000', 2147483647) f)

-- name: count_answers :one
-- How many contacts answer a question and fit, of the caller of `crm.search_among`, and whether that was counted.
select counted, is_exact from crm.count_answers(:question, :filters::jsonb)

-- name: export_page :one
-- Contacts in the order of their ids, which never change: each is exported once, also while contacts are edited.
with page as (
    select id, document
    from crm.contacts_json
    where user_id = :user_id::uuid and id > :after_id::uuid
    order by id limit :limit::int)
select crm.json_items(array_agg(document), :limit::int), (array_agg(id))[count(*)]
from page

-- name: list_among :one
-- A page of the contacts that pass the filters, as for the lists.
with page as (
    select f.key, f.id, c.document
    from crm.list_among(:filters::jsonb, :sort::text, :after_key::text, :after_id::uuid, :limit::int + 1) with ordinality f
    join crm.contacts_json c on c.user_id = :user_id::uuid and c.id = f.id
    order by f.ordinality)
select crm.json_items(array_agg(document), :limit::int), (array_agg(key))[:limit::int], (array_agg(id))[:limit::int],
    count(*) > :limit::int
from page

-- name: count_list :one
-- The number of contacts that pass the filters, and whether it was counted; `crm.count_list` reads the user from the session's setting.
select counted, is_exact from crm.count_list(:filters::jsonb)
