-- Search by addresses: a whole e-mail address, a domain, and everything that is typed on the way there, find who has them.
--
-- Documents hold an address without its top-level domain, which everybody shares, and every word of a question must match. So the words of
-- an address in a question are those that documents hold of it, and the address itself is compared with those of the contacts found.
-- Documents stay as they are, but for addresses at hosts without a dot (see the end).

-- An address without its top-level domain. The last dot is one of the domain's only when it stands behind the @: `ana.bell@intranet`.
create or replace function crm.without_tld(address text) returns text
    language sql immutable parallel safe
    return left(address, length(address) - case
        when position('.' in reverse(address)) < position('@' in reverse(address)) then position('.' in reverse(address)) else 0 end);

drop function if exists crm.address_pattern(text), crm.question_words(text), crm.rank_full_text(uuid, uuid[], text, text[], text, real, text, uuid, integer);

-- Of `ana.bell@intranet` documents held "ana" alone. Only those who have such an address are computed anew: a million contacts are read
-- in seconds, and few of them written.
update crm.contacts c set email = c.email, emails = c.emails
where exists (select from unnest(c.emails || c.email) a (address) where a.address ~ '\.[^@]*@[^@.]*$');
