-- What providers answered for one user alone goes with the user: these rows name the user as their scope, and no foreign key can, as the
-- scope of all others is everybody.

create index provider_answers_scope on crm.provider_answers (scope) where scope <> '00000000-0000-0000-0000-000000000000';

-- Of those who were erased before.
delete from crm.provider_answers a
    where a.scope <> '00000000-0000-0000-0000-000000000000' and not exists (select from crm.users u where u.id = a.scope);
