-- An address or a profile under two clearly different names is no longer one person: who has it first keeps it as a key, the others keep
-- it among what is known of them, and the import tells. One comparison of names, `crm.names_apart`, decides for files and single contacts.

-- The words of a name as they are compared: lower case, without accents, marks that nobody sees, titles and degrees; "Diaz, Ana" in
-- the order of "Ana Diaz". What consists of titles alone stays as it is.
create function crm.name_words(name text) returns text[]
    language plpgsql immutable strict parallel safe
    set search_path = pg_catalog, pg_temp
as $$
declare
    ignored constant text[] := '{mr,mrs,ms,miss,mx,dr,drs,prof,professor,herr,frau,dipl,mag,sir,madam,mme,mlle,monsieur,madame,sra,srta,senor,senora,
        dott,dottssa,dottore,ir,hon,jr,junior,sr,senior,ii,iii,iv,phd,md,mba,cpa,esq,msc,bsc,dds,llm,pmp}';
    plain text := crm.fold(regexp_replace(name, '[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]', '', 'g'));
    part text;
    words text[];
    parts text[] := '{}';
    all_words text[] := '{}';
begin
    plain := regexp_replace(plain, '[''’‘ʼ`´]', '', 'g');
    foreach part in array string_to_array(plain, ',') loop
        all_words := all_words || array_remove(regexp_split_to_array(part, '[^[:alnum:]]+'), '');
        words := array(select w from unnest(regexp_split_to_array(part, '[^[:alnum:]]+')) with ordinality u (w, place)
            where w <> '' and w <> all (ignored) order by place);
        if cardinality(words) > 0 then
            parts := parts || array_to_string(words, ' ');
        end if;
    end loop;
    if cardinality(parts) = 2 then
        parts := array[parts[2], parts[1]];
    end if;
    return case when cardinality(parts) = 0 then all_words else string_to_array(array_to_string(parts, ' '), ' ') end;
end $$;

-- Whether one typing error, or one letter written otherwise (Sergey, Sergei), makes one word of the other.
create function crm.one_edit_apart(a text, b text) returns boolean
    language plpgsql immutable strict parallel safe
    set search_path = pg_catalog, pg_temp
as $$
declare
    least_length constant integer := least(length(a), length(b));
    front integer := 0;
    back integer := 0;
begin
    if abs(length(a) - length(b)) > 1 then
        return false;
    end if;
    while front < least_length and substr(a, front + 1, 1) = substr(b, front + 1, 1) loop
        front := front + 1;
    end loop;
    while back < least_length - front and substr(a, length(a) - back, 1) = substr(b, length(b) - back, 1) loop
        back := back + 1;
    end loop;
    return front + back >= greatest(length(a), length(b)) - 1
        -- two letters that changed places
        or length(a) = length(b) and front + back = length(a) - 2
            and substr(a, front + 1, 1) = substr(b, front + 2, 1) and substr(a, front + 2, 1) = substr(b, front + 1, 1);
end $$;

-- A word without what spellings of one name differ in: doubled letters, and the two ways to write an umlaut.
create function crm.spelling(word text) returns text
    language sql immutable strict parallel safe
    return regexp_replace(replace(replace(replace(word, 'ae', 'a'), 'oe', 'o'), 'ue', 'u'), '(.)\1+', '\1', 'g');

-- First names and their short forms, as `crm.name_words` gives them: the words of one row can be one person's name, a word can stand in several.
create function crm.nicknames() returns table (words text)
    language sql immutable parallel safe
