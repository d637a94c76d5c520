-- What a new user starts with is given once for each person: whoever erases themselves and signs in again finds the credits that were left.

create table crm.starting_credits (
    -- see crm.known_by
    party bytea primary key,
    -- what a user of this identity or mailbox starts with; null: as everybody does, as they have never been here
    credits integer,
    constraint starting_credits_party check (octet_length(party) = 32),
    constraint starting_credits_credits check (credits >= 0)
);
alter table crm.starting_credits enable row level security;

-- What a user of an identity and a mailbox starts with. Two who sign in at the same moment with one mailbox wait for each other here, and
-- the second one sees that the first is there.
create function crm.starting_credits_of(token_issuer text, token_subject text, token_email text) returns integer
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    parties constant bytea[] := crm.known_by(token_issuer, token_subject, token_email);
    known integer;
begin
    insert into crm.starting_credits (party) select p.party from unnest(parties) p (party) order by p.party on conflict do nothing;
    perform from crm.starting_credits c where c.party = any (parties) order by c.party for update;
    select sum(c.credits) into known from crm.starting_credits c where c.party = any (parties);
    return coalesce(known, 100);
end $$;

-- A user who is there has had their credits, by whatever mailbox they come to be known.
create function crm.keep_starting_credits() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'DELETE' then
        -- Kept in one place, the mailbox where there is one, so that a balance is not doubled by coming back in two ways.
        insert into crm.starting_credits as c (party, credits)
            select k.party, case when k.no = cardinality(k.parties) then old.credit_balance else 0 end
            from (select p.party, p.no, l.parties
                from (select crm.known_by(old.issuer, old.subject, old.email) as parties) l
                cross join lateral unnest(l.parties) with ordinality p (party, no)) k
            order by k.party
        on conflict (party) do update set credits = excluded.credits;
    elsif tg_op = 'INSERT' then
        insert into crm.starting_credits as c (party, credits)
            select p.party, 0 from unnest(crm.known_by(new.issuer, new.subject, new.email)) p (party) order by p.party
        on conflict (party) do update set credits = 0;
    else
        insert into crm.starting_credits as c (party, credits)
            select p.party, 0 from unnest(crm.known_by(new.issuer, new.subject, new.email)) p (party) order by p.party
        on conflict (party) do update set credits = 0 where c.credits is null;
    end if;
    return null;
end $$;
create trigger keep_starting_credits after insert or delete or update of email on crm.users
    for each row execute function crm.keep_starting_credits();

insert into crm.starting_credits (party, credits)
    select distinct p.party, 0 from crm.users u cross join lateral unnest(crm.known_by(u.issuer, u.subject, u.email)) p (party);

create or replace function crm.sign_in(token_issuer text, token_subject text, token_email text, token_name text)
    returns table (user_id uuid, created boolean)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    person_name constant text := left(coalesce(btrim(token_name), ''), 500);
    person_email constant text := case when length(btrim(token_email)) between 3 and 320 then btrim(token_email) end;
    known_email text;
begin
    loop
        select u.id, false, u.email into user_id, created, known_email
            from crm.users u where u.issuer = token_issuer and u.subject = token_subject;
        if found then
            if person_email is distinct from known_email and person_email is not null then
                update crm.users u set email = person_email where u.id = sign_in.user_id;
            end if;
            exit;
        end if;

        insert into crm.users as u (issuer, subject, email, name, credit_balance)
            values (token_issuer, token_subject, person_email, person_name,
                crm.starting_credits_of(token_issuer, token_subject, person_email))
            on conflict (issuer, subject) do nothing
            returning u.id, true into user_id, created;
        if found then
            insert into crm.contacts (user_id, name, email, emails, source, is_self)
                values (sign_in.user_id, coalesce(nullif(person_name, ''), person_email, 'Me'), person_email,
                    array_remove(array[person_email], null), 'self', true);
            exit;
        end if;
        -- Somebody else made it between the two statements, or erased it since: look again.
    end loop;
    return next;
end $$;

revoke all on function crm.starting_credits_of, crm.keep_starting_credits from public;
