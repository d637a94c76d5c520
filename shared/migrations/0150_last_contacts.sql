-- When each contact was last spoken to, by any evidence: mail, chats, calls and meetings of the sources, and logged interactions.
-- `crm.settle_own_ties` keeps it whenever the evidence of a contact changes; a contact that was never spoken to has no row.

create table crm.last_contacts (
    user_id uuid not null,
    contact_no integer not null,
    -- seconds since 2020-01-01
    last_s integer not null,
    primary key (user_id, contact_no)
) partition by hash (user_id);

-- Partitioned as the contacts are: the partitions of one user have the same number.
do $$
begin
    for remainder in 0..15 loop
        execute format('create table crm.%I partition of crm.last_contacts for values with (modulus 16, remainder %s)',
            'last_contacts_p' || to_char(remainder, 'FM00'), remainder);
        execute format('alter table crm.%I enable row level security', 'last_contacts_p' || to_char(remainder, 'FM00'));
    end loop;
end $$;

-- The number makes the key unique, so a page continues exactly where the last one ended.
create index last_contacts_by_time on crm.last_contacts (user_id, last_s, contact_no);

alter table crm.last_contacts enable row level security;
create policy own_last_contacts on crm.last_contacts
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select, insert, update, delete on crm.last_contacts to crm_app;

insert into crm.last_contacts (user_id, contact_no, last_s)
    select e.user_id, e.contact_no, max(e.last_s)
    from (
        select i.user_id, i.contact_no, max(extract(epoch from i.at - '2020-01-01 00:00+00'::timestamptz))::integer as last_s
        from crm.interactions i group by 1, 2
        union all
        select k.user_id, k.contact_no, max(e.last_s)
        from crm.correspondents k join crm.evidence e on e.user_id = k.user_id and e.a = 0 and e.b = k.no and e.earlier = 0
        where k.contact_no is not null group by 1, 2) e
    join crm.contacts c on c.user_id = e.user_id and c.no = e.contact_no and not c.is_self
    group by 1, 2;

-- Their places are taken by functions with other parameters.
drop function if exists crm.nearest_filter(jsonb);
