-- Which functions of this area the database calls by itself. Attaching one locks its table for a moment, so this file is apart from
-- functions.sql and is applied only when it changes itself.

create or replace trigger settle_fields after insert or update or delete on crm.fields for each row execute function crm.settle_fields();

create or replace trigger key_made_contacts after insert on crm.contacts
    referencing new table as made for each statement execute function crm.key_made_contacts();
create or replace trigger key_changed_contacts after update on crm.contacts
    referencing old table as was new table as became for each statement execute function crm.key_changed_contacts();
create or replace trigger forget_field_keys after delete on crm.contacts
    referencing old table as gone for each statement execute function crm.forget_field_keys();
