-- Search as one types: prefixes, accents and case ignored, small typos forgiven, ranked.
--
-- One GIN index over coded lexemes. Every lexeme begins with the last four hex digits of its user's id, so a small address book
-- beside a huge one reads only its own postings. Under row-level security a GIN index is never used (@@ is not leakproof), hence
-- security definer functions, which take the user from the setting and from nowhere else.
--
-- Lexemes, after the code:  .word  a word of the name     word  a word of any other field
--                           #tag   a whole tag            +987  a phone number, its digits from the last to the first
-- The signs cannot occur in words, which are letters and digits. There are no stop words: Will, An and No are people.

-- The words of a text: folded, letters and digits only, one blank between. A sign of a script written without blanks is a word of its own,
-- so any part of such a name is found. \x01 and \x02 pass through: they keep fields apart when many are done in one call.
create function crm.words(t text) returns text
    language plpgsql immutable strict parallel safe
as $$
declare
    folded text := crm.fold(t) collate "default";
begin
    if octet_length(folded) <> length(folded) then
        folded := regexp_replace(folded, '([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff])',
            ' \1 ', 'g');
    end if;
    -- Blanks are kept out of the pattern: each match costs half a microsecond, and most separators are a single blank.
    folded := regexp_replace(folded, '[^[:alnum:] \x01\x02]+', ' ', 'g');
    folded := replace(replace(replace(folded, '    ', ' '), '  ', ' '), '  ', ' ');
    if octet_length(folded) > 1500 then  -- a lexeme may have 2,046 bytes
        folded := regexp_replace(folded, '([^ \x01\x02]{100})[^ \x01\x02]+', '\1', 'g');
    end if;
    return folded;
end $$;

-- An address without its top-level domain, which everybody shares.
create function crm.without_tld(address text) returns text
    language sql immutable parallel safe
    return left(address, length(address) - position('.' in reverse(address)));

-- What a contact is found by. Weight B: e-mail and company, C: title and tags; names have lexemes of their own, and notes have no
-- position, which saves space. Written as text and cast: four times faster than to_tsvector and setweight.
create function crm.contact_document(
    user_id uuid, name text, email text, emails text[], phones text[], company text, title text, tags text[], notes text
) returns tsvector
    language plpgsql immutable parallel safe
as $$
declare
    code constant text := right(user_id::text, 4);
    addresses text := crm.without_tld(email);
    address text;
    field text[];
    lexemes text := '';
    digits text;
begin
    if cardinality(emails) > 0 then
        foreach address in array emails loop
            if address is distinct from email then
                addresses := concat_ws(' ', addresses, crm.without_tld(address));
            end if;
        end loop;
    end if;
    field := string_to_array(crm.words(name || E'\x01' || coalesce(addresses, '') || ' ' || coalesce(company, '') || E'\x01'
        || coalesce(title, '') || E'\x01' || array_to_string(tags, E'\x02') || E'\x01' || coalesce(notes, '')), E'\x01');
    if field[1] <> '' then
        lexemes := code || '.' || replace(btrim(field[1]), ' ', ' ' || code || '.');
    end if;
    if field[2] <> ' ' then
        lexemes := lexemes || ' ' || code || replace(btrim(field[2]), ' ', ':1B ' || code) || ':1B';
    end if;
    if field[3] <> '' then
        lexemes := lexemes || ' ' || code || replace(btrim(field[3]), ' ', ':1C ' || code) || ':1C';
    end if;
    if field[4] <> '' then
        lexemes := lexemes || ' ' || code || replace(btrim(replace(field[4], E'\x02', ' ')), ' ', ':1C ' || code) || ':1C'
            || ' ' || code || '#' || replace(replace(field[4], ' ', ''), E'\x02', ' ' || code || '#');
    end if;
    if field[5] <> '' then
        lexemes := lexemes || ' ' || code || replace(btrim(field[5]), ' ', ' ' || code);
    end if;
    if cardinality(phones) > 0 then
        digits := reverse(regexp_replace(array_to_string(phones, ','), '[^0-9,]+', '', 'g'));
        lexemes := lexemes || ' ' || code || '+' || replace(digits, ',', ' ' || code || '+');
    end if;
    return lexemes::tsvector;
end $$;

alter table crm.contacts add column tsv tsvector not null generated always as (
    crm.contact_document(user_id, name, email, emails, phones, company, title, tags, notes)) stored;

-- Without the list in which new entries would wait: every search reads that list in full, and a mistyped word hundreds of times. It
-- would make writing a contact a quarter cheaper, and finding one ten times slower whenever somebody imports.
create index contacts_tsv on crm.contacts using gin (tsv) with (fastupdate = off);

revoke all on function crm.words, crm.without_tld, crm.contact_document from public;

-- Whoever writes a contact computes its document.
grant execute on function crm.words, crm.without_tld, crm.contact_document to crm_app;
