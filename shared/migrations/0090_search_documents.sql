-- What a contact is found by: also its place, its custom fields and other names, phone numbers however they are written, and names in Arabic,
-- Hebrew and Japanese without the signs that many leave out.
--
-- A generated column cannot get another expression without writing the whole table behind a lock. So the column becomes an ordinary one
-- that a trigger fills, and 0091 writes the rows that are there, a few at a time (decision 0071).

-- A text without the signs that people leave out when they type: composed, digits of any script as 0 to 9, Arabic without hamza, vowel
-- signs and tatweel, with one form of alef, yeh, kaf and heh, Hebrew without points, katakana as hiragana.
create function crm.plain_letters(t text) returns text
    language plpgsql immutable strict parallel safe
as $$
declare
    -- without ligatures of a whole sentence, which would become a word longer than an index takes
    plain text := normalize(translate(t, U&'\FDFA\FDFB\FDFC\FDFD', ''), NFKC) collate "default";
begin
    if plain ~ '[\u0591-\u06ff]' then
        plain := translate(regexp_replace(plain,
                '[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]', '', 'g'),
            U&'\0622\0623\0625\0671\0624\0626\0649\06CC\0629\06C0\06C1\06C2\06C3\06D5\06A9\0621\0640',
            U&'\0627\0627\0627\0627\0648\064A\064A\064A\0647\0647\0647\0647\0647\0647\0643');
    end if;
    if plain ~ '[\u0660-\u0669\u06f0-\u06f9\u07c0-\u07c9\u0966-\u096f\u09e6-\u09ef\u0a66-\u0a6f\u0ae6-\u0aef\u0b66-\u0b6f\u0be6-\u0bef\u0c66-\u0c6f\u0ce6-\u0cef\u0d66-\u0d6f\u0e50-\u0e59\u0ed0-\u0ed9\u0f20-\u0f29\u1040-\u1049\u17e0-\u17e9\u1810-\u1819]' then
        plain := translate(plain,
            U&'\0660\0661\0662\0663\0664\0665\0666\0667\0668\0669\06F0\06F1\06F2\06F3\06F4\06F5\06F6\06F7\06F8\06F9\07C0\07C1\07C2\07C3\07C4\07C5\07C6\07C7\07C8\07C9' ||
            U&'\0966\0967\0968\0969\096A\096B\096C\096D\096E\096F\09E6\09E7\09E8\09E9\09EA\09EB\09EC\09ED\09EE\09EF\0A66\0A67\0A68\0A69\0A6A\0A6B\0A6C\0A6D\0A6E\0A6F' ||
            U&'\0AE6\0AE7\0AE8\0AE9\0AEA\0AEB\0AEC\0AED\0AEE\0AEF\0B66\0B67\0B68\0B69\0B6A\0B6B\0B6C\0B6D\0B6E\0B6F\0BE6\0BE7\0BE8\0BE9\0BEA\0BEB\0BEC\0BED\0BEE\0BEF' ||
            U&'\0C66\0C67\0C68\0C69\0C6A\0C6B\0C6C\0C6D\0C6E\0C6F\0CE6\0CE7\0CE8\0CE9\0CEA\0CEB\0CEC\0CED\0CEE\0CEF\0D66\0D67\0D68\0D69\0D6A\0D6B\0D6C\0D6D\0D6E\0D6F' ||
            U&'\0E50\0E51\0E52\0E53\0E54\0E55\0E56\0E57\0E58\0E59\0ED0\0ED1\0ED2\0ED3\0ED4\0ED5\0ED6\0ED7\0ED8\0ED9\0F20\0F21\0F22\0F23\0F24\0F25\0F26\0F27\0F28\0F29' ||
            U&'\1040\1041\1042\1043\1044\1045\1046\1047\1048\1049\17E0\17E1\17E2\17E3\17E4\17E5\17E6\17E7\17E8\17E9\1810\1811\1812\1813\1814\1815\1816\1817\1818\1819',
            repeat('0123456789', 18));
    end if;
    if plain ~ '[\u30a1-\u30f6]' then
        plain := translate(plain,
            U&'\30A1\30A2\30A3\30A4\30A5\30A6\30A7\30A8\30A9\30AA\30AB\30AC\30AD\30AE\30AF\30B0\30B1\30B2\30B3\30B4\30B5\30B6\30B7\30B8\30B9\30BA\30BB\30BC\30BD\30BE' ||
            U&'\30BF\30C0\30C1\30C2\30C3\30C4\30C5\30C6\30C7\30C8\30C9\30CA\30CB\30CC\30CD\30CE\30CF\30D0\30D1\30D2\30D3\30D4\30D5\30D6\30D7\30D8\30D9\30DA\30DB\30DC' ||
            U&'\30DD\30DE\30DF\30E0\30E1\30E2\30E3\30E4\30E5\30E6\30E7\30E8\30E9\30EA\30EB\30EC\30ED\30EE\30EF\30F0\30F1\30F2\30F3\30F4\30F5\30F6',
            U&'\3041\3042\3043\3044\3045\3046\3047\3048\3049\304A\304B\304C\304D\304E\304F\3050\3051\3052\3053\3054\3055\3056\3057\3058\3059\305A\305B\305C\305D\305E' ||
            U&'\305F\3060\3061\3062\3063\3064\3065\3066\3067\3068\3069\306A\306B\306C\306D\306E\306F\3070\3071\3072\3073\3074\3075\3076\3077\3078\3079\307A\307B\307C' ||
            U&'\307D\307E\307F\3080\3081\3082\3083\3084\3085\3086\3087\3088\3089\308A\308B\308C\308D\308E\308F\3090\3091\3092\3093\3094\3095\3096');
    end if;
    return plain;
