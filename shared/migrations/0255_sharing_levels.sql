-- Whether colleagues also see how strong the shared ties are; else they see only that ties exist.
alter table crm.team_members add column shares_strengths boolean not null default true;
grant update (shares_strengths) on crm.team_members to crm_app;
-- It has an argument more now.
drop function if exists crm.told_path(uuid, text, text, integer[], timestamptz);
