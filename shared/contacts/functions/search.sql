-- Search while the user types: parse the question, find the candidates, rank them. migrations/0003_contact_search.sql has the index and the
-- searched documents of contacts; docs/search.md shows how the parts work together.
--
-- Under row-level security a GIN index is never used (@@ is not leakproof), hence security definer functions, which take the user
-- only from the setting.
--
-- Documents hold an address without its top-level domain, which most addresses share, and every word of a question must match. So an
-- address in a question gives the same words as in documents, and the address itself is compared with those of the found contacts.

-- The parts of a question, all folded, with at most eight words of each kind.
--
-- words: the words for full text, also those of the address in the form of documents.
-- address: "zoe@exam", the beginning of an address, or "@acme.c", that of a domain; null without an address. It may stand among words and
--     within pasted text: <zoe@example.com>, mailto:zoe@example.com, https://www.example.com/about.
-- address_words: the words of the address in the form of documents; whole words, except the last one of an `unfinished` address.
-- other_words: the words beside the address.
-- by_text: the question may mean something else: "booking.com" may be a company, "j.smith" a name.
create or replace function crm.read_question(
    question text, out words text[], out address text, out address_words text[], out unfinished boolean, out other_words text[], out by_text boolean
)
    language plpgsql immutable parallel safe
as $$
declare
    -- invisible marks come with text that was copied from a page or a chat
    asked constant text := regexp_replace(crm.fold(left(question, 300)), '[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]', '', 'g');
    -- The characters of an address; the same signs end an address in `shared.contacts.addresses`.
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
        -- Further addresses, too, stand in documents without their top-level domain.
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
-- place: 'name' the words of the name, 'any' every field; ending: ':*' for words that begin with the word, '' for the word itself.
create or replace function crm.word_query(code text, word text, place text, ending text) returns text
    language sql immutable parallel safe
    return case place
        when 'name' then format('''%s.%s''%s', code, word, ending)
        else format('(''%1$s.%2$s''%3$s | ''%1$s%2$s''%3$s)', code, word, ending)
    end;

-- How many contacts match, by the sample, and which parts of a question are worth asking the index for.
--
-- every: all parts. indexed: those whose postings are read; the others are checked on the rows. postings: how many are read so. rarest: how
-- many contacts the rarest part matches, and so how many rows are fetched. hits: how many of the sample match every part.
create or replace function crm.estimate_matches(
    sample tsvector[], total bigint, parts tsquery[], posting_us real, fetch_us real,
    out every tsquery, out indexed tsquery, out postings real, out rarest real, out hits integer)
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    p record;
begin
    postings := 0;
    for p in
        select q.part, greatest((select count(*) from unnest(sample) s where s @@ q.part), 0.3) * total / cardinality(sample) as matches
            from unnest(parts) q (part) order by 2
    loop
        every := coalesce(every && p.part, p.part);
        -- Reading a further list of postings must save more than it costs.
        if indexed is null or p.matches * posting_us < rarest * fetch_us then
            indexed := coalesce(indexed && p.part, p.part);
            postings := postings + p.matches;
        end if;
        rarest := coalesce(rarest, p.matches);
    end loop;
    select count(*) into hits from unnest(sample) s where s @@ every;
end $$;

-- Up to `most` contacts that answer all of `parts`, found by the cheaper plan: by the index, or by walking through the newest contacts.
--
-- GIN reads all postings of a prefix before it gives the first row, which a word of every tenth contact makes slow; walking finds
-- enough of those at once. The planner cannot choose: its statistics hold the thousand most common lexemes of all users together, and it
-- takes a user and a word of that user for independent. So the words are counted in a sample of the user's contacts.
--
-- exact: the same words without the prefix, tried first where the prefixes are costly; null to skip that.
-- enough: the number of answers of `exact` that suffices.
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
    walk_at_most constant integer := 20000;  -- for words that only old contacts have
    sampled constant integer := cardinality(sample);
    wanted integer := most;
    matching record;
    walking real;
    indexing real;
    found_ids uuid[];
begin
    matching := crm.estimate_matches(sample, total, parts, posting_us, fetch_us);
    indexing := 100 + matching.postings * posting_us + least(matching.rarest, most) * fetch_us;
    walking := least(total, case when matching.hits > 0 then most * sampled / matching.hits else total end) * walk_us;
    if matching.hits > 0 and least(walking, indexing) > costly_us then
        -- Each word is common, all together are rare: two pages of the newest contacts suffice.
        wanted := least(most, 2 * enough);
        walking := least(total, wanted * sampled / matching.hits) * walk_us;
    end if;

    if walking < indexing then
        found_ids := crm.walked_candidates(part, uid, matching.every, addresses, wanted, walk_at_most);
        if total <= walk_at_most or cardinality(found_ids) >= enough then
            return found_ids;
        end if;
    elsif indexing > costly_us and exact is not null then
        found_ids := crm.indexed_candidates(part, uid, exact, exact, addresses, most);
        if cardinality(found_ids) >= enough then
            return found_ids;
        end if;
    end if;
    return crm.indexed_candidates(part, uid, matching.indexed, matching.every, addresses, most);
end $$;

-- Up to `most` contacts by walking through the newest, at most through `walk_at_most`.
create or replace function crm.walked_candidates(
    part regclass, uid uuid, every tsquery, addresses text, most integer, walk_at_most integer
) returns uuid[]
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    found_ids uuid[];
begin
    execute format('select array_agg(w.id) from (select t.id from (select c.id, c.tsv, c.email, c.emails from %s c
            where c.user_id = $1 order by c.created_at desc, c.id desc limit $2) t
        where t.tsv @@ $3 and ($4 is null or crm.has_address(t.email, t.emails, $4)) limit $5) w', part)
        into found_ids using uid, walk_at_most, every, addresses, most;
    return found_ids;
end $$;

-- Up to `most` contacts by the index. Neither the user nor `every` is written in a way that an index could serve, and the query is hidden
-- from the planner, which would only estimate it wrongly: so the plan uses the GIN index of the one partition.
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
-- whole: exactly this address or domain; else the addresses that begin with it, "@acme" at any label of a domain and "zoe@exam" at any of its labels.
create or replace function crm.address_pattern(address text, whole boolean) returns text
    language sql immutable strict parallel safe
    return case when address like '@%' then '' else '(^| )' end
        || regexp_replace(regexp_replace(address, '([^[:alnum:]@])', '\\\1', 'g'), '@', case when whole then '@' else '@([^@ ]*\\.)?' end)
        || case when whole then '( |$)' else '' end;

-- Words that are one edit away from `word`: a letter removed, added, replaced, or two neighbours swapped. Looking these up
-- among the existing lexemes costs nothing at a write, whereas an index of deletions tripled the cost of writing a contact.
create or replace function crm.one_edit_away(word text) returns text[]
    language plpgsql immutable parallel safe
    set search_path = pg_catalog, pg_temp
as $$
declare
    edited constant text := left(word, 12);  -- the end of a long word stays unchanged
    rest constant text := substr(word, 13);
    size constant integer := length(edited);
    alphabet constant text[] := string_to_array(case
        when word ~ '^[a-z]' then 'abcdefghijklmnopqrstuvwxyz'
        when word ~ '^[\u0400-\u04ff]' then 'абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ'
        when word ~ '^[\u0370-\u03ff]' then 'αβγδεζηθικλμνξοπρστυφχψως' end, null);
    -- Of three letters almost every other word of three is one edit away, so only a missing letter or a swapped pair is forgiven.
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

-- The words of `variants` that some contact has. They are probed one by one: a single query of hundreds of alternatives costs more for every
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

-- The query for contacts with mistyped words: each word, or the beginning of one, or a word one edit away from it. parts: one for each
-- word, and `asked` all of them; null where nothing is one edit away. starts: all of those words, for `matched_fields`.
create or replace function crm.mistyped_words(part regclass, uid uuid, words text[], out parts tsquery[], out asked tsquery, out starts text[])
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    -- The user waits while typing, so words not found within this time are left out.
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

-- The contacts that answer the query of mistyped words.
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

-- The fields that hold one of the words or a word that begins with it.
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

-- A fair sample of a user's contacts (ids are random, so the first ones are), the partition they are in, and an estimate of
-- their number from the distances between the ids.
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

-- The contacts worth ranking: all that answer where they are few, else first those whose names answer.
create or replace function crm.full_text_candidates(
    part regclass, uid uuid, total bigint, sample tsvector[], words text[], addresses text, most integer, page_size integer
) returns uuid[]
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    large constant integer := 200000;  -- with more contacts than these, only the nearest answers are read
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
            -- So many names match the typed text that no other contact can reach the first pages.
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
        -- More contacts may match, and those with matching names must not be missing.
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
        -- The first address of a contact has a separate index, which finds an exact match however many addresses begin alike.
        select array_agg(e.id) into first_addresses from (select c.id from crm.contacts c
            where c.user_id = uid and c.email_key >= address and c.email_key < address || U&'\+10FFFF'
                and (others is null or coalesce(c.tsv, '') @@ others)
            order by c.email_key limit most) e;
    end if;
    return first_addresses || found_ids;
end $$;

-- One page of the candidates, best first. Score: 1, and 8 for whole words of the name, 4 for their beginnings, 1 for one of them, 2 when the
-- name begins with the question, 1 for whole words anywhere, 3 when the first e-mail begins with it, 0.5 when the company does; for
-- exactly the address or @domain more than all of that together, 2 for a domain that may have been meant as words.
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

-- The same for mistyped questions: the similarity of the words to the name, or a little less to the company; always below 1. The
-- pages before have shown what full text finds.
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

-- The digits of a phone number as documents hold them, from the last to the first; null when the question is not a phone number.
--
-- "+44 (0)20 7946 0000" and "+44 20 7946 0000" are one number: a question for either finds the other as well, with the zero after
-- each possible length of a country code.
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
-- after_*: the last contact of the page before, null for the first page. Full text scores 1 and more, typos less than 1. For words
-- of very many contacts, only `most` of them are ranked, names first, and paging ends after those. An address finds only the contacts that
-- have it: no mistake is forgiven there.
create or replace function crm.search_contacts(
    question text, page_size integer default 20, after_score real default null, after_name text default null, after_id uuid default null
) returns table (id uuid, score real, name_key text, matched text[])
    language plpgsql volatile security definer rows 50
    set search_path = pg_catalog, pg_temp
    -- The plans are chosen here, not by the planner; partitions are named, so plans need not be made for all of them.
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
        -- Mistyped words are searched where one word finds few contacts, or several find none; never after a full page.
        if got >= least(few, page_size) or best >= a_name or got > 0 and cardinality(words) > 1 or after_id is not null or not asked.by_text then
            return;
        end if;
    end if;
    select t.found_ids, t.starts into found_ids, starts from crm.typo_candidates(place.part, uid, place.total, place.sample, words, most) t;
    return query select * from crm.rank_typos(uid, found_ids, words, starts, after_score, after_name, after_id, page_size - got);
end $$;

-- The deployed functions may call these; the other functions of this file are called only by functions.
grant execute on function crm.search_contacts to crm_app;
