-- E-mails, meetings and calls with contacts, and the strength that follows from them. docs/strength.md tells the formula in words.

create table crm.interactions (
    user_id uuid not null,
    contact_no integer not null,
    at timestamptz not null check (at >= '2000-01-01 00:00+00'),
    kind text not null check (kind in ('email', 'message', 'call', 'meeting')),
    -- 'in': from the contact to the user
    direction text not null check (direction in ('in', 'out', 'both')),
    -- what makes an interaction the same one when a file is imported again
    primary key (user_id, contact_no, at, kind, direction)
) partition by hash (user_id);

do $$
declare
    partition_name text;
begin
    for remainder in 0..15 loop
        partition_name := 'interactions_p' || to_char(remainder, 'FM00');
        execute format('create table crm.%I partition of crm.interactions for values with (modulus 16, remainder %s)',
            partition_name, remainder);
        execute format('alter table crm.%I enable row level security', partition_name);
    end loop;
end $$;
alter table crm.interactions enable row level security;
create policy own_interactions on crm.interactions
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select, insert, delete on crm.interactions to crm_app;
