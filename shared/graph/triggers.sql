-- The functions of this area that the database calls by itself. Attaching a trigger locks its table for a moment, so this file is
-- apart from functions/*.sql, and the migration runner applies it only when its own text changes.

create or replace trigger forget_relationships after delete on crm.contacts
    referencing old table as gone for each statement execute function crm.forget_relationships();
create or replace trigger say_strength before update of strength on crm.relationships
    for each row when (old.imported) execute function crm.say_strength();
