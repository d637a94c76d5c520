-- Which functions of this area the database calls by itself. Attaching one locks its table for a moment, so this file is apart from
-- functions.sql and is applied only when it changes itself.

create or replace trigger forget_hidden_contacts after delete on crm.contacts
    referencing old table as gone for each statement execute function crm.forget_hidden_contacts();
create or replace trigger end_empty_team after delete on crm.team_members for each row execute function crm.end_empty_team();
