-- Search while the user types: parse the question, find the candidates, rank them. migrations/0003_contact_search.sql has the index,
-- 0090_search_documents.sql what a contact is found by, questions.sql and mistakes.sql are parts of this; docs/search.md shows how the parts work together.
--
-- Under row-level security a GIN index is never used (@@ is not leakproof), hence security definer functions, which take the user
-- only from the setting.

-- How many contacts match, by the sample, and which parts of a question are worth asking the index for.
--
-- every: all parts. indexed: those whose postings are read; the others are checked on the rows. postings: how many are read so. rarest: how
-- many contacts the rarest part matches, and so how many rows are fetched. hits: how many of the sample match every part.
-- fits: which of the sample pass the filters; null without filters.
create or replace function crm.estimate_matches(
    sample tsvector[], fits boolean[], total bigint, parts tsquery[], posting_us real, fetch_us real,
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
    select count(*) into hits from unnest(sample, fits) s (document, fit) where s.document @@ every and coalesce(s.fit, true);
end $$;

-- Up to `most` contacts that answer all of `parts`, found by the cheaper plan: by the index, or by walking through the newest contacts.
--
-- GIN reads all postings of a prefix before it gives the first row, which a word of every tenth contact makes slow; walking finds
-- enough of those at once. The planner cannot choose: its statistics hold the thousand most common lexemes of all users together, and it
-- takes a user and a word of that user for independent. So the words are counted in a sample of the user's contacts.
--
-- exact: the same words without the prefix, tried first where the prefixes are costly; null to skip that.
-- enough: the number of answers of `exact` that suffices. fitting: a further condition on a contact c; fits: which of the sample pass it.
create or replace function crm.candidates(
    part regclass, uid uuid, total bigint, sample tsvector[], parts tsquery[], exact tsquery, addresses text, most integer, enough integer,
    fitting text default '', fits boolean[] default null
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
    matching := crm.estimate_matches(sample, fits, total, parts, posting_us, fetch_us);
    indexing := 100 + matching.postings * posting_us + least(matching.rarest,
        most * case when fitting = '' then 1 else greatest(matching.rarest * sampled / greatest(matching.hits, 0.3) / total, 1) end) * fetch_us;
    walking := least(total, case when matching.hits > 0 then most * sampled / matching.hits else total end) * walk_us;
    if matching.hits > 0 and least(walking, indexing) > costly_us then
        -- Each word is common, all together are rare: two pages of the newest contacts suffice.
        wanted := least(most, 2 * enough);
        walking := least(total, wanted * sampled / matching.hits) * walk_us;
    end if;

    if walking < indexing then
        found_ids := crm.walked_candidates(part, uid, matching.every, addresses, wanted, walk_at_most, fitting);
        if total <= walk_at_most or cardinality(found_ids) >= enough then
            return found_ids;
        end if;
    elsif indexing > costly_us and exact is not null then
        found_ids := crm.indexed_candidates(part, uid, exact, exact, addresses, most, fitting);
        if cardinality(found_ids) >= enough then
            return found_ids;
        end if;
    end if;
    return crm.indexed_candidates(part, uid, matching.indexed, matching.every, addresses, most, fitting);
end $$;

-- Up to `most` contacts by walking through the newest, at most through `walk_at_most`.
create or replace function crm.walked_candidates(
    part regclass, uid uuid, every tsquery, addresses text, most integer, walk_at_most integer, fitting text default ''
) returns uuid[]
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    found_ids uuid[];
begin
    execute format('select array_agg(w.id) from (select c.id from (select * from %s c
            where c.user_id = $1 order by c.created_at desc, c.id desc limit $2) c
        where c.tsv @@ $3 and ($4 is null or crm.has_address(c.email, c.emails, $4))%s limit $5) w', part, fitting)
        into found_ids using uid, walk_at_most, every, addresses, most;
    return found_ids;
end $$;

-- Up to `most` contacts by the index. Neither the user nor `every` is written in a way that an index could serve, and the query is hidden
-- from the planner, which would only estimate it wrongly: so the plan uses the GIN index of the one partition.
create or replace function crm.indexed_candidates(
    part regclass, uid uuid, indexed tsquery, every tsquery, addresses text, most integer, fitting text default ''
) returns uuid[]
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    found_ids uuid[];
begin
    execute format('select array_agg(w.id) from (select c.id from %s c where c.tsv @@ (select $2) and (c.user_id = $1) is true
            and coalesce(c.tsv, '''') @@ $3 and ($4 is null or crm.has_address(c.email, c.emails, $4))%s limit $5) w', part, fitting)
        into found_ids using uid, indexed, every, addresses, most;
    return found_ids;
end $$;

-- The fields that hold one of the words or a word that begins with it, or the phone number. Where none does, it is the name, written with
-- other blanks.
create or replace function crm.matched_fields(starts text[], c crm.contacts, by_number tsquery) returns text[]
    language plpgsql stable parallel safe
as $$
declare
    fields constant text[] := string_to_array(' ' || replace(crm.words(concat_ws(E'\x01', c.name, concat_ws(' ', c.email, array_to_string(c.emails, ' ')),
        coalesce(c.company, ''), coalesce(c.title, ''), coalesce(c.location, ''), array_to_string(c.tags, ' '), coalesce(c.notes, ''),
        coalesce((select string_agg(f.value, ' ') from jsonb_each_text(c.custom) f), ''))), E'\x01', E'\x01 '), E'\x01');
    field_names constant text[] := '{name,email,company,title,location,tags,notes,custom}';
    matched text[] := '{}';
    has_number text;
    start text;
begin
    for i in 1..cardinality(field_names) loop
        foreach start in array starts loop
            if position(' ' || start in fields[i]) > 0 then
                matched := matched || field_names[i];
                exit;
            end if;
        end loop;
    end loop;
    if c.tsv @@ by_number then
        has_number := case when crm.phone_words(right(c.user_id::text, 4), c.phones)::tsvector @@ by_number then 'phones' else 'custom' end;
        matched := array_remove(matched, has_number) || has_number;
    end if;
    return case when matched = '{}' then '{name}' else matched end;
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
    select array_agg(s.tsv), (array_agg(s.id))[count(*)], min(s.tableoid)::regclass into sample, last_sampled, part
        from (select c.id, c.tsv, c.tableoid from crm.contacts c where c.user_id = uid order by c.id limit sample_size) s;
    total := coalesce(cardinality(sample), 0);
    if total = sample_size then
        total := total * 4294967296 / (('x' || left(last_sampled::text, 8))::bit(32)::bigint + 1);
    end if;
end $$;

-- How many contacts are ranked at most, of a user who has about so many: ranking one costs some ten microseconds.
create or replace function crm.ranked_at_most(total bigint) returns integer
    language sql immutable parallel safe
    return case when total <= 20000 then 500 when total <= 200000 then 200 else 100 end;

-- The contacts worth ranking that have all words: all of them where they are few, else first those whose names have the words.
create or replace function crm.word_candidates(
    part regclass, uid uuid, total bigint, sample tsvector[], words text[], most integer, page_size integer
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
            return found_ids || crm.candidates(part, uid, total, sample, array[whole_in_name], null, null, most, page_size);
        end if;
    end if;
    if cardinality(words) = 1 then
        if 2 * total * (select count(*) from unnest(sample) s where s @@ in_any[1]) < most * cardinality(sample) then
            -- A rare word: where all contacts with it are found at once, those with it in their names are among them.
            found_ids := crm.indexed_candidates(part, uid, in_any[1], in_any[1], null, most);
            if coalesce(cardinality(found_ids), 0) < most then
                return found_ids;
            end if;
        end if;
        found_ids := crm.candidates(part, uid, total, sample, in_name, null, null, most, page_size);
        if cardinality(found_ids) >= most then
            return found_ids;
        end if;
        return found_ids || crm.candidates(part, uid, total, sample, in_any, null, null, most, page_size);
    end if;
    found_ids := crm.candidates(part, uid, total, sample, in_any, whole_in_any, null, most, page_size);
    if cardinality(found_ids) >= least(most, 2 * page_size) then
        -- More contacts may match, and those with matching names must not be missing.
        found_ids := found_ids || crm.candidates(part, uid, total, sample, in_name, whole_in_name, null, most, page_size);
    end if;
    return found_ids;
end $$;

-- The contacts worth ranking: those that have all words; where they are not too many, also those under another name of the same person (Robert
-- for Bob); and where they are few, names with other blanks, which answer `respaced`.
create or replace function crm.full_text_candidates(
    part regclass, uid uuid, total bigint, sample tsvector[], words text[], nicknames tsquery[], most integer, page_size integer,
    out found_ids uuid[], out respaced tsquery
)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    few constant integer := 3;
begin
    found_ids := coalesce(crm.word_candidates(part, uid, total, sample, words, most, page_size), '{}');
    if nicknames is not null and cardinality(found_ids) < most then
        found_ids := found_ids || crm.candidates(part, uid, total, sample, nicknames, null, null, most, page_size);
    end if;
    if cardinality(found_ids) < few then
        respaced := crm.respaced_query(part, right(uid::text, 4), words);
        if respaced is not null then
            found_ids := found_ids || crm.indexed_candidates(part, uid, respaced, respaced, null, most);
        end if;
    end if;
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

-- One page of the candidates, best first. Score: 1, and 8 for whole words of the name, 4 for their beginnings or for a name with other blanks,
-- 1 for one of them, 2 when the name begins with the question, 3 for another name of the person, 1 for whole words anywhere, 3 when the
-- first e-mail begins with it, 0.5 when the company does; for exactly the address or @domain more than all of that together, 2 for
-- a domain that may have been meant as words.
create or replace function crm.rank_full_text(
    uid uuid, found_ids uuid[], question text, words text[], nicknames tsquery[], respaced tsquery, address text, by_number tsquery,
    after_score real, after_name text, after_id uuid, page_size integer
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
    all_in_any tsquery;
    nicknamed constant tsquery := crm.all_of(nicknames);
    starts constant text[] := words || case when nicknames is not null then array(select o from unnest(words) w, unnest(crm.other_names(w)) o) end;
begin
    select string_agg(crm.word_query(code, w, 'name', ''), ' & ')::tsquery, string_agg(crm.word_query(code, w, 'name', ':*'), ' & ')::tsquery,
            string_agg(crm.word_query(code, w, 'name', ':*'), ' | ')::tsquery, string_agg(crm.word_query(code, w, 'any', ''), ' & ')::tsquery,
            string_agg(crm.word_query(code, w, 'any', ':*'), ' & ')::tsquery
        into whole_in_name, all_in_name, some_in_name, whole_in_any, all_in_any
        from unnest(words) w;
    return query
        with page as (
            select p.id, p.score, p.name_key from (
                select c.id, c.name_key, (1
                    + 8 * (c.tsv @@ whole_in_name)::integer + (c.tsv @@ some_in_name)::integer
                    + 4 * (c.tsv @@ all_in_name or coalesce(c.tsv @@ respaced, false))::integer
                    + 3 * coalesce(c.tsv @@ nicknamed and not c.tsv @@ all_in_any, false)::integer
                    + 2 * starts_with(c.name_key, whole)::integer + (c.tsv @@ whole_in_any)::integer
                    + 3 * coalesce(starts_with(c.email_key, typed), false)::integer
                    + 0.5 * coalesce(starts_with(c.company_key, whole), false)::integer
                    + case when very_one is null then 0 else for_it * crm.has_address(c.email, c.emails, very_one)::integer end)::real as score
                from crm.contacts c where c.user_id = uid and c.id = any (found_ids)) p
            where after_id is null or (-p.score, p.name_key, p.id) > (-after_score, after_name, after_id)
            order by p.score desc, p.name_key, p.id limit page_size)
        select p.id, p.score, p.name_key, f.fields
        from page p join crm.contacts c on c.user_id = uid and c.id = p.id
        cross join lateral crm.matched_fields(starts, c, by_number) f (fields)
        order by p.score desc, p.name_key, p.id;
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
    by_number constant tsquery := crm.phone_lexemes(question, right(uid::text, 4));
    asked record;
    words text[];
    nicknames tsquery[];
    respaced tsquery;
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
    nicknames := crm.nickname_queries(right(uid::text, 4), words);
    most := crm.ranked_at_most(place.total);
    if coalesce(after_score, 1) >= 1 then
        if asked.by_text then
            select f.found_ids, f.respaced into found_ids, respaced
                from crm.full_text_candidates(place.part, uid, place.total, place.sample, words, nicknames, most, page_size) f;
        end if;
        if asked.address is not null then
            found_ids := found_ids || crm.address_candidates(place.part, uid, place.total, place.sample, asked.address, asked.address_words,
                asked.unfinished, asked.other_words, most, page_size);
        end if;
        if by_number is not null then
            found_ids := found_ids || crm.candidates(place.part, uid, place.total, place.sample, array[by_number], null, null, most, page_size);
        end if;
        for id, score, name_key, matched in
            select * from crm.rank_full_text(uid, found_ids, question, words, nicknames, respaced, asked.address, by_number, after_score, after_name, after_id,
                page_size)
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
    if after_id is not null then
        respaced := crm.respaced_query(place.part, right(uid::text, 4), words);
    end if;
    select t.found_ids, t.starts into found_ids, starts from crm.typo_candidates(place.part, uid, place.total, place.sample, words, most) t;
    return query select * from crm.rank_typos(uid, found_ids, words, crm.either(crm.all_of(nicknames), respaced), starts, after_score, after_name,
        after_id, page_size - got);
end $$;

-- The deployed functions may call these; the other functions of this file are called only by functions.
grant execute on function crm.search_contacts to crm_app;