begin atomic
    select v.column1 from (values
        (' bob bobby rob robby robbie robert roberto bert bertie '),
        (' bill billy will willy willie liam william wilhelm guillermo guillaume willem wim '),
        (' dick rick ricky richie rich richard ricardo riccardo '), (' jim jimmy jamie james jaime '),
        (' jack jon john johnny jonny juan joao jean ivan hans johannes johann giovanni gianni jan vanya '),
        (' ted ed eddie eddy ned edward eduardo eduard edoardo '), (' ted teddy theo theodore teodoro fyodor fedor '),
        (' joe joey jo josef joseph jose pepe giuseppe peppe beppe jozef yusuf yosef sepp '), (' tom tommy thom thomas tomas tommaso '),
        (' mike mickey mick mikey michael miguel michel mikhail misha michele michal micha mihai '),
        (' nick nicky nico nik nicholas nicolas nikolaus klaus niklas nikolai kolya nicola '), (' dave davy david davide '),
        (' dan danny daniel danilo '), (' steve stevie steven stephen stefan stephan stefano esteban etienne '),
        (' chris christopher christoph cristobal kit christophe cristoforo '), (' chris christian cristian christiaan '),
        (' chris chrissy christine christina cristina kristina tina christa kirsten '),
        (' alex sandy sandro sascha sasha xander alexander alejandro alexandre alessandro aleksandr alec alek sanya shura '),
        (' alex sandra sasha alexandra alejandra alessandra aleksandra sandy lexi '),
        (' matt matty matthew mateo mathias matthias matteo mathieu matthieu '), (' tony toni antonio anthony anton antoine antonius '),
        (' andy andrew andreas andre andres andrei andrey drew '), (' greg gregory gregor gregorio grigory '), (' jeff geoff jeffrey geoffrey '),
        (' ken kenny kenneth '), (' larry lawrence laurence lorenzo laurent '), (' charlie chuck charles carlos carl karl carlo charly '),
        (' pete peter pedro pierre pietro piotr pyotr petr petya '), (' phil philip philippe felipe filippo '), (' pat patrick patricio paddy '),
        (' pat patty patti tricia trish patricia patrizia '), (' ben benny benjamin benjamim benedikt benedict '), (' sam sammy samuel samuele '),
        (' sam sammy samantha '), (' max maximilian maxim maxime maximo massimo massimiliano '),
        (' fred freddy frederick frederik frederic friedrich fritz federico alfred '),
        (' frank francis francisco paco pancho franz francesco francois franco franziskus kiko '),
        (' hank harry henry heinrich enrique enrico henri henrik hendrik heinz '), (' gerry jerry gerard gerald gerhard gerardo '),
        (' jerry jeremy jeremiah jerome '), (' ron ronnie ronald '), (' don donnie donald '), (' ray raymond raimund ramon '),
        (' al alan allan allen alain '), (' al albert alberto albrecht '), (' al alfred alfredo '), (' walt walter gualtiero '),
        (' vince vinny vincent vicente vincenzo '), (' vic victor viktor vittorio vitya '), (' tim timmy timothy timo timoteo '),
        (' nate nathan nathaniel '), (' zach zack zachary '), (' josh joshua josue '), (' jake jacob jakob jacobo jacques '), (' gabe gabriel '),
        (' rafa rafael raphael raffaele '), (' gus august augustus augusto gustav gustavo '), (' leo leon leonard leonardo leonid lenny '),
        (' lou louis lewis luis ludwig luigi '), (' mark marc marcus markus marco marcos '), (' manny manuel manolo emanuel emmanuel '),
        (' nacho ignacio ignatius '), (' paul pablo paolo pavel pasha '), (' george georg jorge jorg jurgen giorgio georges '), (' yuri yury juri '),
        (' fer fernando ferdinand fernand nando '), (' quique kike enrique '), (' seb sebastian sebastien bastian sebastiano '),
        (' dirk dietrich diederik '), (' rudi rudy rudolf rodolfo '), (' uli ulrich '), (' wolf wolfgang '),
        (' mo mohamed mohammed muhammad mohammad muhammed mehmet mahomet '), (' abe abraham ibrahim avi avraham '),
        (' dima dmitry dmitri dmitrii dimitri mitya '), (' vova volodya vladimir wladimir volodymyr '), (' serge sergey sergei sergio sergii '),
        (' kostya konstantin constantin costa '), (' zhenya evgeny yevgeny eugene evgenii eugen '), (' zhenya evgenia yevgenia eugenia '),
        (' lyosha alyosha alexey alexei aleksei alexis '),
        (' kate katie kathy cathy kat kathryn katherine catherine katharina katarina ekaterina katya caterina catalina kathrin kati kitty kaitlyn '),
        (' liz lizzy lizzie beth betty betsy bess eliza elizabeth elisabeth elisa lisa elisabetta lise liza '), (' isa isabel isabella bella '),
        (' meg maggie peggy greta gretchen margaret margarete margarita margherita marguerite margot rita marge margie '),
        (' mary maria marie molly polly masha marija mariya '), (' ann anne anna ana annie '), (' anna ana anya anja '), (' anna ana anita '),
        (' anna annika '), (' hanna hannah johanna '), (' jen jenny jennie jennifer '), (' jess jessie jessica '), (' becky becca rebecca rebekka '),
        (' debbie deb deborah debora '), (' sue susie suzy susan susanne suzanne susana susanna '), (' barb barbie barbara '),
        (' abby gail abigail '), (' mandy amanda '), (' vicky vicki victoria viktoria vittoria '), (' nicky nicole nicola nikki '),
        (' steph stephanie stefanie estefania stefania '), (' tess tessa terry theresa teresa therese terri '), (' terry terence terrence '),
        (' cindy lucinda cynthia '), (' sandy cassandra '), (' sally sarah sara sadie '), (' ellie ella '),
        (' ellie ella nell nelly eleanor eleonora '), (' nell nelly helen '), (' lena leni helena elena yelena alyona helen '), (' gwen gwendolyn '),
        (' jackie jacqueline '), (' judy judith '), (' kim kimberly kimberley '), (' lucy lucia lucie '), (' lola dolores '), (' lupe guadalupe '),
        (' mercedes merche meche '), (' pilar pili '), (' paqui francisca paca franziska franzi francesca fran frances '),
        (' concha conchita concepcion '), (' chelo consuelo '), (' milly emilia emily '), (' millie mildred '), (' millie camilla '),
        (' toni antonia antonella '), (' trudy gertrude gertrud '), (' ulla ursula uschi '), (' gabi gaby gabriele gabriela gabriella gabrielle '),
        (' heidi adelheid '), (' kris kristin kristen kirstin '), (' lilly lily lili lilian lillian '), (' mel melanie '), (' mel melissa '),
        (' mimi michelle michaela '), (' nadia nadja nadezhda nadya '), (' natasha natalia nataliya natalie nathalie natalya '), (' olya olga '),
        (' tanya tatiana tatyana '), (' sonya sonia sonja '), (' sofia sophia sophie sofie zofia '), (' sveta svetlana '), (' veronica veronika '),
        (' yulia julia iuliia yuliya julie giulia '), (' ira irina irene irena '), (' luda lyuda lyudmila ludmila '),
        (' dot dottie dorothy dorothea dora '), (' edie edith '), (' flo florence florencia '), (' ginny virginia '), (' hattie harriet '),
        (' jan janet '), (' jan jane janie '), (' jo joan joanna johanna juana giovanna jeanne '), (' kay kayla '), (' lettie letitia '),
        (' lottie charlotte carlota lotte '), (' patsy patricia '), (' rosie rose rosa rosemary '), (' ruthie ruth '), (' wendy gwendolyn ')) v;
end;

-- Whether two first names, as `crm.name_words` gives them, can be one person's: the same, spelt otherwise, or one the short form of the other.
create function crm.same_given_name(a text, b text) returns boolean
    language plpgsql immutable strict parallel safe
    set search_path = pg_catalog, pg_temp
