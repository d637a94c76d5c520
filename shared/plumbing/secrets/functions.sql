-- All sealed secrets, for the rotation of their key; the type: migrations/0175_sealed.sql. A table with a column of the type `crm.sealed` has the columns `user_id` and `id`.

-- The columns with secrets.
create or replace function crm.sealed_columns() returns table (of_table text, of_column text)
    language sql stable
    set search_path = pg_catalog, pg_temp
begin atomic
    select c.relname::text, a.attname::text
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid
    where t.typname = 'sealed' and t.typnamespace = to_regnamespace('crm') and not a.attisdropped
        and c.relkind in ('r', 'p') and not c.relispartition
    order by 1, 2;
end;

-- The next secrets of a column, in the order of their rows.
create or replace function crm.list_sealed(of_table text, of_column text, after_user uuid, after_id uuid, most integer)
    returns table (user_id uuid, id uuid, sealed bytea)
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return query execute format('select user_id, id, %I::bytea from crm.%I where %1$I is not null and (user_id, id) > ($1, $2)
        order by user_id, id limit $3', of_column, of_table) using after_user, after_id, most;
end $$;

-- Replace a secret, unless it has been replaced meanwhile; returns whether it was.
create or replace function crm.replace_sealed(of_table text, of_column text, of_user uuid, of_id uuid, before bytea, after bytea) returns boolean
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    replaced integer;
begin
    execute format('update crm.%I set %I = $1 where user_id = $2 and id = $3 and %2$I::bytea = $4', of_table, of_column)
        using after, of_user, of_id, before;
    get diagnostics replaced = row_count;
    return replaced > 0;
end $$;
