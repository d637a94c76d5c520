-- The same digits as before, so no row is written again: a function that is not strict is put into the place of its call, which takes a
-- tenth of the time.
create or replace function crm.phone_digits(phone text) returns text
    language sql immutable parallel safe
    return case when translate(phone, '+0123456789 ().-/', '') = '' and strpos(phone, '(0)') = 0
        then ltrim(translate(phone, '+ ().-/', ''), '0') else crm.phone_digits_of_text(phone) end;
