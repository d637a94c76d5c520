-- name: ask_link :value
select crm.ask_privacy_link(:address, :limits::jsonb, :most::int, make_interval(secs => :life_s::float8), :now::timestamptz)

-- name: claim_link :value
select crm.claim_privacy_link(:link_id::uuid, :token_hash::bytea, :now::timestamptz)

-- name: note_sent :value
select crm.note_privacy_link_sent(:link_id::uuid, :now::timestamptz)

-- name: open_link :value
select crm.open_privacy_link(:token_hash::bytea, :now::timestamptz)

-- name: facts_about :value
select crm.facts_about(:address, :now::timestamptz)

-- name: erase_facts :value
select crm.erase_facts(:address, :keeps_away::boolean, :now::timestamptz)

-- name: admit_again :value
select crm.admit_again(:address)

-- name: withheld :many
select crm.withheld_addresses(:addresses::text[])

-- name: remove_old_links :value
select crm.remove_old_privacy_links(:before::timestamptz, :most::int)
