-- Ties: how costs and strengths follow from their columns, which migrations/0010_relationships.sql explains.

-- The growth of every fading (odd) cost since 2020-01-01; even, so that the sum of two fading ties stays comparable.
create or replace function crm.fading(at timestamptz) returns bigint
    language sql stable parallel safe
    return 2 * round(extract(epoch from at - '2020-01-01 00:00+00'::timestamptz)::float8 * (ln(2::float8) * 8388608 / (180 * 86400)))::bigint;

-- The strength of a tie at a time, from its columns.
create or replace function crm.strength_at(strength real, fades_from_s integer, at timestamptz) returns real
    language sql stable parallel safe
    return case when fades_from_s is null then strength
        else greatest(strength * 0.5::float8 ^ least(
            greatest(extract(epoch from at - '2020-01-01 00:00+00'::timestamptz)::float8 - fades_from_s, 0) / (180 * 86400), 28), 2e-9)::real end;

-- A strength from its cost, as people write it: six decimals, and all its digits when it is smaller than that can show.
create or replace function crm.strength_of(cost bigint) returns double precision
    language sql immutable parallel safe
    return case when cost < 116000000  -- 0.001
        then round(exp(-cost / 16777216::float8) * 1e6) / 1e6 else exp(-cost / 16777216::float8)::real end;

-- Ties die with their contacts, and interactions too. A foreign key would check both ends of every row: loading a million ties would
-- take about twice as long. Instead a statement that writes ties holds their contacts FOR KEY SHARE, and one statement cleans up after each delete.
create or replace function crm.forget_relationships() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
    -- The plan is kept for the session: one made for a single contact must serve a million, and the other way round.
    set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off
as $$
begin
    delete from crm.relationships r using gone g where r.user_id = g.user_id and r.from_no = g.no;
    delete from crm.relationships r using gone g where r.user_id = g.user_id and r.to_no = g.no;
    delete from crm.interactions i using gone g where i.user_id = g.user_id and i.contact_no = g.no;
    delete from crm.last_contacts l using gone g where l.user_id = g.user_id and l.contact_no = g.no;
    return null;
end $$;

-- Mark a written strength as said by a user, also one that the release before writes, which does not know the column.
create or replace function crm.say_strength() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    new.imported := false;
    return new;
end $$;

-- Open to the deployed functions; the other functions here are called by functions alone.
grant execute on function crm.fading, crm.strength_at, crm.strength_of to crm_app;
