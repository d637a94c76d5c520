-- E-mails that were sent long ago are forgotten, and the tokens of their links with them.

create index emails_ended on crm.emails (ended_at) where ended_at is not null;

-- Removes e-mails of all users that ended before a time, the oldest first; how many.
create function crm.remove_old_emails(before timestamptz, most integer) returns integer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    removed integer;
begin
    delete from crm.emails e using (
        select o.id from crm.emails o where o.ended_at < before order by o.ended_at limit most for update skip locked) o
    where e.id = o.id;
    get diagnostics removed = row_count;
    return removed;
end $$;
revoke all on function crm.remove_old_emails from public;
grant execute on function crm.remove_old_emails to crm_app;
