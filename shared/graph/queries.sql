-- name: find_paths :value
-- The introduction paths as JSON; null when one of the contacts does not exist.
select crm.find_ways(:from_id::uuid, :to_id::uuid, :to_company::text, :to_circle::uuid, :max_hops::int, :ordering::text, :wanted::int, now(),
    :budget_s::int * interval '1 second')

-- name: find_team_paths :value
-- The paths through the user's own contacts and those through colleagues, as JSON; null when the contact does not exist.
select crm.find_team_ways(:to_id::uuid, :to_email::text, :to_profile::text, :max_hops::int, :ordering::text, :wanted::int, now(),
    :budget_s::int * interval '1 second')

-- name: find_person :value
-- The id of the contact that an address, in lower case, or a profile means.
select c.id from crm.contacts c
where c.user_id = :user_id::uuid and (c.linkedin_slug = :profile::text
    or c.no = (select a.contact_no from crm.contacts_of_addresses(:user_id::uuid, array[:address::text]) a))
limit 1

-- name: set_relationship :one
-- Set a tie in one direction or both; returns the tie as JSON, and whether it is new. Both contacts are locked until the end
-- of the transaction, so that deleting one of them also deletes this tie. No row when one of them does not exist.
with ends as materialized (
    select c.id, c.no from crm.contacts c
    where c.user_id = :user_id::uuid and c.id in (:from_id::uuid, :to_id::uuid) order by c.id for key share),
tie as materialized (
    select f.no as from_no, t.no as to_no from ends f, ends t where f.id = :from_id::uuid and t.id = :to_id::uuid),
before as materialized (
    select exists (select from crm.relationships r where r.user_id = :user_id::uuid and r.from_no = t.from_no and r.to_no = t.to_no) as known,
        exists (select from crm.relationships r where r.user_id = :user_id::uuid and r.from_no = t.to_no and r.to_no = t.from_no) as known_back
    from tie t),
written as (
    -- in the order of the key, so that two transactions that set the same tie wait for each other instead of deadlocking
    insert into crm.relationships (user_id, from_no, to_no, strength)
    select :user_id::uuid, d.from_no, d.to_no, :strength::real
    from (select from_no, to_no from tie union all select to_no, from_no from tie where :mutual::boolean) d
    order by d.from_no, d.to_no
    on conflict (user_id, from_no, to_no) do update set strength = excluded.strength, fades_from_s = null, imported = false
    returning 1),
noted as (
    update crm.users u set one_way_ties = true where u.id = :user_id::uuid and not u.one_way_ties and not :mutual::boolean)
select json_build_object('from_contact_id', :from_id::uuid, 'to_contact_id', :to_id::uuid, 'strength', :strength::real,
    'mutual', :mutual::boolean or b.known_back, 'set_by', 'hand')::text, not b.known
from before b
where exists (select from written)

-- name: get_relationship :value
-- A tie with everything it follows from, as JSON; null when one of the contacts does not exist.
select crm.tell_tie(:from_id::uuid, :to_id::uuid)

-- name: delete_relationship :none
-- Remove a tie in one direction or both.
with tie as (
    select f.no as from_no, t.no as to_no from crm.contacts f, crm.contacts t
    where f.user_id = :user_id::uuid and f.id = :from_id::uuid and t.user_id = :user_id::uuid and t.id = :to_id::uuid),
noted as (
    update crm.users u set one_way_ties = true where u.id = :user_id::uuid and not u.one_way_ties and not :mutual::boolean)
delete from crm.relationships r
using (select from_no, to_no from tie union all select to_no, from_no from tie where :mutual::boolean) d
where r.user_id = :user_id::uuid and r.from_no = d.from_no and r.to_no = d.to_no

-- name: contact_exists :value
select exists (select from crm.contacts c where c.user_id = :user_id::uuid and c.id = :contact_id::uuid)