as $$
declare
    -- Endings that make another person's name of it: Daniel and Daniela, Max and Maxine, Ana and Anabel.
    others constant text[] := '{a,e,i,o,s,us,na,ne,ia,ina,ine,in,la,ela,ella,elle,ette,etta,bel,belle}';
    a_spelt constant text := crm.spelling(a);
    b_spelt constant text := crm.spelling(b);
    shorter constant text := case when length(a) <= length(b) then a else b end;
    longer constant text := case when length(a) <= length(b) then b else a end;
begin
    if a_spelt = b_spelt then
        return true;
    end if;
    if length(shorter) >= 2 and exists (select from crm.nicknames() f (words) where f.words like '% ' || a || ' %' and f.words like '% ' || b || ' %') then
        return true;
    end if;
    return length(shorter) >= 3 and starts_with(longer, shorter) and substr(longer, length(shorter) + 1) <> all (others)
        or length(shorter) >= 6 and crm.one_edit_apart(a, b)
            and not (left(a, -1) = left(b, -1) and right(a, 1) ~ '[aeos]' and right(b, 1) ~ '[aeos]')
            and not (length(a) <> length(b) and starts_with(longer, shorter) and right(longer, 1) ~ '[aeos]');
end $$;

-- Whether two surnames can be one: the same, spelt otherwise, or one the initial of the other.
create function crm.same_surname(a text, b text) returns boolean
    language sql immutable strict parallel safe
    return crm.spelling(a) = crm.spelling(b)
        or (length(a) = 1 or length(b) = 1) and left(a, 1) = left(b, 1)
        or least(length(a), length(b)) >= 5 and crm.one_edit_apart(a, b);

-- Whether two people of these names are clearly two. They are not where one name is a part, a spelling, a short form, another order or
-- the initials of the other, where one of them is no name, or where scripts differ in a way that nobody can compare here. A new
-- surname beside the same first name and the same key is a marriage, unless the key is an office's or a family's address.
--
-- key: the address that both have, where it is one.
create function crm.names_apart(a text, b text, key text default null) returns boolean
    language plpgsql immutable parallel safe
    set search_path = pg_catalog, pg_temp
as $$
declare
    letters constant text := 'абвгдежзийклмнопрстуфхцчшщэюяєіїґαβγδεζηθικλμνξοπρστυφχψω';
    latin constant text := 'abvgdezziiklmnoprstufhkkssejjeiigavgdezitiklmnxoprstufhpo';
    -- Written as two names, or as one of two first names: "Ana & Luis Diaz", but not "Ortega y Gasset".
    several constant text := '\s(&|\+|and|und)\s';
    gentlemen constant text := '^\s*(mr|herr|monsieur|senor|signor)\M';
    ladies constant text := '^\s*(mrs|ms|miss|frau|madame|mme|mlle|sra|srta|senora|signora)\M';
    generations constant text := '\m(jr|junior|sr|senior|ii|iii|iv)\M\.?\s*$';
    everybodys constant text := '^(info|office|contact|contacto|kontakt|mail|email|post|hello|hallo|hola|team|desk|reception|admin|sales|support|service|billing|accounts?|'
        'hr|jobs|press|family|familie|familia|famille|home|house|casa|buero|buro|oficina|no-?e?mail|none|no-?reply|unknown|test|shop|shared)([._+-].*)?@';
    a_plain constant text := crm.fold(a);
    b_plain constant text := crm.fold(b);
    x text[];
    y text[];
    x_last text;
    y_last text;
    kin boolean;
begin
    if a is null or b is null or a like '%@%' or b like '%@%' then
        return false;
    end if;
    x := crm.name_words(a);
    y := crm.name_words(b);
    if cardinality(x) = 0 or cardinality(y) = 0 then
        return false;
    end if;
    if (a_plain ~ several) <> (b_plain ~ several)
        or a_plain ~ gentlemen and b_plain ~ ladies or a_plain ~ ladies and b_plain ~ gentlemen
        or replace(replace(substring(a_plain from generations), 'junior', 'jr'), 'senior', 'sr')
            <> replace(replace(substring(b_plain from generations), 'junior', 'jr'), 'senior', 'sr')
        or array(select w from unnest(x) w where w ~ '\d' order by w) <> array(select w from unnest(y) w where w ~ '\d' order by w)
            and array_to_string(x, '') ~ '\d' and array_to_string(y, '') ~ '\d' then
        return true;
    end if;
    if x <@ y or y <@ x or array_to_string(x, '') = array_to_string(y, '') then
        return false;
    end if;

    -- Scripts
    if (array_to_string(x, '') ~ '^[a-z0-9]*$') <> (array_to_string(y, '') ~ '^[a-z0-9]*$') then
        if array_to_string(x || y, '') !~ '^[a-z0-9\u0370-\u04ff]*$' then
            return false;
        end if;
        -- Юлия Ким and Julia Kim: letters differ from one way of writing them in Latin to the next, initials hardly do
        return not (select array_agg(left(translate(w, letters || 'wyc', latin || 'vjk'), 1)) from unnest(x) w)
            && (select array_agg(left(translate(w, letters || 'wyc', latin || 'vjk'), 1)) from unnest(y) w);
    end if;
    if array_to_string(x, '') ~ '^[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+$' and array_to_string(y, '') ~ '^[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+$' then
        -- the family name or the given name alone
        return not (strpos(array_to_string(x, ''), array_to_string(y, '')) > 0 or strpos(array_to_string(y, ''), array_to_string(x, '')) > 0);
    end if;

    if cardinality(x) > 1 and cardinality(y) > 1
        and not array(select left(w, 1) from unnest(x) w) && array(select left(w, 1) from unnest(y) w) then
        return true;  -- what follows costs ten times as much
    end if;
    x_last := x[cardinality(x)];
    y_last := y[cardinality(y)];
    -- What programs call people who gave no name: adiaz, ana.d, diaza
    if cardinality(x) = 1 and x[1] in (y_last || y[1], left(y[1], 1) || y_last, y[1] || left(y_last, 1), y_last || left(y[1], 1))
        or cardinality(y) = 1 and y[1] in (x_last || x[1], left(x[1], 1) || x_last, x[1] || left(x_last, 1), x_last || left(x[1], 1)) then
        return false;
    end if;

    kin := crm.same_given_name(x[1], y[1])
        or (length(x[1]) = 1 or length(y[1]) = 1) and left(x[1], 1) = left(y[1], 1);
    if cardinality(x) = 1 or cardinality(y) = 1 then
        return not kin and not crm.same_surname(x_last, y_last);
    end if;
    if kin and (crm.same_surname(x_last, y_last) or x[2:] && y[2:]) then
        return false;
    end if;
    -- "Diaz Ana" and "Anna Diaz"; "Maria Ana Diaz" and "Anita Diaz"
    if crm.same_given_name(x[1], y_last) and crm.same_surname(x_last, y[1]) or crm.same_given_name(x_last, y[1]) and crm.same_surname(x[1], y_last)
        or crm.same_surname(x_last, y_last) and exists (
            select from unnest(x[:cardinality(x) - 1]) v, unnest(y[:cardinality(y) - 1]) w
            where length(v) > 1 and length(w) > 1 and crm.same_given_name(v, w)) then
        return false;
    end if;
    return not (kin and length(x[1]) > 1 and length(y[1]) > 1 and coalesce(lower(key) !~ everybodys, true));
