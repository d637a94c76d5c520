-- outside a transaction
--
-- Contacts from before offices' addresses identified nobody have such an address as their first: the next own one becomes the first, and of
-- those without one none is. The office itself keeps its address, and so does who bears its name. A user is a transaction, and a second run
-- finds nothing to do. Only the roles that most offices use: others wait for the next file that names them.
do $$
declare
    roles constant text := '^(info|infos|office|contact|contacto|contato|contatti|kontakt|hello|hallo|mail|email|post|admin|administration|support|help|sales|vertrieb|'
        'ventas|vendas|commercial|marketing|service|reception|empfang|accueil|secretary|secretariat|sekretariat|biuro|buero|bureau|kantoor|billing|'
        'accounts|jobs|press|team|enquiries|noreply|no-reply)(\+[^@]*)?@';
    companies constant text := '(^| )(inc|ltd|limited|llc|llp|gmbh|ug|ag|kg|corp|corporation|co|company|bv|nv|plc|srl|sarl|sa|spa|oy|ab|as|foundation|university|school|'
        'bank|institute|association|group|holding|verein|stiftung|hotel|restaurant)\.?$';
    account record;
begin
    for account in select u.id from crm.users u order by u.id loop
        with held as (
            select c.id, (select e.address from unnest(c.emails) with ordinality e (address, place)
                where lower(e.address) <> c.email_key and lower(e.address) !~ roles
                    and not exists (select from crm.contacts o where o.user_id = account.id and o.email_key = lower(e.address) collate "C" and o.id <> c.id)
                order by e.place limit 1) as next
            from crm.contacts c
            where c.user_id = account.id and c.email_key ~ roles and not c.is_self and c.name <> '' and c.name not like '%@%'
                and crm.fold(c.name) is distinct from crm.fold(c.company) and crm.fold(c.name) !~ companies
                and not exists (select from regexp_split_to_table(crm.fold(c.name), '[^[:alpha:]]+') w
                    where length(w) >= 3 and strpos(crm.fold(c.email), w) > 0)
        )
        update crm.contacts c
            set email = h.next, updated_at = now(),
                emails = array_remove(array[h.next], null) || array(select e.address from unnest(c.emails) with ordinality e (address, place)
                    where e.address is distinct from h.next order by e.place)
            from held h where c.user_id = account.id and c.id = h.id;
        commit;
    end loop;
end $$;
