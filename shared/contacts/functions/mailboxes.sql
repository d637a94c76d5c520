-- Addresses that do not belong to one person: those of programs, lists and offices. They identify nobody. The same rules as
-- `shared.contacts.mailboxes`, and the rule that needs other contacts: an address of three people of one company is its office's.

-- Whether an address belongs to a program that sends, or to a mailing list; or is a hidden one, at which nothing arrives.
create or replace function crm.is_machines_mailbox(email text) returns boolean
    language sql immutable parallel safe
    -- most addresses have none of these parts, and looking for them takes a third of the time
    return coalesce(email ~* 'repl|daemon|bounce|notif|alert|auto|major|list|mailman|request|owner|subscribe|announce|group'
        and lower(btrim(email)) ~ ('^((.*[-_.+])?(no|not|do-?not|dont|never)[-_.]?repl(y|ies)([-_.+0-9].*)?|mailer[-_.]?daemon.*|(double-?)?bounces?([-_.+=0-9].*)?'
        '|(auto-?)?(notify|notifications?|alerts?)[-_.+].*|autoreply|auto-?confirm|majordomo|listserv|mailman|.*-(request|owner|bounces|subscribe|unsubscribe|announce))@'
        '|@(.*\.)?(googlegroups\.com|groups\.io|noreply\.[^@]+|lists?\.[^@]+|listserv\.[^@]+|mailman\.[^@]+|bounces?\.[^@]+|reply\.[^@]+)$'), false);

-- Whether an address belongs to an office, a program or a list, and not to a person.
create or replace function crm.is_nobodys_mailbox(email text) returns boolean
    language sql immutable parallel safe
    return coalesce(split_part(split_part(lower(btrim(email)), '@', 1), '+', 1) = any ('{abuse,accountant,accounting,accounts,accountspayable,accountsreceivable,accueil,achats,acquisti,adherents,admin,administracion,administración,administratie,administration,administrativo,administrator,admissions,agence,almacen,amministrazione,anfrage,anfragen,anmeldung,asiakaspalvelu,assistenza,atencion,atencionalcliente,atencioncliente,atendimento,automailer,balie,bestallning,bestellingen,bestellung,bestellungen,bewerbung,bewerbungen,bilgi,billing,birou,biuro,boekhouding,bogholderi,bokning,bonjour,booking,bookings,boxoffice,buchhaltung,buchung,buero,buh,buhgalter,bureau,bureaux,business,butik,butikken,büro,cabinet,career,careers,ciao,cliente,clientes,comenzi,comercial,commande,commandes,commercial,commerciale,communication,companysecretary,compliance,compras,compta,comptabilite,comptabilité,comunicacao,consultas,contabilidad,contabilidade,contabilita,contabilitate,contact,contact-us,contacto,contactus,contato,contatti,corporate,correo,customer-service,customer.service,customercare,customers,customerservice,customersupport,datenschutz,desk,destek,direction,direzione,dispatch,donate,donations,donotreply,dpo,dyrekcja,editor,editorial,eigyo,eigyou,einkauf,ekonomi,email,empfang,empleo,encomendas,enquiries,enquiry,ertekesites,escritorio,events,everyone,exports,facilities,facturacion,facturación,facturare,facturas,facturatie,facturation,facturen,factures,faktura,fakturace,fakturacia,fakturor,faktury,faleconosco,fatturazione,fatture,faturamento,feedback,finance,financeiro,firmapost,forsaljning,front-desk,front.desk,frontdesk,ftp,försäljning,gdpr,general,geral,gerencia,geschaeftsstelle,geschäftsstelle,giving,hallo,handlowy,hausverwaltung,hej,hello,help,helpdesk,hezuo,hola,hostmaster,hr,hrd,iletisim,imprensa,info,informacion,información,information,informazioni,informes,infos,inkoop,inquiries,inquiry,insankaynaklari,investors,invoice,invoices,invoicing,iroda,it,itsupport,jinji,jobs,kadri,kadry,kansli,kantoor,kantor,kanzlei,karriere,kefu,keiri,keuangan,kirjaamo,klantenservice,kontakt,kontor,ksiegowosc,księgowość,kundendienst,kundenservice,kundeservice,kundservice,kundtjanst,kundtjänst,laskut,laskutus,layanan,legal,logistica,logistics,loja,madoguchi,magazzino,mahnung,mail,mailbox,mailer-daemon,mailer_daemon,maintenance,mairie,marketing,media,members,membership,muhasebe,myynti,news,newsletter,newsletters,no-reply,noc,noreply,notification,notifications,objednavky,objednávky,obsluga,obslugaklienta,oferty,office,officemanager,offices,oficina,oficinas,ofis,okonomi,operations,ops,order,orders,ordini,ordre,otdel,partner,partners,partnerships,payables,payments,payroll,pedidos,pelanggan,pemasaran,penjualan,penzugy,personalabteilung,personale,personeelszaken,podatelna,post,postbox,postmaster,postmottak,poststelle,pr,praxis,predaj,prenotazioni,prensa,press,presse,priemnaya,privacy,procurement,prodej,purchasing,rececao,recepcao,recepce,recepcion,recepción,recepcja,receptie,reception,receptionist,rechnung,rechnungen,recruiting,recruitment,recrutement,recursoshumanos,redaktion,registrar,regnskab,regnskap,reklama,reklamacje,rekrutacja,rendeles,renseignements,rentals,resepsjon,reservas,reservation,reservations,returns,rezeption,rezerwacje,rh,root,rrhh,sac,saiyo,sales,salesteam,salg,satinalma,satis,sav,secretaria,secretariaat,secretariat,secretary,secretaría,security,segreteria,sekretar,sekretariat,service,service-client,serviceclient,serviceclients,servicedesk,services,shipping,shop,shopservice,siege,siparis,sklep,soporte,soumu,spam,sprzedaz,sprzedaż,staff,standard,store,subscriptions,suporte,support,szamlazas,talent,taller,team,tech,techsupport,tickets,tienda,tilaukset,titkarsag,titkárság,toiawase,toimisto,training,ucetni,uctarna,ufficio,ufficiostampa,ugyfelszolgalat,usenet,uucp,vacatures,vanzari,vendas,vendite,ventas,vente,ventes,verhuur,verkauf,verkoop,vermietung,versand,vertrieb,verwaltung,växel,warehouse,web,webmaster,welcome,werkstatt,winkel,www,xiaoshou,zakaz,zakazy,zakupki,zamowienia,zamówienia,zentrale,értékesítés,ügyfélszolgálat,бухгалтерия,заказ,инфо,офис,почта,приемная,продажи,секретарь,お問い合わせ,営業,客服,総務,联系,销售}'::text[])
        or lower(btrim(email)) ~ ('^(info|office|sales|support|contact|kontakt|service|admin|hello|help|jobs|billing|accounts|reception|orders|marketing|vertrieb|ventas|biuro)'
            '([-_.]?[0-9]{1,3}|[-_.][a-z]{2})(\+[^@]*)?@')
        or crm.is_machines_mailbox(email), false);

