-- A team has an owner, who invites like everybody and alone removes others and passes the team on; null: the member who joined first.
alter table crm.teams add column owner_id uuid;
