-- Which functions of this area the database calls by itself. Attaching one locks its table for a moment, so this file is apart from
-- functions/*.sql and is applied only when it changes itself. A test asks for three triggers on every table of a user's data.

create or replace trigger journal_created after insert on crm.contacts
    referencing new table as made for each statement execute function crm.journal_created_contacts();
create or replace trigger journal_updated after update on crm.contacts
    referencing old table as was new table as became for each statement execute function crm.journal_updated_contacts();
create or replace trigger journal_deleted after delete on crm.contacts
    referencing old table as gone for each statement execute function crm.journal_deleted_contacts();

create or replace trigger journal_created after insert on crm.relationships
    referencing new table as became for each statement execute function crm.journal_ties();
create or replace trigger journal_updated after update on crm.relationships
    referencing old table as was new table as became for each statement execute function crm.journal_ties();
create or replace trigger journal_deleted after delete on crm.relationships
    referencing old table as was for each statement execute function crm.journal_ties();

create or replace trigger journal_created after insert on crm.interactions
    referencing new table as became for each statement execute function crm.journal_interactions();
create or replace trigger journal_updated after update on crm.interactions
    referencing old table as was new table as became for each statement execute function crm.journal_interactions();
create or replace trigger journal_deleted after delete on crm.interactions
    referencing old table as was for each statement execute function crm.journal_interactions();

create or replace trigger journal_created after insert on crm.hidden_contacts
    referencing new table as made for each statement execute function crm.journal_created_rows();
create or replace trigger journal_updated after update on crm.hidden_contacts
    referencing old table as was new table as became for each statement execute function crm.journal_updated_rows();
create or replace trigger journal_deleted after delete on crm.hidden_contacts
    referencing old table as gone for each statement execute function crm.journal_deleted_rows();

create or replace trigger journal_created after insert on crm.merged_contacts
    referencing new table as made for each statement execute function crm.journal_created_rows();
create or replace trigger journal_updated after update on crm.merged_contacts
    referencing old table as was new table as became for each statement execute function crm.journal_updated_rows();
create or replace trigger journal_deleted after delete on crm.merged_contacts
    referencing old table as gone for each statement execute function crm.journal_deleted_rows();

create or replace trigger journal_created after insert on crm.distinct_contacts
    referencing new table as made for each statement execute function crm.journal_created_rows();
create or replace trigger journal_updated after update on crm.distinct_contacts
    referencing old table as was new table as became for each statement execute function crm.journal_updated_rows();
create or replace trigger journal_deleted after delete on crm.distinct_contacts
    referencing old table as gone for each statement execute function crm.journal_deleted_rows();

create or replace trigger journal_created after insert on crm.circles
    referencing new table as made for each statement execute function crm.journal_created_rows();
create or replace trigger journal_updated after update on crm.circles
    referencing old table as was new table as became for each statement execute function crm.journal_updated_rows();
create or replace trigger journal_deleted after delete on crm.circles
    referencing old table as gone for each statement execute function crm.journal_deleted_rows();

create or replace trigger journal_created after insert on crm.circle_members
    referencing new table as made for each statement execute function crm.journal_created_rows();
create or replace trigger journal_updated after update on crm.circle_members
    referencing old table as was new table as became for each statement execute function crm.journal_updated_rows();
create or replace trigger journal_deleted after delete on crm.circle_members
    referencing old table as gone for each statement execute function crm.journal_deleted_rows();

create or replace trigger journal_created after insert on crm.notes
    referencing new table as made for each statement execute function crm.journal_created_rows();
create or replace trigger journal_updated after update on crm.notes
    referencing old table as was new table as became for each statement execute function crm.journal_updated_rows();
create or replace trigger journal_deleted after delete on crm.notes
    referencing old table as gone for each statement execute function crm.journal_deleted_rows();

create or replace trigger journal_created after insert on crm.note_mentions
    referencing new table as made for each statement execute function crm.journal_created_rows();
create or replace trigger journal_updated after update on crm.note_mentions
    referencing old table as was new table as became for each statement execute function crm.journal_updated_rows();
create or replace trigger journal_deleted after delete on crm.note_mentions
    referencing old table as gone for each statement execute function crm.journal_deleted_rows();

create or replace trigger journal_created after insert on crm.cadences
    referencing new table as made for each statement execute function crm.journal_created_rows();
create or replace trigger journal_updated after update on crm.cadences
    referencing old table as was new table as became for each statement execute function crm.journal_updated_rows();
create or replace trigger journal_deleted after delete on crm.cadences
    referencing old table as gone for each statement execute function crm.journal_deleted_rows();

create or replace trigger journal_created after insert on crm.dates
    referencing new table as made for each statement execute function crm.journal_created_rows();
create or replace trigger journal_updated after update on crm.dates
    referencing old table as was new table as became for each statement execute function crm.journal_updated_rows();
create or replace trigger journal_deleted after delete on crm.dates
    referencing old table as gone for each statement execute function crm.journal_deleted_rows();

create or replace trigger journal_created after insert on crm.fields
    referencing new table as made for each statement execute function crm.journal_created_rows();
create or replace trigger journal_updated after update on crm.fields
    referencing old table as was new table as became for each statement execute function crm.journal_updated_rows();
create or replace trigger journal_deleted after delete on crm.fields
    referencing old table as gone for each statement execute function crm.journal_deleted_rows();

create or replace trigger journal_created after insert on crm.views
    referencing new table as made for each statement execute function crm.journal_created_rows();
create or replace trigger journal_updated after update on crm.views
    referencing old table as was new table as became for each statement execute function crm.journal_updated_rows();
create or replace trigger journal_deleted after delete on crm.views
    referencing old table as gone for each statement execute function crm.journal_deleted_rows();

create or replace trigger forget_journal after delete on crm.users for each row execute function crm.forget_journal();

create or replace trigger journal_created after insert on crm.interaction_details
    referencing new table as made for each statement execute function crm.journal_created_rows();
create or replace trigger journal_updated after update on crm.interaction_details
    referencing old table as was new table as became for each statement execute function crm.journal_updated_rows();
create or replace trigger journal_deleted after delete on crm.interaction_details
    referencing old table as gone for each statement execute function crm.journal_deleted_rows();
