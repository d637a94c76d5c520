-- Looking after the jobs of all users: those whose worker died, those that nobody came back for, and old ones.

-- Running jobs without a living worker, the longest without a change first. A job that has just been queued has half a minute to be taken.
create or replace function crm.list_stalled_jobs(most integer) returns table (user_id uuid, job_id uuid)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    select j.user_id, j.id from crm.jobs j
    where j.ended_at is null and j.status = 'running' and j.updated_at < now() - interval '30 seconds'
        and (j.leased_until is null or j.leased_until < now())
    order by j.updated_at limit most;
end;

-- Fail the jobs that waited for their user beyond `expires_at`.
create or replace function crm.expire_jobs(most integer) returns integer
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    with expired as (
        update crm.jobs j
        set status = 'failed', ended_at = now(), updated_at = now(), lease = null, leased_until = null,
            problem = jsonb_build_object('code', 'expired', 'detail', 'nobody went on with this in time: start it again')
        where (j.user_id, j.id) in (
            select o.user_id, o.id from crm.jobs o
            where o.ended_at is null and o.status = 'waiting' and o.expires_at < now() limit most for update skip locked)
        returning 1)
    select count(*)::integer from expired;
end;

-- Remove the jobs that ended three months ago, with everything that belongs to them.
create or replace function crm.remove_old_jobs(most integer) returns integer
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    with removed as (
        delete from crm.jobs j
        where (j.user_id, j.id) in (
            select o.user_id, o.id from crm.jobs o where o.ended_at < now() - interval '90 days' limit most for update skip locked)
        returning 1)
    select count(*)::integer from removed;
end;

-- Remove what cancelled and failed jobs left of the contacts that they were to go through.
create or replace function crm.remove_left_contacts(most integer) returns integer
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
begin atomic
    with removed as (
        delete from crm.job_contacts c
        where (c.user_id, c.job_id, c.part) in (
            select p.user_id, p.job_id, p.part from crm.job_contacts p join crm.jobs j on j.user_id = p.user_id and j.id = p.job_id
            where j.ended_at is not null limit most for update of p skip locked)
        returning 1)
    select count(*)::integer from removed;
end;

-- The deployed functions may call these.
grant execute on function crm.list_stalled_jobs, crm.expire_jobs, crm.remove_old_jobs, crm.remove_left_contacts to crm_app;
