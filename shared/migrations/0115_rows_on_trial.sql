-- What a row comes to is counted before anything is merged. Most rows are only compared with the contacts; a row that may be known by its name
-- alone depends on what other rows make, and is merged on trial and undone.
alter table crm.import_rows add column is_tried boolean not null default true;
