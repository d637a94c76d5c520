-- Which functions of this area the database calls by itself. Attaching one locks its table for a moment, so this file is apart from
-- functions.sql and is applied only when it changes itself.

create or replace trigger keep_member after insert or update of email on crm.users for each row execute function crm.keep_member();
create or replace trigger hash_invitation_address before insert or update of email on crm.invitations
    for each row execute function crm.hash_invitation_address();
create or replace trigger note_own_activity after insert on crm.contacts for each statement execute function crm.note_own_activity();
create or replace trigger note_own_activity after insert on crm.introductions for each statement execute function crm.note_own_activity();
create or replace trigger count_added after insert on crm.leaderboard referencing new table as joined
    for each statement execute function crm.count_added_standings();
create or replace trigger count_removed after delete on crm.leaderboard referencing old table as gone
    for each statement execute function crm.count_removed_standings();
create or replace trigger count_changed after update on crm.leaderboard referencing old table as gone new table as joined
    for each statement execute function crm.count_changed_standings();
create or replace trigger show_in_leaderboard after update of settings on crm.users for each row execute function crm.show_in_leaderboard();
