-- Every key of a contact beside its first address and its profile: the further addresses, the phones, and the profiles among the custom
-- fields. Several contacts may share one, so it points to a contact only together with a name.
--
-- The functions that the keys are computed by stand here and not with the others: rows hold what they answer.

-- The digits of a phone number that is more than digits and the usual marks: of any script, without (0), and without what follows the
-- number (an extension, a pause, a second number).
create function crm.phone_digits_of_text(phone text) returns text
    language plpgsql immutable strict parallel safe
    set search_path = pg_catalog, pg_temp
as $$
declare
    scripts constant text := '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯੦੧੨੩੪੫੬੭੮੯૦૧૨૩૪૫૬૭૮૯௦௧௨௩௪௫௬௭௮௯౦౧౨౩౪౫౬౭౮౯೦೧೨೩೪೫೬೭೮೯൦൧൨൩൪൫൬൭൮൯'
        '๐๑๒๓๔๕๖๗๘๙໐໑໒໓໔໕໖໗໘໙༠༡༢༣༤༥༦༧༨༩၀၁၂၃၄၅၆၇၈၉០១២៣៤៥៦៧៨៩';
    plain text := translate(normalize(phone, NFKC), scripts, repeat('0123456789', length(scripts) / 10));
begin
    plain := regexp_replace(plain, '\(\s*0\s*\)', '');
    plain := coalesce(substring(plain from '^[^0-9]*(?:[0-9][^0-9[:alpha:]#,;*]*){6,}'), plain);
    return ltrim(regexp_replace(plain, '[^0-9]', '', 'g'), '0');
end $$;

-- The digits of a phone number without the zeros before it, which are the same for +44 20, 0044 20 and 020 up to the country.
create function crm.phone_digits(phone text) returns text
    language sql immutable strict parallel safe
    return case when translate(phone, '+0123456789 ().-/', '') = '' and strpos(phone, '(0)') = 0
        then ltrim(translate(phone, '+ ().-/', ''), '0') else crm.phone_digits_of_text(phone) end;

-- The keys of a contact beside its first address and its profile: an address in lower case, `+` and the last seven digits of a phone (with
-- or without country and area), `in/` and the profile as its address spells it.
create function crm.other_keys(email_key text, emails text[], phones text[], custom jsonb) returns setof text
    language sql immutable parallel safe
begin atomic
    select lower(e.address) from unnest(emails) e(address) where lower(e.address) is distinct from email_key
    union
    select '+' || right(d.digits, 7) from unnest(phones) p(phone) cross join lateral (select crm.phone_digits(p.phone)) d(digits) where d.digits <> ''
    union
    select 'in/' || substring(f.value from 'linkedin\.com/in/([^/?#\s]+)') from jsonb_each_text(custom) f
    where f.key like 'LinkedIn%' and f.value like '%linkedin.com/in/_%';
end;

create table crm.contact_keys (
    user_id uuid not null,
    key text collate "C" not null,
    contact_id uuid not null,
    primary key (user_id, key, contact_id)
);
alter table crm.contact_keys enable row level security;
create policy own_contact_keys on crm.contact_keys
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select, insert, delete on crm.contact_keys to crm_app;
revoke all on function crm.phone_digits_of_text, crm.phone_digits, crm.other_keys from public;
grant execute on function crm.phone_digits_of_text, crm.phone_digits, crm.other_keys to crm_app;

insert into crm.contact_keys (user_id, key, contact_id)
    select c.user_id, k.key, c.id from crm.contacts c cross join lateral crm.other_keys(c.email_key, c.emails, c.phones, c.custom) k(key)
    where cardinality(c.emails) > 1 or c.email is null or c.phones <> '{}' or c.custom <> '{}';

-- One function became three; nothing but the merge called it.
drop function if exists crm.write_imported(uuid, text, boolean, boolean, boolean);
