-- What an import kept beside the values of contacts, or let take their place, stands with what could not be used.
alter table crm.import_errors add column is_notice boolean not null default false;

-- The file is compared with those before it once, as a whole, before any row of it is merged.
drop function if exists crm.is_newest_export(uuid);
