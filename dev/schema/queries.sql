-- name: relations :many
-- Tables and views that stand for themselves: name, kind (r, p, v), how it is partitioned, options, row-level security, what a view selects.
select c.relname, c.relkind::text, pg_get_partkeydef(c.oid), array_to_string(c.reloptions, ', '), c.relrowsecurity,
    case when c.relkind = 'v' then pg_get_viewdef(c.oid) end
from pg_class c
where c.relnamespace = 'crm'::regnamespace and c.relkind in ('r', 'p', 'v') and not c.relispartition
order by c.relname collate "C"

-- name: sequences :many
-- Those that belong to no column.
select s.sequencename, s.data_type::text, s.cycle
from pg_sequences s
where s.schemaname = 'crm' and not exists (select from pg_depend d
    where d.objid = format('crm.%I', s.sequencename)::regclass and d.deptype in ('a', 'i') and d.refobjsubid > 0)
order by s.sequencename collate "C"

-- name: columns :many
-- Relation, name, type, collation where it is not the type's, whether null is refused, what fills it: identity, generated, default, expression.
select c.relname, quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
    case when a.attcollation <> t.typcollation then (select quote_ident(o.collname::text) from pg_collation o where o.oid = a.attcollation) end,
    a.attnotnull, a.attidentity::text, a.attgenerated::text, pg_get_expr(d.adbin, d.adrelid)
from pg_class c
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_type t on t.oid = a.atttypid
left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
where c.relnamespace = 'crm'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
order by c.relname collate "C", a.attnum

-- name: constraints :many
-- Keys first, then references and checks; a column that refuses null says so itself.
select c.relname, quote_ident(k.conname), pg_get_constraintdef(k.oid)
from pg_constraint k join pg_class c on c.oid = k.conrelid
where c.relnamespace = 'crm'::regnamespace and not c.relispartition and k.contype <> 'n' and k.conparentid = 0
order by c.relname collate "C", position(k.contype in 'pufcxt'), k.conname collate "C"

-- name: partitions :many
-- Relation, a partition of it, the rows it holds, options, row-level security.
select p.relname, c.relname, pg_get_expr(c.relpartbound, c.oid), array_to_string(c.reloptions, ', '), c.relrowsecurity
from pg_class c join pg_inherits i on i.inhrelid = c.oid join pg_class p on p.oid = i.inhparent
where c.relnamespace = 'crm'::regnamespace and c.relkind = 'r' and c.relispartition
order by p.relname collate "C", c.relname collate "C"

-- name: indexes :many
-- Those that no constraint makes.
select c.relname, pg_get_indexdef(x.indexrelid)
from pg_index x join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
where c.relnamespace = 'crm'::regnamespace and not i.relispartition
    and not exists (select from pg_constraint k where k.conindid = x.indexrelid and k.contype in ('p', 'u', 'x'))
order by c.relname collate "C", i.relname collate "C"

-- name: policies :many
select c.relname, quote_ident(p.polname), p.polpermissive,
    case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
    array(select quote_ident(r.rolname) from pg_roles r where r.oid = any (p.polroles) order by 1),
    pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)
from pg_policy p join pg_class c on c.oid = p.polrelid
where c.relnamespace = 'crm'::regnamespace
order by c.relname collate "C", p.polname collate "C"

-- name: triggers :many
select c.relname, pg_get_triggerdef(t.oid), t.tgenabled::text
from pg_trigger t join pg_class c on c.oid = t.tgrelid
where c.relnamespace = 'crm'::regnamespace and not t.tgisinternal and t.tgparentid = 0
order by c.relname collate "C", t.tgname collate "C"

-- name: functions :many
-- What a caller sees and how it runs; what it does stands in a file.
select p.oid::regprocedure::text, p.proname, pg_get_function_arguments(p.oid), pg_get_function_result(p.oid), l.lanname,
    case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end, p.proisstrict, p.prosecdef,
    case p.proparallel when 's' then 'safe' when 'r' then 'restricted' else 'unsafe' end, case when p.proretset then p.prorows::integer end,
    array_to_string(p.proconfig, ', ')
from pg_proc p join pg_language l on l.oid = p.prolang
where p.pronamespace = 'crm'::regnamespace
order by p.proname collate "C", p.oid::regprocedure::text collate "C"

-- name: rights :many
-- What others than the owner may do: kind of thing, its name (a function with its types), role, right, columns where it is not all of them.
select 'relation', c.relname::text, coalesce(r.rolname, 'public'), lower(a.privilege_type), null
from pg_class c cross join lateral aclexplode(c.relacl) a left join pg_roles r on r.oid = a.grantee
where c.relnamespace = 'crm'::regnamespace and a.grantee <> c.relowner
union all
select 'relation', c.relname::text, coalesce(r.rolname, 'public'), lower(a.privilege_type),
    string_agg(quote_ident(t.attname), ', ' order by t.attnum)
from pg_class c join pg_attribute t on t.attrelid = c.oid cross join lateral aclexplode(t.attacl) a left join pg_roles r on r.oid = a.grantee
where c.relnamespace = 'crm'::regnamespace and a.grantee <> c.relowner
group by c.relname, r.rolname, a.privilege_type
union all
select 'function', p.oid::regprocedure::text, coalesce(r.rolname, 'public'), lower(a.privilege_type), null
from pg_proc p cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a left join pg_roles r on r.oid = a.grantee
where p.pronamespace = 'crm'::regnamespace and a.grantee <> p.proowner
union all
select 'schema', n.nspname, coalesce(r.rolname, 'public'), lower(a.privilege_type), null
from pg_namespace n cross join lateral aclexplode(n.nspacl) a left join pg_roles r on r.oid = a.grantee
where n.nspname = 'crm' and a.grantee <> n.nspowner
order by 1, 2, 3, 4, 5

-- name: extensions :many
select e.extname, n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname <> 'plpgsql' order by 1
