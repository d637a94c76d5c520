-- Finding contacts that may be one person, set by set (decision 0074).
--
-- Contacts that share a key become pairs; each trait of a pair has points, whose sum decides. Every key that more than fifty contacts have is
-- left out, so that the time grows with the contacts and not with their pairs.

-- A word as it sounds, roughly: one spelling of each sound, and no vowels behind the first letter.
create or replace function crm.sound(word text) returns text
    language sql immutable strict parallel safe
    return (select left(p.plain, 1) || regexp_replace(translate(substr(p.plain, 2), 'aeiouyhw', ''), '(.)\1+', '\1', 'g')
        from (select replace(replace(replace(replace(replace(replace(translate(word, 'jycqzv', 'iikksw'), 'ph', 'f'), 'sch', 's'), 'sh', 's'), 'x', 'ks'),
            'ts', 's'), 'kh', 'k') as plain) p);

-- Write the comparable form of contacts to the table `profiles` of the session.
create or replace function crm.begin_scan(uid uuid) returns integer
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set client_min_messages = warning
as $$
declare
    contacts integer;
begin
    create temporary table short_forms on commit drop as
        select w.word, array_agg(n.place) as roots from (select row_number() over () as place, words from crm.nicknames()) n
        cross join lateral unnest(string_to_array(btrim(n.words), ' ')) w(word) group by w.word;
    create unique index on pg_temp.short_forms (word);
    analyze pg_temp.short_forms;
    create temporary table profiles on commit drop as
        select p.*, p.words[1] as given, p.words[cardinality(p.words)] as family,
            array_to_string(array(select w from unnest(p.words) w order by w), ' ') as sorted,
            crm.sound(p.words[1]) as given_sound, crm.sound(p.words[cardinality(p.words)]) as family_sound,
            (select s.roots from pg_temp.short_forms s where s.word = p.words[1]) as roots,
            (select s.roots from pg_temp.short_forms s where s.word = p.words[cardinality(p.words)]) as family_roots
        from (select c.no, c.id, n.name, n.is_address, case when n.name is null then '{}' else crm.name_words(n.name) end as words,
                exists (select from unnest(c.emails || c.email) e where crm.is_nobodys_mailbox(e)) as is_desk,
                array(select distinct lower(e) from unnest(c.emails || c.email) e where e is not null) as emails,
                array(select distinct d from unnest(c.phones) p cross join lateral crm.phone_digits(p) d where length(d) >= 6) as phones,
                c.linkedin_slug as slug, crm.fold(c.company) as company, crm.fold(c.title) as title,
                case when c.birthday like '%-01-01' then null else c.birthday end as birthday
            from crm.contacts c
            -- a contact without a name is called by its address, where that has the shape of a name; a remark in brackets is not a name
            cross join lateral (select c.name = '' or c.name like '%@%' as is_address) a
            cross join lateral (select a.is_address, case when a.is_address
                then substring(replace(translate(regexp_replace(split_part(lower(coalesce(c.email, c.emails[1])), '@', 1), '[0-9]+', '', 'g'), '._-', '   '), '  ', ' ')
                    from '^\s*([[:alpha:]]{2,} [[:alpha:] ]*[[:alpha:]]{2,})\s*$')
                else coalesce(nullif(btrim(regexp_replace(c.name, '\s*\([^)]*\)\s*', ' ')), ''), c.name) end as name) n
            where c.user_id = uid offset 0) p;
    get diagnostics contacts = row_count;
    create unique index on pg_temp.profiles (no);
    analyze pg_temp.profiles;
    create temporary table word_counts on commit drop as
        select w.word, count(*) as holders from pg_temp.profiles p cross join lateral (select distinct unnest(p.words)) w(word) group by w.word;
    create unique index on pg_temp.word_counts (word);
    analyze pg_temp.word_counts;
    return contacts;
end $$;

