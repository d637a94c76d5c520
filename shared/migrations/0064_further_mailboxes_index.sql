-- outside a transaction
create index concurrently if not exists introduction_steps_by_further_mailbox on crm.introduction_steps
    using gin (further_hashes) where asked_at is not null;
