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

insert into crm.starting_credits (party, credits)
    select distinct p.party, 0 from crm.users u cross join lateral unnest(crm.known_by(u.issuer, u.subject, u.email)) p (party);
