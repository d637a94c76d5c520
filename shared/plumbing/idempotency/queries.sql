-- name: take_key :one
select state, answer from crm.take_idempotency_key(:key_hash::bytea, :request_hash::bytea)

-- A key that has expired is taken again.
-- name: keep_answer :none
insert into crm.idempotency_keys as k (user_id, key_hash, request_hash, answer)
values (:user_id::uuid, :key_hash::bytea, :request_hash::bytea, :answer::bytea)
on conflict (user_id, key_hash) do update set request_hash = excluded.request_hash, answer = excluded.answer, made_at = now()
    where k.made_at <= now() - interval '1 day'

-- name: trim_keys :value
select crm.trim_idempotency_keys(:most::int, :most_bytes::bigint)

-- name: remove_old_keys :value
select crm.remove_old_idempotency_keys(:most::int)
