-- Which functions of this area the database calls by itself. Attaching one locks its table for a moment, so this file is apart from
-- functions/*.sql and is applied only when it changes itself.

create or replace trigger settle_due_made after insert on crm.cadences
    referencing new table as made for each statement execute function crm.settle_due_of_made();
create or replace trigger settle_due_changed after update on crm.cadences
    referencing new table as made for each statement execute function crm.settle_due_of_made();
create or replace trigger settle_due_gone after delete on crm.cadences
    referencing old table as gone for each statement execute function crm.settle_due_of_gone();

create or replace trigger settle_due_made after insert on crm.circle_members
    referencing new table as made for each statement execute function crm.settle_due_of_made();
create or replace trigger settle_due_gone after delete on crm.circle_members
    referencing old table as gone for each statement execute function crm.settle_due_of_gone();

create or replace trigger settle_due_made after insert on crm.last_contacts
    referencing new table as made for each statement execute function crm.settle_due_of_made();
create or replace trigger settle_due_changed after update on crm.last_contacts
    referencing new table as made for each statement execute function crm.settle_due_of_made();
create or replace trigger settle_due_gone after delete on crm.last_contacts
    referencing old table as gone for each statement execute function crm.settle_due_of_gone();

create or replace trigger settle_due_made after insert on crm.circles
    referencing new table as made for each statement execute function crm.settle_due_of_circles();
create or replace trigger settle_due_changed after update on crm.circles
    referencing old table as gone new table as made for each statement execute function crm.settle_due_of_circles();

create or replace trigger forget_days after delete on crm.contacts
    referencing old table as gone for each statement execute function crm.forget_days();

create or replace trigger settle_digest after insert or update of settings on crm.users
    for each row execute function crm.settle_digest();
