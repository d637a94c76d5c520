-- Names: one comparison, crm.names_apart, decides for files and for single contacts whether two names are clearly those of two people.
-- An address or a profile under two such names does not identify one person: the first contact keeps it as a key, the others only as a
-- further address or a custom field.

-- Words beside a name that are not part of it.
create or replace function crm.titles_and_degrees() returns text[]
    language sql immutable parallel safe
    return '{mr,mrs,ms,miss,mx,dr,drs,prof,professor,herr,frau,dipl,mag,sir,madam,mme,mlle,monsieur,madame,sra,srta,senor,senora,
        dott,dottssa,dottore,ir,hon,jr,jun,junior,sr,sen,senior,ii,iii,iv,phd,md,mba,cpa,esq,msc,bsc,dds,llm,pmp}'::text[];

-- The words of a name for comparison: lower case, without accents, invisible marks, titles and degrees; "Diaz, Ana" in the order of
-- "Ana Diaz". A name of titles alone stays unchanged.
create or replace function crm.name_words(name text) returns text[]
    language plpgsql immutable strict parallel safe
    set search_path = pg_catalog, pg_temp
as $$
declare
    ignored constant text[] := crm.titles_and_degrees();
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

-- Whether two words differ by one typing error, or by one letter spelt differently (Sergey, Sergei).
create or replace function crm.one_edit_apart(a text, b text) returns boolean
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
        -- two swapped letters
        or length(a) = length(b) and front + back = length(a) - 2
            and substr(a, front + 1, 1) = substr(b, front + 2, 1) and substr(a, front + 2, 1) = substr(b, front + 1, 1);
end $$;

-- A word without the differences between spellings of one name: doubled letters, and the two spellings of an umlaut.
create or replace function crm.spelling(word text) returns text
    language sql immutable strict parallel safe
    return regexp_replace(replace(replace(replace(word, 'ae', 'a'), 'oe', 'o'), 'ue', 'u'), '(.)\1+', '\1', 'g');

-- First names and their short forms, as `crm.name_words` gives them: the words of one row can be one person's name, a word can stand in several.
create or replace function crm.nicknames() returns table (words text)
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
        (' kate katie kathy cathy kat kathryn katherine catherine katharine catharine katharina katarina ekaterina katya caterina catalina kathrin kati kitty kaitlyn '),
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
        (' lottie charlotte carlota lotte '),
        (' kasia kaska katarzyna '), (' gosia malgosia malgorzata '), (' asia joanna '), (' basia barbara '), (' ania anna '), (' ola aleksandra '), (' zosia zofia '),
        (' magda magdalena '), (' aga agnieszka '), (' ela elzbieta '), (' tomek tomasz '), (' wojtek wojciech '), (' krzys krzysztof '), (' piotrek piotr '),
        (' jurek jerzy '), (' staszek stanislaw '), (' kuba jakub '), (' bartek bartosz bartlomiej '), (' maciek maciej '), (' mietek mieczyslaw '),
        (' peppino pino giuseppe '), (' gigi luigi '), (' mimmo domenico '), (' nino antonio '), (' nino giovanni '), (' ma maria '),
        (' саша шура александр '), (' саша шура александра '), (' катя екатерина '), (' леша алеша алексей '), (' дима дмитрий '), (' вова володя владимир '),
        (' женя евгений '), (' женя евгения '), (' ваня иван '), (' миша михаил '), (' коля николай '), (' паша павел '), (' петя петр '), (' сережа сергей '),
        (' костя константин '), (' толя анатолий '), (' гена геннадий '), (' гриша григорий '), (' федя федор '), (' юра юрий '), (' слава вячеслав '), (' слава ярослав '),
        (' боря борис '), (' рома роман '), (' витя виктор '), (' вика виктория '), (' маша мария '), (' даша дарья '), (' наташа наталья наталия '), (' таня татьяна '),
        (' оля ольга '), (' лена елена '), (' ира ирина '), (' света светлана '), (' настя анастасия '), (' аня анна '), (' надя надежда '), (' люда людмила '),
        (' люба любовь '), (' галя галина '), (' соня софья софия '), (' юля юлия '), (' ксюша ксения '), (' лиза елизавета '), (' лида лидия '), (' валя валентина '),
        (' patsy patricia '), (' rosie rose rosa rosemary '), (' ruthie ruth '), (' wendy gwendolyn ')) v;
