"""Delimited files: dialects, headers in many languages, other programs' exports, and what is broken in them."""

from __future__ import annotations

from typing import Any

import pytest

from shared.contacts.importing.column_names import COLUMN_NAMES
from shared.contacts.importing.csv_columns import field_of, squash
from shared.errors import BadRequest, UnsupportedFormat, ValidationFailed
from tests.unit.contacts.reading import facts, read

ANA = {"name": "Ana Diaz", "email": "ana@x.org", "emails": ["ana@x.org"], "company": "Acme"}


@pytest.mark.parametrize(
    "text",
    [
        "Name,Email,Company\nAna Diaz,ana@x.org,Acme\n",
        "Name;Email;Company\r\nAna Diaz;ana@x.org;Acme\r\n",
        "Name\tEmail\tCompany\rAna Diaz\tana@x.org\tAcme\r",
        "Name|Email|Company\nAna Diaz|ana@x.org|Acme",
        '"Name","Email","Company"\n"Ana Diaz","ana@x.org","Acme"\n',
        "sep=;\nName;Email;Company\nAna Diaz;ana@x.org;Acme\n",
        "\n\n,,\nName,Email,Company\n,,\n   ,,\nAna Diaz,ana@x.org,Acme\n,,,,\n",
        "Exported by CRM on 1 May,,\nTotal: 1,,\n\nFull Name,E-mail,Organisation\nAna Diaz,ana@x.org,Acme\n",
        "company , E_MAIL,full  name\nAcme, ana@x.org ,Ana Diaz\n",
        "Name,Email,Company,,\nAna Diaz,ana@x.org,Acme,,\n",
        "\ufeffName,Email,Company\nAna Diaz,ana@x.org,Acme\n",
        "Name,Email,Company\nAna Diaz,mailto:ana@x.org,Acme\n",
        "Name,Email,Company\n,Ana Diaz <ana@x.org>,Acme\n",
        "Name,Email,Company\nAna Diaz,\u200bana@x.org\u200b,Acme\n",
        "Company,First Name,Last Name,Email\nAcme,Ana,Diaz,ana@x.org\n",
    ],
)
def test_the_same_contact_is_read_from_any_dialect(text: str) -> None:
    got = read(text)
    assert got.errors == []
    assert facts(got.only) == ANA


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_recognised_with_and_without_its_mark(encoding: str) -> None:
    assert read("Name,Email\nZoë Ñandú,zoe@x.org\n".encode(encoding)).only.name == "Zoë Ñandú"


