-- Who said how strong a tie is: by hand wins, then what interactions say, then what an import took for granted (decision 0013).

-- true: an import tied two people without anybody having said how well they know each other (every contact of a LinkedIn export, at 0.5).
-- Whatever else is said of the tie replaces that.
alter table crm.relationships add column imported boolean not null default false,
    add constraint relationships_imported check (not imported or fades_from_s is null);

-- The ties that imports of LinkedIn's connections made until now: both ways 0.5, between a user and somebody of whom such a file told
-- (who came from one, or has the column that no other export has). A 0.5 that somebody set by hand on the same person looks the same; it
-- goes on being 0.5 until an interaction says more.
update crm.relationships r set imported = true
from crm.contacts s, crm.contacts c
where s.is_self and c.user_id = s.user_id and not c.is_self and (c.source = 'linkedin_csv' or c.custom ? 'Connected On')
    and r.user_id = s.user_id and (r.from_no, r.to_no) in ((s.no, c.no), (c.no, s.no))
    and r.strength = 0.5 and r.fades_from_s is null
    and exists (select from crm.relationships b where b.user_id = r.user_id and b.from_no = r.to_no and b.to_no = r.from_no
        and b.strength = 0.5 and b.fades_from_s is null);

-- Of some of them more is known: their strength by the formula of docs/strength.md, as it was when this was written.
update crm.relationships r
set strength = p.strength, fades_from_s = extract(epoch from p.last_at - '2020-01-01 00:00+00'::timestamptz)::integer, imported = false
from (
    select t.user_id, t.self_no, t.contact_no, t.last_at,
        ((1 - exp(-(t.sent + t.received))) * (0.3 + 0.7 * 2 * least(t.sent, t.received) / (t.sent + t.received)))::real as strength
    from (
        select i.user_id, i.self_no, i.contact_no, i.last_at,
            sum(i.counts * case i.direction when 'out' then 1 when 'both' then 0.5 else 0 end) as sent,
            sum(i.counts * case i.direction when 'in' then 1 when 'both' then 0.5 else 0 end) as received
        from (
            select s.user_id, s.no as self_no, i.contact_no, i.direction, l.last_at,
                case i.kind when 'meeting' then 0.4 when 'call' then 0.3 when 'email' then 0.15 else 0.1 end::float8
                    * 0.5 ^ least(extract(epoch from l.last_at - i.at)::float8 / (180 * 86400), 60) as counts
            from crm.contacts s
            join crm.relationships k on k.user_id = s.user_id and k.from_no = s.no and k.imported
            cross join lateral (select max(i.at) as last_at from crm.interactions i where i.user_id = s.user_id and i.contact_no = k.to_no) l
            join crm.interactions i on i.user_id = s.user_id and i.contact_no = k.to_no
            where s.is_self) i
        group by i.user_id, i.self_no, i.contact_no, i.last_at) t) p
where r.user_id = p.user_id and r.imported and (r.from_no, r.to_no) in ((p.self_no, p.contact_no), (p.contact_no, p.self_no));