-- name: list_relationships_of :one
-- A page of the ties of a contact, strongest first at the given time, as one JSON array; the sort key of its last tie, and
-- whether more follow. A tie is shown from the contact to the other one; one that only leads to the contact, the other way round.
with around as (
    select c.no from crm.contacts c where c.user_id = :user_id::uuid and c.id = :contact_id::uuid),
halves as (
    select r.to_no as other, r.cost + (r.cost & 1) * crm.fading(:at::timestamptz) as cost, r.strength, r.fades_from_s, r.imported, true as outgoing
    from around a join crm.relationships r on r.user_id = :user_id::uuid and r.from_no = a.no
    union all
    select r.from_no, r.cost + (r.cost & 1) * crm.fading(:at::timestamptz), r.strength, r.fades_from_s, r.imported, false
    from around a join crm.relationships r on r.user_id = :user_id::uuid and r.to_no = a.no),
ties as (
    select h.other, min(h.cost) as cost,
        min(crm.strength_at(h.strength, h.fades_from_s, :at::timestamptz)) filter (where h.outgoing) as strength_out,
        min(crm.strength_at(h.strength, h.fades_from_s, :at::timestamptz)) filter (where not h.outgoing) as strength_in,
        bool_or(h.fades_from_s is not null) as computed, bool_and(h.imported) as imported
    from halves h group by h.other),
page as (
    select t.*, row_number() over (order by t.cost, t.other) as position from ties t
    where (t.cost, t.other) > (:after_cost::bigint, :after_no::int)
    order by t.cost, t.other limit :limit::int + 1)
select crm.json_items(array_agg(json_build_object(
            'from_contact_id', case when p.strength_out is null then c.id else :contact_id::uuid end,
            'to_contact_id', case when p.strength_out is null then :contact_id::uuid else c.id end,
            'strength', coalesce(p.strength_out, p.strength_in),
            'strength_back', case when p.strength_out is not null then p.strength_in end,
            'mutual', p.strength_out is not null and p.strength_in is not null,
            'set_by', case when p.computed then 'interactions' when p.imported then 'import' else 'hand' end,
            'contact', json_build_object('id', c.id, 'name', c.name, 'company', c.company, 'title', c.title))::text
        order by p.position), :limit::int),
    (array_agg(p.cost order by p.position))[:limit::int], (array_agg(p.other order by p.position))[:limit::int],
    count(*) > :limit::int
from page p
join crm.contacts c on c.user_id = :user_id::uuid and c.no = p.other

-- name: list_relationships :one
-- A page of all ties, in the order in which their contacts were added; a mutual tie is listed once.
with page as (
    select t.*, row_number() over (order by t.from_no, t.to_no) as position
    from (
        select r.from_no, r.to_no, r.strength, r.fades_from_s, r.imported, b.strength as back, b.fades_from_s as back_fades_from_s, b.cost is not null as mutual
        from crm.relationships r
        left join crm.relationships b on b.user_id = :user_id::uuid and b.from_no = r.to_no and b.to_no = r.from_no
        where r.user_id = :user_id::uuid and (r.from_no, r.to_no) > (:after_from::int, :after_to::int)
            and (b.cost is null or r.from_no < r.to_no)
        order by r.from_no, r.to_no limit :limit::int + 1) t)
select crm.json_items(array_agg(json_build_object(
            'from_contact_id', f.id, 'to_contact_id', t.id,
            'strength', crm.strength_at(p.strength, p.fades_from_s, :at::timestamptz),
            'strength_back', crm.strength_at(p.back, p.back_fades_from_s, :at::timestamptz),
            'mutual', p.mutual, 'set_by', case when p.fades_from_s is not null then 'interactions' when p.imported then 'import' else 'hand' end)::text
        order by p.position), :limit::int),
    (array_agg(p.from_no order by p.position))[:limit::int], (array_agg(p.to_no order by p.position))[:limit::int],
    count(*) > :limit::int