end;

-- Whether a word is one of the first names known here.
create or replace function crm.is_given_name(word text) returns boolean
    language sql immutable strict parallel safe
    return exists (select from crm.nicknames() f (words) where f.words like '% ' || word || ' %')
        or word in ('istvan', 'laszlo', 'janos', 'jozsef', 'zoltan', 'ferenc', 'sandor', 'gabor', 'attila', 'peter', 'tamas', 'zsolt', 'tibor', 'andras', 'csaba', 'imre',
            'lajos', 'gyorgy', 'balazs', 'gyula', 'mihaly', 'karoly', 'robert', 'bela', 'daniel', 'adam', 'krisztian', 'miklos', 'erzsebet', 'ilona', 'katalin',
            'eva', 'zsuzsanna', 'margit', 'judit', 'agnes', 'julianna', 'andrea', 'ildiko', 'erika', 'krisztina', 'monika', 'edit', 'gabriella', 'eszter', 'agi',
            'timea', 'reka', 'dora', 'zsofia', 'noemi', 'luis', 'diego', 'carmen', 'lucia', 'mia', 'leah', 'noah', 'emma', 'olivia', 'luca', 'paula', 'laura');

-- Whether two first names, as `crm.name_words` gives them, can be one person's: equal, spelt differently, or one the short form of the other.
create or replace function crm.same_given_name(a text, b text) returns boolean
    language plpgsql immutable strict parallel safe
    set search_path = pg_catalog, pg_temp
as $$
declare
    -- Endings that make the name of another person: Daniel and Danielle, Julia and Julian, Max and Maxine, Ana and Anabel.
    others constant text[] := '{a,e,i,o,s,n,us,na,ne,le,ia,ie,ina,ine,in,la,lla,lle,ela,ella,elle,ette,etta,bel,belle,а,я,ия,ья,ина,ка}';
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
    -- two first names that are known here are two, however little they differ: Francis and Frances, Christian and Christina
    if exists (select from crm.nicknames() f (words) where f.words like '% ' || a || ' %')
        and exists (select from crm.nicknames() f (words) where f.words like '% ' || b || ' %') then
        return false;
    end if;
    return length(shorter) >= 3 and starts_with(longer, shorter) and substr(longer, length(shorter) + 1) <> all (others)
        or length(shorter) >= 6 and crm.one_edit_apart(a, b)
            and not (left(a, -1) = left(b, -1) and right(a, 1) ~ '[aeosаяий]' and right(b, 1) ~ '[aeosаяий]')
            and not (length(a) <> length(b) and starts_with(longer, shorter) and right(longer, 1) ~ '[aeosая]');
end $$;

-- Whether two surnames can be one: equal, spelt differently, or one the initial of the other.
create or replace function crm.same_surname(a text, b text) returns boolean
    language sql immutable strict parallel safe
    return crm.spelling(a) = crm.spelling(b)
        or (length(a) = 1 or length(b) = 1) and left(a, 1) = left(b, 1)
        or least(length(a), length(b)) >= 5 and crm.one_edit_apart(a, b);