end $$;

-- The tables of one import, as in 0004, and what rows gave up.
create or replace function crm.begin_import() returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    create temporary table imported (
        row_no integer not null,  -- which record of the file, from 1
        name text,
        email text,
        emails text[],  -- null stands for the one in `email`
        phones text[],
        company text,
        title text,
        location text,
        linkedin_url text,
        linkedin_slug text,
        birthday text,
        notes text,
        tags text[],
        custom jsonb,
        source_uid text,
        -- the id it will have if it is new
        contact_id uuid not null default gen_random_uuid(),
        email_key text collate "C" generated always as (lower(email)) stored,
        name_key text collate "C" generated always as (left(crm.fold(coalesce(name, email, linkedin_slug, '')), 200)) stored
    ) on commit drop;
    -- rows that are the same person as another, which stands for them
    create temporary table import_duplicates (row_no integer not null, leader integer not null) on commit drop;
    -- rows whose contact is known already
    create temporary table import_matches (
        row_no integer not null,
        contact_id uuid,
        -- a contact of a clearly different name that has the address, or the profile, of the row
        email_holder uuid,
        profile_holder uuid
    ) on commit drop;
    -- keys that rows gave up because somebody of a clearly different name has them: another row, or a contact that was there
    create temporary table import_shares (
        row_no integer not null,
        field text not null,
        value text not null,
        holder_row integer,
        holder_name text not null
    ) on commit drop;
    -- contacts that have an address which a row gave up among theirs, under a name that can be the row's
    create temporary table import_sharers (row_no integer not null, contact_id uuid not null) on commit drop;
    -- what became of each row
    create temporary table import_outcomes (row_no integer not null, contact_id uuid not null, outcome text not null) on commit drop;
end $$;

-- Makes one row of all rows of a person: of each field the first that is not blank, of lists and custom fields all.
-- row_nos, leaders: rows, and for each the one that stands for it.
create or replace function crm.fold_duplicates(row_nos integer[], leaders integer[]) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    if row_nos is null then
        return;
    end if;
    with duplicate as (
        select * from unnest(row_nos, leaders) d (row_no, leader)
    ), member as (
        select d.leader, i.* from duplicate d join pg_temp.imported i on i.row_no = d.row_no
        union all
        select i.row_no, i.* from pg_temp.imported i where i.row_no = any (leaders)
    ), person as (
        select m.leader,
            (array_agg(m.name order by m.row_no) filter (where m.name is not null))[1] as name,
            (array_agg(m.email order by m.row_no) filter (where m.email is not null))[1] as email,
            (array_agg(m.company order by m.row_no) filter (where m.company is not null))[1] as company,
            (array_agg(m.title order by m.row_no) filter (where m.title is not null))[1] as title,
            (array_agg(m.location order by m.row_no) filter (where m.location is not null))[1] as location,
            (array_agg(m.linkedin_url order by m.row_no) filter (where m.linkedin_slug is not null))[1] as linkedin_url,
            (array_agg(m.linkedin_slug order by m.row_no) filter (where m.linkedin_slug is not null))[1] as linkedin_slug,
            -- a day with its year says more
            (array_agg(m.birthday order by m.birthday like '--%', m.row_no) filter (where m.birthday is not null))[1] as birthday,
            (array_agg(m.notes order by m.row_no) filter (where m.notes is not null))[1] as notes,
            (array_agg(m.source_uid order by m.row_no) filter (where m.source_uid is not null))[1] as source_uid
        from member m group by m.leader
    ), listed as (
        select m.leader,
            crm.added('{}', array_agg(v.value order by m.row_no, v.position) filter (where v.kind = 'email')) as emails,
            crm.added('{}', array_agg(v.value order by m.row_no, v.position) filter (where v.kind = 'phone')) as phones,
            crm.added('{}', array_agg(v.value order by m.row_no, v.position) filter (where v.kind = 'tag')) as tags
        from member m cross join lateral (
            select 'email' as kind, e.value, e.position from unnest(coalesce(m.emails, array_remove(array[m.email], null))) with ordinality e (value, position)
            union all select 'phone', p.value, p.position from unnest(m.phones) with ordinality p (value, position)
            union all select 'tag', t.value, t.position from unnest(m.tags) with ordinality t (value, position)) v
        group by m.leader
    ), noted as (
        -- of a key that several rows have, jsonb_object_agg keeps the last: here that of the first row
        select m.leader, jsonb_object_agg(f.key, f.value order by m.row_no desc) as custom
        from member m cross join lateral jsonb_each(m.custom) f group by m.leader
    )
    update pg_temp.imported i
        set name = p.name, email = p.email,
            -- the primary address first
            emails = case when p.email is null then l.emails else crm.added(array[p.email], l.emails) end, phones = l.phones, company = p.company, title = p.title, location = p.location,
            linkedin_url = p.linkedin_url, linkedin_slug = p.linkedin_slug, birthday = p.birthday, notes = p.notes, tags = l.tags,
            custom = n.custom, source_uid = p.source_uid
        from person p left join listed l on l.leader = p.leader left join noted n on n.leader = p.leader
        where i.row_no = p.leader;
    delete from pg_temp.imported i where i.row_no = any (row_nos);
    -- who followed one of these follows its leader now
    update pg_temp.import_duplicates d set leader = n.leader from unnest(row_nos, leaders) n (row_no, leader) where d.leader = n.row_no;
    insert into pg_temp.import_duplicates select * from unnest(row_nos, leaders);
