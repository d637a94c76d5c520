-- name: create_view :value
-- Add a view unless there are as many as one may have; its id, no row where there are.
insert into crm.views (user_id, name, filter, sort, columns, place)
select :user_id::uuid, :name::text, :filter::jsonb, :sort::text, :columns::text[], coalesce(:place::int, n.next)
from (select count(*) as views, least(coalesce(max(v.place) + 1, 0), 1000) as next from crm.views v where v.user_id = :user_id::uuid) n
where n.views < :most::int
returning id

-- name: list_views :many
-- The views in their order; all, or one.
select v.id, v.name, v.filter::text, v.sort, v.columns, v.place, v.created_at, v.updated_at from crm.views v
where v.user_id = :user_id::uuid and (:view_id::uuid is null or v.id = :view_id::uuid) order by v.place, v.created_at, v.id

-- name: lock_view :one
-- Keep others from changing a view until the transaction ends.
select v.name, v.filter::text, v.sort, v.columns, v.place from crm.views v where v.user_id = :user_id::uuid and v.id = :view_id::uuid for update

-- name: update_view :none
update crm.views v set name = :name::text, filter = :filter::jsonb, sort = :sort::text, columns = :columns::text[], place = :place::int, updated_at = now()
where v.user_id = :user_id::uuid and v.id = :view_id::uuid
    and (v.name, v.filter, v.sort, v.columns, v.place) is distinct from (:name::text, :filter::jsonb, :sort::text, :columns::text[], :place::int)

-- name: delete_view :none
delete from crm.views v where v.user_id = :user_id::uuid and v.id = :view_id::uuid