LANGUAGES = [
    ("de", "cp1252", "Vorname;Nachname;Firma;Position;E-Mail-Adresse;Telefon;Geburtstag;Notizen", "Jörg;Weiß;Groß AG;Leiter;j@x.de;030 123456;03.04.1970;süß"),
    ("fr", "cp1252", "Prénom;Nom;Société;Fonction;Adresse de messagerie;Téléphone;Date de naissance;Remarques", "Noël;Léger;Été SA;Gérant;j@x.de;030 123456;03/04/1970;süß"),
    ("es", "cp1252", "Nombre;Apellidos;Empresa;Cargo;Correo electrónico;Teléfono;Fecha de nacimiento;Notas", "Íñigo;Núñez;Año SL;Gerente;j@x.de;030 123456;03/04/1970;süß"),
    ("it", "cp1252", "Nome;Cognome;Azienda;Ruolo;Indirizzo email;Telefono;Data di nascita;Note", "Niccolò;Forlì;Caffè;Capo;j@x.de;030 123456;03/04/1970;süß"),
    ("pt", "cp1252", "Nome;Sobrenome;Empresa;Cargo;E-mail;Celular;Data de nascimento;Observações", "João;Conceição;Maçã;Chefe;j@x.de;030 123456;03/04/1970;süß"),
    ("nl", "utf-8", "Voornaam;Achternaam;Bedrijf;Functie;E-mailadres;Telefoonnummer;Geboortedatum;Opmerkingen", "Daniël;Visser;Één;Baas;j@x.de;030 123456;03-04-1970;süß"),
    ("pl", "cp1250", "Imię;Nazwisko;Firma;Stanowisko;Adres e-mail;Telefon;Data urodzenia;Uwagi", "Łukasz;Wójcik;Żółć;Szef;j@x.de;030 123456;03.04.1970;więc"),
    ("cs", "cp1250", "Jméno;Příjmení;Společnost;Pozice;E-mailová adresa;Telefonní číslo;Datum narození;Poznámky", "Jiří;Dvořák;Škoda;Šéf;j@x.de;030 123456;3. 4. 1970;něco"),
    ("sv", "cp1252", "Förnamn;Efternamn;Företag;Befattning;E-postadress;Mobilnummer;Födelsedag;Anteckningar", "Åsa;Öberg;Växjö;Chef;j@x.de;030 123456;1970-04-03;blå"),
    ("da", "cp1252", "Fornavn;Efternavn;Virksomhed;Stilling;E-mailadresse;Telefonnummer;Fødselsdag;Bemærkninger", "Søren;Ærø;Blå;Chef;j@x.de;030 123456;3.4.1970;på"),
    ("fi", "utf-8", "Etunimi;Sukunimi;Yritys;Tehtävänimike;Sähköposti;Puhelin;Syntymäaika;Muistiinpanot", "Väinö;Mäki;Töölö;Johtaja;j@x.de;030 123456;3.4.1970;hyvä"),
    ("ru", "cp1251", "Имя;Фамилия;Компания;Должность;Электронная почта;Телефон;Дата рождения;Примечание", "Иван;Петров;Ромашка;Директор;j@x.de;030 123456;03.04.1970;друг"),
    ("ru", "koi8_r", "Имя;Фамилия;Организация;Должность;Почта;Мобильный;День рождения;Заметки", "Иван;Петров;Ромашка;Директор;j@x.de;030 123456;3 апреля 1970 г.;друг"),
    ("uk", "utf-8", "Ім'я;Прізвище;Компанія;Посада;Електронна пошта;Телефон;Дата народження;Примітки", "Юрій;Шевченко;Київ;Голова;j@x.de;030 123456;03.04.1970;друг"),
    ("tr", "cp1254", "Adı;Soyadı;Şirket;Unvan;E-posta;Cep Telefonu;Doğum Tarihi;Notlar", "Ayşe;Yılmaz;Işık;Müdür;j@x.de;030 123456;03.04.1970;iyi"),
    ("hu", "utf-8", "Keresztnév;Vezetéknév;Cég;Beosztás;E-mail cím;Telefonszám;Születésnap;Megjegyzés", "Béla;Őze;Bőr;Főnök;j@x.de;030 123456;1970.04.03;jó"),
    ("el", "cp1253", "Όνομα;Επώνυμο;Εταιρεία;Θέση;Ηλεκτρονικό ταχυδρομείο;Τηλέφωνο;Ημερομηνία γέννησης;Σημειώσεις", "Γιώργος;Παππάς;Αθήνα;Διευθυντής;j@x.de;030 123456;03/04/1970;φίλος"),
    ("zh", "gb18030", "名字,姓氏,公司,职位,邮箱,手机,生日,备注", "伟,王,北京科技有限公司,经理,j@x.de,030 123456,1970年4月3日,朋友"),
    ("tw", "big5", "名字,姓氏,公司,職稱,電子郵件,手機,生日,備註", "志明,陳,台北科技股份有限公司,經理,j@x.de,030 123456,1970/4/3,朋友"),
    ("ja", "cp932", "名,姓,会社名,役職,メールアドレス,電話番号,誕生日,備考", "太郎,山田,株式会社東京,部長,j@x.de,030 123456,1970/04/03,友人"),
    ("ja", "euc_jp", "名,姓,会社名,役職,メールアドレス,電話番号,生年月日,メモ", "太郎,山田,株式会社ヤマト,部長,j@x.de,030 123456,1970-04-03,友人"),
    ("ja", "iso2022_jp", "名,姓,会社名,役職,メールアドレス,電話番号,生年月日,メモ", "太郎,山田,株式会社東京,部長,j@x.de,030 123456,1970-04-03,友人"),
    ("ko", "cp949", "이름(명),성,회사,직책,이메일,휴대폰,생년월일,메모", "민수,김,삼성전자,부장,j@x.de,030 123456,1970.04.03,친구"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "encoding", "header", "row"), LANGUAGES)
