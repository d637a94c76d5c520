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

drop function crm.address_pattern(text), crm.question_words(text), crm.rank_full_text(uuid, uuid[], text, text[], text, real, text, uuid, integer);

-- A question taken apart. All of it is folded; of words there are at most eight of each kind.
--
-- words: what full text is asked for; those of the address are among them as documents hold them.
-- address: "zoe@exam", the beginning of an address, or "@acme.c", that of a domain; null when there is none. It may stand among words and
--     in what is pasted with it: <zoe@example.com>, mailto:zoe@example.com, https://www.example.com/about.
-- address_words: its words as documents hold them, each a whole one, but for the last one of an `unfinished` address.
-- other_words: those beside it.
-- by_text: the question may mean something else: "booking.com" may be a company, "j.smith" a name.
create function crm.read_question(
    question text, out words text[], out address text, out address_words text[], out unfinished boolean, out other_words text[], out by_text boolean
)
    language plpgsql immutable parallel safe
as $$
declare
    -- marks that nobody sees come with what is copied from a page or a chat
    asked constant text := regexp_replace(crm.fold(left(question, 300)), '[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]', '', 'g');
    -- What may stand in an address; the same signs end one in `shared.contacts.addresses`.
    mailbox constant text := '[^[:space:]<>()\[\],;:"\\@]';
    found text[];
    stem text;
    before_it text := '';
    after_it text := '';
    at integer;
begin
    if position('@' in asked) > 0 then
        found := regexp_match(asked, '(' || mailbox || '*@' || mailbox || '*)');
        address := found[1];
        at := position(address in asked);
        before_it := left(asked, at - 1);
        -- Of further addresses, too, documents hold no top-level domain.
        after_it := regexp_replace(substr(asked, at + length(address)), '(@' || mailbox || '*)\.[^[:space:].@]*', '\1', 'g');
        if before_it ~ 'mailto:$' then
            before_it := left(before_it, -7);
        end if;
        -- a domain ends where a path or the query of a link begins
        address := rtrim(regexp_replace(address, '(@[^/?#]*)[/?#].*$', '\1'), '.!''');
        by_text := false;
    else
        found := regexp_match(asked,
            '^(|.*[[:space:](<])(?:https?://)?(?:www\.)?((?:[[:alnum:]-]+\.)+[[:alpha:]][[:alnum:]-]*)(?:|[./?#,;:!)>][^[:space:]]*)(|[[:space:]].*)$');
        if found is not null then
            before_it := found[1];
            address := '@' || found[2];
            after_it := found[3];
        end if;
        by_text := true;
    end if;
    if address is not null then
        stem := crm.without_tld(address);
        unfinished := stem = address and address ~ '[^@[:punct:]]$';
        address_words := (string_to_array(btrim(translate(crm.words(stem), E'\x01\x02', '  ')), ' '))[1:8];
        other_words := (string_to_array(btrim(translate(crm.words(before_it || ' ' || after_it), E'\x01\x02', '  ')), ' '))[1:8];
    end if;
    words := case when by_text then (string_to_array(btrim(translate(crm.words(asked), E'\x01\x02', '  ')), ' '))[1:8]
        else address_words || other_words end;
end $$;

-- An address as part of a regular expression for `crm.has_address`.
--
-- whole: this very address or domain. Else what begins with it, "@acme" at any label of a domain and "zoe@exam" at any of its labels.
create function crm.address_pattern(address text, whole boolean) returns text
    language sql immutable strict parallel safe
    return case when address like '@%' then '' else '(^| )' end
        || regexp_replace(regexp_replace(address, '([^[:alnum:]@])', '\\\1', 'g'), '@', case when whole then '@' else '@([^@ ]*\\.)?' end)
        || case when whole then '( |$)' else '' end;

-- The contacts that have an address, or one that begins with it, and answer the other words.
create function crm.address_candidates(
    part regclass, uid uuid, total bigint, sample tsvector[], address text, address_words text[], unfinished boolean, other_words text[],
    most integer, page_size integer
) returns uuid[]
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    code constant text := right(uid::text, 4);
    parts tsquery[];
    others tsquery;
    found_ids uuid[];
    first_addresses uuid[];
