-- outside a transaction
-- The accounts that are to be read next, for the schedule that takes them.
create index concurrently if not exists sources_due on crm.sources (next_at) where next_at is not null;