def test_headers_and_code_pages_of_many_languages_are_recognised(
    language: str, encoding: str, header: str, row: str
) -> None:
    got = read(f"{header}\r\n{row}\r\n".encode(encoding))
    assert got.errors == []
    first, last, company, title, *_, notes = row.replace(",", ";").split(";")
    name = {"hu": f"{last} {first}"}.get(
        language, last + first if language in ("zh", "tw", "ja", "ko") else f"{first} {last}"
    )
    assert facts(got.only) == {
        "name": name, "company": company, "title": title, "email": "j@x.de", "emails": ["j@x.de"], "phones": ["030 123456"],
        "birthday": "1970-04-03", "notes": notes,
    }  # fmt: skip


def test_no_column_name_stands_for_two_fields() -> None:
    meanings: dict[str, tuple[str, str]] = {}
    for field, languages in COLUMN_NAMES.items():
        for line in languages.replace(";", "\n").split("\n"):
            for name in line.split(":", 1)[-1].split(","):
                if key := squash(name):
                    assert meanings.setdefault(key, (field, name))[0] == field, (name.strip(), field, meanings[key])


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("firstName", "first_name"), ("FIRST_NAME", "first_name"), ("E-Mail 2", "email"), ("Work E-mail Address", "email"), ("Mobile Phone 3", "phones"),
        ("Téléphone (bureau)", "phones"), ("Telefon (geschäftlich)", "phones"), ("Rue (domicile)", "street"), ("Home ZipCode", "postal_code"),
        ("Mailing State/Province", "region"), ("Business Country/Region", "country"), ("LinkedIn Profile URL", "linkedin_url"), ("Web Page 2", "website"),
        ("Organization", "company"), ("Job Title", "title"), ("Favourite colour", None), ("", None), ("42", None),
    ],
)  # fmt: skip
def test_a_columns_name_is_recognised_however_it_is_spelled(name: str, field: str | None) -> None:
    found = field_of(name)
    assert (found and found[0]) == field


