-- name: ping :value
select 1