end $$;

-- Looking for the scripts and for decomposed letters is ten times cheaper than normalizing.
create or replace function crm.unaccented(t text) returns text
    language sql immutable strict parallel safe
    return lower(public.unaccent('public.unaccent'::regdictionary,
        case when t collate "default" ~
            '[\u0300-\u036f\u0591-\u06ff\u1100-\u11ff\u3099\u309a\u30a1-\u30f6\ufb1d-\ufdf9\ufe70-\ufefc\uff00-\uffef\u0660-\u0669\u06f0-\u06f9\u07c0-\u07c9\u0966-\u096f\u09e6-\u09ef\u0a66-\u0a6f\u0ae6-\u0aef\u0b66-\u0b6f\u0be6-\u0bef\u0c66-\u0c6f\u0ce6-\u0cef\u0d66-\u0d6f\u0e50-\u0e59\u0ed0-\u0ed9\u0f20-\u0f29\u1040-\u1049\u17e0-\u17e9\u1810-\u1819]'
            then crm.plain_letters(t) else t end) collate "default");

-- A phone number as search compares it.
--
-- country: the calling code, empty where the number is not written with one. subscriber: the digits behind it, without a trunk zero (which
-- Italy keeps), without "(0)" and without an extension. Both are empty where there are no digits.
create function crm.dialled(phone text, out country text, out subscriber text)
    language plpgsql immutable strict parallel safe
as $$
declare
    written constant text := crm.fold(left(phone, 100));
    shortened text := written;
    digits text;
begin
    -- Of numbers without a word or a rarer sign no regular expression is asked: those cost ten times as much.
    if translate(written, '0123456789 +-()./', '') <> '' then
        -- "ext. 12", "x12", "DW 12", "poste 12", ";ext=12", ",,12#"
        shortened := regexp_replace(written, '([ ,;./)(-]*(ext|extension|extn|x|dw|durchwahl|nebenstelle|app|poste|interno|int|ramal|anexo|toestel|wew|доб|вн|内线|內線|내선|#)'
            '[ .:=)(]*|(,,|;)[ ]*)[0-9]{1,7}[ .)#]*$', '');
    end if;
    -- what is not a digit is removed
    digits := translate(shortened, translate(shortened, '0123456789', ''), '');
    if length(digits) < 5 then
        shortened := written;
    end if;
    shortened := replace(shortened, '(0)', ' ');
    digits := translate(shortened, translate(shortened, '0123456789', ''), '');
    if starts_with(ltrim(shortened, U&' (\200B\200C\200D\200E\200F\202A\202B\202C\202D\202E\2060\2066\2067\2068\2069\FEFF'), '+')
        or starts_with(digits, '00') and not starts_with(digits, '000') or starts_with(digits, '011') and length(digits) > 11 then
        digits := case when starts_with(digits, '011') then substr(digits, 4) else ltrim(digits, '0') end;
        country := left(digits, case when left(digits, 1) in ('1', '7') then 1
            when left(digits, 2) in ('20', '27', '30', '31', '32', '33', '34', '36', '39', '40', '41', '43', '44', '45', '46', '47', '48', '49', '51', '52', '53', '54', '55',
                '56', '57', '58', '60', '61', '62', '63', '64', '65', '66', '81', '82', '84', '86', '90', '91', '92', '93', '94', '95', '98') then 2
            else 3 end);
        subscriber := substr(digits, length(country) + 1);
        if country <> '39' then
            subscriber := ltrim(subscriber, '0');
        end if;
    else
        country := '';
        subscriber := ltrim(digits, '0');
    end if;
end $$;

-- The lexemes of phone numbers: +, the digits from the last to the first, which finds the end of a number; =, the digits from the first on, with
-- the calling code and without.
create function crm.phone_words(code text, phones text[]) returns text
    language plpgsql immutable strict parallel safe
as $$
declare
    phone text;
    number record;
    lexemes text := '';
begin
    foreach phone in array phones loop
        number := crm.dialled(phone);
        if number.subscriber <> '' then
            lexemes := lexemes || ' ' || code || '+' || reverse(number.country || number.subscriber) || ' ' || code || '=' || number.subscriber;
            if number.country <> '' then
                lexemes := lexemes || ' ' || code || '=' || number.country || number.subscriber;
            end if;
        end if;
    end loop;
    return lexemes;