end $$;

-- Tells the people of each key apart that stands under clearly different names: whoever has it already keeps it, else the first of them;
-- each other gets a group of their own, and it is noted who shares what with whom.
create function crm.part_shared_keys() returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    -- Comparing each with each is for families and offices; an address under more names than this is nobody's (noemail@...).
    compared_at_most constant integer := 50;
    uid constant uuid := nullif(current_setting('app.user_id', true), '')::uuid;
begin
    create temporary table import_people on commit drop as
        select k.field, k.key, k.name_key, min(k.row_no) as row_no, (array_agg(k.name order by k.row_no))[1] as name,
            count(*) over (partition by k.field, k.key) as names, null::bigint as person, false as known
        from (
            select 'email' as field, s.email_key as key, s.name_key, s.name, s.row_no from pg_temp.import_shared s
                where s.email_key is not null and s.name is not null
            union all
            select 'linkedin_url', s.linkedin_slug collate "C", s.name_key, s.name, s.row_no from pg_temp.import_shared s
                where s.linkedin_slug is not null and s.name is not null) k
        group by k.field, k.key, k.name_key;
    delete from pg_temp.import_people p where p.names = 1;
    if exists (select from pg_temp.import_people) then
        analyze pg_temp.import_people;
        update pg_temp.import_people p set known = true from (
                select o.field, o.key, o.name_key from pg_temp.import_people o
                left join lateral (select c.name, c.name_key from crm.contacts c
                    where o.field = 'email' and c.user_id = uid and c.email_key between o.key and o.key order by c.email_key limit 1) e on true
                left join lateral (select c.name, c.name_key from crm.contacts c
                    where o.field <> 'email' and c.user_id = uid and c.linkedin_slug between (o.key collate "default") and (o.key collate "default")
                    order by c.linkedin_slug limit 1) l on true
                where coalesce(e.name_key, l.name_key) = o.name_key
                    or o.names <= compared_at_most and not crm.names_apart(coalesce(e.name, l.name), o.name, case o.field when 'email' then o.key end)
                        and coalesce(e.name, l.name) is not null) n
            where p.field = n.field and p.key = n.key and p.name_key = n.name_key;
        update pg_temp.import_people p set person = n.person from (
                select o.field, o.key, o.name_key, row_number() over (partition by o.field, o.key order by o.known desc, o.row_no) as person
                from pg_temp.import_people o where o.names > compared_at_most) n
            where p.field = n.field and p.key = n.key and p.name_key = n.name_key;
        for number in 1..compared_at_most loop
            update pg_temp.import_people p set person = number from (
                    select distinct on (o.field, o.key) o.field, o.key, o.name from pg_temp.import_people o where o.person is null
                    order by o.field, o.key, o.known desc, o.row_no) f
                where p.field = f.field and p.key = f.key and p.person is null
                    and not crm.names_apart(f.name, p.name, case p.field when 'email' then p.key end);
            exit when not found;
        end loop;
        update pg_temp.import_shared s set email_group = s.email_key || ' ' || p.person from pg_temp.import_people p
            where p.field = 'email' and p.key = s.email_key and p.name_key = s.name_key and s.name is not null and p.person > 1;
        update pg_temp.import_shared s set profile_group = s.linkedin_slug || ' ' || p.person from pg_temp.import_people p
            where p.field = 'linkedin_url' and p.key = s.linkedin_slug collate "C" and p.name_key = s.name_key and s.name is not null and p.person > 1;
        insert into pg_temp.import_shares (row_no, field, value, holder_row, holder_name)
            select s.row_no, f.field, case f.field when 'email' then i.email else i.linkedin_url end, f.row_no, f.name
            from (select distinct on (o.field, o.key) * from pg_temp.import_people o where o.person = 1 order by o.field, o.key, o.known desc, o.row_no) f
            join pg_temp.import_shared s on case f.field when 'email' then s.email_group <> s.email_key and s.email_key = f.key
                else s.profile_group <> s.linkedin_slug and s.linkedin_slug collate "C" = f.key end
            join pg_temp.imported i on i.row_no = s.row_no;
    end if;
    drop table pg_temp.import_people;
end $$;