from page p
join crm.contacts f on f.user_id = :user_id::uuid and f.no = p.from_no
join crm.contacts t on t.user_id = :user_id::uuid and t.no = p.to_no

-- name: begin_relationship_import :none
-- Make the temporary table of one import.
select crm.begin_relationship_import()

-- name: copy_imported_ties :none
-- Copy the rows that `importing` writes: their fields in this order.
copy pg_temp.imported_ties (line, from_key, to_key, strength, mutual, stated) from stdin

-- name: note_one_way_ties :none
-- Note that the ties of the user may differ by direction, where a row of the import is not mutual.
update crm.users u set one_way_ties = true
where u.id = :user_id::uuid and not u.one_way_ties and exists (select from pg_temp.imported_ties t where not t.mutual)

-- name: merge_imported_ties :one
-- Merge the rows; returns how many made a tie, changed one, changed nothing and failed, and the errors as JSON.
select created, updated, unchanged, failed, errors from crm.merge_imported_ties(:by_id::boolean, :max_errors::int)

-- name: find_network :value
-- The network around a contact as JSON; null when the contact does not exist.
select crm.find_network(:contact_id::uuid, :depth::int, :limit::int, :min_strength::float8)

-- name: find_mutual :value
-- The contacts that two contacts both know, as JSON; null when one of the two does not exist.
select crm.find_mutual(:first_id::uuid, :second_id::uuid, :limit::int)

-- name: find_connectors :value
-- The direct contacts, the one that alone leads to the most contacts first, as JSON.
select crm.find_connectors(:company::text, :limit::int)

-- name: suggest_ties :value
-- Likely but missing ties of a contact (null: the self contact), as JSON; null when the contact does not exist.
select crm.suggest_ties(:contact_id::uuid, :limit::int)

-- name: find_openers :many
-- The direct contacts who know some of these contacts: each with the tie to it and the places of those whom it knows. Behind them, with a null
-- number, the places of those who are known directly, and those who are not among the contacts.
select no, strength, opens from crm.find_openers(:ids::uuid[], now())

-- name: list_brief :many
-- Contacts by their numbers, in any order: as lists of insights name them, as JSON, and whether each is a program, a list or an office.
select c.no, crm.brief(c.id, c.name, c.company, c.title), crm.is_machine(c.name, c.email, c.emails) from unnest(:nos::int[]) n(no)
join crm.contacts c on c.user_id = :user_id::uuid and c.no = n.no

-- name: count_wishes :value
select count(*) from crm.wishes w where w.user_id = :user_id::uuid

-- name: add_wish :one
-- Add a wish, or find the same one; returns its id, and whether it is new.
with added as (
    insert into crm.wishes (user_id, contact_id, name, email, linkedin_slug, company, least_likelihood, created_at)
    values (:user_id::uuid, :contact_id::uuid, :name::text, :email::text, :linkedin_slug::text, :company::text, :least_likelihood::real, :now::timestamptz)
    on conflict do nothing returning id)
select a.id, true from added a
union all
select w.id, false from crm.wishes w
where w.user_id = :user_id::uuid and w.contact_id is not distinct from :contact_id::uuid and w.name is not distinct from :name::text
    and w.email is not distinct from :email::text and w.linkedin_slug is not distinct from :linkedin_slug::text and w.company is not distinct from :company::text

-- name: check_wishes :many
-- Look for ways to the wishes that wait, or to one; returns the ids of those to which one has opened now.
select id from crm.check_wishes(:only::uuid, :now::timestamptz) as id

-- name: list_wishes :value
-- The wishes, newest first, or one, as a JSON array.
select crm.list_wishes(:only::uuid, :now::timestamptz)

-- name: delete_wish :none
delete from crm.wishes w where w.user_id = :user_id::uuid and w.id = :id::uuid

-- name: list_waiting_users :many
-- The users with wishes to look at: those not looked at since the user's book has changed, or for a day.
select user_id from crm.users_with_wishes(:now::timestamptz, :most::int)