EXPORTS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "outlook_csv": (
        ("Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,Business City,Business State,Business Postal Code,"
        "Business Country/Region,Home Street,Home City,Assistant's Phone,Business Fax,Business Phone,Business Phone 2,Company Main Phone,Mobile Phone,"
        "Account,Anniversary,Birthday,Categories,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address,Manager's Name,Notes,Web Page"),
        ('Dr.,Ana,M.,Diaz,Jr.,Acme,R&D,CTO,1 Main St,Austin,TX,78701,USA,,,111 1111,222 2222,333 3333,444 4444,555 5555,666 6666,,0/0/00,3/14/1985,'
        '"Friends;VIP",ana@x.org,SMTP,Ana Diaz (ana@x.org),ana@home.org,Bo Li,"two\r\nlines",https://es.linkedin.com/in/Ana-Diaz/?x=1'),
        {
            "name": "Dr. Ana M. Diaz Jr.", "emails": ["ana@x.org", "ana@home.org"], "phones": ["333 3333", "444 4444", "666 6666"], "company": "Acme",
            "title": "CTO", "location": "Austin, TX, USA", "birthday": "1985-03-14", "tags": ["Friends", "VIP"], "notes": "two\nlines",
            "linkedin_url": "https://www.linkedin.com/in/ana-diaz", "linkedin_slug": "ana-diaz",
            "custom": {
                "Department": "R&D", "Business Street": "1 Main St, Austin, TX, 78701, USA", "Assistant's Phone": "111 1111", "Business Fax": "222 2222",
                "Company Main Phone": "555 5555", "Manager's Name": "Bo Li",
            },
        },
    ),
    "google_csv": (
        ("First Name,Middle Name,Last Name,Phonetic First Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,"
        "Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,"
        "Phone 1 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,"
        "Address 1 - Postal Code,Address 1 - Country,Address 1 - Extended Address,Relation 1 - Label,Relation 1 - Value,Website 1 - Label,"
        "Website 1 - Value,Event 1 - Label,Event 1 - Value,Custom Field 1 - Label,Custom Field 1 - Value"),
        ('Ana,,Diaz,,,,Ani,,Acme,CTO,R&D, --03-14,hi,http://p/x.jpg,* myContacts ::: Rotary ::: * starred,Work,ana@work.org,* Home,ana@home.org,'
        'Zentrale,+49 30 1,Home,"1 Main St\nAustin, TX 78701\nUS",1 Main St,Austin,,TX,78701,US,,Spouse,Bo,Profile,www.linkedin.com/in/ana,Anniversary,2010-05-01,'
        'Shoe size,38'),
        {
            "name": "Ana Diaz", "emails": ["ana@home.org", "ana@work.org"], "phones": ["+49 30 1"], "company": "Acme", "title": "CTO", "notes": "hi",
            "location": "Austin, TX, US", "birthday": "--03-14", "tags": ["Rotary", "starred"], "linkedin_url": "https://www.linkedin.com/in/ana",
            "linkedin_slug": "ana",
            "custom": {
                "Nickname": "Ani", "Organization Department": "R&D", "Zentrale": "+49 30 1", "Spouse": "Bo", "Anniversary": "2010-05-01", "Shoe size": "38",
                "Address 1 - Formatted": "1 Main St, Austin, TX 78701, US",
            },
        },
    ),
    "hubspot_csv": (
        "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Create Date,Lifecycle Stage,Associated Company",
        "12,Ana,Diaz,ana@x.org,+1 555 1234,Bo,New,2024-03-12 09:14,Lead,Acme",
        {
            "name": "Ana Diaz", "emails": ["ana@x.org"], "phones": ["+1 555 1234"], "company": "Acme", "source_uid": "recordid:12",
            "custom": {"Record ID": "12", "Contact owner": "Bo", "Lead Status": "New", "Create Date": "2024-03-12 09:14", "Lifecycle Stage": "Lead"},
        },
    ),
    "salesforce_csv": (
        ("First Name,Last Name,Title,Account Name,Mailing Street,Mailing City,Mailing State/Province,Mailing Zip/Postal Code,Mailing Country,Phone,Fax,Mobile,"
        "Email,Account Owner"),
        "Ana,Diaz,CTO,Acme,1 Main St,Austin,TX,78701,USA,555-1234567,555-1,555-7654321,ana@x.org,Bo",
        {
            "name": "Ana Diaz", "emails": ["ana@x.org"], "phones": ["555-1234567", "555-7654321"], "company": "Acme", "title": "CTO",
            "location": "Austin, TX, USA", "custom": {"Fax": "555-1", "Account Owner": "Bo", "Mailing Street": "1 Main St, Austin, TX, 78701, USA"},
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_another_programs_export_is_taken_apart(name: str) -> None:
    header, row, expected = EXPORTS[name]
    got = read(f"{header}\r\n{row}\r\n")
    assert (got.file.format, got.errors, got.file.tie_to_me) == (name, [], None)
    expected = expected | {"email": expected["emails"][0]}
    assert facts(got.only) == expected


@pytest.mark.parametrize(
    "before",
    [
        "",
        'Notes:\n"When exporting your connection data, you may notice, see https://www.linkedin.com/psettings/privacy/email"\n\n',
        "Notes:\nWhen exporting your connection data, you may notice that some are missing\n",
        "\n\n\n",
    ],
)
def test_linkedins_preamble_may_have_any_form(before: str) -> None:
    got = read(
        before
        + 'First Name,Last Name,Email Address,Company,Position,Connected On\nMary,"Barlow, CPA",,"Acme, Inc.",CFO,12 Mar 2024\n,,,,,\n'
    )
    assert (got.file.format, got.file.tie_to_me, got.errors) == ("linkedin_csv", 0.01, [])
    assert facts(got.only) == {
        "name": "Mary Barlow, CPA",
        "company": "Acme, Inc.",
        "title": "CFO",
        "custom": {"Connected On": "12 Mar 2024"},
    }


def test_of_several_jobs_in_googles_cells_the_first_is_the_contacts_and_the_others_are_kept() -> None:
    got = read(
        "First Name,Organization Name,Organization Title,Labels\nZoe,Acme ::: Globex ::: Initech,CTO ::: Advisor,* myContacts\n"
        'Ana,"A ::: B ::: C",,* myContacts\n'
    )
    assert (got.file.format, got.errors) == ("google_csv", [])
    assert [facts(contact) for contact in got.contacts] == [
        {
            "name": "Zoe", "company": "Acme", "title": "CTO",
            "custom": {"Organization Name": "Globex\nInitech", "Organization Title": "Advisor"},
        },
        {"name": "Ana", "company": "A", "custom": {"Organization Name": "B\nC"}},
    ]  # fmt: skip


def test_the_footer_of_a_salesforce_report_is_nobody_and_no_error() -> None:
    got = read(
        '"First Name","Last Name","Account Name","Email","Lead Source"\n"Ada","Byron","Acme","ada@x.org","Web"\n\n\n'
        '"Contacts of Acme"\n"Confidential Information - Do Not Distribute"\n"Generated By:  Bo  1/1/2026"\n'
    )
    assert (got.file.format, got.names, got.errors) == ("salesforce_csv", ["Ada Byron"], [])


def test_a_nameless_linkedin_row_does_not_become_its_company() -> None:
    got = read("First Name,Last Name,URL,Company,Position,Connected On\n,,,Acme,CFO,12 Mar 2024\n")
    assert got.contacts == []
    assert [(error.line, error.field, error.lost) for error in got.errors] == [(2, None, True)]
    assert "needs a name, an e-mail or a LinkedIn profile" in got.errors[0].message


def test_a_shop_kept_by_its_company_alone_takes_that_for_its_name() -> None:
    assert facts(read("Name,Company,Phone\n,Pizza Roma,030 1234567\n").only) == {
        "name": "Pizza Roma",
        "company": "Pizza Roma",
        "phones": ["030 1234567"],
    }


@pytest.mark.parametrize(
    ("text", "mapping", "expected"),
    [
        (
            "Ana Diaz,ana@x.org,+34 600 000 000\nBo Li,bo@y.org,\n",
            {"Column 1": "name", "Column 2": "email", "Column 3": "phones"},
            ["Ana Diaz", "Bo Li"],
        ),
        (
            "Ana,Diaz,ana@x.org\nBo,Li,bo@y.org\n",
            {"Column 1": "first_name", "Column 2": "last_name", "Column 3": "email"},
            ["Ana Diaz", "Bo Li"],
        ),
        (
            "Ana,Acme,ana@acme.com\nBo,Beta,bo@beta.com\n",
            {"Column 1": "name", "Column 2": "company", "Column 3": "email"},
            ["Ana", "Bo"],
        ),
        (
            "https://linkedin.com/in/ana;Ana Diaz\nhttps://linkedin.com/in/bo;Bo Li\n",
            {"Column 1": "linkedin_url", "Column 2": "name"},
            ["Ana Diaz", "Bo Li"],
        ),
        ("ana@x.org\nbo@y.org\n", {"Column 1": "email"}, ["", ""]),
    ],
)
def test_a_file_without_a_header_is_recognised_by_its_values(
    text: str, mapping: dict[str, str], expected: list[str]
) -> None:
    got = read(text)
    assert got.file.mapping == mapping
    assert got.names == expected
    assert got.contacts[0].line == 1


def test_a_word_of_headers_below_rows_of_data_is_data() -> None:
    got = read("Ana Diaz,ana@x.org,Acme\nBo Li,,Company\nCy Rao,cy@x.org,Gamma\n")
    assert got.names == ["Ana Diaz", "Bo Li", "Cy Rao"]


def test_columns_of_an_unknown_language_are_recognised_by_their_values() -> None:
    got = read("Izena,Posta-e helbidea\nAna,ana@x.org\nBo,bo@y.org\n", mapping={"Izena": "name"})
    assert got.file.mapping == {"Izena": "name", "Posta-e helbidea": "email"}
    assert got.names == ["Ana", "Bo"]


@pytest.mark.parametrize(
    ("values", "field"), [("ana@x.org\nbo@y.org", "email"), ("030 123456\n030 654321", "phones"), ("Ana\nBo", "name")]
)
def test_a_column_called_contact_is_what_its_values_are(values: str, field: str) -> None:
    rows = "\n".join(
        f"{value},x{number}@z.org" if field != "email" else f"{value},Acme"
        for number, value in enumerate(values.split("\n"))
    )
    got = read(f"Contact,{'Company' if field == 'email' else 'Email'}\n{rows}\n")
    assert got.file.mapping["Contact"] == field


def test_a_mapping_overrides_what_was_recognised_and_finds_the_header() -> None:
    text = "Report,,\nKunde,Anzeige,Mail\nAcme,Ana Diaz,ana@x.org\n"
    assert facts(read(text, mapping={"kunde": "company", "Anzeige": "name", "Mail": "email"}).only) == ANA
    assert facts(read(text, mapping={"Kunde": "ignore", "Anzeige": "custom", "Mail": "email_2"}).only) == {
        "email": "ana@x.org", "emails": ["ana@x.org"], "custom": {"Anzeige": "Ana Diaz"},
    }  # fmt: skip


def test_a_mapping_as_answered_may_be_sent_back() -> None:
    header, row, _ = EXPORTS["outlook_csv"]
    first = read(f"{header}\n{row}\n")
    again = read(f"{header}\n{row}\n", mapping=first.file.mapping)
    assert again.file.mapping == first.file.mapping
    assert facts(again.only)["emails"] == ["ana@x.org", "ana@home.org"]


def test_a_wrong_mapping_names_the_column_and_the_field() -> None:
    with pytest.raises(ValidationFailed) as failure:
        read("Kunde,Anzeige,Mail\nAcme,Ana,ana@x.org\n", mapping={"Kundin": "company", "Anzeige": "naem"})
    assert [error.field for error in failure.value.errors] == ["mapping.Kundin", "mapping.Anzeige"]
    assert '"Kundin"' in failure.value.errors[0].message
    assert '"naem"' in failure.value.errors[1].message


def test_repeated_column_names_are_told_apart() -> None:
    got = read("Name,Email,Email,Colour,Colour\nAna,ana@x.org,ANA@x.org,red,blue\n")
    assert got.file.mapping == {
        "Name": "name",
        "Email": "email",
        "Email (2)": "emails",
        "Colour": "custom",
        "Colour (2)": "custom",
    }
    assert facts(got.only) == {
        "name": "Ana",
        "email": "ana@x.org",
        "emails": ["ana@x.org"],
        "custom": {"Colour": "red", "Colour (2)": "blue"},
    }


def test_ragged_rows_lose_nothing() -> None:
    got = read("Name,Email,Company\nAna,ana@x.org\nBo,bo@y.org,Beta,extra,,more\n")
    assert got.errors == []
    assert [each.custom for each in got.contacts] == [{}, {"Column 4": "extra", "Column 6": "more"}]


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        ('"Diaz, Ana";a@x.org\n"Li, Bo";b@x.org\n"Rao, Cy";c@x.org', ["Ana Diaz", "Bo Li", "Cy Rao"]),
        (
            '"Ana Diaz, CPA";a@x.org\n"Bo Li, PhD";b@x.org\n"Cy Rao, MD";c@x.org',
            ["Ana Diaz, CPA", "Bo Li, PhD", "Cy Rao, MD"],
        ),
        ('"Diaz, Ana";a@x.org\nBo Li;b@x.org\nCy Rao;c@x.org', ["Diaz, Ana", "Bo Li", "Cy Rao"]),
    ],
)
def test_last_comma_first_is_turned_round_only_where_the_file_does_it_throughout(rows: str, names: list[str]) -> None:
    assert read(f"Name;Email\n{rows}\n").names == names


