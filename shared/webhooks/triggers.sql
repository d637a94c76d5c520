-- Which functions of this area the database calls by itself.

create or replace trigger note_contact_events after insert on crm.changes
    referencing new table as written for each statement execute function crm.note_contact_events();
create or replace trigger note_introduction_event after insert on crm.introductions
    for each row execute function crm.note_introduction_event();
create or replace trigger note_introduction_change after update of status on crm.introductions
    for each row when (old.status is distinct from new.status) execute function crm.note_introduction_event();
create or replace trigger note_job_event after update of status on crm.jobs
    for each row when (old.ended_at is null and new.ended_at is not null) execute function crm.note_job_event();
