-- outside a transaction
--
-- Birthdays by their day of the year.
create index concurrently if not exists contacts_by_birthday on crm.contacts (user_id, right(birthday, 5)) where birthday is not null;
