-- name: next_source_no :value
-- The least number that no source of the user has; null where there are as many as one may have. One new source after the other.
select min(n.no)::int from generate_series(0, 61) n(no)
where pg_advisory_xact_lock(hashtextextended('crm.sources ' || :user_id::uuid, 0)) is not null
    and not exists (select from crm.sources s where s.user_id = :user_id::uuid and s.no = n.no)

-- name: make_salt :none
insert into crm.source_salts (user_id) values (:user_id::uuid) on conflict do nothing

-- name: create_source :value
-- The address that the user signs in with is one's own in every source.
insert into crm.sources (user_id, no, kind, name, addresses)
select :user_id::uuid, :no::int, :kind, :name, array(
    select distinct a.address from unnest(:addresses::text[] || (select lower(u.email) from crm.users u where u.id = :user_id::uuid)) a(address)
    where a.address is not null order by a.address)
returning id

-- name: get_source :value
-- A source as JSON.
select crm.source_document(s)::text from crm.sources s where s.user_id = :user_id::uuid and s.id = :source_id::uuid

-- name: list_sources :value
-- All sources as a JSON array, the oldest first.
select coalesce(json_agg(crm.source_document(s) order by s.created_at, s.no), '[]')::text from crm.sources s where s.user_id = :user_id::uuid

-- name: update_source :one
-- Set the name and the own addresses where they are not null; returns whether the addresses stay as they are because something is counted by them.
-- No row for an unknown source.
with known as (
    select s.no, s.read > 0 and :addresses::text[] is not null and not (:addresses::text[] <@ s.addresses and s.addresses <@ (:addresses::text[]
            || (select lower(u.email) from crm.users u where u.id = :user_id::uuid))) as is_fixed
    from crm.sources s where s.user_id = :user_id::uuid and s.id = :source_id::uuid for update),
written as (
    update crm.sources s set name = coalesce(:name::text, s.name),
        addresses = case when :addresses::text[] is null then s.addresses else array(
            select distinct a.address from unnest(:addresses::text[] || (select lower(u.email) from crm.users u where u.id = :user_id::uuid)) a(address)
            where a.address is not null order by a.address) end
    from known k where s.user_id = :user_id::uuid and s.no = k.no and not k.is_fixed)
select k.is_fixed from known k

-- name: forget_source :value
-- Delete a source with everything that came from it; false for an unknown one.
select crm.forget_source(:source_id::uuid)

-- name: begin_facts :none
-- Make the table of a batch, and wait for other batches of the user.
select crm.begin_facts()

-- name: origin_of_facts :one
-- What the lines of a source are read by: its number, its kind, the own addresses and the salt.
select s.no, s.kind, s.addresses, t.salt
from crm.sources s join crm.source_salts t on t.user_id = :user_id::uuid
where s.user_id = :user_id::uuid and s.id = :source_id::uuid

-- name: list_kept_away :many
-- Those of the addresses that no source brings.
select crm.kept_away(:addresses::text[], :hashes::bigint[])

-- name: copy_facts :none
-- Copy the rows that `facts` writes: their fields in this order.
copy pg_temp.facts (hash, s, left_out, kind, n, own, others, sender, recipients) from stdin

-- name: merge_facts :one
-- Merge the rows; returns how many count for the first time and how many were known, and those left out by reason as JSON.
select counted, known, left_out::text from crm.merge_facts(:source_no::smallint, :addresses::text[], :names::text[])

-- name: list_correspondents :many
-- Everybody with evidence of a tie to the user: number, address, contact (number, id, name), ignored, person, names, counts and sums, and the
-- time of the last.
select k.no, k.address, k.contact_no, c.id, c.name, k.ignored, k.person_no,
    array(select distinct n.name from crm.correspondent_names m cross join lateral unnest(m.names) n(name)
        where m.user_id = :user_id::uuid and m.no = k.no order by n.name),
    e.sent, e.received, e.meetings, e.calls, e.last_s, e.sent_sum, e.received_sum, e.together_sum
from (
    select e.b as no, sum(e.n_ab)::int as sent, sum(e.n_ba)::int as received, sum(e.meetings)::int as meetings, sum(e.calls)::int as calls,
        max(e.last_s) as last_s, sum(e.ab) as sent_sum, sum(e.ba) as received_sum, sum(e.co) as together_sum
    from crm.evidence e where e.user_id = :user_id::uuid and e.a = 0 and e.earlier = 0 group by e.b) e
join crm.correspondents k on k.user_id = :user_id::uuid and k.no = e.no
left join crm.contacts c on c.user_id = :user_id::uuid and c.no = k.contact_no

-- name: set_ignored :none
-- Set whether people are wanted as contacts.
update crm.correspondents k set ignored = :ignored::boolean where k.user_id = :user_id::uuid and k.no = any (:nos::int[]) and k.contact_no is null

-- name: set_person :none
-- Say which person an address belongs to; all with one number belong to one person.
update crm.correspondents k set person_no = :person_no::int where k.user_id = :user_id::uuid and k.no = any (:nos::int[])

-- name: set_apart :none
-- Say that addresses belong to different people.
update crm.correspondents k set person_no = k.no where k.user_id = :user_id::uuid and k.no = any (:nos::int[])

-- name: create_people :many
-- Add people as contacts, in one statement; returns the id and the first address of each. An address that another contact has by now is left
-- out, and so are people who want to be kept by nobody here.
insert into crm.contacts (user_id, name, email, emails, phones, linkedin_slug, linkedin_url, source)
select :user_id::uuid, p.name, p.email, p.emails, p.phones, p.slug, 'https://www.linkedin.com/in/' || p.slug, 'sources'
from jsonb_to_recordset(:people::jsonb) p(name text, email text, emails text[], phones text[], slug text)
where not exists (select from crm.withheld_addresses(p.emails))
on conflict do nothing
returning id, coalesce(email, name)

-- name: add_addresses :none
-- Give contacts further addresses, without those of people who want to be kept by nobody here.
update crm.contacts c
set emails = (c.emails || p.emails)[:100], email = coalesce(c.email, case when not exists (
        select from crm.contacts o where o.user_id = :user_id::uuid and o.email_key = lower(p.emails[1])) then p.emails[1] end), updated_at = now()
from (
    select g.contact_no, array(select e.address from unnest(g.emails) with ordinality e(address, place)
        where e.address not in (select crm.withheld_addresses(g.emails)) order by e.place) as emails
    from jsonb_to_recordset(:people::jsonb) g(contact_no int, emails text[])) p
where p.emails <> '{}' and c.user_id = :user_id::uuid and c.no = p.contact_no

-- name: forget_correspondents :none
-- Forget people for good.
select crm.forget_correspondents(:addresses::text[])
