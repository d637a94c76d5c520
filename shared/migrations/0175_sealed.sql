-- The type of secrets that are sealed by a key outside of the database (decision 0088). A table with a column of it has `user_id` and `id`, which the
-- secret is bound to.
create domain crm.sealed as bytea constraint sealed_form check (substring(value from 1 for 2) = '\x5731'::bytea and length(value) <= 65536);