-- Whether two names are clearly those of two people. They are not where one name is a part, a spelling, a short form, another order or
-- the initials of the other, where one of them is not a name, or where their scripts cannot be compared. A new
-- surname beside the very same first name (Jack is not Hans here) and the same key is a marriage, unless the key is an office's or a family's address.
--
-- key: the address that both have, where they share an address. Keys have the collation "C", which knows no letters and cases beyond ASCII and
-- would pass to everything here: hence the collations of names and words.
create or replace function crm.names_apart(a text, b text, key text default null) returns boolean
    language plpgsql immutable parallel safe
    set search_path = pg_catalog, pg_temp
    -- An import forbids generic plans, for its tables differ in size; planning these statements for each pair takes eight times as long as running them.
    set plan_cache_mode = force_generic_plan
as $$
declare
    letters constant text := 'абвгдежзийклмнопрстуфхцчшщэюяєіїґαβγδεζηθικλμνξοπρστυφχψω';
    latin constant text := 'abvgdezziiklmnoprstufhkkssejjeiigavgdezitiklmnxoprstufhpo';
    -- One text with two names or with two first names: "Ana & Luis Diaz", but not "Ortega y Gasset".
    several constant text := '\s(&|\+|and|und)\s';
    gentlemen constant text := '^\s*(mr|herr|monsieur|senor|signor)\M';
    ladies constant text := '^\s*(mrs|ms|miss|frau|madame|mme|mlle|sra|srta|senora|signora)\M';
    generations constant text := '\m(jr|jun|junior|sr|sen|senior|ii|iii|iv)\M\.?\s*$';
    -- Addresses of many that are not those of an office.
    everybodys constant text := '^(family|familie|familia|famille|famiglia|home|house|casa|zuhause|no-?e?mail|none|unknown|test|shared)([._+-].*)?@';
    -- Frequent surnames of those who write the family's name first. Those that are first names elsewhere as well (Kim, Lee, Simon) are left out.
    surnames constant text[] := '{wang,li,zhang,liu,chen,huang,zhao,wu,zhou,xu,zhu,hu,guo,gao,luo,zheng,liang,xie,cao,deng,feng,choi,jung,kang,cho,yoon,jang,lim,
        nguyen,tran,pham,hoang,phan,dang,bui,ngo,duong,sato,suzuki,takahashi,tanaka,watanabe,ito,yamamoto,nakamura,kobayashi,kato,yoshida,yamada,sasaki,
        yamaguchi,matsumoto,inoue,kimura,nagy,kovacs,toth,szabo,horvath,varga,kiss,molnar,nemeth,farkas,balogh,papp,takacs,juhasz,lakatos,meszaros,olah,
        racz,fekete,szilagyi,torok,feher,gal,szucs,kocsis,pinter,fodor,szalai,sipos,magyar,lukacs,gulyas,biro,kiraly}';
    a_plain constant text collate "default" := crm.fold(a collate "default");
    b_plain constant text collate "default" := crm.fold(b collate "default");
    x text[] collate "default";
    y text[] collate "default";
    x_last text collate "default";
    y_last text collate "default";
    kin boolean;
