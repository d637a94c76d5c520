-- Search with the filters of lists (lists.sql). The order and the forgiven mistakes are those of crm.search_contacts.
--
-- Where an index of the filters finds few contacts (`crm.nearest_filter`), those are read and compared with the question. Else the words of the
-- filters are further parts of the question, and the other filters are checked on each row that the cheaper way finds (`crm.candidates`).

-- The meaning of the filters for one search, and a sample of the user's contacts.
--
-- fitting: the condition on a contact c. lexemes: the query of the filters' words; null without any. near: the condition by which an index finds few; null
-- where none does. fits: which of the sample pass.
create or replace function crm.read_filters(
    filters jsonb, out part regclass, out sample tsvector[], out total bigint, out fitting text, out lexemes tsquery, out near text, out fits boolean[]
)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    uid constant uuid := crm.acting_user();
    nearest record;
begin
    select s.part, s.sample, s.total into part, sample, total from crm.sample_contacts(uid) s;
    fitting := crm.fitting(filters);
    if part is null or fitting = '' then
        return;
    end if;
    select * into nearest from crm.nearest_filter(crm.with_circle(filters));
    if nearest.is_few then
        near := nearest.condition;
        return;
    end if;
    lexemes := crm.filter_lexemes(right(uid::text, 4), crm.with_circle(filters));
    -- The words of the filters are compared first, which is faster.
    execute format('select array_agg(c.fit) from (select (%s%s) as fit from (select * from %s c where c.user_id = $1 order by c.id limit $2) c) c',
            case when lexemes is null then 'true' else 'c.tsv @@ $3' end, fitting, part)
        into fits using uid, cardinality(sample), lexemes;
end $$;

-- Up to `most` contacts that answer all of `parts`, have an address like `addresses` (null: any), and pass the filters; all of them where `most`
-- is null. place: of crm.read_filters.
create or replace function crm.fitting_candidates(place record, uid uuid, parts tsquery[], addresses text, most integer, page_size integer) returns uuid[]
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    asked constant tsquery := crm.all_of(parts);
    every constant tsquery := coalesce(asked && place.lexemes, asked);
    found_ids uuid[];