-- Whether the domain of an address is a name, or its surname: info@anadiaz.com of Ana Diaz, info@acme.com of Acme.
create or replace function crm.bears_name(email text, name text) returns boolean
    language sql immutable parallel safe
    return coalesce((
        select n.words[cardinality(n.words)] = any (h.labels)
            or length(array_to_string(n.words, '')) >= 5
                and exists (select from unnest(h.labels) l where not exists (select from unnest(n.words) w where strpos(l, w) = 0))
        from (select array(select w from unnest(regexp_split_to_array(crm.fold(name), '[^[:alpha:]]+')) with ordinality u (w, place)
                where length(w) > 1 order by place) as words) n
        cross join (select trim_array(string_to_array(replace(crm.fold(split_part(email, '@', 2)), '-', ''), '.'), 1) as labels) h
        where cardinality(n.words) > 0), false);

-- Whether an address is made of the parts of a name, or contains one of three letters and more: ana.diaz@, adiaz@.
create or replace function crm.spells_name(email text, name text) returns boolean
    language sql immutable parallel safe
    return coalesce((
        select exists (select from unnest(n.words) w where length(w) >= 3 and strpos(l.letters, w) > 0)
            or length(l.letters) > 1 and l.letters = any (n.words || array[n.words[1] || n.last, n.last || n.words[1], left(n.words[1], 1) || n.last,
                n.last || left(n.words[1], 1), n.words[1] || left(n.last, 1), left(n.last, 1) || n.words[1],
                (select string_agg(left(w, 1), '' order by place) from unnest(n.words) with ordinality u (w, place))])
        from (select s.words, s.words[cardinality(s.words)] as last from (
                select array(select w from unnest(regexp_split_to_array(crm.fold(name), '[^[:alpha:]]+')) with ordinality u (w, place)
                    where w <> '' order by place) as words) s) n
        cross join (select regexp_replace(crm.fold(split_part(split_part(email, '@', 1), '+', 1)), '[^a-z]', '', 'g') as letters) l
        where cardinality(n.words) > 0), false);

