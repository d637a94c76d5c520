"""The names of columns: those that exports and people give each field, in many languages.

A name is compared without case, accents, spaces and punctuation, so `E-mail`, `EMail` and `e_mail` are one. Add a name to
the line of its language; a test refuses one that stands for two fields.
"""

from __future__ import annotations

# field -> names. Some fields are not fields of a contact: parts of a name, an address or a date; `contact` and
# `name_or_last_name`, which the values and the other columns decide; `website`, `fax` and `custom`, which go to the custom
# fields; `ignore`, for columns that say nothing about the person.
COLUMN_NAMES: dict[str, str] = {
    "name": """
        en: name, full name, display name, contact name, person, person name, fullname, formatted name, complete name, cn,
            name of contact, client name, customer name, lead name, member name, attendee, attendee name, guest name, saved name,
            public display name, surname given, surname given name, surname first name, last name first name, last first, first last,
            names, invitee name, first name last name, first and last name, name surname, surname name, your name, real name, employee name, employee full name, staff name
        de: vollständiger name, ganzer name, anzeigename, kontaktname, vor und nachname, vorname nachname, vorname und nachname,
            name vorname, ansprechpartner, ansprechperson
        fr: nom complet, nom affiché, nom et prénom, nom prénom, prénom nom, prénom et nom, nom du contact, nom d'affichage
        es: nombre completo, nombre y apellido, nombre y apellidos, nombre para mostrar, nombre del contacto, nombre mostrado
        it: nome completo, nome e cognome, cognome e nome, nome visualizzato, nominativo, nome cognome
        pt: nome completo, nome e sobrenome, nome e apelido, nome de exibição, nome exibido, nome do contato, nome do contacto
        nl: volledige naam, weergavenaam, naam, contactnaam
        sv: fullständigt namn, visningsnamn, namn, hela namnet
        da: fulde navn, vist navn, navn
        no: fullt navn, visningsnavn
        fi: koko nimi, nimi, näyttönimi
        pl: imię i nazwisko, nazwisko i imię, pełna nazwa, wyświetlana nazwa, nazwa wyświetlana
        cs: celé jméno, jméno a příjmení, zobrazované jméno, příjmení a jméno
        sk: celé meno, meno a priezvisko
        hu: név, teljes név
        ro: nume complet, nume și prenume, nume prenume
        ru: полное имя, фио, ф и о, имя и фамилия, фамилия и имя, фамилия имя, имя фамилия, фамилия имя отчество, отображаемое имя
        uk: повне ім'я, піб, п і б, ім'я та прізвище, прізвище та ім'я, прізвище ім'я
        bg: пълно име, име и фамилия
        el: ονοματεπώνυμο, πλήρες όνομα
        tr: ad soyad, adı soyadı, isim soyisim, tam ad, tam adı, görünen ad, adı ve soyadı
        he: שם מלא, שם
        ar: الاسم الكامل, الاسم
        zh: 姓名, 全名, 显示名称, 顯示名稱, 联系人姓名, 聯絡人姓名, 名称, 名稱, 客户姓名, 显示名
        ja: 氏名, 名前, 表示名, 姓名, お名前, フルネーム
        ko: 이름, 성명, 전체 이름, 표시 이름
        vi: họ tên, họ và tên, tên đầy đủ
        id: nama, nama lengkap
        th: ชื่อ-นามสกุล, ชื่อเต็ม
        hi: नाम, पूरा नाम
    """,
    "first_name": """
        en: first name, given name, given names, first names, forename, forenames, fname, first, christian name, contact first name, invitee first name
        de: vorname, vornamen, rufname
        fr: prénom, prénoms
        es: nombre, nombres, primer nombre, nombre de pila
        it: nome
        pt: primeiro nome, nome próprio, nome
        nl: voornaam, voornamen
        sv: förnamn
        da: fornavn
        no: fornavn
        fi: etunimi, etunimet
        pl: imię, imiona
        cs: jméno, křestní jméno
        sk: meno, krstné meno
        hu: keresztnév, utónév
        ro: prenume
        ru: имя
        uk: ім'я, имʼя
        bg: име, собствено име
        el: όνομα
        tr: ad, adı, isim, ilk ad
        he: שם פרטי
        ar: الاسم الأول
        zh: 名, 名字, 名 (拼音)
        ja: 名
        ko: 이름(명)
        vi: tên
        id: nama depan
        th: ชื่อ
    """,
    "middle_name": """
        en: middle name, middle names, additional name, additional names, middle, middle initial, second name, patronymic
        de: zweiter vorname, weitere vornamen, mittelname, 2 vorname
        fr: deuxième prénom, autres prénoms, second prénom
        es: segundo nombre
        it: secondo nome
        pt: segundo nome, nome do meio
        nl: tussenvoegsel, middelste naam, tweede voornaam
        sv: mellannamn
        da: mellemnavn
        no: mellomnavn
        fi: toinen nimi
        pl: drugie imię
        cs: další jméno, druhé jméno, prostřední jméno
        ru: отчество, второе имя
        uk: по батькові
        tr: ikinci ad, ikinci adı, orta ad
        zh: 中间名, 中間名
        ja: ミドルネーム
        ko: 중간 이름
    """,
    "last_name": """
        en: last name, family name, surname, lname, last, second surname, contact last name, invitee last name, family names
        de: nachname, familienname, zuname
        fr: nom de famille, nom, noms
        es: apellido, apellidos
        it: cognome
        pt: sobrenome, apelido, apelidos, último nome
        nl: achternaam, familienaam
        sv: efternamn
        da: efternavn
        no: etternavn
        fi: sukunimi
        pl: nazwisko
        cs: příjmení
        sk: priezvisko
        hu: vezetéknév, családnév
        ro: nume de familie, nume
        ru: фамилия
        uk: прізвище
        bg: фамилия, фамилно име
        el: επώνυμο, επίθετο
        tr: soyad, soyadı, soyisim
        he: שם משפחה
        ar: اسم العائلة, اللقب
        zh: 姓, 姓氏
        ja: 姓, 苗字
        ko: 성, 성씨
        vi: họ
        id: nama belakang
        th: นามสกุล
    """,
    "prefix": """
        en: name prefix, prefix, salutation, honorific, honorific prefix, mr mrs, individual prefix
        de: anrede, namenspräfix
        fr: civilité, préfixe
        es: tratamiento, prefijo
        it: appellativo
        pt: tratamento, prefixo
        nl: aanhef
        pl: tytuł grzecznościowy
        ru: обращение
        zh: 英文称谓, 英文稱謂
    """,
    "suffix": """
        en: name suffix, suffix, honorific suffix, generational suffix, credentials, individual suffix
        de: namenssuffix
        fr: suffixe
        es: sufijo
        it: suffisso, titolo straniero
        pt: sufixo
        nl: achtervoegsel
        sv: suffix
        pl: sufiks
        ru: суффикс
        zh: 后缀, 後綴, 称谓, 稱謂, 中文称谓, 中文稱謂
        ja: 敬称
        ko: 경칭
    """,
    "contact": """
        en: contact, contact person, client, customer, lead, member, who
        de: kontakt, kontaktperson
        fr: contact
        es: contacto, persona de contacto
        it: contatto
        pt: contato, contacto
        nl: contactpersoon
        sv: kontaktperson
        pl: osoba kontaktowa
        cs: kontaktní osoba
        ru: контакт, контактное лицо
        uk: контактна особа
        tr: kişi, ilgili kişi
        zh: 联系人, 聯絡人
        ja: 連絡先, 担当者, 担当者名
        ko: 연락처, 담당자
    """,
    "email": """
        en: email, e-mail, mail, email address, e-mail address, mail address, emails, email addresses, primary email, secondary email,
            additional email, alternate email, other email, personal email, work email, email id, contact email, invitee email, email 1 value,
            business email, home email, company email, office email, organization email, firm email, employer email, generic email, smtp address, primary email address, e-mails, email or phone, email phone,
            email and phone, additional email addresses, e-mail adress, email adress, internet address, attendee email, private email, additional emails, hs additional emails, email address data, email data, non primary e-mails, non primary emails, other emails, other mails, scored email addresses
        de: e-mail adresse, e-mail-adressen, mailadresse, emailadresse, primäre e-mail, zweite e-mail, e-mail geschäftlich, e-mail privat,
            elektronische post, private e-mail, geschäftliche e-mail
        fr: adresse e-mail, adresse de messagerie, courriel, adresse courriel, adresse électronique, adresse mail, mél, adresses e-mail,
            adresse électronique principale, e-mail professionnel, e-mail personnel, messagerie
        es: correo, correo electrónico, dirección de correo electrónico, dirección de correo, dirección de email, correo electronico principal,
            dirección del correo electrónico, correos, e-mails, correo e
        it: indirizzo e-mail, indirizzo email, posta elettronica, indirizzo di posta elettronica, indirizzo mail
        pt: endereço de e-mail, endereço de email, correio eletrónico, correio eletrônico, endereço eletrônico, endereço de correio eletrónico
        nl: e-mailadres, e-mailadressen, emailadres
        sv: e-post, e-postadress, epost, e-postadresser, mejl, mejladress
        da: e-mailadresse, e-postadresse, mailadresse
        no: e-post, e-postadresse
        fi: sähköposti, sähköpostiosoite, s-posti
        pl: adres e-mail, poczta elektroniczna, adres email, adres poczty elektronicznej
        cs: e-mailová adresa, emailová adresa, elektronická pošta
        sk: e-mailová adresa
        hu: e-mail cím, email cím
        ro: adresă de e-mail, adresa e-mail, adresă email
        ru: почта, электронная почта, адрес электронной почты, эл почта, имейл, адрес эл почты, емейл, e-mail адрес, мейл
        uk: пошта, електронна пошта, адреса електронної пошти, ел пошта, електронна адреса
        bg: имейл, е-поща, имейл адрес
        el: ηλεκτρονικό ταχυδρομείο, ηλεκτρονική διεύθυνση
        tr: e-posta, eposta, e-posta adresi, posta
        he: דוא"ל, אימייל, כתובת דוא"ל, מייל
        ar: البريد الإلكتروني, عنوان البريد الإلكتروني
        zh: 邮箱, 邮件, 电子邮件, 电子邮箱, 电邮, 电邮地址, 电子邮件地址, 邮件地址, 电子邮箱地址, 邮箱地址, 郵箱, 電子郵件, 電子郵件地址, 電郵, 電郵地址,
            電子信箱, 信箱, 电子信箱, 主要邮箱, 郵件, 公司邮箱, 公司邮件, 公司电子邮件, 公司电子邮箱, 公司郵箱, 公司電子郵件, 单位邮箱, 企业邮箱
        ja: メール, メールアドレス, eメール, 電子メール, 会社メール, 会社メールアドレス, 会社のメールアドレス, 代表メール, 代表メールアドレス, 電子メールアドレス, 電子メール アドレス, eメールアドレス, メアド
        ko: 이메일, 메일, 전자우편, 전자 메일, 이메일 주소, 전자 메일 주소, 메일 주소, 전자메일주소, 회사 이메일, 회사 메일, 대표 이메일, 대표 메일
        vi: thư điện tử, địa chỉ email
        id: surel, alamat email
        th: อีเมล
        hi: ईमेल
    """,
    "phones": """
        en: phone, phones, phone number, phone numbers, telephone, telephone number, tel, mobile, mobile phone, mobile number, cell, cell phone,
            cell number, cellular, mobile phone number, contact number, contact no, phone no, mobile no, home phone, work phone, business phone,
            office phone, primary phone, other phone, direct phone, direct line, main phone, car phone, radio phone, tty tdd phone,
            isdn, callback, handphone, whatsapp, whatsapp number, sms, sms number, phone 1 value, work direct phone, company phone, telephone home,
            telephone work, ph, ph no, direct dial, private phone, phone number data, phone data, phone phone, phone mobile
        de: telefon, telefonnummer, telefonnummern, tel nr, mobil tel nr, mobil, mobiltelefon, handy, handynummer, mobilnummer, mobiltelefonnummer, handynr, rufnummer, telefon geschäftlich,
            telefon privat, telefon mobil, festnetz, durchwahl, weiteres telefon, haupttelefon, autotelefon, rückmeldung, natel,
            telefon nummer, mobil telefon
        fr: téléphone, numéro de téléphone, tél, portable, téléphone portable, mobile, tél mobile, téléphone mobile, gsm, n° de téléphone,
            tél portable, téléphone fixe, téléphone principal, autre téléphone, téléphones, n° tél
        es: teléfono, número de teléfono, móvil, celular, teléfono móvil, tel móvil, teléfono celular, teléfono particular, teléfonos,
            teléfono principal, otro teléfono, número de móvil
        it: telefono, numero di telefono, cellulare, tel cellulare, telefono cellulare, numero di cellulare, altro telefono, telefoni
        pt: telefone, telemóvel, telemovel, número de telefone, telefones, telefone celular, nº de telefone, contacto telefónico, número de celular
        nl: telefoon, telefoonnummer, mobiel, mobiele telefoon, mobiel nummer, gsm nummer, telefoonnummers
        sv: telefon, telefonnummer, mobil, mobiltelefon, mobilnummer
        da: telefon, telefonnummer, mobiltelefon, mobilnummer
        no: telefon, mobil, mobiltelefon
        fi: puhelin, puhelinnumero, matkapuhelin, kännykkä, gsm
        pl: telefon, numer telefonu, komórka, telefon komórkowy, nr telefonu, tel komórkowy, telefony
        cs: telefon, telefonní číslo, mobil, mobilní telefon, tel číslo
        sk: telefón, telefónne číslo, mobilný telefón
        hu: telefonszám, mobiltelefon, telefon
        ro: telefon, număr de telefon, telefon mobil
        ru: телефон, номер телефона, мобильный, мобильный телефон, сотовый, телефоны, сотовый телефон, тел, моб телефон, телефон переносной
        uk: телефон, номер телефону, мобільний, мобільний телефон, тел
        bg: телефонен номер, мобилен телефон
        el: τηλέφωνο, κινητό, αριθμός τηλεφώνου, κινητό τηλέφωνο
        tr: telefon, telefon numarası, cep telefonu, gsm, cep no, telefon no
        he: טלפון, נייד, טלפון נייד, מספר טלפון
        ar: الهاتف, رقم الهاتف, الجوال, الموبايل, هاتف, الهاتف المحمول, الهاتف الجوال, رقم الجوال, المحمول
        zh: 电话, 电话号码, 手机, 手机号, 手机号码, 移动电话, 联系电话, 座机, 電話, 電話號碼, 手機, 手機號碼, 行動電話, 聯絡電話, 办公电话, 商务电话, 住宅电话, 其他电话, 主要电话, 车载电话
        ja: 電話, 電話番号, その他の電話, 携帯, 携帯電話, 携帯番号, 携帯電話番号, 会社電話, 会社電話番号, 自宅電話, tel番号
        ko: 전화, 전화번호, 휴대폰, 휴대전화, 핸드폰, 휴대폰 번호, 휴대 전화, 핸드폰번호, 근무처 전화, 집 전화
        vi: điện thoại, số điện thoại, di động
        id: telepon, nomor telepon, no hp, nomor hp, hp, ponsel, telepon seluler, nomor ponsel
        th: โทรศัพท์, เบอร์โทร, มือถือ
        hi: फ़ोन, मोबाइल, दूरभाष
    """,
    "fax": """
        en: fax, fax number, business fax, home fax, other fax, work fax, telex, pager, pager number
        pl: faks
        de: telefax, faxnummer, fax geschäftlich, fax privat
        fr: télécopie, télécopieur
        zh: 传真, 傳真, 商务传真, 住宅传真, 其他传真
        ja: ファックス, ファクス, fax番号
        ko: 팩스
        ru: факс
    """,
    "company": """
        en: company, companies, company name, organization, organisation, organizations, organization name, organisation name, employer, account name, account,
            business, business name, current company, firm, org, parentcustomerid value odata community display v1 formattedvalue, associated company, company account, works at, current employer, workplace, org name, organisation name
        de: zugehöriges unternehmen, firma, unternehmen, organisation, firmenname, name der organisation, arbeitgeber, betrieb, unternehmensname
        fr: société, entreprise, organisation, nom de la société, nom de l'organisation, employeur, nom de l'entreprise, raison sociale, organisme
        es: empresa, organización, compañía, nombre de la empresa, nombre de la organización, sociedad, organizacion
        it: azienda, società, organizzazione, ditta, ragione sociale, nome azienda, impresa
        pt: empresa, organização, companhia, nome da empresa
        nl: bedrijf, organisatie, bedrijfsnaam, werkgever
        sv: företag, organisation, företagsnamn, arbetsgivare, bolag
        da: firma, virksomhed, organisation, firmanavn
        no: bedrift, firma, organisasjon, selskap
        fi: yritys, organisaatio, työnantaja, yhtiö
        pl: firma, organizacja, nazwa firmy, przedsiębiorstwo, pracodawca
        cs: firma, společnost, organizace, název firmy, zaměstnavatel
        sk: spoločnosť, firma
        hu: cég, vállalat, cégnév, szervezet
        ro: companie, firmă, organizație
        ru: компания, организация, фирма, название компании, место работы, работодатель, предприятие
        uk: компанія, організація, фірма, назва компанії, підприємство
        bg: компания, фирма, организация
        el: εταιρεία, εταιρία, οργανισμός
        tr: şirket, firma, kurum, şirket adı, firma adı, kuruluş
        he: חברה, ארגון
        ar: الشركة, المؤسسة, شركة
        zh: 公司, 公司名称, 单位, 组织, 企业, 机构, 公司名, 工作单位, 公司名稱, 單位, 組織, 機構, 所在公司, 企业名称
        ja: 会社, 会社名, 勤務先, 組織, 企業名, 所属, 所属企業, 法人名, 組織名
        ko: 회사, 회사명, 직장, 조직, 소속, 기업, 회사 이름
        vi: công ty, tổ chức
        id: perusahaan, organisasi
        th: บริษัท
        hi: कंपनी
    """,
    "title": """
        en: job title, position, title, role, occupation, job, designation, headline, current position, jobtitle, organization title,
            profession, job position, job role, current title, function, employee title, account title
        de: position, berufsbezeichnung, jobbezeichnung, arbeitstitel, funktion, stellenbezeichnung, beruf, jobtitel, titel, tätigkeit
        fr: poste, fonction, titre, titre de l'organisation, profession, intitulé du poste, titre du poste
        es: puesto, cargo, título, título de la organización, profesión, ocupación, puesto de trabajo, posición
        it: posizione, ruolo, qualifica, mansione, titolo, professione, carica
        pt: cargo, função, título, posição, ocupação, profissão
        nl: functie, functietitel, positie, beroep, titel
        sv: befattning, titel, jobbtitel, roll, yrke
        da: stilling, jobtitel, titel, stillingsbetegnelse
        no: stilling, tittel, jobbtittel
        fi: tehtävänimike, nimike, titteli, ammatti, asema
        pl: stanowisko, tytuł, zawód, pozycja, funkcja
        cs: pozice, funkce, pracovní pozice, titul, povolání
        sk: pozícia, funkcia
        hu: beosztás, pozíció, munkakör
        ro: funcție, poziție, post
        ru: должность, позиция, профессия
        uk: посада, професія
        bg: длъжност, позиция
        el: θέση, θέση εργασίας, επάγγελμα
        tr: unvan, ünvan, görev, pozisyon, iş unvanı, meslek
        he: תפקיד, תואר
        ar: المسمى الوظيفي, الوظيفة, المنصب
        zh: 职位, 职务, 头衔, 岗位, 職位, 職稱, 職務, 頭銜, 职称, 工作职位
        ja: 役職, 肩書, 肩書き, 職種, 職位, 役職名, 職業
        ko: 직책, 직위, 직함, 직급, 직무, 직업
        vi: chức vụ, chức danh, vị trí
        id: jabatan, posisi
        th: ตำแหน่ง
        hi: पद
    """,
    "location": """
        en: location, geo location, based in, place, geography, metro area, full address
        de: standort, wohnort
        fr: localisation, lieu, emplacement
        es: ubicación, localización
        it: località, luogo
        pt: localização
        nl: locatie
        sv: plats
        da: placering, lokation
        no: sted
        fi: sijainti, paikka
        pl: lokalizacja
        cs: umístění
        ru: местоположение, место, локация
        uk: розташування
        tr: konum
        zh: 位置, 所在地, 地点, 地點, 地区, 地區
        ja: 場所, 所在地, 勤務地
        ko: 위치, 지역
    """,
    "street": """
        en: street, street address, address, street 2, street 3, address 2, address line 1, address line 2, address line 3, address 1, address street,
            postal address, mailing address, home address, work address, business address, extended address, address extended address
        de: straße, adresse, anschrift, straße und hausnummer, strasse 2
        fr: rue, adresse, adresse postale, rue ligne
        es: calle, dirección, domicilio, dirección postal
        it: via, indirizzo
        pt: rua, endereço, morada
        nl: straat, adres
        sv: gata, adress, gatuadress
        da: gade, vej, gadeadresse
        no: gateadresse
        fi: katuosoite, osoite, lähiosoite
        pl: ulica, adres
        cs: ulice, adresa
        hu: cím, utca
        ru: улица, адрес
        uk: вулиця, адреса
        el: διεύθυνση
        tr: adres, sokak, cadde
        zh: 地址, 街道, 住址, 详细地址, 通讯地址
        ja: 住所, 番地, 町名
        ko: 주소, 도로명 주소, 번지
    """,
    "po_box": "en: po box, post office box, address po box; de: postfach; fr: boîte postale; es: apartado postal; it: casella postale; nl: postbusnummer",
    "city": """
        en: city, town, locality, address city, municipality
        de: ort, stadt
        fr: ville
        es: ciudad, localidad, población, municipio
        it: città, comune
        pt: cidade
        nl: plaats, stad, woonplaats
        sv: stad, ort, postort
        da: by
        no: by, poststed
        fi: kaupunki, postitoimipaikka
        pl: miasto, miejscowość
        cs: město
        hu: város, település
        ro: oraș, localitate
        ru: город
        uk: місто
        el: πόλη
        tr: şehir, il
        zh: 城市, 市, 市县, 市縣
        ja: 市区町村, 市, 市町村
        ko: 도시, 시
        he: עיר, יישוב
        ar: المدينة, مدينة
        vi: thành phố
        id: kota
        hr: grad
        bg: град
        th: เมือง
    """,
    "region": """
        en: state, province, region, state province, state region, address region, county, state or province, administrative area
        de: bundesland, kanton, bundesland kanton
        fr: région, département, dép région, état province, état région
        es: provincia, estado, región, estado o provincia, provincia o estado, comunidad autónoma
        it: provincia, regione
        pt: estado, distrito, província, região
        nl: provincie
        sv: län, region
        pl: województwo
        cs: kraj
        hu: megye
        ro: județ
        ru: область, регион, край
        uk: область
        tr: bölge, ilçe
        zh: 省, 省份, 州, 省 市, 省市自治区
        ja: 都道府県, 県
        ko: 도, 시 도, 시도
    """,
    "postal_code": """
        en: zip, zip code, postal code, postcode, zip postal code, address postal code, post code, zipcode
        de: plz, postleitzahl
        fr: code postal, cp
        es: código postal
        it: cap, codice postale
        pt: cep, código postal
        nl: postcode
        sv: postnummer
        da: postnummer
        no: postnummer
        fi: postinumero
        pl: kod pocztowy
        cs: psč
        hu: irányítószám
        ru: индекс, почтовый индекс, почтовый код
        uk: поштовий індекс, індекс
        tr: posta kodu
        zh: 邮编, 邮政编码, 郵遞區號
        ja: 郵便番号
        ko: 우편번호
    """,
    "country": """
        en: country, country region, nation, address country, country or region
        de: land, land region, staat
        fr: pays, pays région
        es: país, país o región, país región
        it: paese, nazione, stato, paese area geografica
        pt: país, país região
        nl: land regio
        sv: land region
        fi: maa
        pl: kraj region, państwo, adres kraj
        cs: země, stát
        hu: ország
        ro: țară
        ru: страна, страна или регион
        uk: країна
        el: χώρα
        tr: ülke
        zh: 国家, 国家 地区, 國家
        ja: 国, 国 地域
        ko: 국가, 나라
    """,
    "linkedin_url": """
        en: linkedin, linkedin url, linkedin profile, linkedin profile url, linkedin link, person linkedin url, li profile, li url,
            linkedin handle, linkedin id, contact linkedin url, linkedin public profile, linkedin page, profile url, linkedin address,
            hs linkedin url, linkedin bio, social linkedin
        de: linkedin profil, linkedin adresse
        fr: profil linkedin, lien linkedin
        es: perfil de linkedin, perfil linkedin
        it: profilo linkedin
        pt: perfil do linkedin, perfil linkedin
        zh: 领英, 领英主页
        ru: линкедин, профиль linkedin
    """,
    "website": """
        en: url, urls, links, websites, website, web page, webpage, web site, personal web page, website url, homepage, home page, web, internet, site, company website,
            business homepage, personal website
        de: webseite, internetseite, webadresse
        fr: site web, page web, site internet, site
        es: sitio web, página web, web
        it: sito web, pagina web, sito internet
        pt: página pessoal, website, página da web
        nl: webpagina
        sv: webbplats, webbsida
        pl: strona internetowa, strona www, strona sieci web
        ru: сайт, веб сайт, веб страница
        zh: 网址, 网站, 網址, 網站, 网页, 個人網頁
        ja: ウェブサイト, ホームページ, webページ
        ko: 웹사이트, 홈페이지, 웹 페이지
    """,
    "birthday": """
        en: birthday, birthdays, birth date, date of birth, birthdate, dob, born, bday
        de: geburtstag, geburtsdatum, geb datum
        fr: anniversaire, date de naissance, naissance
        es: cumpleaños, fecha de nacimiento, nacimiento
        it: compleanno, data di nascita
        pt: aniversário, data de nascimento, data de aniversário, nascimento
        nl: verjaardag, geboortedatum
        sv: födelsedag, födelsedatum
        da: fødselsdag, fødselsdato
        no: bursdag, fødselsdag, fødselsdato
        fi: syntymäpäivä, syntymäaika
        pl: urodziny, data urodzenia, data urodzin
        cs: narozeniny, datum narození
        sk: dátum narodenia
        hu: születésnap, születési dátum, születési idő
        ro: zi de naștere, data nașterii
        ru: день рождения, дата рождения, др
        uk: день народження, дата народження
        bg: рожден ден, дата на раждане
        el: γενέθλια, ημερομηνία γέννησης
        tr: doğum günü, doğum tarihi
        he: יום הולדת, תאריך לידה
        ar: تاريخ الميلاد, عيد ميلاد
        zh: 生日, 出生日期, 出生年月日
        ja: 誕生日, 生年月日
        ko: 생일, 생년월일
        vi: ngày sinh, sinh nhật
        id: tanggal lahir, ulang tahun
        th: วันเกิด
    """,
    "birth_year": "en: birth year, year of birth; de: geburtsjahr; fr: année de naissance; es: año de nacimiento; ru: год рождения",
    "birth_month": "en: birth month, month of birth; de: geburtsmonat; fr: mois de naissance; es: mes de nacimiento; ru: месяц рождения",
    "birth_day": "en: birth day of month, day of birth; fr: jour de naissance; es: día de nacimiento",
    "notes": """
        en: notes, note, comments, comment, remarks, remark, memo, additional notes, private notes, contact notes, personal notes, biography, biographies
        de: notizen, notiz, bemerkung, bemerkungen, anmerkung, anmerkungen, kommentar, kommentare
        fr: remarques, commentaire, commentaires, remarque
        es: notas, nota, comentarios, observaciones, comentario
        it: note, commenti, annotazioni, osservazioni
        pt: notas, observações, comentários, anotações, obs
        nl: notities, opmerkingen, notitie, opmerking
        sv: anteckningar, anteckning, kommentar, kommentarer
        da: noter, bemærkninger, bemærkning
        no: notater, merknader, notat
        fi: muistiinpanot, huomautukset, kommentit
        pl: notatki, uwagi, notatka, komentarz
        cs: poznámky, poznámka
        hu: megjegyzés, jegyzetek, megjegyzések
        ro: observații, comentarii
        ru: заметки, примечание, примечания, комментарий, комментарии, заметка
        uk: нотатки, примітки, примітка, коментар
        bg: бележки
        el: σημειώσεις, σχόλια
        tr: notlar, not, açıklama, açıklamalar
        he: הערות
        ar: ملاحظات
        zh: 备注, 笔记, 說明, 备忘, 備註, 备注信息, 附注, 注释
        ja: メモ, 備考, ノート, 注記
        ko: 메모, 비고, 노트
        vi: ghi chú
        id: catatan
        th: หมายเหตุ
    """,
    "tags": """
        en: tags, tag, labels, label, categories, category, group, groups, group membership, contact tags, lists, segments
        de: kategorien, kategorie, gruppe, gruppen, etiketten, schlagwörter, stichwörter, schlagworte
        fr: étiquettes, catégories, catégorie, groupe, groupes, libellés, mots clés, étiquette
        es: etiquetas, categorías, categoría, grupo, grupos, etiqueta
        it: etichette, categorie, categoria, gruppo, gruppi
        pt: etiquetas, categorias, marcadores
        nl: labels, categorieën, categorie, groep, groepen
        sv: etiketter, kategorier, grupper, taggar
        da: etiketter, kategorier, grupper
        no: etiketter, kategorier, stikkord
        fi: tunnisteet, luokat, ryhmät, luokka, ryhmä
        pl: etykiety, kategorie, grupy, tagi, grupa
        cs: štítky, kategorie, skupiny, skupina
        hu: címkék, csoportok, kategóriák
        ru: теги, метки, категории, группы, группа, категория, ярлыки
        uk: теги, мітки, категорії, групи, група
        tr: etiketler, kategoriler, gruplar, kategori, grup
        zh: 标签, 分组, 类别, 标记, 標籤, 群組, 分類, 类别标签, 分类, 組別
        ja: タグ, ラベル, グループ, カテゴリ, カテゴリー, 分類, 分類項目
        ko: 태그, 라벨, 그룹, 분류, 카테고리
    """,
    "source_uid": """
        en: record id, contact id, lead id, person id, customer id, uid, uuid, hs object id, external id, crm id, unique id, member id,
            18 character id, case safe id, contact record id
        de: datensatz id, kontakt id, kundennummer
        fr: id d'enregistrement, id du contact
        es: id de registro, id de contacto
    """,
    "connected_on": """
        en: connected on, connected at, date connected
        de: verbunden am, vernetzt am, verknüpft am
        fr: connecté le, en relation depuis, date de connexion, en relation le
        es: conectado el, conectados el, fecha de conexión
        it: collegato il, in collegamento dal, collegati il
        pt: conectado em, conexão em, ligado em
        nl: verbonden op, connectie sinds
        sv: kontakt sedan, anslöt den
        da: forbundet den
        no: kontakt siden
        pl: data połączenia, nawiązano kontakt
        cs: spojeno dne
        ru: дата установления контакта, контакт установлен
        tr: bağlantı kurulan tarih, bağlantı tarihi
        zh: 建立联系时间, 成为好友时间, 連接日期
        ja: つながった日, つながり日
        ko: 1촌 맺은 날짜, 1촌 맺은 날
    """,
    "ignore": """
        en: import problem, import line, photo, photo url, picture, avatar, image, e-mail type, e-mail 2 type, e-mail 3 type, thumbnail, image url, avatar url,
            profile picture, picture url, password, password hash function
        de: foto, bild
        zh: 照片, 头像
        ja: 写真
    """,
}

