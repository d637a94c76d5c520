-- Search as one types: what a question is turned into, who may be meant, and in which order. The index, and what a contact is found by,
-- stand in migrations/0003_contact_search.sql; docs/search.md shows how the parts work together.
--
-- Under row-level security a GIN index is never used (@@ is not leakproof), hence security definer functions, which take the user from
-- the setting and from nowhere else.
--
-- Documents hold an address without its top-level domain, which everybody shares, and every word of a question must match. So the words of
-- an address in a question are those that documents hold of it, and the address itself is compared with those of the contacts found.

-- A question taken apart. All of it is folded; of words there are at most eight of each kind.
--
-- words: what full text is asked for; those of the address are among them as documents hold them.
-- address: "zoe@exam", the beginning of an address, or "@acme.c", that of a domain; null when there is none. It may stand among words and
--     in what is pasted with it: <zoe@example.com>, mailto:zoe@example.com, https://www.example.com/about.
-- address_words: its words as documents hold them, each a whole one, but for the last one of an `unfinished` address.
-- other_words: those beside it.
-- by_text: the question may mean something else: "booking.com" may be a company, "j.smith" a name.
create or replace function crm.read_question(
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

-- Part of a tsquery. Words are letters and digits only, so they need no escaping inside the quotes.
-- place: 'name' the words of the name, 'any' every field; ending: ':*' for what begins with the word, '' for the word itself.
create or replace function crm.word_query(code text, word text, place text, ending text) returns text
    language sql immutable parallel safe
    return case place
        when 'name' then format('''%s.%s''%s', code, word, ending)
        else format('(''%1$s.%2$s''%3$s | ''%1$s%2$s''%3$s)', code, word, ending)
    end;

-- Up to `most` contacts that answer all of `parts`, found the cheaper way: by the index, or by walking through the newest contacts.
--
-- GIN reads all postings of a prefix before it gives the first row, which a word of every tenth contact makes slow; walking finds
-- enough of those at once. The planner cannot choose: its statistics hold the commonest thousand lexemes of all users together, and it
-- takes a user and a word of that user for independent. So the words are counted in a sample of the user's own contacts.
--
-- exact: the same words without the prefix, tried first where the prefixes are costly; null to skip that.
-- enough: that many answers of `exact` are enough.
create or replace function crm.candidates(
    part regclass, uid uuid, total bigint, sample tsvector[], parts tsquery[], exact tsquery, addresses text, most integer, enough integer
) returns uuid[]
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    -- Measured, in microseconds: one posting of a prefix, one row fetched, one row walked past.
    posting_us constant real := 0.25;
    fetch_us constant real := 1.2;
    walk_us constant real := 1.2;
    costly_us constant real := 5000;
    walk_at_most constant integer := 20000;
    sampled constant integer := cardinality(sample);
    wanted integer := most;
    every tsquery;  -- all parts
    indexed tsquery;  -- those that are worth their postings; the others are checked on the rows
    hits integer;
    rarest real;
    postings real := 0;
    walking real;
    indexing real;
    p record;
    found_ids uuid[];
begin
    for p in
        select q.part, greatest((select count(*) from unnest(sample) s where s @@ q.part), 0.3) * total / sampled as matches
            from unnest(parts) q (part) order by 2
    loop
        every := coalesce(every && p.part, p.part);
        -- Another list of postings has to save more rows than it costs to read.
        if indexed is null or p.matches * posting_us < rarest * fetch_us then
            indexed := coalesce(indexed && p.part, p.part);
            postings := postings + p.matches;
        end if;
        rarest := coalesce(rarest, p.matches);
    end loop;
    select count(*) into hits from unnest(sample) s where s @@ every;
    indexing := 100 + postings * posting_us + least(rarest, most) * fetch_us;
    walking := least(total, case when hits > 0 then most * sampled / hits else total end) * walk_us;
    if hits > 0 and least(walking, indexing) > costly_us then
        -- Words that are common each and rare together: two pages of the newest have to do.
        wanted := least(most, 2 * enough);
        walking := least(total, wanted * sampled / hits) * walk_us;
    end if;

    if walking < indexing then
        -- The bound is for words that only old contacts have.
        execute format('select array_agg(w.id) from (select t.id from (select c.id, c.tsv, c.email, c.emails from %s c
                where c.user_id = $1 order by c.created_at desc, c.id desc limit $2) t
            where t.tsv @@ $3 and ($4 is null or crm.has_address(t.email, t.emails, $4)) limit $5) w', part)
            into found_ids using uid, walk_at_most, every, addresses, wanted;
        if total <= walk_at_most or cardinality(found_ids) >= enough then
            return found_ids;
        end if;
    elsif indexing > costly_us and exact is not null then
        found_ids := crm.indexed_candidates(part, uid, exact, exact, addresses, most);
        if cardinality(found_ids) >= enough then
            return found_ids;
        end if;
    end if;
    return crm.indexed_candidates(part, uid, indexed, every, addresses, most);
end $$;

-- Up to `most` contacts by the index. Neither the user nor `every` is written in a way that an index could serve, and the query is hidden
-- from the planner, who would only estimate it wrongly: what remains is the GIN index of the one partition.
create or replace function crm.indexed_candidates(part regclass, uid uuid, indexed tsquery, every tsquery, addresses text, most integer) returns uuid[]
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    found_ids uuid[];
begin
    execute format('select array_agg(w.id) from (select t.id from %s t where t.tsv @@ (select $2) and (t.user_id = $1) is true
            and coalesce(t.tsv, '''') @@ $3 and ($4 is null or crm.has_address(t.email, t.emails, $4)) limit $5) w', part)
        into found_ids using uid, indexed, every, addresses, most;
    return found_ids;
end $$;

-- Whether one of the addresses has `pattern`, a regular expression over folded text.
create or replace function crm.has_address(email text, emails text[], pattern text) returns boolean
    language sql immutable parallel safe
    return crm.fold(concat_ws(' ', email, array_to_string(emails, ' '))) ~ pattern;

-- An address as part of a regular expression for `crm.has_address`.
--
-- whole: this very address or domain. Else what begins with it, "@acme" at any label of a domain and "zoe@exam" at any of its labels.
create or replace function crm.address_pattern(address text, whole boolean) returns text
    language sql immutable strict parallel safe
    return case when address like '@%' then '' else '(^| )' end
        || regexp_replace(regexp_replace(address, '([^[:alnum:]@])', '\\\1', 'g'), '@', case when whole then '@' else '@([^@ ]*\\.)?' end)
        || case when whole then '( |$)' else '' end;

-- Words that are one edit away from `word`: a letter left out, put in, replaced, or two neighbours swapped. Looking these up
-- among the lexemes that are there costs each contact nothing, where an index of deletions tripled the price of writing one.
create or replace function crm.one_edit_away(word text) returns text[]
    language plpgsql immutable parallel safe
    set search_path = pg_catalog, pg_temp
as $$
declare
    edited constant text := left(word, 12);  -- the end of a long word is taken as it is
    rest constant text := substr(word, 13);
    size constant integer := length(edited);
    alphabet constant text[] := string_to_array(case
        when word ~ '^[a-z]' then 'abcdefghijklmnopqrstuvwxyz'
        when word ~ '^[\u0400-\u04ff]' then 'абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ'
        when word ~ '^[\u0370-\u03ff]' then 'αβγδεζηθικλμνξοπρστυφχψως' end, null);
    -- Of three letters almost every other word of three is one edit away; a letter forgotten or a pair swapped still says enough.
    short constant boolean := size < 4;
begin
    if size < 3 or alphabet is null or word ~ '^[0-9]+$' then
        return '{}';
    end if;
    return array(
        select distinct v || rest from (
            select left(edited, i - 1) || substr(edited, i + 1, 1) || substr(edited, i, 1) || substr(edited, i + 2) as v from generate_series(1, size - 1) i
            union all select left(edited, i) || letter || substr(edited, i + 1) from generate_series(0, size) i, unnest(alphabet) letter
            union all select left(edited, i - 1) || substr(edited, i + 1) from generate_series(1, size) i where not short
            union all select left(edited, i - 1) || letter || substr(edited, i + 1) from generate_series(1, size) i, unnest(alphabet) letter where not short
        ) variants
        where v || rest <> word);
end $$;

-- Those of `variants` that some contact has. Probed one by one: a single query of hundreds of alternatives costs more for every
-- posting it meets. as_prefix: a longer word that begins with it counts as well (the word is still being typed).
create or replace function crm.known_variants(part regclass, code text, variants text[], as_prefix boolean, deadline timestamptz) returns text[]
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    known text[];
begin
    execute format('select array_agg(v) from unnest($1) v where clock_timestamp() < $2 and exists (select from %s t
            where t.tsv @@ crm.word_query($3, v, ''any'', case when $4 and length(v) >= 5 then '':*'' else '''' end)::tsquery)', part)
        into known using variants, deadline, code, as_prefix;
    return coalesce(known, '{}');
end $$;

-- What contacts with mistyped words are asked for: each word, or the beginning of one, or a word one edit away from it. parts: one for each
-- word, and `asked` all of them; null where nothing is one edit away. starts: all of those words, for `matched_fields`.
create or replace function crm.mistyped_words(part regclass, uid uuid, words text[], out parts tsquery[], out asked tsquery, out starts text[])
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    -- People who type wait for this. What is not found by then is left out.
    deadline constant timestamptz := clock_timestamp() + interval '150 milliseconds';
    code constant text := right(uid::text, 4);
    known text[];
    likely tsquery;
    word text;
    last boolean;
begin
    starts := words;
    for i in 1..cardinality(words) loop
        word := words[i];
        last := i = cardinality(words);
        known := crm.known_variants(part, code, crm.one_edit_away(word), last, deadline);
        likely := (select string_agg(q, ' | ')::tsquery from (
            select crm.word_query(code, word, 'any', ':*')
            union all select crm.word_query(code, v, 'any', case when last and length(v) >= 5 then ':*' else '' end) from unnest(known) v) a (q));
        parts := parts || likely;
        asked := coalesce(asked && likely, likely);
        starts := starts || known;
    end loop;
    if cardinality(starts) = cardinality(words) then
        parts := null;
        asked := null;
    end if;
end $$;

-- The contacts that have them.
create or replace function crm.typo_candidates(
    part regclass, uid uuid, total bigint, sample tsvector[], words text[], most integer, out found_ids uuid[], out starts text[]
)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    mistyped record;
begin
    select * into mistyped from crm.mistyped_words(part, uid, words);
    starts := mistyped.starts;
    if mistyped.parts is not null then
        found_ids := crm.candidates(part, uid, total, sample, mistyped.parts, null, null, most, 0);
    end if;
end $$;

-- Which fields hold one of the words (each a beginning).
create or replace function crm.matched_fields(
    starts text[], name text, email text, emails text[], company text, title text, tags text[], notes text, phones text[], digits text
) returns text[]
    language plpgsql stable parallel safe
as $$
declare
    fields constant text[] := string_to_array(' ' || replace(crm.words(concat_ws(E'\x01', name, concat_ws(' ', email, array_to_string(emails, ' ')),
        coalesce(company, ''), coalesce(title, ''), array_to_string(tags, ' '), coalesce(notes, ''))), E'\x01', E'\x01 '), E'\x01');
    field_names constant text[] := '{name,email,company,title,tags,notes}';
    matched text[] := '{}';
    start text;
begin
    for i in 1..6 loop
        foreach start in array starts loop
            if position(' ' || start in fields[i]) > 0 then
                matched := matched || field_names[i];
                exit;
            end if;
        end loop;
    end loop;
    if length(digits) >= 4 and position(digits in regexp_replace(array_to_string(phones, ','), '[^0-9,]+', '', 'g')) > 0 then
        matched := matched || 'phones'::text;
    end if;
    return matched;
end $$;

-- A fair sample of a user's contacts (ids are random, so the first ones are), the partition they are in, and about how many there are, which
-- shows in how far apart the ids lie.
create or replace function crm.sample_contacts(uid uuid, out part regclass, out sample tsvector[], out total bigint)
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    sample_size constant integer := 300;
    last_sampled uuid;
begin
    select array_agg(s.tsv), max(s.id::text)::uuid, min(s.tableoid)::regclass into sample, last_sampled, part
        from (select c.id, c.tsv, c.tableoid from crm.contacts c where c.user_id = uid order by c.id limit sample_size) s;
    total := coalesce(cardinality(sample), 0);
    if total = sample_size then
        total := total * 4294967296 / (('x' || left(last_sampled::text, 8))::bit(32)::bigint + 1);
    end if;
end $$;

-- The contacts that are worth ranking: all that answer where they are few, else those whose names answer before all others.
create or replace function crm.full_text_candidates(
    part regclass, uid uuid, total bigint, sample tsvector[], words text[], addresses text, most integer, page_size integer
) returns uuid[]
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    large constant integer := 200000;  -- with more contacts than these, only what is nearest is looked at
    code constant text := right(uid::text, 4);
    whole constant text := array_to_string(words, ' ');
    in_any tsquery[];
    in_name tsquery[];
    whole_in_any tsquery;  -- whole words, but for the last one, which may be unfinished
    whole_in_name tsquery;
    found_ids uuid[];
begin
    select array_agg(crm.word_query(code, w, 'any', ':*')::tsquery), array_agg(crm.word_query(code, w, 'name', ':*')::tsquery),
            string_agg(crm.word_query(code, w, 'any', case when o < cardinality(words) then '' else ':*' end), ' & ')::tsquery,
            string_agg(crm.word_query(code, w, 'name', ''), ' & ')::tsquery
        into in_any, in_name, whole_in_any, whole_in_name
        from unnest(words) with ordinality u (w, o);
    if total > large then
        select array_agg(n.id) into found_ids from (select c.id from crm.contacts c
            where c.user_id = uid and c.name_key >= whole and c.name_key < whole || U&'\+10FFFF' order by c.name_key, c.id limit most) n;
        if cardinality(found_ids) = most then
            -- So many are called what is being typed that nothing else can reach the first pages.
            return found_ids || crm.candidates(part, uid, total, sample, array[whole_in_name], null, addresses, most, page_size);
        end if;
    end if;
    if cardinality(words) = 1 then
        found_ids := crm.candidates(part, uid, total, sample, in_name, null, addresses, most, page_size);
        if cardinality(found_ids) >= most then
            return found_ids;
        end if;
        return found_ids || crm.candidates(part, uid, total, sample, in_any, null, addresses, most, page_size);
    end if;
    found_ids := crm.candidates(part, uid, total, sample, in_any, whole_in_any, addresses, most, page_size);
    if cardinality(found_ids) >= least(most, 2 * page_size) then
        -- There may be more than these: names must not be missing.
        found_ids := found_ids || crm.candidates(part, uid, total, sample, in_name, whole_in_name, addresses, most, page_size);
    end if;
    return found_ids;
end $$;

-- The contacts that have an address, or one that begins with it, and answer the other words.
create or replace function crm.address_candidates(
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
create or replace function crm.rank_full_text(
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

-- The same for mistyped questions: how alike the words are to the name, or a little less to the company; always below 1. What full text
-- finds has been on the pages before.
create or replace function crm.rank_typos(
    uid uuid, found_ids uuid[], words text[], starts text[], after_score real, after_name text, after_id uuid, page_size integer
) returns table (id uuid, score real, name_key text, matched text[])
    language plpgsql stable rows 20
    set search_path = pg_catalog, pg_temp
as $$
declare
    answered constant tsquery := (select string_agg(crm.word_query(right(uid::text, 4), w, 'any', ':*'), ' & ')::tsquery from unnest(words) w);
begin
    return query
        with page as (
            select p.* from (
                select c.id, c.name_key, (0.05 + 0.9 * (select avg(greatest(public.word_similarity(w, c.name_key),
                    0.8 * public.word_similarity(w, c.company_key))) from unnest(words) w))::real as score
                from crm.contacts c where c.user_id = uid and c.id = any (found_ids) and not c.tsv @@ answered) p
            where after_id is null or after_score >= 1 or (-p.score, p.name_key, p.id) > (-after_score, after_name, after_id)
            order by p.score desc, p.name_key, p.id limit page_size)
        select p.id, p.score, p.name_key, f.fields
        from page p join crm.contacts c on c.user_id = uid and c.id = p.id
        cross join lateral crm.matched_fields(starts, c.name, c.email, c.emails, c.company, c.title, c.tags, c.notes, '{}', '') f (fields)
        order by p.score desc, p.name_key, p.id;
end $$;

-- The digits of a phone number as documents hold them, from the last to the first; null when the question is no phone number.
--
-- "+44 (0)20 7946 0000" and "+44 20 7946 0000" are one number: of either the other is looked for as well, with the zero behind
-- each possible length of a country's code.
create or replace function crm.phone_lexemes(question text, code text) returns tsquery
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
    uid constant uuid := crm.acting_user();
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

-- Names: one comparison, crm.names_apart, decides for files and for single contacts whether two names are clearly those of two people.
-- An address or a profile under two such names is no key of one person: the first keeps it, the others keep it among what is known of them.

-- The words of a name as they are compared: lower case, without accents, marks that nobody sees, titles and degrees; "Diaz, Ana" in
-- the order of "Ana Diaz". What consists of titles alone stays as it is.
create or replace function crm.name_words(name text) returns text[]
    language plpgsql immutable strict parallel safe
    set search_path = pg_catalog, pg_temp
as $$
declare
    ignored constant text[] := '{mr,mrs,ms,miss,mx,dr,drs,prof,professor,herr,frau,dipl,mag,sir,madam,mme,mlle,monsieur,madame,sra,srta,senor,senora,
        dott,dottssa,dottore,ir,hon,jr,junior,sr,senior,ii,iii,iv,phd,md,mba,cpa,esq,msc,bsc,dds,llm,pmp}';
    plain text := crm.fold(regexp_replace(name, '[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]', '', 'g'));
    part text;
    words text[];
    parts text[] := '{}';
    all_words text[] := '{}';
begin
    plain := regexp_replace(plain, '[''’‘ʼ`´]', '', 'g');
    foreach part in array string_to_array(plain, ',') loop
        all_words := all_words || array_remove(regexp_split_to_array(part, '[^[:alnum:]]+'), '');
        words := array(select w from unnest(regexp_split_to_array(part, '[^[:alnum:]]+')) with ordinality u (w, place)
            where w <> '' and w <> all (ignored) order by place);
        if cardinality(words) > 0 then
            parts := parts || array_to_string(words, ' ');
        end if;
    end loop;
    if cardinality(parts) = 2 then
        parts := array[parts[2], parts[1]];
    end if;
    return case when cardinality(parts) = 0 then all_words else string_to_array(array_to_string(parts, ' '), ' ') end;
end $$;

-- Whether one typing error, or one letter written otherwise (Sergey, Sergei), makes one word of the other.
create or replace function crm.one_edit_apart(a text, b text) returns boolean
    language plpgsql immutable strict parallel safe
    set search_path = pg_catalog, pg_temp
as $$
declare
    least_length constant integer := least(length(a), length(b));
    front integer := 0;
    back integer := 0;
begin
    if abs(length(a) - length(b)) > 1 then
        return false;
    end if;
    while front < least_length and substr(a, front + 1, 1) = substr(b, front + 1, 1) loop
        front := front + 1;
    end loop;
    while back < least_length - front and substr(a, length(a) - back, 1) = substr(b, length(b) - back, 1) loop
        back := back + 1;
    end loop;
    return front + back >= greatest(length(a), length(b)) - 1
        -- two letters that changed places
        or length(a) = length(b) and front + back = length(a) - 2
            and substr(a, front + 1, 1) = substr(b, front + 2, 1) and substr(a, front + 2, 1) = substr(b, front + 1, 1);
end $$;

-- A word without what spellings of one name differ in: doubled letters, and the two ways to write an umlaut.
create or replace function crm.spelling(word text) returns text
    language sql immutable strict parallel safe
    return regexp_replace(replace(replace(replace(word, 'ae', 'a'), 'oe', 'o'), 'ue', 'u'), '(.)\1+', '\1', 'g');

-- First names and their short forms, as `crm.name_words` gives them: the words of one row can be one person's name, a word can stand in several.
create or replace function crm.nicknames() returns table (words text)
    language sql immutable parallel safe
begin atomic
    select v.column1 from (values
        (' bob bobby rob robby robbie robert roberto bert bertie '),
        (' bill billy will willy willie liam william wilhelm guillermo guillaume willem wim '),
        (' dick rick ricky richie rich richard ricardo riccardo '), (' jim jimmy jamie james jaime '),
        (' jack jon john johnny jonny juan joao jean ivan hans johannes johann giovanni gianni jan vanya '),
        (' ted ed eddie eddy ned edward eduardo eduard edoardo '), (' ted teddy theo theodore teodoro fyodor fedor '),
        (' joe joey jo josef joseph jose pepe giuseppe peppe beppe jozef yusuf yosef sepp '), (' tom tommy thom thomas tomas tommaso '),
        (' mike mickey mick mikey michael miguel michel mikhail misha michele michal micha mihai '),
        (' nick nicky nico nik nicholas nicolas nikolaus klaus niklas nikolai kolya nicola '), (' dave davy david davide '),
        (' dan danny daniel danilo '), (' steve stevie steven stephen stefan stephan stefano esteban etienne '),
        (' chris christopher christoph cristobal kit christophe cristoforo '), (' chris christian cristian christiaan '),
        (' chris chrissy christine christina cristina kristina tina christa kirsten '),
        (' alex sandy sandro sascha sasha xander alexander alejandro alexandre alessandro aleksandr alec alek sanya shura '),
        (' alex sandra sasha alexandra alejandra alessandra aleksandra sandy lexi '),
        (' matt matty matthew mateo mathias matthias matteo mathieu matthieu '), (' tony toni antonio anthony anton antoine antonius '),
        (' andy andrew andreas andre andres andrei andrey drew '), (' greg gregory gregor gregorio grigory '), (' jeff geoff jeffrey geoffrey '),
        (' ken kenny kenneth '), (' larry lawrence laurence lorenzo laurent '), (' charlie chuck charles carlos carl karl carlo charly '),
        (' pete peter pedro pierre pietro piotr pyotr petr petya '), (' phil philip philippe felipe filippo '), (' pat patrick patricio paddy '),
        (' pat patty patti tricia trish patricia patrizia '), (' ben benny benjamin benjamim benedikt benedict '), (' sam sammy samuel samuele '),
        (' sam sammy samantha '), (' max maximilian maxim maxime maximo massimo massimiliano '),
        (' fred freddy frederick frederik frederic friedrich fritz federico alfred '),
        (' frank francis francisco paco pancho franz francesco francois franco franziskus kiko '),
        (' hank harry henry heinrich enrique enrico henri henrik hendrik heinz '), (' gerry jerry gerard gerald gerhard gerardo '),
        (' jerry jeremy jeremiah jerome '), (' ron ronnie ronald '), (' don donnie donald '), (' ray raymond raimund ramon '),
        (' al alan allan allen alain '), (' al albert alberto albrecht '), (' al alfred alfredo '), (' walt walter gualtiero '),
        (' vince vinny vincent vicente vincenzo '), (' vic victor viktor vittorio vitya '), (' tim timmy timothy timo timoteo '),
        (' nate nathan nathaniel '), (' zach zack zachary '), (' josh joshua josue '), (' jake jacob jakob jacobo jacques '), (' gabe gabriel '),
        (' rafa rafael raphael raffaele '), (' gus august augustus augusto gustav gustavo '), (' leo leon leonard leonardo leonid lenny '),
        (' lou louis lewis luis ludwig luigi '), (' mark marc marcus markus marco marcos '), (' manny manuel manolo emanuel emmanuel '),
        (' nacho ignacio ignatius '), (' paul pablo paolo pavel pasha '), (' george georg jorge jorg jurgen giorgio georges '), (' yuri yury juri '),
        (' fer fernando ferdinand fernand nando '), (' quique kike enrique '), (' seb sebastian sebastien bastian sebastiano '),
        (' dirk dietrich diederik '), (' rudi rudy rudolf rodolfo '), (' uli ulrich '), (' wolf wolfgang '),
        (' mo mohamed mohammed muhammad mohammad muhammed mehmet mahomet '), (' abe abraham ibrahim avi avraham '),
        (' dima dmitry dmitri dmitrii dimitri mitya '), (' vova volodya vladimir wladimir volodymyr '), (' serge sergey sergei sergio sergii '),
        (' kostya konstantin constantin costa '), (' zhenya evgeny yevgeny eugene evgenii eugen '), (' zhenya evgenia yevgenia eugenia '),
        (' lyosha alyosha alexey alexei aleksei alexis '),
        (' kate katie kathy cathy kat kathryn katherine catherine katharine catharine katharina katarina ekaterina katya caterina catalina kathrin kati kitty kaitlyn '),
        (' liz lizzy lizzie beth betty betsy bess eliza elizabeth elisabeth elisa lisa elisabetta lise liza '), (' isa isabel isabella bella '),
        (' meg maggie peggy greta gretchen margaret margarete margarita margherita marguerite margot rita marge margie '),
        (' mary maria marie molly polly masha marija mariya '), (' ann anne anna ana annie '), (' anna ana anya anja '), (' anna ana anita '),
        (' anna annika '), (' hanna hannah johanna '), (' jen jenny jennie jennifer '), (' jess jessie jessica '), (' becky becca rebecca rebekka '),
        (' debbie deb deborah debora '), (' sue susie suzy susan susanne suzanne susana susanna '), (' barb barbie barbara '),
        (' abby gail abigail '), (' mandy amanda '), (' vicky vicki victoria viktoria vittoria '), (' nicky nicole nicola nikki '),
        (' steph stephanie stefanie estefania stefania '), (' tess tessa terry theresa teresa therese terri '), (' terry terence terrence '),
        (' cindy lucinda cynthia '), (' sandy cassandra '), (' sally sarah sara sadie '), (' ellie ella '),
        (' ellie ella nell nelly eleanor eleonora '), (' nell nelly helen '), (' lena leni helena elena yelena alyona helen '), (' gwen gwendolyn '),
        (' jackie jacqueline '), (' judy judith '), (' kim kimberly kimberley '), (' lucy lucia lucie '), (' lola dolores '), (' lupe guadalupe '),
        (' mercedes merche meche '), (' pilar pili '), (' paqui francisca paca franziska franzi francesca fran frances '),
        (' concha conchita concepcion '), (' chelo consuelo '), (' milly emilia emily '), (' millie mildred '), (' millie camilla '),
        (' toni antonia antonella '), (' trudy gertrude gertrud '), (' ulla ursula uschi '), (' gabi gaby gabriele gabriela gabriella gabrielle '),
        (' heidi adelheid '), (' kris kristin kristen kirstin '), (' lilly lily lili lilian lillian '), (' mel melanie '), (' mel melissa '),
        (' mimi michelle michaela '), (' nadia nadja nadezhda nadya '), (' natasha natalia nataliya natalie nathalie natalya '), (' olya olga '),
        (' tanya tatiana tatyana '), (' sonya sonia sonja '), (' sofia sophia sophie sofie zofia '), (' sveta svetlana '), (' veronica veronika '),
        (' yulia julia iuliia yuliya julie giulia '), (' ira irina irene irena '), (' luda lyuda lyudmila ludmila '),
        (' dot dottie dorothy dorothea dora '), (' edie edith '), (' flo florence florencia '), (' ginny virginia '), (' hattie harriet '),
        (' jan janet '), (' jan jane janie '), (' jo joan joanna johanna juana giovanna jeanne '), (' kay kayla '), (' lettie letitia '),
        (' lottie charlotte carlota lotte '), (' patsy patricia '), (' rosie rose rosa rosemary '), (' ruthie ruth '), (' wendy gwendolyn ')) v;
end;

-- Whether two first names, as `crm.name_words` gives them, can be one person's: the same, spelt otherwise, or one the short form of the other.
create or replace function crm.same_given_name(a text, b text) returns boolean
    language plpgsql immutable strict parallel safe
    set search_path = pg_catalog, pg_temp
as $$
declare
    -- Endings that make another person's name of it: Daniel and Danielle, Julia and Julian, Max and Maxine, Ana and Anabel.
    others constant text[] := '{a,e,i,o,s,n,us,na,ne,le,ia,ina,ine,in,la,lla,lle,ela,ella,elle,ette,etta,bel,belle}';
    a_spelt constant text := crm.spelling(a);
    b_spelt constant text := crm.spelling(b);
    shorter constant text := case when length(a) <= length(b) then a else b end;
    longer constant text := case when length(a) <= length(b) then b else a end;
begin
    if a_spelt = b_spelt then
        return true;
    end if;
    if length(shorter) >= 2 and exists (select from crm.nicknames() f (words) where f.words like '% ' || a || ' %' and f.words like '% ' || b || ' %') then
        return true;
    end if;
    return length(shorter) >= 3 and starts_with(longer, shorter) and substr(longer, length(shorter) + 1) <> all (others)
        or length(shorter) >= 6 and crm.one_edit_apart(a, b)
            and not (left(a, -1) = left(b, -1) and right(a, 1) ~ '[aeos]' and right(b, 1) ~ '[aeos]')
            and not (length(a) <> length(b) and starts_with(longer, shorter) and right(longer, 1) ~ '[aeos]');
end $$;

-- Whether two surnames can be one: the same, spelt otherwise, or one the initial of the other.
create or replace function crm.same_surname(a text, b text) returns boolean
    language sql immutable strict parallel safe
    return crm.spelling(a) = crm.spelling(b)
        or (length(a) = 1 or length(b) = 1) and left(a, 1) = left(b, 1)
        or least(length(a), length(b)) >= 5 and crm.one_edit_apart(a, b);

-- Whether two people of these names are clearly two. They are not where one name is a part, a spelling, a short form, another order or
-- the initials of the other, where one of them is no name, or where scripts differ in a way that nobody can compare here. A new
-- surname beside the very same first name (Jack is not Hans here) and the same key is a marriage, unless the key is an office's or a family's address.
--
-- key: the address that both have, where it is one.
create or replace function crm.names_apart(a text, b text, key text default null) returns boolean
    language plpgsql immutable parallel safe
    set search_path = pg_catalog, pg_temp
as $$
declare
    letters constant text := 'абвгдежзийклмнопрстуфхцчшщэюяєіїґαβγδεζηθικλμνξοπρστυφχψω';
    latin constant text := 'abvgdezziiklmnoprstufhkkssejjeiigavgdezitiklmnxoprstufhpo';
    -- Written as two names, or as one of two first names: "Ana & Luis Diaz", but not "Ortega y Gasset".
    several constant text := '\s(&|\+|and|und)\s';
    gentlemen constant text := '^\s*(mr|herr|monsieur|senor|signor)\M';
    ladies constant text := '^\s*(mrs|ms|miss|frau|madame|mme|mlle|sra|srta|senora|signora)\M';
    generations constant text := '\m(jr|junior|sr|senior|ii|iii|iv)\M\.?\s*$';
    everybodys constant text := '^(info|office|contact|contacto|kontakt|mail|email|post|hello|hallo|hola|team|desk|reception|admin|sales|support|service|billing|accounts?|'
        'hr|jobs|press|family|familie|familia|famille|home|house|casa|buero|buro|oficina|no-?e?mail|none|no-?reply|unknown|test|shop|shared)([._+-].*)?@';
    a_plain constant text := crm.fold(a);
    b_plain constant text := crm.fold(b);
    x text[];
    y text[];
    x_last text;
    y_last text;
    kin boolean;
begin
    if a is null or b is null or a like '%@%' or b like '%@%' then
        return false;
    end if;
    x := crm.name_words(a);
    y := crm.name_words(b);
    if cardinality(x) = 0 or cardinality(y) = 0 then
        return false;
    end if;
    if (a_plain ~ several) <> (b_plain ~ several)
        or a_plain ~ gentlemen and b_plain ~ ladies or a_plain ~ ladies and b_plain ~ gentlemen
        or replace(replace(substring(a_plain from generations), 'junior', 'jr'), 'senior', 'sr')
            <> replace(replace(substring(b_plain from generations), 'junior', 'jr'), 'senior', 'sr')
        or array(select w from unnest(x) w where w ~ '\d' order by w) <> array(select w from unnest(y) w where w ~ '\d' order by w)
            and array_to_string(x, '') ~ '\d' and array_to_string(y, '') ~ '\d' then
        return true;
    end if;
    if x <@ y or y <@ x or array_to_string(x, '') = array_to_string(y, '')
        -- "Kim Min-jun" and "Minjun Kim"
        or array_to_string(x, '') = y[cardinality(y)] || array_to_string(y[:cardinality(y) - 1], '')
        or array_to_string(y, '') = x[cardinality(x)] || array_to_string(x[:cardinality(x) - 1], '') then
        return false;
    end if;

    -- Scripts
    if (array_to_string(x, '') ~ '^[a-z0-9]*$') <> (array_to_string(y, '') ~ '^[a-z0-9]*$') then
        if array_to_string(x || y, '') !~ '^[a-z0-9\u0370-\u04ff]*$' then
            return false;
        end if;
        -- Юлия Ким and Julia Kim: letters differ from one way of writing them in Latin to the next, initials hardly do
        return not (select array_agg(left(translate(w, letters || 'wyc', latin || 'vjk'), 1)) from unnest(x) w)
            && (select array_agg(left(translate(w, letters || 'wyc', latin || 'vjk'), 1)) from unnest(y) w);
    end if;
    if array_to_string(x, '') ~ '^[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+$' and array_to_string(y, '') ~ '^[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+$' then
        -- the family name or the given name alone
        return not (strpos(array_to_string(x, ''), array_to_string(y, '')) > 0 or strpos(array_to_string(y, ''), array_to_string(x, '')) > 0);
    end if;

    if cardinality(x) > 1 and cardinality(y) > 1
        and not array(select left(w, 1) from unnest(x) w) && array(select left(w, 1) from unnest(y) w) then
        return true;  -- what follows costs ten times as much
    end if;
    x_last := x[cardinality(x)];
    y_last := y[cardinality(y)];
    -- What programs call people who gave no name: adiaz, ana.d, diaza
    if cardinality(x) = 1 and x[1] in (y_last || y[1], left(y[1], 1) || y_last, y[1] || left(y_last, 1), y_last || left(y[1], 1))
        or cardinality(y) = 1 and y[1] in (x_last || x[1], left(x[1], 1) || x_last, x[1] || left(x_last, 1), x_last || left(x[1], 1)) then
        return false;
    end if;

    kin := crm.same_given_name(x[1], y[1])
        or (length(x[1]) = 1 or length(y[1]) = 1) and left(x[1], 1) = left(y[1], 1)
        -- "JK Rowling" and "Joanne K. Rowling"
        or length(x[1]) between 2 and 3 and x[1] = coalesce((select string_agg(left(w, 1), '' order by place) from unnest(y[:cardinality(y) - 1]) with ordinality u (w, place)), '')
        or length(y[1]) between 2 and 3 and y[1] = coalesce((select string_agg(left(w, 1), '' order by place) from unnest(x[:cardinality(x) - 1]) with ordinality u (w, place)), '');
    if cardinality(x) = 1 or cardinality(y) = 1 then
        return not kin and not crm.same_surname(x_last, y_last);
    end if;
    if kin and (crm.same_surname(x_last, y_last) or x[2:] && y[2:]) then
        return false;
    end if;
    -- "Diaz Ana" and "Anna Diaz"; "Maria Ana Diaz" and "Anita Diaz"
    if crm.same_given_name(x[1], y_last) and crm.same_surname(x_last, y[1]) or crm.same_given_name(x_last, y[1]) and crm.same_surname(x[1], y_last)
        or crm.same_surname(x_last, y_last) and exists (
            select from unnest(x[:cardinality(x) - 1]) v, unnest(y[:cardinality(y) - 1]) w
            where length(v) > 1 and length(w) > 1 and crm.same_given_name(v, w)) then
        return false;
    end if;
    return not (crm.spelling(x[1]) = crm.spelling(y[1]) and length(x[1]) > 1 and length(y[1]) > 1 and coalesce(lower(key) !~ everybodys, true));
end $$;

-- Lists narrowed by tags, a company, or whether there is an e-mail; in any order, page by page.
--
-- Two ways lead there. Walking the index of the order and passing over what does not fit finds a common tag at once and a
-- rare one after the whole address book; the index of lexemes (or of companies) is the other way round. A sample of the
-- user's own contacts tells which is which. Under row-level security the index of lexemes is never used, hence a security
-- definer function, which takes the user from the setting and from nowhere else.

-- Whether a contact has every one of these tags, whatever their case and accents.
create or replace function crm.has_tags(contact_tags text[], wanted text[]) returns boolean
    language sql immutable parallel safe
    return not exists (
        select from unnest(wanted) w where not exists (select from unnest(contact_tags) t where crm.fold(t) = crm.fold(w)));

-- The lexemes of tags, all of which a contact must have; null where none has letters or digits.
create or replace function crm.tag_lexemes(code text, wanted_tags text[]) returns tsquery
    language sql immutable parallel safe
    return (select string_agg(format('''%s#%s''', code, w.lexeme), ' & ')::tsquery
        from (select replace(btrim(crm.words(t)), ' ', '') as lexeme from unnest(wanted_tags) t) w where w.lexeme <> '');

-- What lists and searches are narrowed by, as a condition on a contact c: $1 are the tags, $2 the company's key, where these are asked for.
create or replace function crm.fitting(wanted_tags text[], firm text, wanted_email boolean) returns text
    language sql immutable parallel safe
    -- Lexemes know letters and digits only, and the tags of a contact are mostly written as they are asked for.
    return case when cardinality(wanted_tags) > 0 then ' and (c.tags @> $1 or crm.has_tags(c.tags, $1))' else '' end
        || case when firm is null then '' else ' and c.company_key = $2' end
        || case wanted_email when true then ' and c.email is not null' when false then ' and c.email is null' else '' end;

-- Searches narrowed likewise. Whoever answers and fits is looked at, by the index alone, since filters leave few; the order, and what is
-- forgiven, are those of crm.search_contacts.

-- Up to `most` contacts that answer `asked`, have an address like `addresses` (null: any), and fit; all where `most` is null.
create or replace function crm.fitting_candidates(
    part regclass, uid uuid, asked tsquery, addresses text, wanted_tags text[], firm text, wanted_email boolean, most integer
) returns uuid[]
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    tags constant tsquery := crm.tag_lexemes(right(uid::text, 4), wanted_tags);
    found_ids uuid[];
begin
    execute format('select array_agg(w.id) from (select c.id from (select * from %s c where c.tsv @@ (select $4) and (c.user_id = $3) is true offset 0) c
            where ($5 is null or crm.has_address(c.email, c.emails, $5))%s limit $6) w', part, crm.fitting(wanted_tags, firm, wanted_email))
        into found_ids using wanted_tags, firm, uid, coalesce(asked && tags, asked), addresses, most;
    return coalesce(found_ids, '{}');
end $$;

-- Up to `most` contacts by full text, and as many by their names, by an address and by a phone number each; some twice.
create or replace function crm.fitting_answers(
    part regclass, uid uuid, question text, wanted_tags text[], firm text, wanted_email boolean, most integer
) returns uuid[]
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    code constant text := right(uid::text, 4);
    asked constant record := crm.read_question(question);
    by_number constant tsquery := crm.phone_lexemes(question, code);
    in_any tsquery;
    in_name tsquery;
    by_address tsquery;
    found_ids uuid[] := '{}';
begin
    if asked.by_text then
        select string_agg(crm.word_query(code, w, 'any', ':*'), ' & ')::tsquery, string_agg(crm.word_query(code, w, 'name', ':*'), ' & ')::tsquery
            into in_any, in_name from unnest(asked.words) w;
        found_ids := crm.fitting_candidates(part, uid, in_any, null, wanted_tags, firm, wanted_email, most);
        if cardinality(found_ids) = most then  -- There may be more than these: names must not be missing.
            found_ids := found_ids || crm.fitting_candidates(part, uid, in_name, null, wanted_tags, firm, wanted_email, most);
        end if;
    end if;
    if asked.address is not null then
        select string_agg(a.q, ' & ')::tsquery into by_address from (
            select format('''%s%s''%s', code, w, case when asked.unfinished and o = cardinality(asked.address_words) then ':*' else '' end) as q
                from unnest(asked.address_words) with ordinality u (w, o)
            union all select crm.word_query(code, w, 'any', ':*') from unnest(asked.other_words) w) a;
        found_ids := found_ids || crm.fitting_candidates(part, uid, by_address, crm.address_pattern(asked.address, false), wanted_tags, firm,
            wanted_email, most);
    end if;
    if by_number is not null then
        found_ids := found_ids || crm.fitting_candidates(part, uid, by_number, null, wanted_tags, firm, wanted_email, most);
    end if;
    return found_ids;
end $$;

-- One page of the contacts that answer a question and fit, best first; parameters as for crm.search_contacts and crm.filter_contacts.
create or replace function crm.search_fitting(
    question text, wanted_tags text[], wanted_company text, wanted_email boolean, page_size integer, after_score real, after_name text, after_id uuid
) returns table (id uuid, score real, name_key text, matched text[])
    language plpgsql volatile security definer rows 50
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_sort = off set jit = off set plan_cache_mode = force_generic_plan
as $$
declare
    uid constant uuid := crm.acting_user();
    firm constant text := nullif(left(crm.fold(wanted_company), 200), '');
    most constant integer := 2000;  -- ranking a contact costs some ten microseconds
    few constant integer := 3;  -- this, `a_name` and `digits` as in crm.search_contacts
    a_name constant real := 5;
    digits constant text := ltrim(regexp_replace(question, '[^0-9]', '', 'g'), '0');
    asked constant record := crm.read_question(question);
    words constant text[] := asked.words;
    place record;
    mistyped record;
    got integer := 0;
    best real := 0;
begin
    select * into place from crm.sample_contacts(uid);
    if place.part is null or coalesce(cardinality(words), 0) = 0 then
        return;
    end if;
    if cardinality(words) = 1 and octet_length(words[1]) = 1 and asked.address is null then
        return query execute format('select c.id, 1::real, c.name_key, ''{name}''::text[] from %s c where c.user_id = $3
                and (c.name_key, c.id) > ($4, $5) and c.name_key < $6%s order by c.name_key, c.id limit $7',
                place.part, crm.fitting(wanted_tags, firm, wanted_email))
            using wanted_tags, firm, uid, coalesce(after_name, words[1]), coalesce(after_id, '00000000-0000-0000-0000-000000000000'),
                words[1] || U&'\+10FFFF', page_size;
        return;
    end if;
    if coalesce(after_score, 1) >= 1 then
        for id, score, name_key, matched in
            select * from crm.rank_full_text(uid, crm.fitting_answers(place.part, uid, question, wanted_tags, firm, wanted_email, most), question,
                words, asked.address, digits, after_score, after_name, after_id, page_size)
        loop
            return next;
            got := got + 1;
            best := greatest(best, score);
        end loop;
        if got >= least(few, page_size) or best >= a_name or got > 0 and cardinality(words) > 1 or after_id is not null or not asked.by_text then
            return;
        end if;
    end if;
    select * into mistyped from crm.mistyped_words(place.part, uid, words);
    if mistyped.asked is not null then
        return query select * from crm.rank_typos(uid,
            crm.fitting_candidates(place.part, uid, mistyped.asked, null, wanted_tags, firm, wanted_email, most), words, mistyped.starts,
            after_score, after_name, after_id, page_size - got);
    end if;
end $$;

-- How many contacts answer a question and fit; however many a search ranks.
create or replace function crm.count_fitting(question text, wanted_tags text[], wanted_company text, wanted_email boolean) returns bigint
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set jit = off
as $$
declare
    uid constant uuid := crm.acting_user();
    firm constant text := nullif(left(crm.fold(wanted_company), 200), '');
    few constant integer := 3;  -- with fewer, the search may find mistyped ones as well
    asked constant record := crm.read_question(question);
    part constant regclass := (crm.sample_contacts(uid)).part;
    counted bigint;
begin
    if part is null or coalesce(cardinality(asked.words), 0) = 0 then
        return 0;
    end if;
    if cardinality(asked.words) > 1 or octet_length(asked.words[1]) > 1 or asked.address is not null then
        counted := (select count(distinct i) from unnest(crm.fitting_answers(part, uid, question, wanted_tags, firm, wanted_email, null)) i);
        if counted >= few then
            return counted;
        end if;
    end if;
    return (select count(*) from crm.search_fitting(question, wanted_tags, wanted_company, wanted_email, 2147483647, null, null, null));
end $$;

-- One page of the ids of what fits, in order.
--
-- sort: name, company, created_at or updated_at, the last two newest first. after_key, after_id: where the page before ended.
create or replace function crm.filter_contacts(
    wanted_tags text[], wanted_company text, wanted_email boolean, sort text, after_key text, after_id uuid, page_size integer
) returns table (id uuid, key text)
    language plpgsql volatile security definer rows 50
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_sort = on set jit = off set plan_cache_mode = force_generic_plan
as $$
declare
    uid constant uuid := crm.acting_user();
    firm constant text := nullif(left(crm.fold(wanted_company), 200), '');
    lexemes constant tsquery := crm.tag_lexemes(right(uid::text, 4), wanted_tags);
    newest_first constant boolean := sort in ('created_at', 'updated_at');
    sort_column constant text := case sort when 'name' then 'name_key' when 'company' then 'company_key' when 'created_at' then sort
        else 'updated_at' end;
    sample_size constant integer := 300;
    -- So many of the sample, and walking to a page passes over fewer rows than the index would fetch.
    common constant integer := 3;
    part regclass;
    sampled integer;
    hits integer;
    fitting text := crm.fitting(wanted_tags, firm, wanted_email);
    source text;
begin
    select count(*), count(*) filter (where (lexemes is null or s.tsv @@ lexemes) and (firm is null or s.company_key = firm)),
            min(s.tableoid)::regclass
        into sampled, hits, part
        from (select c.tsv, c.company_key, c.tableoid from crm.contacts c where c.user_id = uid order by c.id limit sample_size) s;
    if part is null then
        return;
    end if;

    -- $1 tags and $2 company of crm.fitting, $3 user, $4 lexemes, $5 page size, $6 key and $7 id of the place
    if lexemes is not null and firm is null and hits < common then
        -- Few fit: all of them by the index of lexemes, then sorted. Written so that no other index and no estimate comes into play.
        source := format('(select * from %s c where (c.user_id = $3) is true and c.tsv @@ (select $4)%s offset 0)', part, fitting);
        fitting := '';
    else
        source := part::text;
        fitting := ' and c.user_id = $3' || case when lexemes is null then '' else ' and coalesce(c.tsv, '''') @@ $4' end || fitting;
        -- Sorting is for the few contacts of a rare company; all else follows the index of the order.
        perform set_config('enable_sort', case when firm is not null and hits < common then 'on' else 'off' end, true);
    end if;
    return query execute format(
        'select c.id, c.%1$I::text from %2$s c where (c.%1$I, c.id) %3$s ($6::%4$s, $7)%5$s order by c.%1$I %6$s, c.id %6$s limit $5',
        sort_column, source, case when newest_first then '<' else '>' end, case when newest_first then 'timestamptz' else 'text collate "C"' end,
        fitting, case when newest_first then 'desc' else 'asc' end)
        using wanted_tags, firm, uid, lexemes, page_size, after_key, after_id;
end $$;

-- Open to the deployed functions; the other functions here are called by functions alone.
grant execute on function crm.search_contacts, crm.name_words, crm.one_edit_apart, crm.spelling, crm.nicknames, crm.same_given_name,
    crm.same_surname, crm.names_apart, crm.filter_contacts, crm.search_fitting, crm.count_fitting to crm_app;
