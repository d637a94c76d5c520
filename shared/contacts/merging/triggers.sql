-- Which functions of merging the database calls by itself. Attaching one locks its table for a moment, so this file is apart from
-- functions/*.sql and is applied only when it changes itself.

create or replace trigger forget_merged_contacts after delete on crm.contacts
    referencing old table as gone for each statement execute function crm.forget_merged_contacts();
create or replace trigger forget_duplicates after delete on crm.contacts
    referencing old table as gone for each statement execute function crm.forget_duplicates();
create or replace trigger lead_introductions after insert on crm.merged_contacts
    referencing new table as made for each statement execute function crm.lead_introductions_to_merged();
create or replace trigger lead_introductions_back after delete on crm.merged_contacts
    referencing old table as gone for each statement execute function crm.lead_introductions_back();
