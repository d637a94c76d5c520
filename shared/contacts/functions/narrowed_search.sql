-- Search with the filters of lists (lists.sql). Every contact that answers the question and passes the filters is ranked, found by the
-- index alone, since filters leave few; the order and the forgiven mistakes are those of crm.search_contacts.

-- Up to `most` contacts that answer `asked`, have an address like `addresses` (null: any), and pass the filters; all of them where `most` is null.
create or replace function crm.fitting_candidates(
    part regclass, uid uuid, asked tsquery, addresses text, filters jsonb, most integer
) returns uuid[]
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    lexemes constant tsquery := crm.filter_lexemes(right(uid::text, 4), crm.with_circle(filters));
    found_ids uuid[];
begin
    execute format('select array_agg(w.id) from (select c.id from (select * from %s c where c.tsv @@ (select $2) and (c.user_id = $1) is true offset 0) c
            where ($3 is null or crm.has_address(c.email, c.emails, $3))%s limit $4) w', part, crm.fitting(filters))
        into found_ids using uid, coalesce(asked && lexemes, asked), addresses, most;
    return coalesce(found_ids, '{}');
end $$;

-- Up to `most` contacts by full text, and up to as many by name, by another name of the person, by address and by phone number each; some
-- appear twice.
create or replace function crm.fitting_answers(
    part regclass, uid uuid, question text, filters jsonb, most integer, out found_ids uuid[], out respaced tsquery
)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    code constant text := right(uid::text, 4);
    asked constant record := crm.read_question(question);
    by_number constant tsquery := crm.phone_lexemes(question, code);
    few constant integer := 3;  -- as in crm.full_text_candidates
    nicknamed constant tsquery := crm.all_of(crm.nickname_queries(code, asked.words));
    in_any tsquery;
    in_name tsquery;
    by_address tsquery;
begin
    found_ids := '{}';
    if asked.by_text then
        select string_agg(crm.word_query(code, w, 'any', ':*'), ' & ')::tsquery, string_agg(crm.word_query(code, w, 'name', ':*'), ' & ')::tsquery
            into in_any, in_name from unnest(asked.words) w;
        found_ids := crm.fitting_candidates(part, uid, in_any, null, filters, most);
        if cardinality(found_ids) = most then  -- more contacts may match, and those with matching names must not be missing
            found_ids := found_ids || crm.fitting_candidates(part, uid, in_name, null, filters, most);
        elsif nicknamed is not null then
            found_ids := found_ids || crm.fitting_candidates(part, uid, nicknamed, null, filters, most);
        end if;
        if cardinality(found_ids) < few then
            respaced := crm.respaced_query(part, code, asked.words);
            if respaced is not null then
                found_ids := found_ids || crm.fitting_candidates(part, uid, respaced, null, filters, most);
            end if;
        end if;
    end if;
    if asked.address is not null then
        select string_agg(a.q, ' & ')::tsquery into by_address from (
            select format('''%s%s''%s', code, w, case when asked.unfinished and o = cardinality(asked.address_words) then ':*' else '' end) as q
                from unnest(asked.address_words) with ordinality u (w, o)
            union all select crm.word_query(code, w, 'any', ':*') from unnest(asked.other_words) w) a;
        found_ids := found_ids || crm.fitting_candidates(part, uid, by_address, crm.address_pattern(asked.address, false), filters, most);
    end if;
    if by_number is not null then
        found_ids := found_ids || crm.fitting_candidates(part, uid, by_number, null, filters, most);
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
    most constant integer := 2000;  -- ranking a contact costs some ten microseconds
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
    select * into place from crm.sample_contacts(uid);
    if place.part is null or coalesce(cardinality(words), 0) = 0 then
        return;
    end if;
    if cardinality(words) = 1 and octet_length(words[1]) = 1 and asked.address is null then
        return query execute format('select c.id, 1::real, c.name_key, ''{name}''::text[] from %s c where c.user_id = $1
                and (c.name_key, c.id) > ($2, $3) and c.name_key < $4%s order by c.name_key, c.id limit $5', place.part, crm.fitting(filters))
            using uid, coalesce(after_name, words[1]), coalesce(after_id, '00000000-0000-0000-0000-000000000000'),
                words[1] || U&'\+10FFFF', page_size;
        return;
    end if;
    if coalesce(after_score, 1) >= 1 then
        answers := crm.fitting_answers(place.part, uid, question, filters, most);
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
    select * into mistyped from crm.mistyped_words(place.part, uid, words);
    if mistyped.asked is not null then
        return query select * from crm.rank_typos(uid,
            crm.fitting_candidates(place.part, uid, mistyped.asked, null, filters, most), words,
            crm.either(crm.all_of(nicknames), crm.respaced_query(place.part, code, words)), mistyped.starts, after_score, after_name, after_id, page_size - got);
    end if;
end $$;

-- The number of contacts that answer a question and pass the filters, also those that a search does not rank.
create or replace function crm.count_among(question text, filters jsonb) returns bigint
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set jit = off
as $$
declare
    uid constant uuid := crm.acting_user();
    few constant integer := 3;  -- with fewer, the search may find mistyped ones as well
    asked constant record := crm.read_question(question);
    part constant regclass := (crm.sample_contacts(uid)).part;
    counted bigint;
begin
    if part is null or coalesce(cardinality(asked.words), 0) = 0 then
        return 0;
    end if;
    if cardinality(asked.words) > 1 or octet_length(asked.words[1]) > 1 or asked.address is not null then
        counted := (select count(distinct i) from unnest((crm.fitting_answers(part, uid, question, filters, null)).found_ids) i);
        if counted >= few then
            return counted;
        end if;
    end if;
    return (select count(*) from crm.search_among(question, filters, 2147483647, null, null, null));
end $$;

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
grant execute on function crm.search_among, crm.count_among, crm.search_fitting, crm.count_fitting to crm_app;
