-- Which functions of this area the database calls by itself. Attaching one locks its table for a moment, so this file is apart from
-- functions/*.sql and is applied only when it changes itself. Triggers fire in the order of their names: these come after those that keep
-- the keys of contacts and that delete the ties of deleted ones.

create or replace trigger sources_follow_new after insert on crm.contacts
    referencing new table as made for each statement execute function crm.follow_new_contacts();
create or replace trigger sources_follow_changed after update on crm.contacts
    referencing old table as was new table as became for each statement execute function crm.follow_changed_contacts();
create or replace trigger sources_follow_deleted after delete on crm.contacts
    referencing old table as gone for each statement execute function crm.follow_deleted_contacts();
create or replace trigger forget_evidence after delete on crm.sources
    referencing old table as gone for each statement execute function crm.forget_evidence();
create or replace trigger forget_evidence_of_user after delete on crm.users
    for each row execute function crm.forget_evidence_of_user();