def test_a_lone_name_beside_the_first_name_is_the_last_name() -> None:
    assert read("Name;Vorname;Mail\nDiaz;Ana;a@x.org\nLi;Bo;b@x.org\n").names == ["Ana Diaz", "Bo Li"]
    assert read("Name;Vorname;Mail\nAna Diaz;Ana;a@x.org\nBo Li;Bo;b@x.org\n").names == ["Ana Diaz", "Bo Li"]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["3/4/2020", "13/4/2020"], ["2020-04-03", "2020-04-13"]),
        (["3/4/2020", "3/14/2020"], ["2020-03-04", "2020-03-14"]),
        (["3/4/2020", ""], ["2020-03-04", None]),
        (["3.4.2020", "3/14/2020"], ["2020-04-03", "2020-03-14"]),
    ],
)
def test_an_ambiguous_birthday_follows_the_other_rows_else_the_headers_language(
    dates: list[str], expected: list[str | None]
) -> None:
    got = read("Name,Birthday\n" + "".join(f"P{number},{date}\n" for number, date in enumerate(dates)))
    assert [each.birthday for each in got.contacts] == expected


def test_a_birthday_that_is_none_is_kept_as_written() -> None:
    assert facts(read("Name,Birthday\nAna,some day in May\n").only) == {
        "name": "Ana",
        "custom": {"Birthday": "some day in May"},
    }