-- Takes from rows the address that somebody else goes by: it stays among theirs, and the next of them, if there is one, is the first now.
-- What a row gave up stands in `import_shares` already. Tells whether a row has another first address.
create function crm.give_up_addresses(row_nos integer[]) returns boolean
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    renamed boolean;
begin
    with given as (
        select s.row_no, array_agg(lower(s.value)) as addresses from pg_temp.import_shares s
        where s.field = 'email' and s.row_no = any (row_nos) group by s.row_no
    ), next as (
        select i.row_no, coalesce(i.emails, array[i.email]) as emails, (
            select e.address from unnest(i.emails) with ordinality e (address, place)
            where lower(e.address) <> all (g.addresses) order by e.place limit 1) as email
        from given g join pg_temp.imported i on i.row_no = g.row_no
    ), written as (
        update pg_temp.imported i set email = n.email, emails = crm.added(array_remove(array[n.email], null), n.emails)
            from next n where n.row_no = i.row_no returning i.email
    )
    select bool_or(w.email is not null) into renamed from written w;
    return coalesce(renamed, false);
end $$;

-- Takes from rows the profile that somebody else has: it stays among their custom fields.
create function crm.give_up_profiles(row_nos integer[]) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    update pg_temp.imported i
        set linkedin_url = null, linkedin_slug = null,
            custom = coalesce(i.custom, '{}') || jsonb_build_object(case when i.custom ? 'LinkedIn' then 'LinkedIn 2' else 'LinkedIn' end, coalesce(i.linkedin_url, i.linkedin_slug))
        where i.row_no = any (row_nos);
end $$;

-- Folds the rows of the file that share an e-mail, a profile or a record id, also over several steps (the e-mail of one row, the profile
-- of another), but never two people of clearly different names.
create or replace function crm.fold_shared_keys() returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    turns constant integer := 5;
begin
    -- A record id under several names identifies nobody: some programs write the same one everywhere.
    update pg_temp.imported i set source_uid = null from (
        select u.source_uid from pg_temp.imported u where u.source_uid is not null group by u.source_uid having min(u.name_key) <> max(u.name_key)) u
        where i.source_uid = u.source_uid;

    -- A row that gave up its address may go by its next one, which others may have as well.
    for turn in 1..turns loop
        exit when not crm.fold_shared_keys_once();
    end loop;
end $$;

-- One turn of `crm.fold_shared_keys`. Tells whether a row goes by another address now.
create function crm.fold_shared_keys_once() returns boolean
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    renamed boolean := false;
begin
    create temporary table import_shared on commit drop as
        select i.row_no, i.row_no as leader, i.email_key, i.linkedin_slug, i.source_uid, i.name, i.name_key,
            i.email_key as email_group, i.linkedin_slug as profile_group
        from pg_temp.imported i
        where i.email_key in (select k.email_key from pg_temp.imported k where k.email_key is not null group by 1 having count(*) > 1)
            or i.linkedin_slug in (select k.linkedin_slug from pg_temp.imported k where k.linkedin_slug is not null group by 1 having count(*) > 1)
            or i.source_uid in (select k.source_uid from pg_temp.imported k where k.source_uid is not null group by 1 having count(*) > 1);
    if exists (select from pg_temp.import_shared) then
        analyze pg_temp.import_shared;
        perform crm.part_shared_keys();
        loop
            update pg_temp.import_shared s set leader = n.leader from (
                    select k.row_no, least(
                        min(k.leader) over (partition by coalesce(k.email_group, '#' || k.row_no)),
                        min(k.leader) over (partition by coalesce(k.profile_group, '#' || k.row_no)),
                        min(k.leader) over (partition by coalesce(k.source_uid, '#' || k.row_no))) as leader
                    from pg_temp.import_shared k) n
                where n.row_no = s.row_no and n.leader < s.leader;
            exit when not found;
            -- Following the leader's leader halves the number of turns that a long chain takes.
            update pg_temp.import_shared s set leader = l.leader from pg_temp.import_shared l where l.row_no = s.leader and l.leader < s.leader;
        end loop;
        -- A chain can lead from one person to another ("Ana Diaz", "A. Diaz", "Alberto Diaz"): who differs from its first name is on their own.
        update pg_temp.import_shared s set leader = s.row_no from (
                select k.row_no, k.name, k.name_key, first_value(k.name) over chain as first_name, first_value(k.name_key) over chain as first_key
                from pg_temp.import_shared k window chain as (partition by k.leader order by k.name is null, k.row_no)) n
            where n.row_no = s.row_no and n.name is not null and n.name_key <> n.first_key and crm.names_apart(n.first_name, n.name);
        perform crm.give_up_profiles(array_agg(s.row_no)) from pg_temp.import_shared s where s.profile_group <> s.linkedin_slug having count(*) > 0;
        select crm.give_up_addresses(array_agg(s.row_no)) into renamed from pg_temp.import_shared s where s.email_group <> s.email_key having count(*) > 0;
        perform crm.fold_duplicates(array_agg(s.row_no), array_agg(s.leader)) from pg_temp.import_shared s where s.row_no <> s.leader having count(*) > 0;
    end if;
    drop table pg_temp.import_shared;
    return coalesce(renamed, false);
end $$;

-- Takes from rows the keys that contacts of clearly different names have, as `import_matches` says, and notes whose they are.
create function crm.give_up_held_keys(uid uuid) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    insert into pg_temp.import_shares (row_no, field, value, holder_name)
        select i.row_no, h.field, case h.field when 'email' then i.email else i.linkedin_url end, c.name
        from pg_temp.import_matches m
        cross join lateral (values ('email', m.email_holder), ('linkedin_url', m.profile_holder)) h (field, id)
        join pg_temp.imported i on i.row_no = m.row_no
        cross join lateral (select * from crm.contacts s where s.user_id = uid and s.id between h.id and h.id order by s.id limit 1) c
        where h.id is not null;
    perform crm.give_up_profiles(array_agg(m.row_no)) from pg_temp.import_matches m where m.profile_holder is not null having count(*) > 0;
    perform crm.give_up_addresses(array_agg(m.row_no)) from pg_temp.import_matches m where m.email_holder is not null having count(*) > 0;
