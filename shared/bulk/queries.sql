-- name: choose_contacts :value
-- The ids of contacts that pass the filters, at most so many. `crm.list_among` reads the user from the session's setting.
select coalesce(array_agg(f.id), '{}') from crm.list_among(:filters::jsonb, 'name', '', '00000000-0000-0000-0000-000000000000', :most::int) f

-- name: tag_contacts :one
-- Give tags to contacts; how many changed, and the ids of those that would have more than a hundred.
with planned as materialized (
    select c.id, c.tags as was, c.tags || array(
        select t.tag from unnest(:tags::text[]) with ordinality t (tag, place)
        where lower(t.tag) <> all (select lower(x) from unnest(c.tags) x) order by t.place) as becomes
    from crm.contacts c where c.user_id = :user_id::uuid and c.id = any (:ids::uuid[])
), written as (
    update crm.contacts c set tags = p.becomes, updated_at = now()
    from planned p where c.user_id = :user_id::uuid and c.id = p.id and p.becomes <> p.was and cardinality(p.becomes) <= 100
    returning 1)
select (select count(*) from written), (select coalesce(array_agg(p.id), '{}') from planned p where p.becomes <> p.was and cardinality(p.becomes) > 100)

-- name: untag_contacts :value
-- Take tags from contacts, whatever their case and accents; how many changed.
with planned as materialized (
    select c.id, c.tags as was, array(
        select t.tag from unnest(c.tags) with ordinality t (tag, place)
        where crm.fold(t.tag) <> all (select crm.fold(x) from unnest(:tags::text[]) x) order by t.place) as becomes
    from crm.contacts c where c.user_id = :user_id::uuid and c.id = any (:ids::uuid[])
), written as (
    update crm.contacts c set tags = p.becomes, updated_at = now()
    from planned p where c.user_id = :user_id::uuid and c.id = p.id and p.becomes <> p.was
    returning 1)
select count(*) from written

-- name: set_fields :one
-- Set fields of contacts from a merge patch; how many changed, and the ids of those whose custom fields would become too many or too large.
with planned as materialized (
    select c.id, p.*,
        p.custom is distinct from c.custom and ((select count(*) from jsonb_object_keys(p.custom)) > 100
            or (select sum(octet_length(e.key) + octet_length(e.value)) from jsonb_each_text(p.custom) e) > :most_custom::int) as too_much,
        (p.company, p.title, p.location, p.birthday, p.notes, p.custom) is distinct from (c.company, c.title, c.location, c.birthday, c.notes, c.custom) as changes
    from crm.contacts c
    cross join lateral (select
        case when :patch::jsonb ? 'company' then nullif(:patch::jsonb ->> 'company', '') else c.company end as company,
        case when :patch::jsonb ? 'title' then nullif(:patch::jsonb ->> 'title', '') else c.title end as title,
        case when :patch::jsonb ? 'location' then nullif(:patch::jsonb ->> 'location', '') else c.location end as location,
        case when :patch::jsonb ? 'birthday' then nullif(:patch::jsonb ->> 'birthday', '') else c.birthday end as birthday,
        case when :patch::jsonb ? 'notes' then nullif(:patch::jsonb ->> 'notes', '') else c.notes end as notes,
        case when not :patch::jsonb ? 'custom' then c.custom when :patch::jsonb ->> 'custom' is null then '{}'
            else jsonb_strip_nulls(c.custom || (:patch::jsonb -> 'custom')) end as custom) p
    where c.user_id = :user_id::uuid and c.id = any (:ids::uuid[])
), written as (
    update crm.contacts c
    set company = p.company, title = p.title, location = p.location, birthday = p.birthday, notes = p.notes, custom = p.custom, updated_at = now()
    from planned p where c.user_id = :user_id::uuid and c.id = p.id and p.changes and not p.too_much
    returning 1)
select (select count(*) from written), (select coalesce(array_agg(p.id), '{}') from planned p where p.changes and p.too_much)

-- name: delete_contacts :none
-- Delete contacts; the self contact stays.
delete from crm.contacts c where c.user_id = :user_id::uuid and c.id = any (:ids::uuid[]) and not c.is_self

-- name: without_email :value
-- The contacts without an address that providers could be asked by.
select coalesce(array_agg(c.id), '{}') from crm.contacts c where c.user_id = :user_id::uuid and c.id = any (:ids::uuid[]) and c.email is null