# Names that give way to any other column of the same field ("Account" beside "Company", "Role" beside "Job Title").
WEAK_NAMES = """
    account, account name, business, org, works at, workplace, role, function, profession, occupation, headline, job, job role, designation,
    comments, comment, remarks, memo, label, lists, segments, place, geography, metro area, account, profile url, rolle, funktion
"""

# Words beside a field's name that say which one of several it is ("Home City", "Telefon (geschäftlich)", "Rue (bureau)").
KIND_WORDS = """
    home work business other mailing primary secondary office private personal alternate alternative main billing shipping company organization
    corporate current permanent residential second third additional direct contact default preferred your mobile
    geschaftlich privat privates private andere anderer weiteres weitere buro arbeit dienstlich zuhause haupt primare sekundare
    bureau domicile autre travail maison professionnel professionnelle personnel personnelle principal principale pro perso
    trabajo casa particular otro otra oficina laboral empresa personal domicilio
    ufficio uff abitazione ab altro altra lavoro aziendale personale principale
    comercial residencial outro outra residencia empresa trabalho pessoal emprego
    werk werkadres zakelijk thuis huisadres prive overig overige ander anders andere kantoor
    arbete hem annan jobb hemma ovrig privat arbejde hjem andet anden jobb hjem annen
    tyo koti muu służbowy domowy inny prywatny praca dom prace domu domaci jiny osobni pracovni
    раб дом рабочий домашний другой личный рабочая домашняя личная основной дополнительный робочий домашній інший особистий
    is ev diger
    家庭 工作 公司 商务 商务地址 其他 其他地址 单位 住宅 住宅地址 办公 个人 個人 商務 會社 会社 自宅 勤務先 その他 職場 회사 집 직장 기타 개인 근무지
"""