begin
    select array_agg(format('''%s%s''%s', code, w, case when unfinished and o = cardinality(address_words) then ':*' else '' end)::tsquery)
        into parts from unnest(address_words) with ordinality u (w, o);
    select array_agg(crm.word_query(code, w, 'any', ':*')::tsquery) || parts, string_agg(crm.word_query(code, w, 'any', ':*'), ' & ')::tsquery
        into parts, others from unnest(other_words) u (w) having count(*) > 0 or cardinality(parts) > 0;
    if coalesce(cardinality(parts), 0) = 0 then
        return null;
    end if;
    found_ids := crm.candidates(part, uid, total, sample, parts, null, crm.address_pattern(address, false), most, page_size);
    if address not like '@%' then
        -- First addresses have an index of their own: the very one is there however many begin alike.
        select array_agg(e.id) into first_addresses from (select c.id from crm.contacts c
            where c.user_id = uid and c.email_key >= address and c.email_key < address || U&'\+10FFFF'
                and (others is null or coalesce(c.tsv, '') @@ others)
            order by c.email_key limit most) e;
    end if;
    return first_addresses || found_ids;
end $$;

-- One page of the candidates, best first. Score: 1, and 8 for whole words of the name, 4 for their beginnings, 1 for one of them, 2 when the
-- name begins with the question, 1 for whole words anywhere, 3 when the first e-mail begins with it, 0.5 when the company does; for
-- the very address or @domain more than all of that together, 2 for a domain that may have been meant as words.
create function crm.rank_full_text(
    uid uuid, found_ids uuid[], question text, words text[], address text, digits text, after_score real, after_name text, after_id uuid,
    page_size integer
) returns table (id uuid, score real, name_key text, matched text[])
    language plpgsql stable rows 20
    set search_path = pg_catalog, pg_temp
as $$
declare
    code constant text := right(uid::text, 4);
    whole constant text := array_to_string(words, ' ');
    typed constant text := coalesce(address, lower(btrim(question)));
    very_one constant text := crm.address_pattern(address, true);
    for_it constant integer := case when position('@' in question) > 0 then 32 else 2 end;
    whole_in_name tsquery;
    all_in_name tsquery;
    some_in_name tsquery;
    whole_in_any tsquery;
begin
    select string_agg(crm.word_query(code, w, 'name', ''), ' & ')::tsquery, string_agg(crm.word_query(code, w, 'name', ':*'), ' & ')::tsquery,
            string_agg(crm.word_query(code, w, 'name', ':*'), ' | ')::tsquery, string_agg(crm.word_query(code, w, 'any', ''), ' & ')::tsquery
        into whole_in_name, all_in_name, some_in_name, whole_in_any
        from unnest(words) w;
    return query
        with page as (
            select p.id, p.score, p.name_key from (
                select c.id, c.name_key, (1
                    + 8 * (c.tsv @@ whole_in_name)::integer + 4 * (c.tsv @@ all_in_name)::integer + (c.tsv @@ some_in_name)::integer
                    + 2 * starts_with(c.name_key, whole)::integer + (c.tsv @@ whole_in_any)::integer
                    + 3 * coalesce(starts_with(c.email_key, typed), false)::integer
                    + 0.5 * coalesce(starts_with(c.company_key, whole), false)::integer
                    + case when very_one is null then 0 else for_it * crm.has_address(c.email, c.emails, very_one)::integer end)::real as score
                from crm.contacts c where c.user_id = uid and c.id = any (found_ids)) p
            where after_id is null or (-p.score, p.name_key, p.id) > (-after_score, after_name, after_id)
            order by p.score desc, p.name_key, p.id limit page_size)
        select p.id, p.score, p.name_key, f.fields
        from page p join crm.contacts c on c.user_id = uid and c.id = p.id
        cross join lateral crm.matched_fields(words, c.name, c.email, c.emails, c.company, c.title, c.tags, c.notes, c.phones, digits) f (fields)
        order by p.score desc, p.name_key, p.id;
end $$;

-- The digits of a phone number as documents hold them, from the last to the first; null when the question is no phone number.
--
-- "+44 (0)20 7946 0000" and "+44 20 7946 0000" are one number: of either the other is looked for as well, with the zero behind
-- each possible length of a country's code.
create function crm.phone_lexemes(question text, code text) returns tsquery
    language plpgsql immutable parallel safe
as $$
declare
    dialled constant text := ltrim(regexp_replace(replace(question, '(0)', ''), '[^0-9]', '', 'g'), '0');
    numbers text[] := array[ltrim(regexp_replace(question, '[^0-9]', '', 'g'), '0'), dialled];
begin
    if length(numbers[1]) < 4 or question !~ '^[-+0-9()/. ]+$' then
        return null;
    end if;
    if length(dialled) >= 8 and btrim(question) ~ '^(\+|00)' then
        numbers := numbers || array[overlay(dialled placing '0' from 2 for 0), overlay(dialled placing '0' from 3 for 0),
            overlay(dialled placing '0' from 4 for 0)];
    end if;
    return (select string_agg(distinct format('''%s+%s'':*', code, reverse(n)), ' | ') from unnest(numbers) n where length(n) >= 4)::tsquery;
end $$;

-- One page of the contacts that answer a question, best first.
--
-- after_*: the last contact of the page before, null for the first page. Full text scores 1 and more, typos less than 1. Of words that
-- very many contacts hold, only so many are ranked (see `most`), names first; paging ends after those. An address finds who has it and
-- nobody else: no mistake is forgiven there.
create or replace function crm.search_contacts(
    question text, page_size integer default 20, after_score real default null, after_name text default null, after_id uuid default null
) returns table (id uuid, score real, name_key text, matched text[])
    language plpgsql volatile security definer rows 50
    set search_path = pg_catalog, pg_temp
    -- The paths are chosen here, not by the planner; partitions are named, so plans need not be made for all of them.
    set enable_seqscan = off set enable_sort = off set jit = off set plan_cache_mode = force_generic_plan
as $$
declare
    uid constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
    few constant integer := 3;  -- with fewer answers to one word, none of which is a name, typos are tried as well
    a_name constant real := 5;  -- the least score of a contact whose name has all the words
    digits constant text := ltrim(regexp_replace(question, '[^0-9]', '', 'g'), '0');
    asked record;
    words text[];
    by_number tsquery;
    place record;
    most integer;
    found_ids uuid[];
    starts text[];
    got integer := 0;
    best real := 0;
begin
    if uid is null then
        raise insufficient_privilege using message = 'app.user_id is not set';
    end if;
    select * into asked from crm.read_question(question);
    words := asked.words;
    if coalesce(cardinality(words), 0) = 0 then
        return;
    end if;
    if cardinality(words) = 1 and octet_length(words[1]) = 1 and asked.address is null then
        -- One letter: the names that begin with it, in their order. A single lower bound: of two the index would start at the wrong one.
        after_name := coalesce(after_name, words[1]);
        after_id := coalesce(after_id, '00000000-0000-0000-0000-000000000000');
        return query select c.id, 1::real, c.name_key, '{name}'::text[] from crm.contacts c
            where c.user_id = uid and (c.name_key, c.id) > (after_name, after_id) and c.name_key < words[1] || U&'\+10FFFF'
            order by c.name_key, c.id limit page_size;
        return;
    end if;

    select * into place from crm.sample_contacts(uid);
    if place.part is null then
        return;
    end if;
    -- Ranking a contact costs some ten microseconds.
    most := case when place.total <= 20000 then 500 when place.total <= 200000 then 200 else 100 end;
    if coalesce(after_score, 1) >= 1 then
        if asked.by_text then
            found_ids := crm.full_text_candidates(place.part, uid, place.total, place.sample, words, null, most, page_size);
        end if;
        if asked.address is not null then
            found_ids := found_ids || crm.address_candidates(place.part, uid, place.total, place.sample, asked.address, asked.address_words,
                asked.unfinished, asked.other_words, most, page_size);
        end if;
        by_number := crm.phone_lexemes(question, right(uid::text, 4));
        if by_number is not null then
            found_ids := found_ids || crm.indexed_candidates(place.part, uid, by_number, by_number, null, most);
        end if;
        for id, score, name_key, matched in
            select * from crm.rank_full_text(uid, found_ids, question, words, asked.address, digits, after_score, after_name, after_id, page_size)
        loop
            return next;
            got := got + 1;
            best := greatest(best, score);
        end loop;
        -- A typo is looked for behind one word that finds little, or behind several that find nothing; never behind a full page.
        if got >= least(few, page_size) or best >= a_name or got > 0 and cardinality(words) > 1 or after_id is not null or not asked.by_text then
            return;
        end if;
    end if;
    select t.found_ids, t.starts into found_ids, starts from crm.typo_candidates(place.part, uid, place.total, place.sample, words, most) t;
    return query select * from crm.rank_typos(uid, found_ids, words, starts, after_score, after_name, after_id, page_size - got);
end $$;

revoke all on function crm.read_question, crm.address_pattern, crm.address_candidates, crm.rank_full_text, crm.phone_lexemes from public;

-- Of `ana.bell@intranet` documents held "ana" alone. Only those who have such an address are computed anew: a million contacts are read
-- in seconds, and few of them written.
update crm.contacts c set email = c.email, emails = c.emails
where exists (select from unnest(c.emails || c.email) a (address) where a.address ~ '\.[^@]*@[^@.]*$');