begin
    if a is null or b is null or a like '%@%' or b like '%@%' then
        return false;
    end if;
    x := crm.name_words(a collate "default");
    y := crm.name_words(b collate "default");
    if cardinality(x) = 0 or cardinality(y) = 0 then
        return false;
    end if;
    if (a_plain ~ several) <> (b_plain ~ several)
        or a_plain ~ gentlemen and b_plain ~ ladies or a_plain ~ ladies and b_plain ~ gentlemen
        or regexp_replace(substring(a_plain from generations), '^(j|s)\D*$', '\1') <> regexp_replace(substring(b_plain from generations), '^(j|s)\D*$', '\1')
        or array(select w from unnest(x) w where w ~ '\d' order by w) <> array(select w from unnest(y) w where w ~ '\d' order by w)
            and array_to_string(x, '') ~ '\d' and array_to_string(y, '') ~ '\d' then
        return true;
    end if;
    if x <@ y or y <@ x or array_to_string(x, '') = array_to_string(y, '')
        -- "Kim Min-jun" and "Minjun Kim"
        or array_to_string(x, '') = y[cardinality(y)] || array_to_string(y[:cardinality(y) - 1], '')
        or array_to_string(y, '') = x[cardinality(x)] || array_to_string(x[:cardinality(x) - 1], '') then
        return false;
    end if;

    -- Names in two scripts.
    if (array_to_string(x, '') ~ '^[a-z0-9]*$') <> (array_to_string(y, '') ~ '^[a-z0-9]*$') then
        if array_to_string(x || y, '') !~ '^[a-z0-9\u0370-\u04ff]*$' then
            return false;
        end if;
        -- Юлия Ким and Julia Kim: letters differ between the transcriptions into Latin, initials hardly do
        return not (select array_agg(left(translate(w, letters || 'wyc', latin || 'vjk'), 1)) from unnest(x) w)
            && (select array_agg(left(translate(w, letters || 'wyc', latin || 'vjk'), 1)) from unnest(y) w);
    end if;
    if array_to_string(x, '') ~ '^[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+$' and array_to_string(y, '') ~ '^[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+$' then
        -- the family name or the given name alone
        return not (strpos(array_to_string(x, ''), array_to_string(y, '')) > 0 or strpos(array_to_string(y, ''), array_to_string(x, '')) > 0);
    end if;

    if cardinality(x) > 1 and cardinality(y) > 1
        and not array(select left(w, 1) from unnest(x) w) && array(select left(w, 1) from unnest(y) w) then
        return true;  -- the comparisons below cost ten times as much
    end if;
    x_last := x[cardinality(x)];
    y_last := y[cardinality(y)];
    -- Names that programs make for people without one: adiaz, ana.d, diaza
    if cardinality(x) = 1 and x[1] in (y_last || y[1], left(y[1], 1) || y_last, y[1] || left(y_last, 1), y_last || left(y[1], 1))
        or cardinality(y) = 1 and y[1] in (x_last || x[1], left(x[1], 1) || x_last, x[1] || left(x_last, 1), x_last || left(x[1], 1)) then
        return false;
    end if;

    kin := crm.same_given_name(x[1], y[1])
        or (length(x[1]) = 1 or length(y[1]) = 1) and left(x[1], 1) = left(y[1], 1)
        -- "JK Rowling" and "Joanne K. Rowling"
        or length(x[1]) between 2 and 3 and x[1] = coalesce((select string_agg(left(w, 1), '' order by place) from unnest(y[:cardinality(y) - 1]) with ordinality u (w, place)), '')
        or length(y[1]) between 2 and 3 and y[1] = coalesce((select string_agg(left(w, 1), '' order by place) from unnest(x[:cardinality(x) - 1]) with ordinality u (w, place)), '');
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
    if crm.spelling(x[1]) <> crm.spelling(y[1]) or length(x[1]) = 1 or length(y[1]) = 1 or lower(key) ~ everybodys or crm.is_nobodys_mailbox(key) then
        return true;
    end if;
    -- "Nagy Anna" and "Nagy Péter", "Wang Wei" and "Wang Fang": the first word is the family's
    return not crm.same_given_name(x_last, y_last)
        and (x[1] = any (surnames) or not crm.is_given_name(x[1]) and crm.is_given_name(x_last) and crm.is_given_name(y_last));
end $$;

-- Of how many names at most all pairs are compared, as for families and offices. A key under more names means only the very same one; an address
-- under more belongs to nobody (noemail@...).
create or replace function crm.compared_at_most() returns integer
    language sql immutable parallel safe
    return 50;

-- The key to compare two names by that share a phone: it is as often an office's, so another surname beside the same first name is another person.
create or replace function crm.phone_of_many() returns text
    language sql immutable parallel safe
    return 'office@';

-- The deployed functions may call these.
grant execute on function crm.compared_at_most, crm.phone_of_many, crm.titles_and_degrees, crm.name_words, crm.one_edit_apart, crm.spelling, crm.nicknames, crm.is_given_name, crm.same_given_name, crm.same_surname,
    crm.names_apart to crm_app;
