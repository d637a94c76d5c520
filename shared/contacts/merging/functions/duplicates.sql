-- Finding contacts that may be one person, set by set (decision 0074).
--
-- Contacts that share a key become pairs; each trait of a pair has points, whose sum decides. Every key that more than fifty contacts have is
-- left out, so that the time grows with the contacts and not with their pairs.

-- A word with one spelling of each sound. Without a query of its own, as is `sound`, it becomes a part of the statement that calls it.
create or replace function crm.plain_sounds(word text) returns text
    language sql immutable parallel safe
    return replace(replace(replace(replace(replace(replace(translate(word, 'jycqzv', 'iikksw'), 'ph', 'f'), 'sch', 's'), 'sh', 's'), 'x', 'ks'), 'ts', 's'), 'kh', 'k');

-- A word as it sounds, roughly: one spelling of each sound, and no vowels behind the first letter. Two like consonants are one, two like digits are
-- two. A chain of replacements takes a tenth of the time of a regular expression that finds them.
create or replace function crm.sound(word text) returns text
    language sql immutable parallel safe
    return left(crm.plain_sounds(word), 1) || replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
        translate(substr(crm.plain_sounds(word), 2), 'aeiouyhw', ''), 'bb', 'b'), 'dd', 'd'), 'ff', 'f'), 'gg', 'g'), 'kk', 'k'), 'll', 'l'), 'mm', 'm'),
        'nn', 'n'), 'rr', 'r'), 'ss', 's'), 'tt', 't');

-- The words of a name as `crm.name_words` gives them, none of a null. Most names are plain letters and blanks, without a title.
create or replace function crm.profile_words(name text) returns text[]
    language sql immutable parallel safe
    return case when name is null then '{}'
        when name ~ '^[A-Za-z]+( [A-Za-z]+)*$' and not string_to_array(lower(name), ' ') && crm.titles_and_degrees() then string_to_array(lower(name), ' ')
        else crm.name_words(name) end;

-- Write the comparable form of contacts to the table `profiles` of the session, which is made where it is missing. only_nos: of these contacts;
-- null for all. Returns how many.
create or replace function crm.profile_contacts(uid uuid, only_nos integer[]) returns integer
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set client_min_messages = warning
as $$
declare
    contacts integer;