-- Whether a contact is a program, a list or an office, and nobody who could be asked: one of its addresses is a program's, or its first an
-- office's.
create or replace function crm.is_machine(name text, email text, emails text[]) returns boolean
    language sql immutable parallel safe
    return exists (select from unnest(emails) e(address) where crm.is_machines_mailbox(e.address) and lower(e.address) !~ '@users\.noreply\.')
        or coalesce(crm.is_nobodys_mailbox(email) and not crm.bears_name(email, name), false);

-- How many people names stand for, of whom no two can be one.
--
-- key: the address that they share. At most 50 names are compared; more are as many people.
create or replace function crm.people_among(names text[], key text) returns integer
    language plpgsql immutable parallel safe
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_generic_plan  -- as in `crm.names_apart`
as $$
declare
    people text[] := '{}';
    name text;
begin
    if cardinality(names) > crm.compared_at_most() then
        return cardinality(names);
    end if;
    foreach name in array names loop
        if not exists (select from unnest(people) p(other) where not crm.names_apart(p.other, name, key)) then
            people := people || name;
        end if;
    end loop;
    return cardinality(people);
end $$;

-- The addresses among these that three or more people of one company have, and that none of their names spells: they are the company's.
--
-- addresses: in lower case.
create or replace function crm.addresses_of_offices(uid uuid, addresses text[]) returns table (address text, company text)
    language sql stable parallel safe
    set search_path = pg_catalog, pg_temp
begin atomic
    select f.address, min(f.company) from (
        select h.address, min(h.company) as company, array_agg(distinct h.name) as names from (
            select a.address, c.name, c.company, c.company_key from unnest(addresses) a(address)
            cross join lateral (
                select o.contact_id from (select k.contact_id from crm.contact_keys k
                    where k.user_id = uid and k.key between (a.address collate "C") and (a.address collate "C") order by k.key, k.contact_id) o
                union all
                select f.id from (select s.id from crm.contacts s
                    where s.user_id = uid and s.email_key between (a.address collate "C") and (a.address collate "C") order by s.email_key limit 1) f) k
            cross join lateral (select * from crm.contacts s where s.user_id = uid and s.id between k.contact_id and k.contact_id order by s.id limit 1) c
            where c.company is not null and c.name <> '') h
        group by h.address, h.company_key having count(distinct h.name) >= 3) f
    where crm.people_among(f.names, f.address) >= 3
        and not exists (select from unnest(f.names[:50]) n(name) where crm.spells_name(f.address, n.name))
    group by f.address;
end;

-- Take from the contacts that have them as their first the addresses that have become an office's: each contact's next own address is its first
-- then, if there is one. Returns the contacts, and the addresses with their companies.
create or replace function crm.release_addresses_of_offices(uid uuid, addresses text[], out contacts uuid[], out released text[], out companies text[])
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    select array_agg(o.address order by o.address), array_agg(o.company order by o.address) into released, companies
        from crm.addresses_of_offices(uid, addresses) o;
    if released is null then
        return;
    end if;
    with held as (
        select c.id, c.emails, (
            select e.address from unnest(c.emails) with ordinality e (address, place)
            where lower(e.address) <> all (released) and not crm.is_nobodys_mailbox(e.address)
                and not exists (select from crm.contacts o where o.user_id = uid and o.email_key = lower(e.address) collate "C" and o.id <> c.id)
            order by e.place limit 1) as next
        from unnest(released) r(address) join crm.contacts c on c.user_id = uid and c.email_key = r.address collate "C" and c.name <> ''
    ), freed as (
        update crm.contacts c
            set email = h.next, updated_at = now(),
                emails = array_remove(array[h.next], null) || array(select e.address from unnest(h.emails) with ordinality e (address, place)
                    where e.address is distinct from h.next order by e.place)
            from held h where c.user_id = uid and c.id = h.id returning c.id
    )
    select array_agg(f.id) into contacts from freed f;
end $$;

-- The deployed functions may call these.
grant execute on function crm.is_nobodys_mailbox, crm.is_machines_mailbox, crm.bears_name, crm.spells_name, crm.is_machine, crm.people_among,
    crm.addresses_of_offices, crm.release_addresses_of_offices to crm_app;
