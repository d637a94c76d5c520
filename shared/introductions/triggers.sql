-- Which functions of this area the database calls by itself. Attaching one locks its table for a moment, so this file is apart from
-- functions.sql and is applied only when it changes itself.

create or replace trigger check_introduction_step before update of status on crm.introductions
    for each row execute function crm.check_introduction_step();
create or replace trigger hash_step_address before insert or update of email on crm.introduction_steps
    for each row execute function crm.hash_step_address();
