-- Asking along a path through a colleague.

-- The people on such a path behind the caller, the colleague first, and the strength of it as the search tells it; no row unless each of them
-- may be seen at this moment: the colleague shares, nobody is hidden, and everybody has a tie to the next.
--
-- path: contacts in the colleague's book, the colleague's own first.
-- email: the colleague's, and the target's where the caller knows the person. A colleague's book gives none: whoever accepts does.
create function crm.people_through_colleague(path uuid[], at timestamptz)
    returns table (id uuid, name text, company text, title text, email text, strength real)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    uid constant uuid := crm.acting_user();
    book uuid; nodes integer[]; told float8;
    my_keys text[]; my_profile text; known text;
begin
    if cardinality(path) not between 2 and 4 then return; end if;
    select m.user_id into book
    from crm.team_members me
    join crm.team_members m on m.team_id = me.team_id and m.user_id <> uid and m.shares_ties
    join crm.contacts c on c.user_id = m.user_id and c.no = m.self_no and c.id = path[1]
    where me.user_id = uid;
    if not found then return; end if;

    select array(select lower(e) from unnest(array[c.email, u.email] || c.emails) e where e is not null), c.linkedin_slug
    into my_keys, my_profile
    from crm.users u join crm.contacts c on c.user_id = u.id and c.is_self where u.id = uid;
    select array_agg(c.no order by p.i) into nodes
    from unnest(path) with ordinality p(id, i)
    join crm.contacts c on c.user_id = book and c.id = p.id
    where not exists (select from crm.hidden_contacts h where h.user_id = book and h.contact_no = c.no)
        and (c.email_key is null or c.email_key <> all(my_keys))
        and (c.linkedin_slug is null or c.linkedin_slug is distinct from my_profile);
    if cardinality(nodes) is distinct from cardinality(path) then return; end if;

    select exp(sum(ln(crm.strength_step(crm.strength_at(r.strength, r.fades_from_s, at))::float8))) into told
    from generate_subscripts(nodes, 1) i
    join crm.relationships r on r.user_id = book and r.from_no = nodes[i - 1] and r.to_no = nodes[i]
    having count(*) = cardinality(nodes) - 1;
    if not found then return; end if;
    told := told * coalesce(
        (select max(crm.strength_at(r.strength, r.fades_from_s, at))
         from crm.users u
         join crm.contacts c on c.user_id = uid and c.email_key = lower(u.email)
         join crm.contacts s on s.user_id = uid and s.is_self
         join crm.relationships r on r.user_id = uid and r.from_no = s.no and r.to_no = c.no
         where u.id = book), 0.5);

    select m.email into known
    from crm.contacts t
    join crm.contacts m on m.user_id = uid and (m.email_key = t.email_key or m.linkedin_slug = t.linkedin_slug)
    where t.user_id = book and t.no = nodes[cardinality(nodes)] and m.email is not null limit 1;

    return query
        select c.id,
            case n.i when 1 then coalesce(nullif(u.name, ''), nullif(c.name, ''), '') else coalesce(crm.shown_text(c.name), '') end,
            case n.i when 1 then c.company else crm.shown_text(c.company) end,
            case n.i when 1 then c.title else crm.shown_text(c.title) end,
            case n.i when 1 then u.email when cardinality(nodes) then known end, told::real
        from unnest(nodes) with ordinality n(no, i)
        join crm.contacts c on c.user_id = book and c.no = n.no
        join crm.users u on u.id = book
        order by n.i;
end $$;
revoke all on function crm.people_through_colleague from public;
grant execute on function crm.people_through_colleague to crm_app;