# Words between the others that mean nothing.
LINK_WORDS = (
    "de del du des la le les der das die of the do da dos d l s di della dei nr no num numero number n for im am op e r"
)

# Words beside an e-mail that say it is the company's or its office's ("Company Email", "E-Mail (Firma)").
COMPANY_WORDS = """
    company companys organization organisation org office employer firm account generic switchboard
    firma firmen firmenemail firmenmail unternehmen unternehmens büro zentrale geschäftsstelle société entreprise bureau siège organisme
    empresa oficina compañía sociedad azienda aziendale società ufficio ditta escritório bedrijf bedrijfs kantoor företag företagets kontor virksomhed selskap
    yritys yrityksen toimisto firmy firmowy biuro biura společnost firemní spoločnosť cég céges iroda companie firmei birou şirket ofis компании компания
    организации организация офис офиса фирмы компанії офісу الشركة المكتب kantor perusahaan
"""

# Words beside the part of an address that say it belongs to an address ("Rua do Endereço Comercial", "Adres służbowy - ulica").
ADDRESS_WORDS = "address adresse adres adress endereco direccion domicilio indirizzo адрес адреса 地址 住所"

# Pairs of words that one program uses for the same kind of address, so that the parts of an address stay together.
SAME_KIND = "werkadres: werk, huisadres: thuis, anders: ander, empresa: comercial, residencia: residencial"
