-- name: create_device :one
insert into crm.devices (user_id, name, username, secret_hash, link_hash, link_until, link_sealed)
values (:user_id::uuid, :name, :username, decode(:secret_hash, 'hex'), decode(:link_hash, 'hex'), :link_until::timestamptz, decode(:link_sealed, 'hex'))
returning id, to_jsonb(created_at) #>> '{}'

-- name: count_devices :value
select count(*) from crm.devices where user_id = :user_id::uuid

-- name: open_book :none
-- The address book of a user with a device; it is filled when a device first reads it.
insert into crm.address_books (user_id) values (:user_id::uuid) on conflict do nothing

-- name: list_devices :value
-- All devices as a JSON array, the latest first.
select coalesce(json_agg(json_build_object('id', d.id, 'name', d.name, 'username', d.username, 'created_at', d.created_at,
    'last_used_at', d.last_used_at, 'program', d.last_agent, 'held_back_at', d.held_back_at) order by d.created_at desc, d.id), '[]')::text
from crm.devices d where d.user_id = :user_id::uuid

-- name: delete_device :none
delete from crm.devices where user_id = :user_id::uuid and id = :device_id::uuid

-- name: device_exists :value
select true from crm.devices where user_id = :user_id::uuid and id = :device_id::uuid

-- name: device_of :one
select id, user_id, username from crm.device_of(decode(:secret_hash, 'hex'), :agent)

-- name: device_of_link :one
select user_id, id, name, username, encode(sealed, 'hex') from crm.device_of_link(decode(:link_hash, 'hex'), :take::boolean)

-- name: number_cards :one
select epoch, at, forgotten from crm.number_cards()

-- name: list_cards :many
-- Address and position of every card.
select href, position from crm.cards where user_id = :user_id::uuid and not removed and position > 0 order by position

-- name: cards_since :many
-- What has changed between two positions, oldest first: address, position, whether it is gone.
select href, position, removed from crm.cards
where user_id = :user_id::uuid and position > :since::bigint and position <= :until::bigint order by position limit :limit::int

-- name: find_cards :many
-- Cards by their addresses, with what they are made of.
select k.href, k.position, k.uid, k.body, k.base::text, c.document, k.contact_no
from crm.cards k left join crm.contacts_json c on c.user_id = :user_id::uuid and c.no = k.contact_no
where k.user_id = :user_id::uuid and k.href = any (:hrefs::text[]) and not k.removed and k.position > 0
order by k.position

-- name: note_seen :none
-- A device has seen the whole book as it was at a position.
update crm.devices set seen = :position::bigint where user_id = :user_id::uuid and id = :device_id::uuid and seen <> :position::bigint

-- name: find_me_card :value
select me_card from crm.address_books where user_id = :user_id::uuid

-- name: set_me_card :none
update crm.address_books set me_card = :me_card where user_id = :user_id::uuid

-- name: lock_book :one
-- Let no other device write or number until the transaction ends.
select position from crm.address_books where user_id = :user_id::uuid for update

-- name: find_card :one
select k.contact_no, k.position, k.dirty, k.removed, k.uid, k.body, k.base::text, c.id
from crm.cards k left join crm.contacts c on c.user_id = :user_id::uuid and c.no = k.contact_no
where k.user_id = :user_id::uuid and k.href = :href

-- name: card_of_uid :one
-- The card with a UID that is there; else the one that was removed last.
select href, removed, contact_no from crm.cards where user_id = :user_id::uuid and uid = :uid order by removed, position desc limit 1

-- name: card_of_contact :one
select href, body is not null from crm.cards where user_id = :user_id::uuid and contact_no = :contact_no::int

-- name: contact_of_no :one
select id, is_self from crm.contacts where user_id = :user_id::uuid and no = :contact_no::int

-- name: no_of_contact :value
select no from crm.contacts where user_id = :user_id::uuid and id = :contact_id::uuid

-- name: end_of_contact :one
-- How a contact went, as far as the journal knows: its id, how, and the contact that it was merged into.
select c.before ->> 'id', c.did, m.contact_no
from crm.changes c left join crm.merged_contacts m on m.user_id = :user_id::uuid and m.kind = 'id' and m.key = c.before ->> 'id'
where c.user_id = :user_id::uuid and c.contact_no = :contact_no::int and c.subject is null and c.did in ('d', 'm', 'f')
order by c.no desc limit 1

