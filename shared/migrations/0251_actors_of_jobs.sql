-- What a job does is in the journal as done by the program that asked for it, where one did.
alter table crm.jobs add column actor text not null default 'user' constraint jobs_actor check (length(actor) between 1 and 200);