def test_a_bad_address_is_an_error_of_its_field_and_the_contact_stays() -> None:
    got = read("Name,Email,Phone\nAna,ana(at)x.org,1234567\n,nobody,\n")
    assert facts(got.only) == {"name": "Ana", "phones": ["1234567"]}
    assert [(error.line, error.field, error.value, error.lost) for error in got.errors] == [
        (2, "email", "ana(at)x.org", False),
        (3, "email", "nobody", True),
    ]


def test_what_is_too_long_is_reported_and_never_cut() -> None:
    got = read(f"Name,Email,Notes,Bio\n{'A' * 501},a@x.org,x,{'b' * 20_001}\nBo,b@x.org,{'n' * 100_001},\n")
    assert [facts(each) for each in got.contacts] == [
        {"email": "a@x.org", "emails": ["a@x.org"], "notes": "x"},
        {"name": "Bo", "email": "b@x.org", "emails": ["b@x.org"]},
    ]
    assert [(error.line, error.field) for error in got.errors] == [(2, "name"), (2, "custom.Bio"), (3, "notes")]


def test_a_nul_character_fails_its_row_only() -> None:
    got = read("Name,Email\nAna\0,ana@x.org\nBo,bo@y.org\n")
    assert got.names == ["Bo"]
    assert [(error.line, error.lost) for error in got.errors] == [(2, True)]


