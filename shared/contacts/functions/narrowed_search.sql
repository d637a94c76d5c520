-- Search with the filters of lists (lists.sql). Every contact that answers the question and passes the filters is ranked, found by the
-- index alone, since filters leave few; the order and the forgiven mistakes are those of crm.search_contacts.

-- Up to `most` contacts that answer `asked`, have an address like `addresses` (null: any), and pass the filters; all of them where `most` is null.
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

-- Up to `most` contacts by full text, and up to as many by name, by address and by phone number each; some appear twice.
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
        if cardinality(found_ids) = most then  -- more contacts may match, and those with matching names must not be missing
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

-- One page of the contacts that answer a question and pass the filters, best first; parameters as for crm.search_contacts and crm.filter_contacts.
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

-- The number of contacts that answer a question and pass the filters, also those that a search does not rank.
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

-- The deployed functions may call these; the other functions of this file are called only by functions.
grant execute on function crm.search_fitting, crm.count_fitting to crm_app;
