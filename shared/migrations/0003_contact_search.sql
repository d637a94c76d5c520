-- Search as one types: prefixes, accents and case ignored, small typos forgiven, ranked.
--
-- One GIN index over coded lexemes. Every lexeme begins with the last four hex digits of its user's id, so a small address book
-- beside a huge one reads only its own postings. Under row-level security a GIN index is never used (@@ is not leakproof), hence
-- security definer functions, which take the user from the setting and from nowhere else.
--
-- Lexemes, after the code:  .word  a word of the name     word  a word of any other field
--                           #tag   a whole tag            +987  a phone number, its digits from the last to the first
-- The signs cannot occur in words, which are letters and digits. There are no stop words: Will, An and No are people.

-- The words of a text: folded, letters and digits only, one blank between. A sign of a script written without blanks is a word of its own,
-- so any part of such a name is found. \x01 and \x02 pass through: they keep fields apart when many are done in one call.
create function crm.words(t text) returns text
    language plpgsql immutable strict parallel safe
as $$
declare
    folded text := crm.fold(t) collate "default";
begin
    if octet_length(folded) <> length(folded) then
        folded := regexp_replace(folded, '([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff])',
            ' \1 ', 'g');
    end if;
    -- Blanks are kept out of the pattern: each match costs half a microsecond, and most separators are a single blank.
    folded := regexp_replace(folded, '[^[:alnum:] \x01\x02]+', ' ', 'g');
    folded := replace(replace(replace(folded, '    ', ' '), '  ', ' '), '  ', ' ');
    if octet_length(folded) > 1500 then  -- a lexeme may have 2,046 bytes
        folded := regexp_replace(folded, '([^ \x01\x02]{100})[^ \x01\x02]+', '\1', 'g');
    end if;
    return folded;
end $$;

-- An address without its top-level domain, which everybody shares.
create function crm.without_tld(address text) returns text
    language sql immutable parallel safe
    return left(address, length(address) - position('.' in reverse(address)));

-- What a contact is found by. Weight B: e-mail and company, C: title and tags; names have lexemes of their own, and notes have no
-- position, which saves space. Written as text and cast: four times faster than to_tsvector and setweight.
create function crm.contact_document(
    user_id uuid, name text, email text, emails text[], phones text[], company text, title text, tags text[], notes text
) returns tsvector
    language plpgsql immutable parallel safe
as $$
declare
    code constant text := right(user_id::text, 4);
    addresses text := crm.without_tld(email);
    address text;
    field text[];
    lexemes text := '';
    digits text;
begin
    if cardinality(emails) > 0 then
        foreach address in array emails loop
            if address is distinct from email then
                addresses := concat_ws(' ', addresses, crm.without_tld(address));
            end if;
        end loop;
    end if;
    field := string_to_array(crm.words(name || E'\x01' || coalesce(addresses, '') || ' ' || coalesce(company, '') || E'\x01'
        || coalesce(title, '') || E'\x01' || array_to_string(tags, E'\x02') || E'\x01' || coalesce(notes, '')), E'\x01');
    if field[1] <> '' then
        lexemes := code || '.' || replace(btrim(field[1]), ' ', ' ' || code || '.');
    end if;
    if field[2] <> ' ' then
        lexemes := lexemes || ' ' || code || replace(btrim(field[2]), ' ', ':1B ' || code) || ':1B';
    end if;
    if field[3] <> '' then
        lexemes := lexemes || ' ' || code || replace(btrim(field[3]), ' ', ':1C ' || code) || ':1C';
    end if;
    if field[4] <> '' then
        lexemes := lexemes || ' ' || code || replace(btrim(replace(field[4], E'\x02', ' ')), ' ', ':1C ' || code) || ':1C'
            || ' ' || code || '#' || replace(replace(field[4], ' ', ''), E'\x02', ' ' || code || '#');
    end if;
    if field[5] <> '' then
        lexemes := lexemes || ' ' || code || replace(btrim(field[5]), ' ', ' ' || code);
    end if;
    if cardinality(phones) > 0 then
        digits := reverse(regexp_replace(array_to_string(phones, ','), '[^0-9,]+', '', 'g'));
        lexemes := lexemes || ' ' || code || '+' || replace(digits, ',', ' ' || code || '+');
    end if;
    return lexemes::tsvector;
