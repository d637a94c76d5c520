-- Circles: who belongs to which, and what becomes of the members of contacts that go or are merged.

-- The condition on a contact c that a member of a circle passes, of the acting user; nobody passes that of an unknown circle.
create or replace function crm.in_circle(circle uuid) returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    uid constant uuid := crm.acting_user();
    found_fits jsonb;
begin
    select i.fits into found_fits from crm.circles i where i.user_id = uid and i.id = circle;
    if not found then
        return ' and false';
    end if;
    -- A filter of a circle names no circle, so this ends. A subquery for each row and no join: the planner would take a join for a reason to
    -- read all members.
    return case when found_fits is not null then crm.fitting(found_fits)
        else format(' and coalesce((select true from crm.circle_members m where m.user_id = %L and m.circle_id = %L and m.contact_no = c.no), false)', uid, circle) end;
end $$;

-- The filters with those of a circle behind them: every contact that passes the first passes these, which an index may know more of.
create or replace function crm.with_circle(filters jsonb) returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
begin atomic
    select crm.with_fields(coalesce((select i.fits - 'circle' from crm.circles i
        where i.user_id = crm.acting_user() and i.id = crm.filter_text(filters, 'circle')::uuid), '{}') || filters);
end;

-- The statement that selects the numbers of the members of a circle; null where a filter finds them.
create or replace function crm.circle_members(circle uuid) returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
begin atomic
    select format('select m.contact_no from crm.circle_members m where m.user_id = %L and m.circle_id = %L', i.user_id, i.id)
    from crm.circles i where i.user_id = crm.acting_user() and i.id = circle and i.fits is null;
end;

-- The circles that a contact of the acting user belongs to.
create or replace function crm.circles_of(of_contact uuid) returns table (circle_id uuid)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    uid constant uuid := crm.acting_user();
    smart record;
    fits boolean;
begin
    return query select m.circle_id from crm.contacts c join crm.circle_members m on m.user_id = uid and m.contact_no = c.no
        join crm.circles i on i.user_id = uid and i.id = m.circle_id and i.filter is null
        where c.user_id = uid and c.id = of_contact;
    for smart in select i.id, i.fits from crm.circles i where i.user_id = uid and i.filter is not null loop
        execute format('select exists (select from crm.contacts c where c.user_id = $1 and c.id = $2%s)', crm.fitting(smart.fits))
            into fits using uid, of_contact;
        if fits then
            circle_id := smart.id;
            return next;
        end if;
    end loop;
end $$;

-- Give the memberships of contacts to the contact that they are merged into.
create or replace function crm.merge_circles(uid uuid, keep_no integer, nos integer[]) returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
begin atomic
    insert into crm.circle_members (user_id, circle_id, contact_no, added_at)
        select uid, m.circle_id, keep_no, min(m.added_at) from crm.circle_members m where m.user_id = uid and m.contact_no = any (nos)
        group by m.circle_id on conflict do nothing;
end;

-- Delete the memberships of deleted contacts.
create or replace function crm.forget_circle_members() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
    set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off
as $$
begin
    delete from crm.circle_members m using gone g where m.user_id = g.user_id and m.contact_no = g.no;
    return null;
end $$;

-- The deployed functions may call these.
grant execute on function crm.circles_of, crm.merge_circles to crm_app;