-- name: same_person :one
-- The contact that a new card is of: by the UID of the file that it came from, else by the address, under the same name or none.
select c.id, c.no from crm.contacts c
where c.user_id = :user_id::uuid and not c.is_self
    and (c.source_uid = :uid and length(:uid::text) >= 8 and (crm.fold(c.name) = crm.fold(:name::text) or c.name = '' or :name::text = '')
        or c.email_key = lower(:email::text) and (crm.fold(c.name) = crm.fold(:name::text) or c.name = '' or :name::text = ''))
order by (c.source_uid = :uid) desc nulls last, c.created_at limit 1

-- name: holders :many
-- Which of these addresses is another contact's first one, and whether the profile is another's.
select 'email', lower(e.address) from unnest(:emails::text[]) e (address)
join crm.contacts c on c.user_id = :user_id::uuid and c.email_key = lower(e.address)
where c.id is distinct from :contact_id::uuid
union all
select 'profile', c.linkedin_slug from crm.contacts c
where c.user_id = :user_id::uuid and c.linkedin_slug = :slug::text and c.id is distinct from :contact_id::uuid

-- name: create_contact :one
insert into crm.contacts (user_id, name, email, emails, phones, company, title, location, linkedin_url, linkedin_slug,
    birthday, notes, tags, custom, source, source_uid)
values (:user_id::uuid, :name, :email, :emails::text[], :phones::text[], :company, :title, :location, :linkedin_url,
    :linkedin_slug, :birthday, :notes, :tags::text[], :custom::jsonb, 'vcard_device', :source_uid)
returning id, no

-- name: replace_contact :none
update crm.contacts c
set name = :name, email = :email, emails = :emails::text[], phones = :phones::text[], company = :company, title = :title,
    location = :location, linkedin_url = :linkedin_url, linkedin_slug = :linkedin_slug, birthday = :birthday,
    notes = :notes, tags = :tags::text[], custom = :custom::jsonb, updated_at = now()
where c.user_id = :user_id::uuid and c.id = :contact_id::uuid

-- name: delete_contact :none
delete from crm.contacts where user_id = :user_id::uuid and id = :contact_id::uuid

-- name: snapshot_at :value
-- Whether it is known what readers had seen at a position.
select true from crm.card_numbers n where n.user_id = :user_id::uuid and n.position >= :position::bigint limit 1

-- name: changes_since :many
-- What a contact's changes since a position have changed, newest first: the fields as they were before.
select c.before::text from crm.changes c
cross join lateral (select n.snapshot from crm.card_numbers n where n.user_id = :user_id::uuid and n.position >= :position::bigint
    order by n.position limit 1) s
where c.user_id = :user_id::uuid and c.contact_no = :contact_no::int and c.subject is null and c.did = 'u'
    and not pg_visible_in_snapshot(c.transaction, s.snapshot)
order by c.no desc

-- name: find_habits :one
-- What is known of a device: the position that it has seen, and the properties that it has written.
select seen, array_to_string(writes, ' ') from crm.devices where user_id = :user_id::uuid and id = :device_id::uuid

-- name: note_writes :none
update crm.devices set writes = :names::text[] where user_id = :user_id::uuid and id = :device_id::uuid

-- name: save_card :none
insert into crm.cards as k (user_id, href, uid, contact_no, body, base, dirty, removed)
values (:user_id::uuid, :href, :uid, :contact_no::int, :body, :base::jsonb, true, false)
on conflict (user_id, href) do update set uid = excluded.uid, contact_no = excluded.contact_no, body = excluded.body, base = excluded.base,
    dirty = true, removed = false, changed_at = now()

-- name: drop_card :none
-- A card that is gone while its contact, if it has one, lives on under another card.
update crm.cards set removed = true, dirty = true, contact_no = null, body = null, base = null, changed_at = now()
where user_id = :user_id::uuid and href = :href

-- name: show_again :none
-- Have every device read a card again.
update crm.cards set dirty = true where user_id = :user_id::uuid and href = :href

-- name: count_removal :one
-- Count a removal by a device within a time; the removals so far, and the cards that there are with those.
with counted as (
    update crm.devices d set
        removals = case when d.removals_since > now() - make_interval(secs => :within_s::int) then d.removals + 1 else 1 end,
        removals_since = case when d.removals_since > now() - make_interval(secs => :within_s::int) then d.removals_since else now() end
    where d.user_id = :user_id::uuid and d.id = :device_id::uuid returning d.removals)
select c.removals, (select count(*) from crm.cards k where k.user_id = :user_id::uuid and not k.removed) + c.removals - 1 from counted c

-- name: note_held_back :none
update crm.devices set held_back_at = now() where user_id = :user_id::uuid and id = :device_id::uuid

-- name: purge_cards :value
select crm.purge_cards(:removed_before::timestamptz, :held_before::timestamptz)
