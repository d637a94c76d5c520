-- The ties among the people of a network, read once each.
--
-- Nearly all of what a network costs is reading the ties of its people to find those that stay within it. Where every tie is mutual
-- and as strong both ways, one of its two rows says all; which half to read is known by the order of the numbers.

-- Whether some tie of the user may lead one way only, or be stronger one way. Whoever writes such a tie says so here, in the same
-- transaction; it is never taken back.
alter table crm.users add column one_way_ties boolean not null default false;
grant update (one_way_ties) on crm.users to crm_app;

update crm.users u set one_way_ties = true
where exists (
    select from crm.relationships r
    where r.user_id = u.id and not exists (
        select from crm.relationships b
        where b.user_id = r.user_id and b.from_no = r.to_no and b.to_no = r.from_no and b.cost = r.cost));