end $$;

alter table crm.contacts add column tsv tsvector not null generated always as (
    crm.contact_document(user_id, name, email, emails, phones, company, title, tags, notes)) stored;

-- Without the list in which new entries would wait: every search reads that list in full, and a mistyped word hundreds of times. It
-- would make writing a contact a quarter cheaper, and finding one ten times slower whenever somebody imports.
create index contacts_tsv on crm.contacts using gin (tsv) with (fastupdate = off);

-- A question's words, at most eight.
create function crm.question_words(question text) returns text[]
    language sql immutable parallel safe
    return (string_to_array(btrim(translate(crm.words(left(question, 300)), E'\x01\x02', '  ')), ' '))[1:8];

-- Part of a tsquery. Words are letters and digits only, so they need no escaping inside the quotes.
-- place: 'name' the words of the name, 'any' every field; ending: ':*' for what begins with the word, '' for the word itself.
create function crm.word_query(code text, word text, place text, ending text) returns text
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
create function crm.candidates(
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
create function crm.indexed_candidates(part regclass, uid uuid, indexed tsquery, every tsquery, addresses text, most integer) returns uuid[]
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
create function crm.has_address(email text, emails text[], pattern text) returns boolean
    language sql immutable parallel safe
    return crm.fold(concat_ws(' ', email, array_to_string(emails, ' '))) ~ pattern;

-- "zoe@exam" is the beginning of an address, "@acme" of one of the labels of a domain. Null when nothing in the question is an address.
create function crm.address_pattern(question text) returns text
    language plpgsql immutable parallel safe
as $$
declare
    typed constant text := substring(crm.fold(left(question, 300)) from '[^[:space:]]*@[^[:space:]]*');
begin
    return case when typed is not null then
        case when typed like '@%' then '' else '(^| )' end
        || regexp_replace(regexp_replace(typed, '([^[:alnum:]@])', '\\\1', 'g'), '@', '@([^@ ]*\\.)?')
    end;
end $$;

-- Words that are one edit away from `word`: a letter left out, put in, replaced, or two neighbours swapped. Looking these up
-- among the lexemes that are there costs each contact nothing, where an index of deletions tripled the price of writing one.
create function crm.one_edit_away(word text) returns text[]
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
create function crm.known_variants(part regclass, code text, variants text[], as_prefix boolean, deadline timestamptz) returns text[]
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

-- Contacts that have each word, or the beginning of one, or a word one edit away from it. starts: all of those, for `matched_fields`.
create function crm.typo_candidates(
    part regclass, uid uuid, total bigint, sample tsvector[], words text[], most integer, out found_ids uuid[], out starts text[]
)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    -- People who type wait for this. What is not found by then is left out.
    deadline constant timestamptz := clock_timestamp() + interval '150 milliseconds';
    code constant text := right(uid::text, 4);
    known text[];
    parts tsquery[];
    word text;
    last boolean;
begin
    starts := words;
    for i in 1..cardinality(words) loop
        word := words[i];
        last := i = cardinality(words);
        known := crm.known_variants(part, code, crm.one_edit_away(word), last, deadline);
        parts := parts || (select string_agg(q, ' | ')::tsquery from (
            select crm.word_query(code, word, 'any', ':*')
            union all select crm.word_query(code, v, 'any', case when last and length(v) >= 5 then ':*' else '' end) from unnest(known) v) a (q));
        starts := starts || known;
    end loop;
    if cardinality(starts) > cardinality(words) then
        found_ids := crm.candidates(part, uid, total, sample, parts, null, null, most, 0);
    end if;
end $$;

-- Which fields hold one of the words (each a beginning).
create function crm.matched_fields(
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
create function crm.sample_contacts(uid uuid, out part regclass, out sample tsvector[], out total bigint)
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
create function crm.full_text_candidates(
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

-- One page of the candidates, best first. Score: 1, and 8 for whole words of the name, 4 for their beginnings, 1 for one of them, 2 when the
-- name begins with the question, 1 for whole words anywhere, 3 when the e-mail begins with it, 0.5 when the company does.
create function crm.rank_full_text(
    uid uuid, found_ids uuid[], question text, words text[], digits text, after_score real, after_name text, after_id uuid, page_size integer
) returns table (id uuid, score real, name_key text, matched text[])
    language plpgsql stable rows 20
    set search_path = pg_catalog, pg_temp
as $$
declare
    code constant text := right(uid::text, 4);
    whole constant text := array_to_string(words, ' ');
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
                    + 3 * coalesce(starts_with(c.email_key, lower(btrim(question))), false)::integer
                    + 0.5 * coalesce(starts_with(c.company_key, whole), false)::integer)::real as score
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
create function crm.rank_typos(
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

-- One page of the contacts that answer a question, best first.
--
-- after_*: the last contact of the page before, null for the first page. Full text scores 1 and more, typos less than 1. Of words that
-- very many contacts hold, only so many are ranked (see `most`), names first; paging ends after those.
create function crm.search_contacts(
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
    words constant text[] := crm.question_words(question);
    addresses constant text := crm.address_pattern(question);
    digits constant text := ltrim(regexp_replace(question, '[^0-9]', '', 'g'), '0');
    place record;
    most integer;
    found_ids uuid[];
    by_number tsquery;
    starts text[];
    got integer := 0;
    best real := 0;
begin
    if uid is null then
        raise insufficient_privilege using message = 'app.user_id is not set';
    end if;
    if coalesce(cardinality(words), 0) = 0 then
        return;
    end if;
    if cardinality(words) = 1 and octet_length(words[1]) = 1 and addresses is null then
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
        found_ids := crm.full_text_candidates(place.part, uid, place.total, place.sample, words, addresses, most, page_size);
        if length(digits) >= 4 and question ~ '^[-+0-9()/. ]+$' then
            by_number := format('''%s+%s'':*', right(uid::text, 4), reverse(digits))::tsquery;
            found_ids := found_ids || crm.indexed_candidates(place.part, uid, by_number, by_number, null, most);
        end if;
        for id, score, name_key, matched in
            select * from crm.rank_full_text(uid, found_ids, question, words, digits, after_score, after_name, after_id, page_size)
        loop
            return next;
            got := got + 1;
            best := greatest(best, score);
        end loop;
        -- A typo is looked for behind one word that finds little, or behind several that find nothing; never behind a full page.
        if got >= least(few, page_size) or best >= a_name or got > 0 and cardinality(words) > 1 or after_id is not null or addresses is not null then
            return;
        end if;
    end if;
    select t.found_ids, t.starts into found_ids, starts from crm.typo_candidates(place.part, uid, place.total, place.sample, words, most) t;
    return query select * from crm.rank_typos(uid, found_ids, words, starts, after_score, after_name, after_id, page_size - got);
end $$;

revoke all on function crm.words, crm.without_tld, crm.contact_document, crm.question_words, crm.word_query, crm.candidates,
    crm.indexed_candidates, crm.has_address, crm.address_pattern, crm.one_edit_away, crm.known_variants, crm.typo_candidates,
    crm.matched_fields, crm.sample_contacts, crm.full_text_candidates, crm.rank_full_text, crm.rank_typos, crm.search_contacts from public;
-- Whoever writes a contact computes its document.
grant execute on function crm.words, crm.without_tld, crm.contact_document, crm.search_contacts to crm_app;
