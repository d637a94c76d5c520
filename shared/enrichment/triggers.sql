-- Which functions of this area the database calls by itself. Attaching one locks its table for a moment, so this file is apart from
-- functions.sql and is applied only when it changes itself.

create or replace trigger keep_ledger before update or delete on crm.credit_ledger for each row execute function crm.keep_ledger();
create or replace trigger open_ledger after insert on crm.users for each row execute function crm.open_ledger();
create or replace trigger forget_own_answers after delete on crm.users for each row execute function crm.forget_own_answers();
create or replace trigger keep_starting_credits after insert or delete or update of email on crm.users
    for each row execute function crm.keep_starting_credits();