end $$;

-- What a contact is found by. The lexemes of 0003, and the words of the place and of the values of custom fields. Other names (nickname,
-- phonetic name, the name in another language) are words of the name; a custom field that is a phone number is one.
create function crm.search_document(
    user_id uuid, name text, email text, emails text[], phones text[], company text, title text, location text, tags text[], notes text,
    custom jsonb
) returns tsvector
    language plpgsql immutable parallel safe
as $$
declare
    code constant text := right(user_id::text, 4);
    addresses text := crm.without_tld(email);
    address text;
    most_bytes constant integer := 1000000;  -- a document has at most 1,048,575, of which the end of long notes is left out
    most_custom constant integer := 20000;
    most_names constant integer := 2000;
    most_numbers constant integer := 150;
    names text := name;
    further text := '';
    numbers text[] := phones;
    item record;
    field text[];
    lexemes text := '';
begin
    if cardinality(emails) > 0 then
        foreach address in array emails loop
            if address is distinct from email then
                addresses := concat_ws(' ', addresses, crm.without_tld(address));
            end if;
        end loop;
    end if;
    if custom <> '{}' then
        for item in select lower(f.key) as key, f.value from jsonb_each_text(custom) f where f.value <> '' loop
            if item.key ~ 'nick|phonetic|yomi|furigana|\mkana\M|\malias|\maka\M|maiden|(full|birth|preferred|other|additional|middle|native|original) ?name' then
                names := names || ' ' || item.value;
            else
                further := further || ' ' || regexp_replace(item.value, 'https?://(www[.])?', ' ', 'gi');
            end if;
            if item.value ~ '^[^[:alpha:]@:]*[0-9][^[:alpha:]@:]*$' and item.value !~ '^ *([0-9]{4}-[0-9]{1,2}-|[0-9]{1,2}[./-][0-9]{1,2}[./-])'
                and length(translate(item.value, translate(item.value, '0123456789', ''), '')) between 7 and 15 then
                numbers := numbers || item.value;
            end if;
        end loop;
    end if;
    further := left(further, most_custom) || ' ' || coalesce(notes, '');
    field := string_to_array(crm.words(left(names, most_names) || E'\x01' || coalesce(addresses, '') || ' ' || coalesce(company, '') || E'\x01'
        || coalesce(title, '') || ' ' || coalesce(location, '') || E'\x01' || array_to_string(tags, E'\x02') || E'\x01' || further), E'\x01');
    if field[1] <> '' then
        lexemes := code || '.' || replace(btrim(field[1]), ' ', ' ' || code || '.');
    end if;
    if field[2] <> ' ' then
        lexemes := lexemes || ' ' || code || replace(btrim(field[2]), ' ', ':1B ' || code) || ':1B';
    end if;
    if field[3] <> ' ' then
        lexemes := lexemes || ' ' || code || replace(btrim(field[3]), ' ', ':1C ' || code) || ':1C';
    end if;
    if field[4] <> '' then
        lexemes := lexemes || ' ' || code || replace(btrim(replace(field[4], E'\x02', ' ')), ' ', ':1C ' || code) || ':1C'
            || ' ' || code || '#' || replace(replace(field[4], ' ', ''), E'\x02', ' ' || code || '#');
    end if;
    if cardinality(numbers) > 0 then
        lexemes := lexemes || crm.phone_words(code, numbers[1:most_numbers]);
    end if;
    if btrim(field[5]) <> '' then
        lexemes := lexemes || ' ' || code || replace(btrim(field[5]), ' ', ' ' || code);
    end if;
    while octet_length(lexemes) > most_bytes loop
        lexemes := regexp_replace(left(lexemes, (length(lexemes) * 0.9)::integer), '[^ ]*$', '');
    end loop;
    return lexemes::tsvector;
end $$;

-- Fills the document of a contact that is written.
create function crm.write_document() returns trigger
    language plpgsql
as $$
begin
    new.tsv := crm.search_document(new.user_id, new.name, new.email, new.emails, new.phones, new.company, new.title, new.location, new.tags,
        new.notes, new.custom);
    return new;
end $$;

alter table crm.contacts alter column tsv drop expression;
drop function crm.contact_document;
create trigger write_document before insert or update of name, email, emails, phones, company, title, location, tags, notes, custom on crm.contacts
    for each row execute function crm.write_document();

-- How far 0091 has come.
create table crm.rewriting (user_id uuid not null, id uuid not null);
insert into crm.rewriting values ('00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000000');

revoke all on function crm.plain_letters, crm.dialled, crm.phone_words, crm.search_document, crm.write_document from public;

-- Whoever writes a contact computes its document.
grant execute on function crm.plain_letters, crm.dialled, crm.phone_words, crm.search_document to crm_app;
