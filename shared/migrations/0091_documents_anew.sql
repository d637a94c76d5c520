-- outside a transaction
--
-- Documents and folded keys of the contacts that were there before 0090. Those that would stay the same are only read: at a million contacts a
-- minute of reading. Each batch is a transaction with the place it has come to, so a run that was killed goes on there.
do $$
declare
    batch_size constant integer := 2000;
    place record;
begin
    loop
        with batch as (
            select c.user_id, c.id,
                crm.search_document(c.user_id, c.name, c.email, c.emails, c.phones, c.company, c.title, c.location, c.tags, c.notes, c.custom) <> c.tsv
                    or left(crm.fold(coalesce(nullif(c.name, ''), c.email, c.linkedin_slug, '')), 200) <> c.name_key
                    or coalesce(nullif(left(crm.fold(c.company), 200), ''), U&'\+10FFFF') <> c.company_key as is_old
                from crm.contacts c
                where (c.user_id, c.id) > (select r.user_id, r.id from crm.rewriting r)
                order by c.user_id, c.id limit batch_size
        ), written as (
            -- the trigger and the generated columns compute the rest
            update crm.contacts c set name = c.name, company = c.company from batch b where b.is_old and c.user_id = b.user_id and c.id = b.id
        )
        select b.user_id, b.id into place from batch b order by b.user_id desc, b.id desc limit 1;
        exit when not found;
        update crm.rewriting set user_id = place.user_id, id = place.id;
        commit;
    end loop;
end $$;
