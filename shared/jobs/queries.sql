-- name: create_job :value
-- A new job of the user; returns its id. Its work is journaled as done by the one who asks for it.
insert into crm.jobs (user_id, kind, status, phase, total, request, state, expires_at, actor)
values (:user_id::uuid, :kind, :status, :phase, :total::bigint, :request::jsonb, :state::jsonb, :expires_at::timestamptz, :actor)
returning id

-- name: find_job :one
-- One job of the user.
select id, kind, status, phase, done, total, request::text, state::text, result::text, problem::text, created_at, updated_at, ended_at
from crm.jobs where user_id = :user_id::uuid and id = :job_id::uuid

-- name: lock_job :one
-- One job of the user, kept from being changed until the transaction ends.
select id, kind, status, phase, done, total, request::text, state::text, result::text, problem::text, created_at, updated_at, ended_at
from crm.jobs where user_id = :user_id::uuid and id = :job_id::uuid for update

-- name: list_jobs :many
-- The jobs of a kind behind a place, the latest first.
select id, kind, status, phase, done, total, request::text, state::text, result::text, problem::text, created_at, updated_at, ended_at
from crm.jobs
where user_id = :user_id::uuid and kind = :kind and (created_at, id) < (:before::timestamptz, :before_id::uuid)
order by created_at desc, id desc limit :limit::int

-- name: count_open_jobs :value
-- How many jobs of a kind have not ended.
select count(*) from crm.jobs where user_id = :user_id::uuid and kind = :kind and ended_at is null

-- name: cancel_job :value
-- Cancel a job that has not ended; returns its state, null for a job that has ended or does not exist.
update crm.jobs
set status = 'cancelled', ended_at = now(), updated_at = now(), lease = null, leased_until = null
where user_id = :user_id::uuid and id = :job_id::uuid and ended_at is null
returning state::text

-- name: set_job :none
-- Set how far a job is, outside of a step; nobody works on it afterwards.
update crm.jobs
set status = :status, phase = :phase, done = :done::bigint, total = :total::bigint, request = :request::jsonb, state = :state::jsonb,
    expires_at = :expires_at::timestamptz, updated_at = now(), lease = null, leased_until = null, attempts = 0, actor = :actor
where user_id = :user_id::uuid and id = :job_id::uuid

-- name: take_job :one
-- Take a job that no living worker has; the worker of the lease is then the only one.
update crm.jobs
set lease = :lease::uuid, leased_until = clock_timestamp() + make_interval(secs => :lease_s::int), attempts = attempts + 1,
    status = 'running', updated_at = now()
where user_id = :user_id::uuid and id = :job_id::uuid and ended_at is null and status = 'running'
    and (leased_until is null or leased_until < clock_timestamp())
returning id, kind, status, phase, done, total, request::text, state::text, result::text, problem::text, created_at, updated_at, ended_at,
    attempts, actor

-- name: keep_lease :none
-- Show that the worker is alive.
update crm.jobs set leased_until = clock_timestamp() + make_interval(secs => :lease_s::int)
where user_id = :user_id::uuid and id = :job_id::uuid and lease = :lease::uuid

-- name: save_step :value
-- Set what a step came to, if its worker still has the job; returns whether it does.
with saved as (
    update crm.jobs
    set status = :status, phase = :phase, done = :done::bigint, total = :total::bigint, state = :state::jsonb, result = :result::jsonb,
        problem = :problem::jsonb, expires_at = :expires_at::timestamptz, updated_at = now(), attempts = 0,
        ended_at = case when :status in ('done', 'failed') then now() end,
        lease = case when :keeps::boolean then lease end,
        leased_until = case when :keeps::boolean then clock_timestamp() + make_interval(secs => :lease_s::int) end
    where user_id = :user_id::uuid and id = :job_id::uuid and lease = :lease::uuid and status = 'running'
    returning 1)
select exists (select from saved)

-- name: release_job :none
-- Let another worker take the job.
update crm.jobs set lease = null, leased_until = null
where user_id = :user_id::uuid and id = :job_id::uuid and lease = :lease::uuid

-- name: list_stalled_jobs :many
-- Jobs whose worker is gone or never came: of whom, and which.
select user_id, job_id from crm.list_stalled_jobs(:most::int)

-- name: expire_jobs :value
-- End the jobs that waited for their user too long; returns how many.
select crm.expire_jobs(:most::int)

-- name: remove_old_jobs :value
-- Forget the jobs that ended long ago; returns how many.
select crm.remove_old_jobs(:most::int)

-- name: add_contacts :none
-- Contacts for a job to go through, in parts of a size and in their order.
insert into crm.job_contacts (user_id, job_id, part, ids)
select :user_id::uuid, :job_id::uuid, (u.place - 1) / :size::int, array_agg(u.id order by u.place)
from unnest(:ids::uuid[]) with ordinality u (id, place) group by (u.place - 1) / :size::int

-- name: add_groups :none
-- Groups of contacts for a job to go through, each a part: as a JSON array of arrays of ids.
insert into crm.job_contacts (user_id, job_id, part, ids)
select :user_id::uuid, :job_id::uuid, g.place, array(select jsonb_array_elements_text(g.ids)::uuid)
from jsonb_array_elements(:groups::jsonb) with ordinality g (ids, place)

-- name: take_parts :many
-- The next parts of a job's contacts, which are no longer to be gone through.
delete from crm.job_contacts c
where c.user_id = :user_id::uuid and c.job_id = :job_id::uuid and c.part in (
    select p.part from crm.job_contacts p where p.user_id = :user_id::uuid and p.job_id = :job_id::uuid order by p.part limit :most::int)
returning c.part, c.ids

-- name: remove_left_contacts :value
-- Remove what ended jobs left of their contacts; returns how many parts.
select crm.remove_left_contacts(:most::int)
