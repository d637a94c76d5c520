-- name: find_paths :value
-- The introduction paths as JSON; null when a contact is not there.
select crm.find_paths(:from_id::uuid, :to_id::uuid, :to_company::text, :max_hops::int, :by_strength::boolean, :wanted::int, now(),
    :budget_s::int * interval '1 second')

-- name: find_team_paths :value
-- The paths that are one's own and those through colleagues as JSON; null when the contact is not there.
select crm.find_team_paths(:to_id::uuid, :to_email::text, :to_profile::text, :max_hops::int, :by_strength::boolean, :wanted::int, now(),
    :budget_s::int * interval '1 second')

-- name: set_relationship :one
-- Sets a tie in one direction or both: the relationship as JSON, and whether it is new. Both contacts are held until the
-- end of the transaction, so that neither is deleted without this tie; no row when one of them is not there.
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
    -- in the order of the key, so that two who set the same tie wait for each other instead of deadlocking
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

-- name: delete_relationship :none
-- Removes a tie in one direction or both.
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
-- A page of the ties of a contact, strongest first as of a moment, as one JSON array; the place of its last tie, and whether
-- there are more. A tie is told from the contact's side; one that only leads to the contact, from the other's.
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
select '[' || coalesce(string_agg(json_build_object(
            'from_contact_id', case when p.strength_out is null then c.id else :contact_id::uuid end,
            'to_contact_id', case when p.strength_out is null then :contact_id::uuid else c.id end,
            'strength', coalesce(p.strength_out, p.strength_in),
            'strength_back', case when p.strength_out is not null then p.strength_in end,
            'mutual', p.strength_out is not null and p.strength_in is not null,
            'set_by', case when p.computed then 'interactions' when p.imported then 'import' else 'hand' end,
            'contact', json_build_object('id', c.id, 'name', c.name, 'company', c.company, 'title', c.title))::text,
        ',' order by p.position) filter (where p.position <= :limit::int), '') || ']',
    max(p.cost) filter (where p.position = :limit::int), max(p.other) filter (where p.position = :limit::int),
    coalesce(bool_or(p.position > :limit::int), false)
from page p
join crm.contacts c on c.user_id = :user_id::uuid and c.no = p.other

-- name: list_relationships :one
-- A page of all ties, in the order in which their contacts were added; a mutual one once.
with page as (
    select t.*, row_number() over (order by t.from_no, t.to_no) as position
    from (
        select r.from_no, r.to_no, r.strength, r.fades_from_s, r.imported, b.strength as back, b.fades_from_s as back_fades_from_s, b.cost is not null as mutual
        from crm.relationships r
        left join crm.relationships b on b.user_id = :user_id::uuid and b.from_no = r.to_no and b.to_no = r.from_no
        where r.user_id = :user_id::uuid and (r.from_no, r.to_no) > (:after_from::int, :after_to::int)
            and (b.cost is null or r.from_no < r.to_no)
        order by r.from_no, r.to_no limit :limit::int + 1) t)
select '[' || coalesce(string_agg(json_build_object(
            'from_contact_id', f.id, 'to_contact_id', t.id,
            'strength', crm.strength_at(p.strength, p.fades_from_s, :at::timestamptz),
            'strength_back', crm.strength_at(p.back, p.back_fades_from_s, :at::timestamptz),
            'mutual', p.mutual, 'set_by', case when p.fades_from_s is not null then 'interactions' when p.imported then 'import' else 'hand' end)::text,
        ',' order by p.position) filter (where p.position <= :limit::int), '') || ']',
    max(p.from_no) filter (where p.position = :limit::int), max(p.to_no) filter (where p.position = :limit::int),
    coalesce(bool_or(p.position > :limit::int), false)
from page p
join crm.contacts f on f.user_id = :user_id::uuid and f.no = p.from_no
join crm.contacts t on t.user_id = :user_id::uuid and t.no = p.to_no

-- name: begin_relationship_import :none
-- The temporary table of one import.
select crm.begin_relationship_import()

-- name: copy_imported_ties :none
-- Takes the rows of `importing`: fields in this order.
copy pg_temp.imported_ties (line, from_key, to_key, strength, mutual, stated) from stdin

-- name: note_one_way_ties :none
-- What the import holds may make ties differ by direction.
update crm.users u set one_way_ties = true
where u.id = :user_id::uuid and not u.one_way_ties and exists (select from pg_temp.imported_ties t where not t.mutual)

-- name: merge_imported_ties :one
-- How many rows became ties, changed one, said nothing new, could not be used; and why not, as JSON.
select created, updated, unchanged, failed, errors from crm.merge_imported_ties(:by_id::boolean, :max_errors::int)

-- name: find_network :value
-- The network around a contact as JSON; null when the contact is not there.
select crm.find_network(:contact_id::uuid, :depth::int, :limit::int, :min_strength::float8)

-- name: find_mutual :value
-- Whom two contacts both know, as JSON; null when one of them is not there.
select crm.find_mutual(:first_id::uuid, :second_id::uuid, :limit::int)