def test_a_quote_never_closed_costs_nothing_but_a_warning() -> None:
    rows = "".join(f"P{number},p{number}@x.org,Firm\n" for number in range(3, 50))
    got = read('Name,Email,Company\nAna,ana@x.org,"Acme Inc\n' + rows)
    assert got.names == ["Ana", *(f"P{number}" for number in range(3, 50))]
    assert (got.contacts[0].company, got.contacts[-1].line) == ("Acme Inc", 49)
    assert [(error.line, error.lost) for error in got.errors] == [(2, False)]


def test_a_quote_never_closed_before_one_that_is_keeps_the_rows_apart() -> None:
    got = read(
        'Name,Email,Company\nAna,ana@x.org,"Acme Inc\nBo,bo@y.org,Beta\nCy,cy@z.org,"Gam\nma"\nDi,di@z.org,Delta\n'
    )
    assert [(each.line, each.name, each.company) for each in got.contacts] == [
        (2, "Ana", "Acme Inc"), (3, "Bo", "Beta"), (4, "Cy", "Gam\nma"), (6, "Di", "Delta"),
    ]  # fmt: skip
    assert [error.line for error in got.errors] == [2]


def test_a_file_cut_in_the_middle_of_a_note_keeps_the_note_and_makes_no_contacts_of_its_lines() -> None:
    got = read('Name,Email,Notes\nAna,ana@x.org,"first line\nsecond line\nthird')
    assert facts(got.only) == {
        "name": "Ana",
        "email": "ana@x.org",
        "emails": ["ana@x.org"],
        "notes": "first line\nsecond line\nthird",
    }
    assert [error.line for error in got.errors] == [2]