-- Write the pairs of profiles that share a key to the table `pairs` of the session.
create or replace function crm.pair_profiles() returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set client_min_messages = warning
as $$
declare
    most constant integer := 50;
begin
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
        select k.key, count(*) as holders, count(distinct p.sorted) as names from pg_temp.keys k join pg_temp.profiles p on p.no = k.no
        where left(k.key, 1) in ('e', 'p') group by k.key having count(*) > 1;
    create unique index on pg_temp.key_holders (key);
    analyze pg_temp.key_holders;
    create temporary table companies on commit drop as select distinct p.company from pg_temp.profiles p where p.company is not null;
    create unique index on pg_temp.companies (company);
    analyze pg_temp.companies;
    create temporary table compared on commit drop as
        select q.a_no, q.b_no, a.name as a_name, b.name as b_name, a.id as a_id, b.id as b_id, e.address, e.address is not null and crm.is_nobodys_mailbox(e.address) as of_office,
            t.phone, h.holders, a.slug = b.slug as same_profile, a.slug <> b.slug as other_profile,
            a.company = b.company as same_company, a.company <> b.company as other_company, a.title = b.title as same_title,
            case when a.birthday like '--%' or b.birthday like '--%' then false else a.birthday = b.birthday end as same_birthday,
            crm.birthdays_apart(a.birthday, b.birthday) as other_birthday,
            a.phones <> '{}' and b.phones <> '{}' and t.phone is null as other_phones,
            a.is_desk or b.is_desk as desk, a.is_address or b.is_address as by_address,
            exists (select from pg_temp.companies o where o.company in (crm.fold(a.name), crm.fold(b.name))) as of_company,
            a.given <> b.given and (a.family = b.family and crm.one_edit_apart(a.given, b.given)) and (a.roots is null or b.roots is null)
                or a.given = b.given and a.family <> b.family and crm.one_edit_apart(a.family, b.family) as typo,
            least(a.given_sound, a.family_sound) = least(b.given_sound, b.family_sound) and greatest(a.given_sound, a.family_sound) = greatest(b.given_sound, b.family_sound)
                and length(a.given_sound) + length(a.family_sound) > 3 as sound,
            f.holders <= 3 as rare_family,
            cardinality(a.words) > 1 and cardinality(b.words) > 1 as whole, cardinality(a.words) > 0 and cardinality(b.words) > 0 as named,
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
        left join lateral (select min(k.holders) as holders from pg_temp.key_holders k where k.key in ('e' || e.address, 'p' || right(t.phone, 7))) h on true;
    create temporary table traits on commit drop as
        select c.*, n.apart, c.named and (c.same_words or c.middle and not c.other_middle or c.nickname) and not n.apart as agree
        from compared c
        cross join lateral (select case when not c.named then false when c.same_words and c.a_name = c.b_name then false
            when c.typo then false
            else crm.names_apart(c.a_name, c.b_name, case when c.phone is not null and c.address is null then 'office@' else c.address end)
                and not (c.sound and c.by_address) end as apart) n
        -- others cannot reach the points that are shown, and comparing names takes the most time
        where c.address is not null or c.phone is not null or c.same_profile or c.same_words or c.middle or c.nickname or c.initial or c.typo or c.sound;
end $$;

-- Compare all contacts of the user, and replace the duplicates that were found before; returns how many contacts.
--
-- A pair is sure when the two share an address, a number or a profile that nobody else has, their names agree as a whole, and nothing
-- contradicts. It stays under its id as long as it is found.
create or replace function crm.find_duplicates() returns integer
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    -- no plan_cache_mode: custom plans would be made for each expression of the functions that compare names
    set jit = off set work_mem = '64MB' set client_min_messages = warning
as $$
declare
    uid constant uuid := crm.acting_user();
    contacts integer;