begin
    if place.near is not null then
        execute format('select array_agg(w.id) from (select c.id from (select * from %s c where c.user_id = $1%s offset 0) c
                where coalesce(c.tsv, '''') @@ $2 and ($3 is null or crm.has_address(c.email, c.emails, $3))%s limit $4) w', place.part, place.near, place.fitting)
            into found_ids using uid, asked, addresses, most;
    elsif most is null then
        found_ids := crm.indexed_candidates(place.part, uid, every, every, addresses, null, place.fitting);
    else
        found_ids := crm.candidates(place.part, uid, place.total, place.sample, array_remove(parts || place.lexemes, null), null, addresses, most, page_size, place.fitting, place.fits);
    end if;
    return coalesce(found_ids, '{}');
end $$;

-- Up to `most` contacts by full text, and up to as many by name, by another name of the person, by address and by phone number each; some
-- appear twice.
create or replace function crm.fitting_answers(
    place record, uid uuid, question text, most integer, page_size integer, out found_ids uuid[], out respaced tsquery
)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    code constant text := right(uid::text, 4);
    asked constant record := crm.read_question(question);
    by_number constant tsquery := crm.phone_lexemes(question, code);
    few constant integer := 3;  -- as in crm.full_text_candidates
    nicknames constant tsquery[] := crm.nickname_queries(code, asked.words);
    in_any tsquery[];
    in_name tsquery[];
    by_address tsquery[];
begin
    found_ids := '{}';
    if asked.by_text then
        select array_agg(crm.word_query(code, w, 'any', ':*')::tsquery), array_agg(crm.word_query(code, w, 'name', ':*')::tsquery)
            into in_any, in_name from unnest(asked.words) w;
        if cardinality(in_any) = 1 and most is not null then
            found_ids := crm.fitting_candidates(place, uid, in_name, null, most, page_size);
        end if;
        if most is null or cardinality(found_ids) < most then
            found_ids := found_ids || crm.fitting_candidates(place, uid, in_any, null, most, page_size);
        end if;
        if cardinality(in_any) > 1 and cardinality(found_ids) >= least(most, 2 * page_size) then  -- more contacts may match, and those with matching names must not be missing
            found_ids := found_ids || crm.fitting_candidates(place, uid, in_name, null, most, page_size);
        end if;
        if nicknames is not null and (most is null or cardinality(found_ids) < most) then
            found_ids := found_ids || crm.fitting_candidates(place, uid, nicknames, null, most, page_size);
        end if;
        if cardinality(found_ids) < few then
            respaced := crm.respaced_query(place.part, code, asked.words);
            if respaced is not null then
                found_ids := found_ids || crm.fitting_candidates(place, uid, array[respaced], null, most, page_size);
            end if;
        end if;
    end if;
    if asked.address is not null then
        select array_agg(a.q::tsquery) into by_address from (
            select format('''%s%s''%s', code, w, case when asked.unfinished and o = cardinality(asked.address_words) then ':*' else '' end) as q
                from unnest(asked.address_words) with ordinality u (w, o)
            union all select crm.word_query(code, w, 'any', ':*') from unnest(asked.other_words) w) a;
        found_ids := found_ids || crm.fitting_candidates(place, uid, by_address, crm.address_pattern(asked.address, false), most, page_size);
    end if;
    if by_number is not null then
        found_ids := found_ids || crm.fitting_candidates(place, uid, array[by_number], null, most, page_size);
    end if;
end $$;

-- One page of the contacts that answer a question and pass the filters, best first; parameters as for crm.search_contacts and crm.list_among.
create or replace function crm.search_among(
    question text, filters jsonb, page_size integer, after_score real, after_name text, after_id uuid
) returns table (id uuid, score real, name_key text, matched text[])
    language plpgsql volatile security definer rows 50
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_sort = off set jit = off set plan_cache_mode = force_generic_plan
as $$
declare
    uid constant uuid := crm.acting_user();
    most integer;
    few constant integer := 3;  -- this, `a_name` and `by_number` as in crm.search_contacts
    a_name constant real := 5;
    code constant text := right(uid::text, 4);
    by_number constant tsquery := crm.phone_lexemes(question, code);
    asked constant record := crm.read_question(question);
    words constant text[] := asked.words;
    nicknames constant tsquery[] := crm.nickname_queries(code, words);
    place record;
    answers record;
    mistyped record;
    got integer := 0;
    best real := 0;
begin
    select * into place from crm.read_filters(filters);
    if place.part is null or coalesce(cardinality(words), 0) = 0 then
        return;
    end if;
    if cardinality(words) = 1 and octet_length(words[1]) = 1 and asked.address is null then
        return query execute format('select c.id, 1::real, c.name_key, ''{name}''::text[] from %s c where c.user_id = $1
                and (c.name_key, c.id) > ($2, $3) and c.name_key < $4%s order by c.name_key, c.id limit $5', place.part, place.fitting)
            using uid, coalesce(after_name, words[1]), coalesce(after_id, '00000000-0000-0000-0000-000000000000'),
                words[1] || U&'\+10FFFF', page_size;
        return;
    end if;
    most := case when place.near is not null then 2000 else crm.ranked_at_most(place.total) end;
    if coalesce(after_score, 1) >= 1 then
        answers := crm.fitting_answers(place, uid, question, most, least(page_size, most));
        for id, score, name_key, matched in
            select * from crm.rank_full_text(uid, answers.found_ids, question, words, nicknames, answers.respaced, asked.address, by_number,
                after_score, after_name, after_id, page_size)
        loop
            return next;
            got := got + 1;
            best := greatest(best, score);
        end loop;
        if got >= least(few, page_size) or best >= a_name or got > 0 and cardinality(words) > 1 or after_id is not null or not asked.by_text then
            return;
        end if;
    end if;
    if place.total > 20000 and (select count(*) from unnest(place.sample) s
            where s @@ (select string_agg(crm.word_query(code, w, 'any', ':*'), ' & ')::tsquery from unnest(words) w)) >= few then
        return;  -- words that one contact in a hundred has are not mistyped, and their neighbours take long to look up
    end if;
    select * into mistyped from crm.mistyped_words(place.part, uid, words);
    if mistyped.asked is not null then
        return query select * from crm.rank_typos(uid,
            crm.fitting_candidates(place, uid, mistyped.parts, null, most, least(page_size, most)), words,
            crm.either(crm.all_of(nicknames), crm.respaced_query(place.part, code, words)), mistyped.starts, after_score, after_name, after_id, page_size - got);
    end if;
end $$;

-- About what share of the user's contacts passes a condition on a contact c ($1 user, $2 query), by a sample; and about how many contacts there are.
create or replace function crm.sampled_share(part regclass, uid uuid, condition text, asked tsquery, out hits bigint, out sampled bigint, out total bigint)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    sample_size constant integer := 3000;
    last_id uuid;
begin
    execute format('select count(*) filter (where true%s), count(*), (array_agg(c.id))[count(*)] from (select * from %s c where c.user_id = $1 order by c.id limit $3) c',
            condition, part)
        into hits, sampled, last_id using uid, asked, sample_size;
    total := crm.estimated_total(sampled, sample_size, last_id);
end $$;

-- A number of contacts that was estimated, with the two digits that it deserves; null where so few pass that they can be counted.
create or replace function crm.rough_count(hits bigint, sampled bigint, total bigint) returns bigint
    language sql immutable parallel safe
    return case when hits >= 100 and hits * total / sampled > 20000
        then round(hits * total / sampled, 1 - floor(log(hits * total / sampled))::integer)::bigint end;

-- The number of contacts that answer a question and pass the filters, also those that a search does not rank. More than 20,000 of them are
-- estimated: counting a word of every tenth contact takes longer than the search.
create or replace function crm.count_answers(question text, filters jsonb, out counted bigint, out is_exact boolean)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set jit = off
as $$
declare
    uid constant uuid := crm.acting_user();
    code constant text := right(uid::text, 4);
    few constant integer := 3;  -- with fewer, the search may find mistyped ones as well
    asked constant record := crm.read_question(question);
    place record;
    in_any tsquery;
begin
    select * into place from crm.read_filters(filters);
    is_exact := true;
    counted := 0;
    if place.part is null or coalesce(cardinality(asked.words), 0) = 0 then
        return;
    end if;
    if cardinality(asked.words) > 1 or octet_length(asked.words[1]) > 1 or asked.address is not null then
        if place.near is null and place.total > 20000 and asked.address is null then
            in_any := coalesce(crm.all_of(crm.nickname_queries(code, asked.words)),
                (select string_agg(crm.word_query(code, w, 'any', ':*'), ' & ')::tsquery from unnest(asked.words) w));
            -- the small sample knows already of most words that they are rare
            if (select count(*) from unnest(place.sample) s where s @@ in_any) > few then
                select crm.rough_count(s.hits, s.sampled, s.total) into counted
                    from crm.sampled_share(place.part, uid, ' and c.tsv @@ $2' || place.fitting, in_any) s;
                if counted is not null then
                    is_exact := false;
                    return;
                end if;
            end if;
        end if;
        counted := (select count(distinct i) from unnest((crm.fitting_answers(place, uid, question, null, 20)).found_ids) i);
        if counted >= few then
            return;
        end if;
    end if;
    counted := (select count(*) from crm.search_among(question, filters, 2147483647, null, null, null));
end $$;

-- The same of the release before, which calls it while a deployment goes on.
create or replace function crm.count_among(question text, filters jsonb) returns bigint
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
    select c.counted from crm.count_answers(question, filters) c;
$$;

-- The same with the filters of the release before, which calls it while a deployment goes on.
create or replace function crm.search_fitting(
    question text, wanted_tags text[], wanted_company text, wanted_email boolean, page_size integer, after_score real, after_name text, after_id uuid
) returns table (id uuid, score real, name_key text, matched text[])
    language sql volatile security definer rows 50
    set search_path = pg_catalog, pg_temp
as $$
    select * from crm.search_among(question, jsonb_build_object('tags', wanted_tags, 'company', wanted_company, 'has_email', wanted_email), page_size,
        after_score, after_name, after_id);
$$;

-- Likewise.
create or replace function crm.count_fitting(question text, wanted_tags text[], wanted_company text, wanted_email boolean) returns bigint
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
    select crm.count_among(question, jsonb_build_object('tags', wanted_tags, 'company', wanted_company, 'has_email', wanted_email));
$$;

-- The deployed functions may call these; the other functions of this file are called only by functions.
grant execute on function crm.search_among, crm.count_answers, crm.count_among, crm.search_fitting, crm.count_fitting to crm_app;
