-- name: is_anybody_here :value
-- Whether the database has users; asked as the owner, who sees all of them.
select exists (select from crm.users)

-- name: as_owner :value
-- The rest of the transaction sees and writes the rows of everybody.
select set_config('role', 'none', true)

-- name: become :value
-- The rest of the transaction sees and writes the rows of this user.
select set_config('role', 'crm_app', true), set_config('app.user_id', :user_id, true)

-- name: has_contacts :value
-- Whether the user has any but the self contact.
select exists (select from crm.contacts where user_id = :user_id::uuid and not is_self)

-- name: has_relationships :value
-- Whether the graph is part of this database.
select to_regclass('crm.relationships') is not null

-- name: stage_people :none
create temporary table demo_people (
    number int, name text, email text, emails text[], phones text[], company text, title text, location text,
    linkedin_slug text, birthday text, notes text, tags text[], since_days int
) on commit drop

-- name: copy_people :none
copy demo_people from stdin (format csv)

-- name: insert_people :none
-- The number stays with the contact as its identity at the source.
insert into crm.contacts (
    user_id, name, email, emails, phones, company, title, location, linkedin_url, linkedin_slug, birthday, notes, tags,
    source, source_uid, created_at, updated_at
)
select :user_id::uuid, name, email, emails, phones, company, title, location,
    'https://www.linkedin.com/in/' || linkedin_slug, linkedin_slug, birthday, notes, tags, 'demo', 'demo-' || number,
    now() - make_interval(days => since_days), now() - make_interval(days => since_days)
from demo_people
order by since_days desc, number

-- name: stage_ties :none
create temporary table demo_ties (source int, target int, strength real, mutual boolean) on commit drop

-- name: copy_ties :none
copy demo_ties from stdin (format csv)

-- name: insert_ties :none
-- A mutual tie is two rows. The self contact has the number -1.
with nodes as (
    select case when is_self then -1 else substr(source_uid, 6)::int end as number, no
    from crm.contacts
    where user_id = :user_id::uuid and (is_self or source = 'demo')
),
directed as (
    select source, target, strength from demo_ties
    union all
    select target, source, strength from demo_ties where mutual
)
insert into crm.relationships (user_id, from_no, to_no, strength)
select :user_id::uuid, s.no, t.no, d.strength
from directed d
join nodes s on s.number = d.source
join nodes t on t.number = d.target
order by 2, 3
