-- The further addresses of a person who is asked, by which the person may sign in: each as a hash, of the moment of the question. An address that
-- another contact of the user has too may be the other's, and is not among them.
alter table crm.introduction_steps add column further_hashes bytea[] not null default '{}';

update crm.introduction_steps s
    set further_hashes = array(
        select crm.address_hash(e.address) from crm.contacts c cross join unnest(c.emails) e (address)
        where c.user_id = s.user_id and c.id = s.contact_id and lower(e.address) is distinct from lower(s.email)
            and not exists (select from crm.contacts o where o.user_id = s.user_id and o.email_key = lower(e.address) collate "C" and o.id <> c.id)
            and not exists (select from crm.contact_keys k
                where k.user_id = s.user_id and k.key = lower(e.address) collate "C" and k.contact_id <> c.id))
    where s.asked_at is not null;