begin
    -- One scan or import of a user after the other: contacts that an open import has written would be missed.
    perform pg_advisory_xact_lock(hashtextextended('crm.import ' || uid, 0));
    contacts := crm.begin_scan(uid);
    perform crm.pair_profiles();
    perform crm.compare_pairs(contacts);
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
            ('same_name', case when t.same_words and t.whole then case when t.namesakes < 0.05 then 26 when t.namesakes < 0.3 then 16 else 5 end
                when t.same_words and t.named then 4 end, null),
            ('same_name_but_middle', case when t.middle and t.named then case when t.namesakes < 0.05 then 18 else 8 end end, null),
            ('short_form', case when t.nickname and not t.apart then case when t.rare_family then 20 else 12 end end, null),
            ('initial', case when t.initial then case when t.rare_family then 20 else 6 end end, null),
            ('similar_name', case when (t.typo or t.sound) and t.whole and not (t.same_words or t.middle or t.nickname or t.initial) and not t.apart
                then case when t.rare_family or t.sound and not t.typo then 20 else 10 end end, null),
            ('part_of_name', case when t.named and not t.whole and not t.same_words and not t.apart then 4 end, null),
            ('same_company', case when t.same_company then 10 end, null),
            ('same_title', case when t.same_title then 8 end, null),
            ('same_birthday', case when t.same_birthday then 25 end, null),
            ('another_name', case when t.apart then -60 end, null),
            ('of_an_office', case when t.desk and not (t.same_words and t.address is not null) then -30 end, null),
            ('another_middle_name', case when t.other_middle and (t.middle or t.nickname) then -25 end, null),
            ('another_profile', case when t.other_profile then -40 end, null),
            ('another_birthday', case when t.other_birthday then -40 end, null),
            ('another_company', case when t.other_company then -4 end, null),
            ('another_phone', case when t.other_phones then -4 end, null)) r (code, points, value)
        where r.points is not null
        group by t.a_no, t.b_no having sum(r.points) >= 20;
    create unique index on pg_temp.found (a_no, b_no);
    analyze pg_temp.found;
    -- pairs that the user keeps apart, by a dismissal or by the undo of their merge
    delete from pg_temp.found f using crm.distinct_contacts d where d.user_id = uid and d.contact_no = f.a_no and d.other_no = f.b_no;
    delete from pg_temp.found f
        using (select c.contact_no, p.no from crm.changes c join pg_temp.profiles p on p.id = (c.before ->> 'merged_into')::uuid
            where c.user_id = uid and c.did = 'm' and c.subject is null and c.before ? 'id') u
        where f.a_no = least(u.contact_no, u.no) and f.b_no = greatest(u.contact_no, u.no);
    delete from crm.duplicates d where d.user_id = uid
        and not exists (select from pg_temp.found f where f.a_no = d.contact_no and f.b_no = d.other_no);
    insert into crm.duplicates as d (user_id, contact_no, other_no, points, band, reasons)
        select uid, f.a_no, f.b_no, f.points, case when f.sure and f.points >= 40 then 'sure' else 'likely' end, f.reasons from pg_temp.found f
        on conflict (user_id, contact_no, other_no) do update set points = excluded.points, band = excluded.band, reasons = excluded.reasons
            where (d.points, d.band, d.reasons) is distinct from (excluded.points, excluded.band, excluded.reasons);
    insert into crm.duplicate_scans as s (user_id, at, contacts) values (uid, clock_timestamp(), contacts)
        on conflict (user_id) do update set at = excluded.at, contacts = excluded.contacts;
    drop table pg_temp.short_forms, pg_temp.profiles, pg_temp.word_counts, pg_temp.keys, pg_temp.pairs, pg_temp.key_holders, pg_temp.companies,
        pg_temp.compared, pg_temp.traits, pg_temp.found;
    return contacts;
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

grant execute on function crm.sound, crm.begin_scan, crm.pair_profiles, crm.compare_pairs, crm.find_duplicates, crm.has_unscanned, crm.forget_duplicates to crm_app;
