-- name: request_enrichments :value
-- Queue any number of contacts; how many were queued.
select crm.request_enrichments(:contacts::uuid[], :priority::smallint, :force::boolean, :attributes::jsonb)

-- name: find_enrichable :one
-- Whether a contact has an address to ask about, and whether it is queued.
select c.email is not null, e.contact_id is not null and e.finished_at is null
from crm.contacts c
left join crm.enrichments e on e.user_id = c.user_id and e.contact_id = c.id
where c.user_id = :user_id::uuid and c.id = :contact_id::uuid

-- name: begin_enrichment :one
-- Begin a run for an event; everything that the run needs, last the fields that enrichment fills.
select verdict, email, enrichment::text, version, email_hash, fresh_after, postponed, suppressed_by, answers::text,
    name, company, title, location, linkedin_url
from crm.begin_enrichment(:event::uuid, :contact::uuid, :run::uuid, :lease_s::int, :providers::text[])

-- name: begin_lookup :one
-- Get permission to ask a provider, and reserve the credits.
select verdict, outcome, answer::text
from crm.begin_lookup(:contact::uuid, :run::uuid, :provider, :email_hash, :shared::boolean, :cost::int, :ask_s::int,
    :lease_s::int, :paid_for_s::int)

-- name: end_lookup :value
-- Keep an answer and end the reservation; the credits charged.
select crm.end_lookup(:contact::uuid, :run::uuid, :provider, :email_hash, :shared::boolean, :cost::int, :result,
    :found::jsonb, :keep_s::int)

-- name: end_enrichment :value
-- Write the findings of a run and confirm its event.
select crm.end_enrichment(:event::uuid, :contact::uuid, :run::uuid, :version, :fields::jsonb, :document::jsonb, :result,
    :again_in_s::float8)

-- name: find_balance :value
select credit_balance from crm.users where id = :user_id::uuid

-- name: list_ledger :one
-- A page of the ledger as JSON, the latest line first; its last place, and whether more lines follow.
with page as (
    select l.seq,
        json_build_object('id', l.id, 'kind', l.kind, 'credits', l.credits, 'contact_id', l.contact_id, 'provider', l.provider,
            'at', l.at)::text as line
    from crm.credit_ledger l
    where l.user_id = :user_id::uuid and l.seq < :before::bigint
    order by l.seq desc limit :limit::int + 1)
select crm.json_items(array_agg(line), :limit::int), (array_agg(seq))[:limit::int], count(*) > :limit::int
from page

-- name: grant_credits :value
select crm.grant_credits(:user_id::uuid, :credits::int, :note)

-- name: find_users_by_email :many
select id, name, credit_balance from crm.find_users_by_email(:email)

-- name: resume_enrichments :value
-- Queue again the contacts whose enrichment lacked credits; how many.
select crm.resume_enrichments(:user_id::uuid, :most::int)

-- name: release_reservations :value
-- Give back the credits that dead runs had reserved; how many reservations ended.
select crm.release_reservations(:most::int)

-- name: fail_buried_enrichments :value
select crm.fail_buried_enrichments(:most::int)

-- name: remove_expired_answers :value
select crm.remove_expired_answers(:most::int)
