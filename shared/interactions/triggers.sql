-- Which functions of this area the database calls by itself. Attaching one locks its table for a moment, so this file is apart from
-- functions.sql and is applied only when it changes itself.

create or replace trigger note_interactions after insert on crm.interactions
    referencing new table as made for each statement execute function crm.note_interactions();
create or replace trigger renew_last_contacts after delete on crm.interactions
    referencing old table as gone for each statement execute function crm.renew_last_contacts();
create or replace trigger renew_changed_last_contacts after update on crm.interactions
    referencing old table as gone new table as made for each statement execute function crm.renew_last_contacts();
create or replace trigger drop_interaction_details after delete on crm.interactions
    referencing old table as gone for each statement execute function crm.drop_interaction_details();