end $$;

-- Finds for rows that gave up an address the contacts that have it among theirs under a name that can be the row's. One look at all of the
-- user's contacts with such addresses, which is why only these rows get it.
create function crm.find_sharers(uid uuid) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    -- as in `crm.part_shared_keys`
    compared_at_most constant integer := 50;
begin
    delete from pg_temp.import_sharers;
    if not exists (select from pg_temp.import_shares s where s.field = 'email') then
        return;
    end if;
    insert into pg_temp.import_sharers (row_no, contact_id)
        with wanted as (
            select i.row_no, i.name, lower(s.value) as address from pg_temp.import_shares s join pg_temp.imported i on i.row_no = s.row_no
            where s.field = 'email'
        ), held as (
            select c.id, c.name, c.created_at, lower(e.address) as address, count(*) over (partition by lower(e.address)) as holders
            from crm.contacts c cross join lateral unnest(c.emails) e (address)
            where c.user_id = uid and (c.email is null or cardinality(c.emails) > 1) and not c.is_self
                and lower(e.address) in (select w.address from wanted w) and lower(e.address) is distinct from c.email_key
        )
        select distinct on (w.row_no) w.row_no, h.id from wanted w join held h on h.address = w.address
        where h.holders <= compared_at_most and not crm.names_apart(h.name, w.name, w.address)
        order by w.row_no, h.created_at, h.id;
end $$;

-- Finds the contacts that rows with an e-mail, a profile, a record id, or more than a name mean: one look-up after the other for each row.
-- A key that somebody of a clearly different name has is given up, and the row looked up without it.
--
-- Every look-up here is written as a range of one key in the order of that key, and the merge forbids sorting: so it can only use the index
-- of that key. Left to the statistics, which know nothing of a user who is new or has just grown, any index that begins with the
-- user looks as good as the right one, and a large import takes minutes.
create or replace function crm.match_by_key(uid uuid, source text) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    family constant text := split_part(source, '_', 1);  -- google_csv and google_csv_old share their ids
    ours constant boolean := family = 'warmpath';
    uuid_shape constant text := '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';
    -- Short ids are counted up by each address book anew; they hold only together with the name.
    unique_from constant integer := 8;
    -- Ids of LinkedIn's members, which were kept in lower case once.
    member_id constant text := '^A[A-Z][A-Za-z]AA[A-Za-z0-9_-]{4,}$';
    again integer[];  -- rows that gave up a key, and are looked up without it
begin
    delete from pg_temp.import_matches;
    loop
        perform crm.find_sharers(uid);
        insert into pg_temp.import_matches (row_no, contact_id, email_holder, profile_holder)
            select i.row_no, coalesce(e.same, p.same, m.id, x.id, r.id, n.id, s.contact_id), e.other, p.other
            from (select s.*, case when ours and s.source_uid ~ uuid_shape then s.source_uid::uuid end as own_id from pg_temp.imported s
                where again is null or s.row_no = any (again)) i
            left join lateral (select case when not h.apart then h.id end as same, case when h.apart then h.id end as other
                from (select c.id, c.name_key <> i.name_key and not (c.is_self and c.name = 'Me') and crm.names_apart(c.name, i.name, i.email) is true as apart
                    from crm.contacts c
                    where c.user_id = uid and c.email_key between i.email_key and i.email_key order by c.email_key limit 1) h) e on true
            left join lateral (select case when not h.apart then h.id end as same, case when h.apart then h.id end as other
                from (select c.id, c.name_key <> i.name_key and not (c.is_self and c.name = 'Me') and crm.names_apart(c.name, i.name) is true as apart
                    from crm.contacts c
                    where c.user_id = uid and c.linkedin_slug between i.linkedin_slug and i.linkedin_slug order by c.linkedin_slug limit 1) h) p on true
            left join lateral (select h.id
                from (select c.id, c.name_key <> i.name_key and crm.names_apart(c.name, i.name) is true as apart from crm.contacts c
                    where e.same is null and p.same is null and p.other is null and i.linkedin_slug ~ member_id
                        and c.user_id = uid and c.linkedin_slug between lower(i.linkedin_slug) and lower(i.linkedin_slug)
                    order by c.linkedin_slug limit 1) h where not h.apart) m on true
            left join lateral (select c.id from crm.contacts c
                where e.same is null and p.same is null and m.id is null
                    and c.user_id = uid and c.id between i.own_id and i.own_id order by c.id limit 1) x on true
            left join lateral (select c.id from crm.contacts c
                where e.same is null and p.same is null and m.id is null and x.id is null
                    and c.user_id = uid and c.source_uid between i.source_uid and i.source_uid
                    and split_part(c.source, '_', 1) = family and (length(i.source_uid) >= unique_from or c.name_key = i.name_key)
                order by c.source_uid limit 1) r on true
            left join lateral (select c.id from crm.contacts c
                where e.same is null and p.same is null and m.id is null and x.id is null and r.id is null and i.name is not null
                    and c.user_id = uid and c.name_key between i.name_key and i.name_key
                    and (crm.phone_keys(c.phones) && crm.phone_keys(i.phones)
                        or lower(c.emails::text)::text[] && lower(coalesce(i.emails, array[i.email])::text)::text[])
                order by c.name_key, c.id limit 1) n on true
            left join pg_temp.import_sharers s on s.row_no = i.row_no
            where coalesce(e.same, p.same, m.id, x.id, r.id, n.id, s.contact_id, e.other, p.other) is not null;
        select array_agg(k.row_no) into again from pg_temp.import_matches k where k.email_holder is not null or k.profile_holder is not null;
        exit when again is null;
        perform crm.give_up_held_keys(uid);
        delete from pg_temp.import_matches k where k.row_no = any (again);
    end loop;
    perform crm.fold_same_contact();
