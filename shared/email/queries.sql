-- name: queue_email :value
-- Add an e-mail to the queue; no row where the same one was queued before.
insert into crm.emails (user_id, kind, subject_id, position, recipients, created_at)
values (:user_id::uuid, :kind, :subject_id::uuid, :position::smallint, :recipients::text[], :now::timestamptz)
on conflict on constraint emails_once do nothing
returning id

-- name: claim_email :one
-- Begin an attempt, unless another one is under way or the e-mail is done. The lease uses the clock of the database, which all
-- processes share.
update crm.emails
set status = 'sending', attempts = attempts + 1, lease_until = clock_timestamp() + make_interval(secs => :lease_s::float8)
where user_id = :user_id::uuid and id = :email_id::uuid
    and (status = 'queued' or status = 'sending' and lease_until <= clock_timestamp())
returning kind, subject_id, position, recipients, delivered_to, lease_until

-- name: find_email_status :value
select status from crm.emails where user_id = :user_id::uuid and id = :email_id::uuid

-- name: find_step_status :value
-- The status of the e-mail of one kind about one subject.
select status from crm.emails
where user_id = :user_id::uuid and subject_id = :subject_id::uuid and kind = :kind
    and position is not distinct from :position::smallint

-- name: list_earlier :many
-- E-mails about the same subject to at least one of the same people, oldest first.
select e.id
from crm.emails e
join crm.emails this on this.subject_id = e.subject_id
where e.user_id = :user_id::uuid and this.user_id = :user_id::uuid and this.id = :email_id::uuid
    and e.status = 'sent' and e.recipients && this.recipients and e.id <> this.id
order by e.created_at, e.ended_at

-- name: add_token :none
insert into crm.email_tokens (token_hash, user_id, email_id, created_at)
values (:token_hash::bytea, :user_id::uuid, :email_id::uuid, :now::timestamptz)

-- name: end_attempt :none
-- Record the outcome of an attempt, unless its lease has expired and another attempt has begun.
update crm.emails
set status = :status, lease_until = null, delivered_to = :delivered_to::text[], last_error = left(:error::text, 1000),
    ended_at = case when :status <> 'queued' then :now::timestamptz end
where user_id = :user_id::uuid and id = :email_id::uuid and status = 'sending'
    and lease_until = :lease_until::timestamptz

-- name: find_token :one
select user_id, email_id, kind, subject_id, position, recipient from crm.find_email_token(:token_hash::bytea)

-- name: never_ask :value
select crm.never_ask(:address, :now::timestamptz)

-- name: note_bounce :value
select crm.note_bounce(:address, :now::timestamptz)

-- name: note_complaint :value
select crm.note_complaint(:address, :now::timestamptz)

-- name: list_suppressed :many
select crm.suppressed_addresses(:addresses::text[], :since::timestamptz)

-- name: find_sender :value
select crm.email_sender(:email_id::uuid)

-- name: note_return :one
-- Record that a sent e-mail of the caller came back from one mailbox.
select kind, subject_id, position, recipients, delivered_to
from crm.note_return(:email_id::uuid, :address, :reason, :now::timestamptz)

-- name: has_opted_out :value
select crm.wants_none(:address)

-- name: lock_letter_budget :value
-- Keep other transactions from spending the caller's budget for letters until this one ends.
select crm.hold_own_letters()

-- name: spend_letters :many
-- Count letters, one to each address; report which may not be sent now, and until when.
select address, budget, most, fits_at, remaining
from crm.spend_letters(:addresses::text[], :kind, :begins::boolean, :limits::jsonb, :now::timestamptz)

-- name: letter_record :one
-- For an operator: what is known of an address, and how many letters left the installation in a day.
select crm.letter_record(:address, :now::timestamptz)::text, crm.letters_of_installation(:now::timestamptz)

-- name: decide_letters :value
select crm.decide_letters(:address, :letters::integer, :asks::integer, :note, :until::timestamptz, :now::timestamptz)

-- name: remove_old_counts :value
-- Remove counts of letters from before a time; how many were removed.
select crm.remove_old_letter_counts(:before::timestamptz, :most::int)

-- name: remove_old :value
-- Remove e-mails of all users that ended before a time; how many were removed.
select crm.remove_old_emails(:before::timestamptz, :most::int)
