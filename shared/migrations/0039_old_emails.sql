-- E-mails that were sent long ago are forgotten, and the tokens of their links with them.

create index emails_ended on crm.emails (ended_at) where ended_at is not null;
