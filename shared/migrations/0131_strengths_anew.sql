-- Strengths by the formula of decision 0079: bare connections of LinkedIn become weak, and what followed from interactions follows by the
-- new sums. Written to the partitions, so that no operation of a user's journal shows it: nobody has done anything.
do $$
declare
    weak constant real := 0.01;
    part regclass;
begin
    create temporary table bare (user_id uuid, from_no integer, to_no integer) on commit drop;
    create temporary table anew (user_id uuid, self_no integer, contact_no integer, strength real) on commit drop;

    insert into pg_temp.bare
        select r.user_id, r.from_no, r.to_no
        from crm.contacts s
        join crm.relationships r on r.user_id = s.user_id and (r.from_no = s.no or r.to_no = s.no)
        join crm.contacts c on c.user_id = s.user_id and c.no = r.from_no + r.to_no - s.no
        where s.is_self and r.imported and r.strength = 0.5 and (c.source like 'linkedin%' or c.custom ? 'Connected On');
    insert into pg_temp.anew
        select t.user_id, t.self_no, t.contact_no, greatest(w.w / (w.w + 10), 0.01)::real
        from (
            select i.user_id, i.self_no, i.contact_no, sum(i.weight) filter (where i.direction <> 'in') as o,
                sum(i.weight) filter (where i.direction <> 'out') as i
            from (
                select s.user_id, s.no as self_no, i.contact_no, i.direction,
                    case i.kind when 'meeting' then 5 / 3.0::float8 when 'call' then 7 / 6.0::float8 when 'email' then 1 else 0.35 end
                        * 0.5 ^ least(extract(epoch from l.last_at - i.at)::float8 / (180 * 86400), 60) as weight
                from crm.contacts s
                join crm.relationships k on k.user_id = s.user_id and k.from_no = s.no and k.fades_from_s is not null
                cross join lateral (select max(i.at) as last_at from crm.interactions i where i.user_id = s.user_id and i.contact_no = k.to_no) l
                join crm.interactions i on i.user_id = s.user_id and i.contact_no = k.to_no
                where s.is_self) i
            group by i.user_id, i.self_no, i.contact_no) t
        cross join lateral (select 3 * (0.25 * (coalesce(t.o, 0) + coalesce(t.i, 0)) / 2 + 0.75 * sqrt(coalesce(t.o, 0) * coalesce(t.i, 0))) as w) w;

    for part in select i.inhrelid from pg_inherits i where i.inhparent = 'crm.relationships'::regclass loop
        execute format('update %s r set strength = $1 from pg_temp.bare b
            where r.user_id = b.user_id and r.from_no = b.from_no and r.to_no = b.to_no', part) using weak;
        -- the trigger of a written strength takes it for a user's
        execute format('update %s r set imported = true from pg_temp.bare b
            where r.user_id = b.user_id and r.from_no = b.from_no and r.to_no = b.to_no', part);
        execute format('update %s r set strength = n.strength from pg_temp.anew n
            where r.user_id = n.user_id and r.fades_from_s is not null
                and (r.from_no, r.to_no) in ((n.self_no, n.contact_no), (n.contact_no, n.self_no))', part);
    end loop;
end $$;
