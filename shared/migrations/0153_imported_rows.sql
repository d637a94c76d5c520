-- Which contact a row of a file became, for rows that the same file would not lead there again: without an address or a profile of their own, or
-- of a person who shares them with others. By a hash of what the row says; gone with the contact.
create table crm.imported_rows (
    user_id uuid not null references crm.users on delete cascade,
    hash bigint not null,
    contact_no integer not null,
    primary key (user_id, hash)
);
create index imported_rows_of_contact on crm.imported_rows (user_id, contact_no);

alter table crm.imported_rows enable row level security;
create policy own_imported_rows on crm.imported_rows
    using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
    with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select, insert, update, delete on crm.imported_rows to crm_app;