-- name: find_connectors :value
-- Through whom the most people are reached that nobody else leads to, as JSON.
select crm.find_connectors(:company::text, :limit::int)

-- name: suggest_ties :value
-- Likely but missing ties of a contact (null: the self contact), as JSON; null when the contact is not there.
select crm.suggest_ties(:contact_id::uuid, :limit::int)

-- name: hold_contact :one
-- Keeps a contact from being deleted until the end of the transaction: its number, and whether it is oneself.
select c.no, c.is_self from crm.contacts c where c.user_id = :user_id::uuid and c.id = :contact_id::uuid for key share

-- name: add_interaction :none
insert into crm.interactions (user_id, contact_no, at, kind, direction)
values (:user_id::uuid, :contact_no::int, :at::timestamptz, :kind::text, :direction::text)
on conflict do nothing

-- name: compute_tie :none
-- Computes the strength between a contact and the self contact anew.
select crm.compute_ties(array[:contact_no::int])

-- name: list_interactions :one
-- A page of the interactions with a contact, newest first; the place of the last one, and whether there are more.
with page as (
    select i.at, i.kind, i.direction, row_number() over (order by i.at desc, i.kind desc, i.direction desc) as position
    from crm.contacts c
    join crm.interactions i on i.user_id = :user_id::uuid and i.contact_no = c.no
    where c.user_id = :user_id::uuid and c.id = :contact_id::uuid
        and (i.at, i.kind, i.direction) < (:before_at::timestamptz, :before_kind::text, :before_direction::text)
    order by i.at desc, i.kind desc, i.direction desc limit :limit::int + 1)
select coalesce(json_agg(json_build_object('at', p.at, 'kind', p.kind, 'direction', p.direction) order by p.position)
        filter (where p.position <= :limit::int), '[]')::text,
    (array_agg(p.at) filter (where p.position = :limit::int))[1],
    (array_agg(p.kind) filter (where p.position = :limit::int))[1],
    (array_agg(p.direction) filter (where p.position = :limit::int))[1],
    coalesce(bool_or(p.position > :limit::int), false)
from page p

-- name: get_strength :value
-- The strength between the self contact and another one, with the parts it is computed of; as JSON.
select json_build_object(
    'contact_id', c.id,
    'strength', crm.strength_at(r.strength, r.fades_from_s, now()),
    'set_by', case when r.strength is null then null when r.fades_from_s is not null then 'interactions' when r.imported then 'import' else 'hand' end,
    'computed', round((p.frequency * p.reciprocity * t.recency)::numeric, 6)::float8,
    'parts', case when p.contact_no is not null then json_build_object(
        'recency', round(t.recency::numeric, 6)::float8, 'frequency', round(p.frequency::numeric, 6)::float8,
        'reciprocity', round(p.reciprocity::numeric, 6)::float8, 'interactions', p.interactions, 'last_at', p.last_at,
        'sent', round(p.sent::numeric, 6)::float8, 'received', round(p.received::numeric, 6)::float8) end,
    'sentence', case
        when p.contact_no is null and r.strength is null then format('Nothing is known between you and %s.', c.name)
        when p.contact_no is null and r.imported then format('Taken to be %s, as an import told that you know %s; nothing else is known yet.', crm.strength_at(r.strength, r.fades_from_s, now()), c.name)
        when p.contact_no is null then format('You set the strength to %s yourself.', crm.strength_at(r.strength, r.fades_from_s, now()))
        else format('%s with %s, the last one %s days ago%s%s.',
            case p.interactions when 1 then '1 interaction' else p.interactions || ' interactions' end, c.name,
            floor(extract(epoch from now() - p.last_at) / 86400),
            case when least(p.sent, p.received) = 0 then '; all of it one way' else '' end,
            case when r.strength is not null and r.fades_from_s is null then '; the strength you set yourself counts' else '' end) end)::text
from crm.contacts c
join crm.contacts s on s.user_id = :user_id::uuid and s.is_self
left join crm.relationships r on r.user_id = :user_id::uuid and r.from_no = s.no and r.to_no = c.no
left join lateral crm.strength_parts(:user_id::uuid, array[c.no]) p on true
left join lateral (
    select 0.5 ^ (greatest(extract(epoch from now() - p.last_at)::float8, 0) / (180 * 86400)) as recency) t on true
where c.user_id = :user_id::uuid and c.id = :contact_id::uuid and not c.is_self

-- name: begin_interaction_import :none
-- The temporary table of one import.
select crm.begin_interaction_import()

-- name: copy_imported_interactions :none
-- Takes the rows of `importing`: fields in this order.
copy pg_temp.imported_interactions (line, key, kind, at, direction) from stdin

-- name: merge_imported_interactions :one
-- How many rows were new, were there already, could not be used; and why not, as JSON.
select created, unchanged, failed, errors from crm.merge_imported_interactions(:by_id::boolean, :max_errors::int)
