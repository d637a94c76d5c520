-- Which functions of this area the database calls by itself. Attaching one locks its table for a moment, so this file is apart from
-- functions.sql and is applied only when it changes itself.

create or replace trigger forget_notes after delete on crm.contacts
    referencing old table as gone for each statement execute function crm.forget_notes();
