-- Requests that carried an Idempotency-Key, and their answers, for a day (decision 0094).
--
-- Neither the key nor the answer can be read here: the key is hashed, and the answer encrypted with what only the client's key yields.

create table crm.idempotency_keys (
    user_id uuid not null references crm.users on delete cascade,
    key_hash bytea not null,
    -- of the method, the address and the body
    request_hash bytea not null,
    -- null: it was too large to keep, or a contact was forgotten since
    answer bytea,
    made_at timestamptz not null default now(),
    primary key (user_id, key_hash),
    constraint idempotency_keys_hashes check (length(key_hash) = 32 and length(request_hash) = 32),
    constraint idempotency_keys_answer_size check (length(answer) <= 300000)
);
create index idempotency_keys_by_time on crm.idempotency_keys (made_at);
alter table crm.idempotency_keys enable row level security;
create policy own on crm.idempotency_keys using (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
grant select, insert, update, delete on crm.idempotency_keys to crm_app;
