-- The graph: who knows whom, and how well.
--
-- A tie is one row for each direction in which it may be followed: a mutual relationship is two rows, a one-way one is one.
-- Contacts are named by their number (`contacts.no`): 4 bytes instead of 16, three indexes deep.

create table crm.relationships (
    user_id uuid not null,
    from_no integer not null,
    to_no integer not null,
    -- as set, or as it was at the last interaction
    strength real not null,
    -- null: set by hand. Else the tie was computed from interactions, the last of which was so many seconds after 2020-01-01;
    -- from then on its strength halves every 180 days.
    fades_from_s integer,
    -- What the search adds up instead of multiplying strengths: -ln(strength) in steps of 2^-23, times two. An odd cost fades: all such
    -- ties lose strength at the same rate, so their cost is the stored one (as if of 2020-01-01, which may be negative) plus
    -- crm.fading(now), one number for the whole search. Nothing is ever rewritten because time passes.
    -- Strengths below e^-20 (two in a thousand million) count as that, so that six of them still fit their arithmetic.
    cost integer not null generated always as (
        2 * (round(least(-ln(strength::float8), 20) * 8388608)
            - coalesce(round(fades_from_s * (ln(2::float8) * 8388608 / (180 * 86400))), 0))::integer
        + case when fades_from_s is null then 0 else 1 end) stored,

    -- Single ties are looked up by this key; the cost rides along so that the heap is never read.
    primary key (user_id, from_no, to_no) include (cost),
    constraint relationships_strength check (strength > 0 and strength <= 1),
    constraint relationships_not_to_oneself check (from_no <> to_no)
) partition by hash (user_id);

-- Sixteen partitions like the contacts'. Every index-only scan asks the visibility map, so vacuum comes early after inserts.
do $$
declare
    partition_name text;
begin
    for remainder in 0..15 loop
        partition_name := 'relationships_p' || to_char(remainder, 'FM00');
        execute format('create table crm.%I partition of crm.relationships for values with (modulus 16, remainder %s) with (
            autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_vacuum_scale_factor = 0.02,
            autovacuum_analyze_scale_factor = 0.05)', partition_name, remainder);
        execute format('alter table crm.%I enable row level security', partition_name);
    end loop;
end $$;

-- The ties of a contact, strongest first, in both directions. With `cost < bound` as an index condition a contact with
-- thousands of ties is read only as far as its strong ones. Incoming ties need an index of their own anyway: one-way ties
-- are followed backwards by the half of the search that starts at the target.
create index relationships_outgoing on crm.relationships (user_id, from_no, cost) include (to_no);
create index relationships_incoming on crm.relationships (user_id, to_no, cost) include (from_no);

alter table crm.relationships enable row level security;
create policy own_relationships on crm.relationships
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select, insert, update, delete on crm.relationships to crm_app;
