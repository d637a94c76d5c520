-- What providers answered for one user alone goes with the user: these rows name the user as their scope, and no foreign key can, as the
-- scope of all others is everybody.

create index provider_answers_scope on crm.provider_answers (scope) where scope <> '00000000-0000-0000-0000-000000000000';

create function crm.forget_own_answers() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    delete from crm.provider_answers a where a.scope = old.id and a.scope <> '00000000-0000-0000-0000-000000000000';
    return null;
end $$;
revoke all on function crm.forget_own_answers from public;
create trigger forget_own_answers after delete on crm.users for each row execute function crm.forget_own_answers();

-- Of those who were erased before.
delete from crm.provider_answers a
    where a.scope <> '00000000-0000-0000-0000-000000000000' and not exists (select from crm.users u where u.id = a.scope);
