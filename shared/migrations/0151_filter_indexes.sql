-- outside a transaction
--
-- The ties of a contact, strongest first; of those of equal strength the number makes the key unique, so a page of contacts goes on exactly
-- where the one before ended. It takes the place of an index in which the number was not a part of the key.
create index concurrently if not exists relationships_from on crm.relationships (user_id, from_no, cost, to_no);
drop index if exists crm.relationships_outgoing;

-- Contacts of a rare source, and contacts without an address among many that have one.
create index concurrently if not exists contacts_by_source on crm.contacts (user_id, source);
create index concurrently if not exists contacts_without_email on crm.contacts (user_id, id) where email is null and emails = '{}';
