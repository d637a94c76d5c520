-- Which functions of this area the database calls by itself. Attaching one locks its table for a moment, so this file is apart from
-- functions/*.sql and is applied only when it changes itself.

create or replace trigger note_contact_keys after insert on crm.contacts
    referencing new table as made for each statement execute function crm.note_contact_keys();
create or replace trigger renew_contact_keys after update on crm.contacts
    referencing old table as was new table as became for each statement execute function crm.renew_contact_keys();
create or replace trigger forget_contact_keys after delete on crm.contacts
    referencing old table as gone for each statement execute function crm.forget_contact_keys();