@pytest.mark.parametrize(
    ("row", "name", "company"),
    [
        ('"Ana ""La Jefa"" Diaz",ana@x.org,"Acme, Inc"', 'Ana "La Jefa" Diaz', "Acme, Inc"),
        ('"Ana "La Jefa" Diaz",ana@x.org,"Ac"me, Inc"', 'Ana "La Jefa" Diaz', 'Ac"me, Inc'),
        ('Ana "La Jefa" Diaz,ana@x.org,5" Pipes', 'Ana "La Jefa" Diaz', '5" Pipes'),
    ],
)
def test_quotes_inside_cells_stay_quotes(row: str, name: str, company: str) -> None:
    contact = read(f"Name,Email,Company\n{row}\nBo,bo@y.org,Beta\n").contacts[0]
    assert (contact.name, contact.company) == (name, company)


def test_backslashes_before_quotes_are_understood() -> None:
    assert read('Name,Email,Notes\nAna,ana@x.org,"said \\"hi\\" there, ok"\n').only.notes == 'said "hi" there, ok'


def test_a_stray_byte_does_not_spoil_the_file() -> None:
    data = (
        b"Name,Email\n"
        + b"".join(f"Zoë {number},z{number}@x.org\n".encode() for number in range(20))
        + b"Jos\xe9,jose@x.org\n"
    )
    assert read(data).names[-2:] == ["Zoë 19", "José"]


def test_the_declared_charset_is_used_where_the_bytes_allow_it() -> None:
    data = "Name,Email\nΑ,a@x.org\n".encode("cp1253")
    assert read(data, content_type="text/csv; charset=windows-1253").names == ["Α"]
    assert read("Name,Email\nZoë,a@x.org\n".encode(), content_type="text/csv; charset=windows-1253").names == ["Zoë"]


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"", BadRequest, "empty"),
        (b"\n" * 1000, BadRequest, "empty"),
        (b",,,\n" * 1000, BadRequest, "no rows"),
        (b"%PDF-1.7 ...", UnsupportedFormat, "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", UnsupportedFormat, "Excel"),
        (b"<!DOCTYPE html><html>", UnsupportedFormat, "web page"),
        (b"Dear friends\nthis is a letter\nBest\n", UnsupportedFormat, "Dear friends"),
        (b"Colour,Size\nred,5\nblue,6\n", ValidationFailed, "mapping"),
        (b"Name," * 1001 + b"\n", BadRequest, "columns"),
    ],
)
def test_what_holds_no_contacts_is_refused_with_a_reason(data: bytes, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        read(data, content_type="text/csv")
