-- Further answers to a search that finds little: names with blanks in other places, and words that are one edit away.

-- The query for names that are written with other blanks than the question: "jeanluc" for Jean-Luc, "vandenberg" for van den Berg, "mc donald"
-- for McDonald. Null where no contact has the first part of such a name.
create or replace function crm.respaced_query(part regclass, code text, words text[]) returns tsquery
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    size constant integer := cardinality(words);
    firsts text[];
    pairs text[];
    wholes text[];
    word text;
begin
    -- The beginnings of each word of the question, and each two words together; few of these stand in names.
    select array_agg(distinct left(u.w, i)) into firsts
        from unnest(words) u (w) cross join lateral generate_series(1, length(u.w) - 2) i where u.w ~ '^[[:alpha:]]{4,24}$';
    select array_agg(words[p] || words[p + 1]) into pairs from generate_series(1, size - 1) p;
    if firsts is null and pairs is null then
        return null;
    end if;
    execute format('select
            array(select f from unnest($1) f where exists (select from %1$s t where t.tsv @@ crm.word_query($3, f, ''name'', '''')::tsquery)),
            array(select p from unnest($2) p where exists (select from %1$s t where t.tsv @@ crm.word_query($3, p, ''name'', '':*'')::tsquery))', part)
        into firsts, pairs using firsts, pairs, code;
    if firsts = '{}' and pairs = '{}' then
        return null;
    end if;
    for place in 1..size loop
        word := words[place];
        wholes := wholes || array(
            select crm.word_query(code, f, 'name', '') || ' & ' || crm.word_query(code, substr(word, length(f) + 1), 'name', ':*')
                    || crm.words_beside(code, words, place, place)
                from unnest(firsts) f where word ~ '^[[:alpha:]]{4,24}$' and starts_with(word, f) and length(f) <= length(word) - 2
            -- van den Berg, de la Cruz
            union all
            select crm.word_query(code, f, 'name', '') || ' & ' || crm.word_query(code, substr(word, length(f) + 1, j), 'name', '')
                    || ' & ' || crm.word_query(code, substr(word, length(f) + j + 1), 'name', ':*') || crm.words_beside(code, words, place, place)
                from unnest(firsts) f cross join generate_series(2, 3) j
                where word ~ '^[[:alpha:]]{4,24}$' and starts_with(word, f) and length(f) between 2 and 4 and length(word) - length(f) - j >= 3
            union all
            select crm.word_query(code, word || words[place + 1], 'name', ':*') || crm.words_beside(code, words, place, place + 1)
                where word || words[place + 1] = any (pairs));
    end loop;
    return (select string_agg('(' || w || ')', ' | ') from unnest(wholes) w)::tsquery;
end $$;

-- The words of a question but some of them, in a row, as further parts of a query.
create or replace function crm.words_beside(code text, words text[], first integer, last integer) returns text
    language sql immutable parallel safe
    return coalesce((select string_agg(' & ' || crm.word_query(code, w, 'any', ':*'), '' order by o)
        from unnest(words) with ordinality u (w, o) where o not between first and last), '');

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

-- The same for mistyped questions: the similarity of the words to the name, or a little less to the company; always below 1. The
-- pages before have shown what full text finds, and what answers `shown`.
create or replace function crm.rank_typos(
    uid uuid, found_ids uuid[], words text[], shown tsquery, starts text[], after_score real, after_name text, after_id uuid, page_size integer
) returns table (id uuid, score real, name_key text, matched text[])
    language plpgsql stable rows 20
    set search_path = pg_catalog, pg_temp
as $$
declare
    answered constant tsquery := crm.either(
        (select string_agg(crm.word_query(right(uid::text, 4), w, 'any', ':*'), ' & ')::tsquery from unnest(words) w), shown);
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
        cross join lateral crm.matched_fields(starts, c, null) f (fields)
        order by p.score desc, p.name_key, p.id;
end $$;