end $$;

-- Writes the rows that `which` asks for and takes them out of the table: known ones fill blanks, the others become contacts.
-- only_keyed: leave rows without a match that have neither an e-mail nor a profile. careful: leave rows whose key somebody else has just
-- written, instead of failing; that costs a tenth more for each row.
create or replace function crm.write_imported(uid uuid, source text, update_known boolean, only_keyed boolean, careful boolean) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    if update_known then
        with known as (
            select i.*, m.contact_id as known_id, coalesce(i.emails, array_remove(array[i.email], null)) as all_emails
            from pg_temp.import_matches m join pg_temp.imported i on i.row_no = m.row_no
        ), filled as (
            select k.row_no, c.id,
                coalesce(nullif(c.name, ''), k.name, '') as name, coalesce(c.email, k.email) as email,
                case when c.email is null and k.email is not null then crm.added(k.all_emails, c.emails) else crm.added(c.emails, k.all_emails) end as emails,
                crm.added(c.phones, k.phones) as phones, coalesce(c.company, k.company) as company, coalesce(c.title, k.title) as title,
                coalesce(c.location, k.location) as location,
                case when p.free then k.linkedin_url else c.linkedin_url end as linkedin_url,
                case when p.free then k.linkedin_slug else c.linkedin_slug end as linkedin_slug,
                coalesce(c.birthday, k.birthday) as birthday, coalesce(c.notes, k.notes) as notes, crm.added(c.tags, k.tags) as tags,
                case when pg_column_size(k.custom || c.custom) <= 100000 then k.custom || c.custom else c.custom end as custom,
                coalesce(c.source_uid, case when split_part(c.source, '_', 1) = split_part(write_imported.source, '_', 1) then k.source_uid end) as source_uid,
                row(c.name, c.email, c.emails, c.phones, c.company, c.title, c.location, c.linkedin_url, c.linkedin_slug, c.birthday,
                    c.notes, c.tags, c.custom, c.source_uid) as before
            from known k
            cross join lateral (select * from crm.contacts s where s.user_id = uid and s.id between k.known_id and k.known_id order by s.id limit 1) c
            -- a row may be known by its e-mail while another contact has its profile
            -- (an id of a member in lower case gets its own letters back)
            cross join lateral (select (c.linkedin_slug is null or c.linkedin_slug <> k.linkedin_slug and c.linkedin_slug = lower(k.linkedin_slug))
                    and k.linkedin_slug is not null and not exists (
                select from crm.contacts o where o.user_id = uid and o.linkedin_slug between k.linkedin_slug and k.linkedin_slug
                order by o.linkedin_slug limit 1) as free) p
        ), changed as materialized (
            select * from filled f where row(f.name, f.email, f.emails, f.phones, f.company, f.title, f.location, f.linkedin_url, f.linkedin_slug,
                f.birthday, f.notes, f.tags, f.custom, f.source_uid) is distinct from f.before
        ), written as (
            update crm.contacts c
                set name = f.name, email = f.email, emails = f.emails, phones = f.phones, company = f.company, title = f.title, location = f.location,
                    linkedin_url = f.linkedin_url, linkedin_slug = f.linkedin_slug, birthday = f.birthday, notes = f.notes, tags = f.tags,
                    custom = f.custom, source_uid = f.source_uid, updated_at = now()
                from changed f where c.user_id = uid and c.id = f.id
                returning f.row_no, c.id
        )
        insert into pg_temp.import_outcomes select w.row_no, w.id, 'updated' from written w;
    end if;
    insert into pg_temp.import_outcomes
        select m.row_no, m.contact_id, 'unchanged' from pg_temp.import_matches m
        where not update_known or not exists (select from pg_temp.import_outcomes o where o.row_no = m.row_no);

    execute format('
        with added as (
            insert into crm.contacts (user_id, id, name, email, emails, phones, company, title, location, linkedin_url, linkedin_slug, birthday, notes,
                    tags, custom, source, source_uid)
                select $1, i.contact_id, coalesce(i.name, ''''), i.email, coalesce(i.emails, array_remove(array[i.email], null)),
                    coalesce(i.phones, ''{}''), i.company, i.title, i.location, i.linkedin_url, i.linkedin_slug, i.birthday, i.notes,
                    coalesce(i.tags, ''{}''), coalesce(i.custom, ''{}''), $2, i.source_uid
                from pg_temp.imported i
                where (not $3 or i.email_key is not null or i.linkedin_slug is not null)
                    and not exists (select from pg_temp.import_matches m where m.row_no = i.row_no)
                %s returning id)
        insert into pg_temp.import_outcomes
            select i.row_no, i.contact_id, ''created'' from added a join pg_temp.imported i on i.contact_id = a.id',
        case when careful then 'on conflict do nothing' else '' end) using uid, source, only_keyed;
    delete from pg_temp.imported i where exists (select from pg_temp.import_outcomes o where o.row_no = i.row_no);
end $$;

revoke all on function crm.name_words, crm.one_edit_apart, crm.spelling, crm.nicknames, crm.same_given_name, crm.same_surname, crm.names_apart,
    crm.part_shared_keys, crm.fold_shared_keys_once, crm.give_up_addresses, crm.give_up_profiles, crm.give_up_held_keys, crm.find_sharers from public;
grant execute on function crm.name_words, crm.one_edit_apart, crm.spelling, crm.nicknames, crm.same_given_name, crm.same_surname, crm.names_apart,
    crm.part_shared_keys, crm.fold_shared_keys_once, crm.give_up_addresses, crm.give_up_profiles, crm.give_up_held_keys, crm.find_sharers to crm_app;