begin
    if to_regclass('pg_temp.short_forms') is null then
        create temporary table short_forms on commit drop as
            select w.word, array_agg(n.place) as roots from (select row_number() over () as place, words from crm.nicknames()) n
            cross join lateral unnest(string_to_array(btrim(n.words), ' ')) w(word) group by w.word;
        create unique index on pg_temp.short_forms (word);
        analyze pg_temp.short_forms;
        create temporary table profiles (no integer, id uuid, name text, is_address boolean, is_marked boolean, words text[], is_desk boolean, emails text[], phones text[],
            slug text, company text, title text, birthday text, given text, family text, sorted text, given_sound text, family_sound text, roots bigint[],
            family_roots bigint[]) on commit drop;
        create unique index on pg_temp.profiles (no);
    end if;
    execute format('insert into pg_temp.profiles
        select p.*, p.words[1] as given, p.words[cardinality(p.words)] as family,
            array_to_string(array(select w from unnest(p.words) w order by w), '' '') as sorted,
            crm.sound(p.words[1]) as given_sound, crm.sound(p.words[cardinality(p.words)]) as family_sound,
            (select s.roots from pg_temp.short_forms s where s.word = p.words[1]) as roots,
            (select s.roots from pg_temp.short_forms s where s.word = p.words[cardinality(p.words)]) as family_roots
        from (select c.no, c.id, n.name, n.is_address,
                -- a title, a generation, a second person or a number, which `crm.names_apart` looks at beside the words
                lower(n.name) ~ ''&|\+|\d|\m(and|und|mr|mrs|ms|miss|herr|frau|monsieur|madame|mme|mlle|senora?|señora?|signora?|sra|srta|jr|jun|junior|sr|sen|senior|ii|iii|iv)\M'' as is_marked,
                crm.profile_words(n.name) as words,
                exists (select from unnest(c.emails || c.email) e where crm.is_nobodys_mailbox(e)) as is_desk,
                array(select distinct lower(e) from unnest(c.emails || c.email) e where e is not null) as emails,
                array(select distinct d from unnest(c.phones) p cross join lateral crm.phone_digits(p) d where length(d) >= 6) as phones,
                c.linkedin_slug as slug, crm.fold(c.company) as company, crm.fold(c.title) as title,
                case when c.birthday like ''%%-01-01'' then null else c.birthday end as birthday
            from crm.contacts c
            -- a contact without a name is called by its address, where that has the shape of a name; a remark in brackets is not a name
            cross join lateral (select c.name = '''' or c.name like ''%%@%%'' as is_address) a
            cross join lateral (select a.is_address, case when a.is_address
                then substring(replace(translate(regexp_replace(split_part(lower(coalesce(c.email, c.emails[1])), ''@'', 1), ''[0-9]+'', '''', ''g''), ''._-'', ''   ''), ''  '', '' '')
                    from ''^\s*([[:alpha:]]{2,} [[:alpha:] ]*[[:alpha:]]{2,})\s*$'')
                else coalesce(nullif(btrim(regexp_replace(c.name, ''\s*\([^)]*\)\s*'', '' '')), ''''), c.name) end as name) n
            where c.user_id = $1 %s offset 0) p',
        case when only_nos is null then '' else 'and c.no = any ($2) and not exists (select from pg_temp.profiles k where k.no = c.no)' end) using uid, only_nos;
    get diagnostics contacts = row_count;
    analyze pg_temp.profiles;
    return contacts;
end $$;

-- Write the keys of profiles to the table `keys` of the session: profiles that share one are compared.
create or replace function crm.key_profiles() returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set client_min_messages = warning
as $$
begin
    drop table if exists pg_temp.keys;
    create temporary table keys on commit drop as
        select distinct k.key, p.no from pg_temp.profiles p cross join lateral (
            select 'e' || e from unnest(p.emails) e
            union all select 'p' || right(d, 7) from unnest(p.phones) d
            union all select 'l' || p.slug
            union all select 'n' || p.sorted where cardinality(p.words) > 0
            union all select 'r' || r || ' ' || p.family from unnest(p.roots) r where cardinality(p.words) > 1
            union all select 'r' || r || ' ' || p.given from unnest(p.family_roots) r where cardinality(p.words) = 2
            union all select 's' || least(p.given_sound, p.family_sound) || ' ' || greatest(p.given_sound, p.family_sound) where cardinality(p.words) > 1
            union all select 'i' || left(p.given, 1) || ' ' || p.family || ' ' || p.company where cardinality(p.words) > 1
            union all select 'f' || left(p.given, 1) || ' ' || p.family where cardinality(p.words) > 1
            union all select 'c' || p.given || ' ' || p.company where cardinality(p.words) > 0) k(key)
        where k.key is not null;
end $$;

-- The hash of a key in `crm.duplicate_keys`.
create or replace function crm.key_hash(uid uuid, key text) returns bigint
    language sql immutable parallel safe
    return hashtextextended(key, uuid_hash_extended(uid, 7));

-- Keep the keys of the session for comparisons to come.
create or replace function crm.keep_keys(uid uuid) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    insert into crm.duplicate_keys as d (user_id, contact_no, keys)
        select uid, p.no, coalesce(k.keys, '{}') from pg_temp.profiles p
        -- in the order of the hashes: numbers are compared sooner than texts
        left join (select h.no, array_agg(h.hash order by h.hash) as keys
            from (select k.no, crm.key_hash(uid, k.key) as hash from pg_temp.keys k offset 0) h group by h.no) k on k.no = p.no
        on conflict (user_id, contact_no) do update set keys = excluded.keys where d.keys <> excluded.keys;
end $$;

-- The contacts that have keys, given by their hashes: of each key at most so many. Under row-level security the index could not be used, and
-- by a plain comparison of the user the primary key would be.
create or replace function crm.holders_of_keys(hashes bigint[], most integer) returns table (hash bigint, contact_no integer)
    language sql stable security definer rows 10
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off
begin atomic
    select h.hash, d.contact_no from unnest(hashes) h (hash)
    cross join lateral (select k.contact_no from crm.duplicate_keys k where k.keys @> array[h.hash] and (k.user_id = crm.acting_user()) is true limit most) d;
end;

-- Write the pairs of profiles that share a key to the table `pairs` of the session.
create or replace function crm.pair_profiles() returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set client_min_messages = warning
as $$
declare
    most constant integer := 50;
begin
    create temporary table pairs on commit drop as
        with few as (
            select k.key, array_agg(k.no order by k.no) as nos from pg_temp.keys k group by k.key having count(*) between 2 and most)
        select distinct a.no as a_no, b.no as b_no from few f
        cross join lateral unnest(f.nos) with ordinality a(no, place) cross join lateral unnest(f.nos) with ordinality b(no, place)
        where a.place < b.place;
    analyze pg_temp.pairs;
end $$;

-- Write the traits of pairs, with their points, to the table `traits` of the session; a family, an office or a namesake has points against it.
create or replace function crm.compare_pairs(among integer) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set client_min_messages = warning
as $$
begin
    create temporary table key_holders on commit drop as
        select k.key, count(*) as holders from pg_temp.keys k where left(k.key, 1) in ('e', 'p') group by k.key having count(*) > 1;
    create unique index on pg_temp.key_holders (key);
    analyze pg_temp.key_holders;
    create temporary table compared on commit drop as
        select q.a_no, q.b_no, a.name as a_name, b.name as b_name, a.is_marked or b.is_marked as marked, a.id as a_id, b.id as b_id, e.address, e.address is not null and crm.is_nobodys_mailbox(e.address) as of_office,
            t.phone, least(ke.holders, kp.holders) as holders, a.slug = b.slug as same_profile, a.slug <> b.slug as other_profile,
            a.company = b.company as same_company, a.company <> b.company as other_company, a.title = b.title as same_title,
            case when a.birthday like '--%' or b.birthday like '--%' then false else a.birthday = b.birthday end as same_birthday,
            crm.birthdays_apart(a.birthday, b.birthday) as other_birthday,
            a.phones <> '{}' and b.phones <> '{}' and t.phone is null as other_phones,
            a.is_desk or b.is_desk as desk, a.is_address or b.is_address as by_address,
            exists (select from pg_temp.companies o where o.company in (crm.fold(a.name), crm.fold(b.name))) as of_company,
            -- two that differ in a number alone are two: Dubois1973 and Dubois11973
            a.given <> b.given and (a.family = b.family and crm.one_edit_apart(a.given, b.given)) and (a.roots is null or b.roots is null)
                    and translate(a.given, '0123456789', '') <> translate(b.given, '0123456789', '')
                or a.given = b.given and a.family <> b.family and crm.one_edit_apart(a.family, b.family)
                    and translate(a.family, '0123456789', '') <> translate(b.family, '0123456789', '') as typo,
            least(a.given_sound, a.family_sound) = least(b.given_sound, b.family_sound) and greatest(a.given_sound, a.family_sound) = greatest(b.given_sound, b.family_sound)
                and length(a.given_sound) + length(a.family_sound) > 3 as sound,
            coalesce(f.holders, 1) <= 3 as rare_family, coalesce(f.holders, 1) > 8 as frequent_family,
            cardinality(a.words) > 1 and cardinality(b.words) > 1 as whole, cardinality(a.words) > 0 and cardinality(b.words) > 0 as named,
            cardinality(a.words) = 2 and cardinality(b.words) = 2 as two_words,
            a.sorted = b.sorted as same_words,
            a.family = b.family and a.given = b.given and a.sorted <> b.sorted as middle,
            a.family = b.family and a.given <> b.given and a.roots && b.roots as nickname,
            cardinality(array(select unnest(a.roots) intersect select unnest(b.roots))) = 1 and cardinality(a.roots) + cardinality(b.roots) = 2 as one_nickname,
            a.family = b.family and (length(a.given) = 1 or length(b.given) = 1) and left(a.given, 1) = left(b.given, 1) as initial,
            exp(greatest(ln((g.holders::float8 - 1) * (f.holders - 1) / greatest(among, 500)), -20)) as namesakes,
            -- the middle names of both, where both have one
            cardinality(a.words) > 2 and cardinality(b.words) > 2 and a.sorted <> b.sorted
                and not (left(a.words[2], 1) = left(b.words[2], 1) and least(length(a.words[2]), length(b.words[2])) = 1) as other_middle
        from pg_temp.pairs q join pg_temp.profiles a on a.no = q.a_no join pg_temp.profiles b on b.no = q.b_no
        left join pg_temp.word_counts g on g.word = a.given and g.holders > 1
        left join pg_temp.word_counts f on f.word = a.family and f.holders > 1
        left join lateral (select e as address from unnest(a.emails) e where e = any (b.emails) order by crm.is_nobodys_mailbox(e), e limit 1) e on true
        left join lateral (select x as phone from unnest(a.phones) x cross join lateral unnest(b.phones) y where crm.same_number(x, y) order by length(x) desc limit 1) t on true
        left join pg_temp.key_holders ke on ke.key = 'e' || e.address
        left join pg_temp.key_holders kp on kp.key = 'p' || right(t.phone, 7);
    create temporary table traits on commit drop as
        select c.*, n.apart, c.named and (c.same_words or c.middle and not c.other_middle or c.nickname) and not n.apart as agree
        from compared c
        cross join lateral (select case when not c.named then false when c.same_words and c.a_name = c.b_name then false
            when c.typo or (c.same_words or c.middle) and not c.marked or (c.initial or c.nickname) and c.two_words and not c.marked then false
            else crm.names_apart(c.a_name, c.b_name, case when c.phone is not null and c.address is null then 'office@' else c.address end)
                and not (c.sound and c.by_address) end as apart) n
        -- others cannot reach the points that are shown, and comparing names takes the most time
        where c.address is not null or c.phone is not null or c.same_profile or c.same_words or c.middle or c.nickname or c.initial or c.typo or c.sound;
end $$;

-- Write the pairs that may be one person to the table `found` of the session, with points, reasons and band.
--
-- A pair is sure when the two share an address, a number or a profile that nobody else has, their names agree as a whole, and nothing
-- contradicts.
create or replace function crm.judge_pairs(uid uuid) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set client_min_messages = warning
as $$
begin
    create temporary table found on commit drop as
        select t.a_no, t.b_no, sum(r.points)::smallint as points,
            jsonb_agg(jsonb_strip_nulls(jsonb_build_object('code', r.code, 'points', r.points, 'value', r.value)) order by abs(r.points) desc, r.code) as reasons,
            bool_and(t.agree and t.whole and not t.initial and not t.desk and not t.by_address and not t.of_company and (t.same_words or t.middle or t.one_nickname)
                and (t.same_profile is true or t.holders = 2 and (t.address is not null and not t.of_office or t.phone is not null))
                and t.other_profile is not true and t.other_birthday is not true and not t.other_middle) as sure
        from pg_temp.traits t cross join lateral (values
            ('same_profile', case when t.same_profile then 50 end, null),
            ('same_email', case when t.address is not null then case when t.of_office then 8 when t.holders > 2 then 25 else 45 end end, t.address),
            ('same_phone', case when t.phone is not null then case when t.holders > 2 then 18 else 40 end end, t.phone),
            ('same_name', case when t.same_words and t.whole then case when t.namesakes < 0.05 then 26 when t.namesakes < 0.3 then 16 when t.namesakes < 1 then 6 else 0 end
                when t.same_words and t.named then 4 end, null),
            ('same_name_but_middle', case when t.middle and t.named then case when t.namesakes < 0.05 then 18 else 8 end end, null),
            ('short_form', case when t.nickname and not t.apart then case when t.rare_family then 20 else 12 end end, null),
            ('initial', case when t.initial then case when t.rare_family then 20 when t.frequent_family then 2 else 8 end end, null),
            ('similar_name', case when (t.typo or t.sound) and t.whole and not (t.same_words or t.middle or t.nickname or t.initial) and not t.apart
                then case when t.rare_family or t.sound and not t.typo then 20 else 10 end end, null),
            ('part_of_name', case when t.named and not t.whole and not t.same_words and not t.apart then 4 end, null),
            ('same_company', case when t.same_company then 10 end, null),
            ('same_title', case when t.same_title then 8 end, null),
            ('same_birthday', case when t.same_birthday then 25 end, null),
            ('another_name', case when t.apart then -80 end, null),
            ('of_an_office', case when t.desk and not (t.same_words and t.address is not null) then -30 end, null),
            ('another_middle_name', case when t.other_middle and (t.middle or t.nickname) then -25 end, null),
            ('another_profile', case when t.other_profile then -40 end, null),
            ('another_birthday', case when t.other_birthday then -40 end, null),
            ('another_company', case when t.other_company then -4 end, null),
            ('another_phone', case when t.other_phones then -4 end, null)) r (code, points, value)
        where r.points is not null
        group by t.a_no, t.b_no having sum(r.points) >= 5;
    create unique index on pg_temp.found (a_no, b_no);
    analyze pg_temp.found;
    -- pairs that the user keeps apart, by a dismissal or by the undo of their merge
    delete from pg_temp.found f using crm.distinct_contacts d where d.user_id = uid and d.contact_no = f.a_no and d.other_no = f.b_no;
    delete from pg_temp.found f
        using (select c.contact_no, p.no from crm.changes c join pg_temp.profiles p on p.id = (c.before ->> 'merged_into')::uuid
            where c.user_id = uid and c.did = 'm' and c.subject is null and c.before ? 'id') u
        where f.a_no = least(u.contact_no, u.no) and f.b_no = greatest(u.contact_no, u.no);
end $$;

-- Put what was found in the place of what was known before, of these contacts; null for all. A pair stays under its id as long as it is found.
create or replace function crm.replace_duplicates(uid uuid, only_nos integer[]) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    delete from crm.duplicates d where d.user_id = uid and (only_nos is null or d.contact_no = any (only_nos) or d.other_no = any (only_nos))
        and not exists (select from pg_temp.found f where f.a_no = d.contact_no and f.b_no = d.other_no);
    insert into crm.duplicates as d (user_id, contact_no, other_no, points, band, reasons)
        select uid, f.a_no, f.b_no, f.points, case when f.sure and f.points >= 40 then 'sure' else 'likely' end, f.reasons from pg_temp.found f
        -- a contact that was deleted meanwhile
        where exists (select from crm.contacts c where c.user_id = uid and c.no = f.a_no for key share)
            and exists (select from crm.contacts c where c.user_id = uid and c.no = f.b_no for key share)
        on conflict (user_id, contact_no, other_no) do update set points = excluded.points, band = excluded.band, reasons = excluded.reasons
            where (d.points, d.band, d.reasons) is distinct from (excluded.points, excluded.band, excluded.reasons);
    drop table if exists pg_temp.short_forms, pg_temp.profiles, pg_temp.word_counts, pg_temp.keys, pg_temp.pairs, pg_temp.key_holders, pg_temp.companies,
        pg_temp.compared, pg_temp.traits, pg_temp.found;
end $$;

-- Let one comparison of a user's contacts go on at a time, behind an import that is under way; returns the time from which on changes of contacts
-- may not be seen by it.
--
-- An import that begins later does not wait for the comparison: what it writes is newer than the returned time.
create or replace function crm.begin_comparison(uid uuid) returns timestamptz
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    import_key constant bigint := hashtextextended('crm.import ' || uid, 0);
begin
    perform pg_advisory_xact_lock(hashtextextended('crm.duplicates ' || uid, 0));
    perform pg_advisory_lock(import_key);
    perform pg_advisory_unlock(import_key);
    return clock_timestamp();
end $$;

-- Compare all contacts of the user, and replace the duplicates that were found before; returns how many contacts.
create or replace function crm.find_duplicates() returns integer
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    -- no plan_cache_mode: custom plans would be made for each expression of the functions that compare names
    set jit = off set work_mem = '64MB' set client_min_messages = warning
as $$
declare
    uid constant uuid := crm.acting_user();
    begun constant timestamptz := crm.begin_comparison(uid);
    -- A word that fewer have counts as theirs alone in the comparisons between two scans.
    kept_from constant integer := 3;
    contacts integer;
begin
    contacts := crm.profile_contacts(uid, null);
    create temporary table word_counts on commit drop as
        select w.word, count(*) as holders from pg_temp.profiles p cross join lateral (select distinct unnest(p.words)) w(word) group by w.word;
    create unique index on pg_temp.word_counts (word);
    analyze pg_temp.word_counts;
    create temporary table companies on commit drop as select distinct p.company from pg_temp.profiles p where p.company is not null;
    create unique index on pg_temp.companies (company);
    analyze pg_temp.companies;
    perform crm.key_profiles();
    delete from crm.duplicate_keys d where d.user_id = uid and not exists (select from pg_temp.profiles p where p.no = d.contact_no);
    perform crm.keep_keys(uid);
    perform crm.pair_profiles();
    perform crm.compare_pairs(contacts);
    perform crm.judge_pairs(uid);
    insert into crm.duplicate_scans as s (user_id, at, contacts, words)
        select uid, begun, contacts, coalesce(jsonb_object_agg(w.word, w.holders), '{}') from pg_temp.word_counts w where w.holders >= kept_from
        on conflict (user_id) do update set at = greatest(s.at, excluded.at), contacts = excluded.contacts, words = excluded.words;
    perform crm.replace_duplicates(uid, null);
    return contacts;
end $$;

-- Compare the contacts that were written since the last comparison with all others. Returns how many these were; null before the first scan, and where
-- there are more than `most`: then all are to be compared with each other.
create or replace function crm.compare_changed(most integer) returns integer
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set jit = off set work_mem = '64MB' set client_min_messages = warning
as $$
declare
    uid constant uuid := crm.acting_user();
    begun constant timestamptz := crm.begin_comparison(uid);
    most_holders constant integer := 50;
    -- A contact bears the time at which its transaction began, and may be seen that much later. Imports take longer, and were waited for.
    longest_call constant interval := '30 seconds';
    last crm.duplicate_scans;
    changed integer[];
    near integer[];
begin
    select s.* into last from crm.duplicate_scans s where s.user_id = uid;
    if not found then
        return null;
    end if;
    changed := array(select c.no from crm.contacts c where c.user_id = uid and c.updated_at >= last.at - longest_call and not c.is_self limit most + 1);
    if cardinality(changed) > most then
        return null;
    end if;
    if changed = '{}' then
        return 0;
    end if;
    perform crm.profile_contacts(uid, changed);
    perform crm.key_profiles();
    perform crm.keep_keys(uid);
    create temporary table shared_keys on commit drop as
        select h.hash, h.contact_no as no, count(*) over (partition by h.hash) as holders
        from crm.holders_of_keys(array(select distinct crm.key_hash(uid, k.key) from pg_temp.keys k), most_holders + 1) h;
    near := array(select distinct k.no from pg_temp.shared_keys k where k.holders between 2 and most_holders);
    perform crm.profile_contacts(uid, near);
    -- contacts of which the keys are older than they are, share them no more; deleted ones are gone
    perform crm.key_profiles();
    create temporary table pairs on commit drop as
        select distinct least(a.no, b.no) as a_no, greatest(a.no, b.no) as b_no
        from pg_temp.shared_keys s join pg_temp.keys a on crm.key_hash(uid, a.key) = s.hash and a.no = s.no and a.no = any (changed)
        join pg_temp.keys b on b.key = a.key and b.no <> a.no
        where s.holders between 2 and most_holders;
    drop table pg_temp.shared_keys;
    analyze pg_temp.pairs;
    create temporary table word_counts on commit drop as
        select l.word, greatest(l.holders, e.value::bigint) as holders
        from (select w.word, count(*) as holders from pg_temp.profiles p cross join lateral (select distinct unnest(p.words)) w(word) group by w.word) l
        left join jsonb_each_text(last.words) e on e.key = l.word;
    create temporary table companies on commit drop as
        select distinct n.name as company from pg_temp.profiles p cross join lateral (select crm.fold(p.name)) n(name)
        -- a limit makes it a look-up for each name, whatever the planner thinks of their number
        cross join lateral (select 1 from crm.contacts c where c.user_id = uid and c.company_key = left(n.name, 200) collate "C" limit 1) c;
    perform crm.compare_pairs(last.contacts);
    perform crm.judge_pairs(uid);
    update crm.duplicate_scans s set at = greatest(s.at, begun),
            contacts = s.contacts + (select count(*)::integer from crm.contacts c where c.user_id = uid and c.no = any (changed) and c.created_at >= last.at)
        where s.user_id = uid;
    perform crm.replace_duplicates(uid, changed);
    return cardinality(changed);
end $$;

-- Append an event that has the user's contacts compared, unless one is waiting: it sees what this transaction writes. Of a user who has no scan
-- yet only an import asks.
create or replace function crm.ask_for_comparison(event uuid, topic_name text, attributes jsonb, is_import boolean) returns boolean
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    uid constant uuid := crm.acting_user();
    -- Contacts that are written one after the other are compared together.
    pause constant interval := '2 seconds';
begin
    if not is_import and not exists (select from crm.duplicate_scans s where s.user_id = uid) then
        return false;
    end if;
    insert into crm.outbox (id, topic, user_id, priority, data, attributes, available_at)
        select event, topic_name, uid, 2, jsonb_build_object('user_id', uid), ask_for_comparison.attributes, clock_timestamp() + pause
        where not exists (select from crm.outbox o where o.user_id = uid and o.topic = topic_name and o.sends = 0);
    return found;
end $$;

-- Whether contacts changed since the last scan; true before the first.
create or replace function crm.has_unscanned(uid uuid) returns boolean
    language sql stable
    set search_path = pg_catalog, pg_temp
    return coalesce((select max(c.updated_at) from crm.contacts c where c.user_id = uid and not c.is_self)
        > coalesce((select s.at from crm.duplicate_scans s where s.user_id = uid), '-infinity'), false);

-- Delete the pairs of deleted contacts.
create or replace function crm.forget_duplicates() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
    set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off
as $$
begin
    delete from crm.duplicates d using gone g where d.user_id = g.user_id and d.contact_no = g.no;
    delete from crm.duplicates d using gone g where d.user_id = g.user_id and d.other_no = g.no;
    delete from crm.distinct_contacts d using gone g where d.user_id = g.user_id and d.contact_no = g.no;
    delete from crm.distinct_contacts d using gone g where d.user_id = g.user_id and d.other_no = g.no;
    return null;
end $$;

grant execute on function crm.plain_sounds, crm.sound, crm.profile_words, crm.profile_contacts, crm.key_profiles, crm.key_hash, crm.keep_keys, crm.holders_of_keys, crm.pair_profiles, crm.compare_pairs,
    crm.judge_pairs, crm.replace_duplicates, crm.begin_comparison, crm.find_duplicates, crm.compare_changed, crm.ask_for_comparison, crm.has_unscanned, crm.forget_duplicates to crm_app;
