-- What is known of an operation stands in settings of its transaction, from where the row takes it: each trigger of the journal writes the row by one
-- statement (shared/history/functions/journal.sql).
alter table crm.operations alter column kind set default coalesce(nullif(current_setting('app.operation_kind', true), ''), 'direct');
alter table crm.operations alter column actor set default coalesce(nullif(current_setting('app.actor', true), ''), 'system');
alter table crm.operations alter column details set default coalesce(nullif(current_setting('app.operation_details', true), '')::jsonb, '{}');
-- The key was checked for each operation; like changes, operations go with their user by the trigger `forget_journal`.
alter table crm.operations drop constraint operations_user_id_fkey;

-- One function for each table has taken the place of one for each direction. No release has had these; the next file of triggers attaches the new ones.
drop function if exists crm.journal_created_ties() cascade;
drop function if exists crm.journal_updated_ties() cascade;
drop function if exists crm.journal_deleted_ties() cascade;
drop function if exists crm.journal_added_interactions() cascade;
drop function if exists crm.journal_removed_interactions() cascade;
drop function if exists crm.journal_moved_interactions() cascade;
drop function if exists crm.count_changes(uuid, integer, integer, integer, integer, integer, integer, integer);
