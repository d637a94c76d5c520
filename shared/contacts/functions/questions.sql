-- The questions of searches: words, an address, a phone number; and the parts of a query that they make.
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
--
-- Put together by ||: with format(), which depends on settings, the planner calls this function for each word instead of putting its body
-- in place, and a mistyped word asks it five hundred times.
create or replace function crm.word_query(code text, word text, place text, ending text) returns text
    language sql immutable parallel safe
    return case place
        when 'name' then '''' || code || '.' || word || '''' || ending
        else '(''' || code || '.' || word || '''' || ending || ' | ''' || code || word || '''' || ending || ')'
    end;

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

-- A query that all parts answer; null without parts.
create or replace function crm.all_of(parts tsquery[]) returns tsquery
    language sql immutable parallel safe
    return (select string_agg('(' || p::text || ')', ' & ')::tsquery from unnest(parts) p);

-- A query that one of two answers; null where both are.
create or replace function crm.either(one tsquery, other tsquery) returns tsquery
    language sql immutable parallel safe
    return coalesce(one || other, one, other);

-- The query for a phone number, null when the question is not one; it may be written with or without calling code, trunk zero, "(0)", extension
-- and signs between, in digits of any script, and may still be unfinished at either end.
--
-- Documents hold the digits from the last to the first (+), and from the first on (=) with the calling code and without.
create or replace function crm.phone_lexemes(question text, code text) returns tsquery
    language plpgsql immutable parallel safe
as $$
declare
    asked constant record := crm.dialled(regexp_replace(question, '^ *tel: *', '', 'i'));
    digits constant text := asked.country || asked.subscriber;
    ends text[] := '{}';  -- ends of a number
    numbers text[] := '{}';  -- whole numbers of contacts that have no calling code
begin
    -- what is left of an extension is not a number: "ext. 12", "Route 66"
    if length(digits) < 4 or regexp_replace(crm.fold(question), '(ext|extension|extn|x|dw|durchwahl|nebenstelle|poste|interno|ramal|anexo|tel)[ .:=]*', '', 'g')
            ~ '[[:alpha:]@]' then
        return null;
    end if;
    if asked.country = '' then
        ends := array[digits];
        numbers := case
            when length(digits) >= 10 then  -- a calling code without its sign
                array[(crm.dialled('+' || digits)).subscriber]
            else numbers end;
        if digits ~ '^(8[0-9]{10}|6[0-9]{8,9})$' then  -- the trunk prefixes of Russia, 8, and of Hungary, 06
            ends := ends || substr(digits, 2);
        end if;
    else
        ends := case when length(digits) >= 7 then array[digits] else ends end;
        numbers := array[asked.subscriber, case asked.country when '7' then '8' when '36' then '6' else '' end || asked.subscriber];
    end if;
    return (select string_agg(distinct q, ' | ') from (
        select format('''%s+%s'':*', code, reverse(n)) from unnest(ends) n
        union all select format('''%s+%s''', code, reverse(n)) from unnest(numbers) n where length(n) >= 5
        union all select format('''%s=%s'':*', code, digits)) a (q))::tsquery;
end $$;

-- Other names of the person that a word names: Robert and Rob for Bob.
create or replace function crm.other_names(word text) returns text[]
    language sql immutable parallel safe
    return array(select distinct o.name from crm.nicknames() f cross join lateral unnest(string_to_array(btrim(f.words), ' ')) o (name)
        where position(' ' || word || ' ' in f.words) > 0 and o.name <> word);

-- The parts of a query, one for each word: the word, or another name of the same person; null where no word has another.
create or replace function crm.nickname_queries(code text, words text[]) returns tsquery[]
    language plpgsql immutable parallel safe
as $$
declare
    others text[];
    has_others boolean := false;
    parts tsquery[];
    word text;
begin
    foreach word in array words loop
        others := case when word ~ '^[a-zа-я]{2,}$' then crm.other_names(word) else '{}' end;
        has_others := has_others or cardinality(others) > 0;
        parts := parts || (select string_agg(q, ' | ')::tsquery from (
            select crm.word_query(code, word, 'any', ':*') union all select crm.word_query(code, o, 'name', '') from unnest(others) o) a (q));
    end loop;
    return case when has_others then parts end;
end $$;
