-- Mailboxes whose owners have reported a letter as spam: no mail goes there any more, of any kind.

alter table crm.known_mailboxes add column complained_at timestamptz;
