"""Outlook's CSV under the headings of its languages: the same contact comes out of each."""

from __future__ import annotations

from typing import Any

import pytest

from shared.contacts.importing.csv_columns import kind_key, squash
from tests.unit.contacts.reading import facts, read

# Language -> heading, cell; as Outlook writes them, with the honorific before and a second address of another kind.
OUTLOOKS: dict[str, dict[str, str]] = {
    "Italian": {
        "Titolo": "Dr.", "Nome": "Ana", "Cognome": "Diaz", "Titolo straniero": "", "Società": "Acme", "Posizione": "CTO",
        "Via (uff.)": "Str. 1", "Via (uff.) 2": "", "Città (uff.)": "Ulm", "Provincia (uff.)": "BW", "CAP (uff.)": "89073",
        "Paese/area geografica (uff.)": "DE", "Altra via": "Str. 2", "Altra città": "Rom", "Altro CAP": "00100",
        "Fax (uff.)": "", "Ufficio": "+39 011 123456", "Cellulare": "+39 333 123456", "Compleanno": "13/02/1980", "Anniversario": "0/0/00",
        "Indirizzo posta elettronica": "ana@x.org", "Tipo posta elettronica": "SMTP", "Nome visualizzato posta elettronica": "Ana Diaz (ana@x.org)",
    },
    "Dutch": {
        "Titel": "Dr.", "Voornaam": "Ana", "Achternaam": "Diaz", "Achtervoegsel": "", "Bedrijf": "Acme", "Functie": "CTO",
        "Werkadres, straat": "Str. 1", "Werkadres 2, straat": "", "Werkadres, plaats": "Ulm", "Werkadres, provincie": "BW", "Werkadres, postcode": "89073",
        "Land/regio (werk)": "DE", "Ander adres, straat": "Str. 2", "Ander adres, plaats": "Rom", "Ander adres, postcode": "00100", "Land/regio (anders)": "",
        "Fax op werk": "", "Telefoon op werk": "+39 011 123456", "Mobiele telefoon": "+39 333 123456", "Verjaardag": "13-2-1980", "Speciale datum": "0-0-00",
        "E-mailadres": "ana@x.org", "E-mailtype": "SMTP", "Weergavenaam voor e-mail": "Ana Diaz (ana@x.org)",
    },
    "Russian": {
        "Обращение": "Dr.", "Имя": "Ana", "Фамилия": "Diaz", "Суффикс": "", "Организация": "Acme", "Должность": "CTO",
        "Улица (раб. адрес)": "Str. 1", "Улица 2 (раб. адрес)": "", "Город (раб. адрес)": "Ulm", "Область (раб. адрес)": "BW", "Индекс (раб. адрес)": "89073",
        "Страна или регион (раб. адрес)": "DE", "Улица (дом. адрес)": "Str. 2", "Город (дом. адрес)": "Rom", "Почтовый код (дом.)": "00100",
        "Рабочий факс": "", "Рабочий телефон": "+39 011 123456", "Телефон переносной": "+39 333 123456", "День рождения": "13.02.1980", "Годовщина": "0.0.00",
        "Адрес эл. почты": "ana@x.org", "Тип эл. почты": "SMTP", "Краткое имя эл. почты": "Ana Diaz (ana@x.org)",
    },
    "Polish": {
        "Tytuł": "Dr.", "Imię": "Ana", "Nazwisko": "Diaz", "Sufiks": "", "Firma": "Acme", "Stanowisko": "CTO",
        "Adres służbowy - ulica": "Str. 1", "Adres służbowy - ulica 2": "", "Adres służbowy - miejscowość": "Ulm", "Adres służbowy - województwo": "BW",
        "Adres służbowy - kod pocztowy": "89073", "Adres służbowy - kraj": "DE",
        "Inny adres - ulica": "Str. 2", "Inny adres - miejscowość": "Rom", "Inny adres - kod pocztowy": "00100",
        "Faks służbowy": "", "Telefon służbowy": "+39 011 123456", "Telefon komórkowy": "+39 333 123456", "Urodziny": "1980-02-13", "Rocznica": "0.0.00",
        "Adres e-mail": "ana@x.org", "Typ e-mail": "SMTP", "Nazwa wyświetlana e-mail": "Ana Diaz (ana@x.org)",
    },
    "Spanish": {
        "Tratamiento": "Dr.", "Nombre": "Ana", "Apellidos": "Diaz", "Sufijo": "", "Organización": "Acme", "Puesto": "CTO",
        "Calle del trabajo": "Str. 1", "Ciudad de trabajo": "Ulm", "Provincia o estado de trabajo": "BW", "Código postal del trabajo": "89073",
        "País o región del trabajo": "DE", "Otra calle": "Str. 2", "Otra ciudad": "Rom", "Otro código postal": "00100",
        "Fax del trabajo": "", "Particular": "+39 011 123456", "Móvil": "+39 333 123456", "Cumpleaños": "13/02/1980", "Aniversario": "0/0/00",
        "Dirección de correo electrónico": "ana@x.org", "Tipo de correo electrónico": "SMTP", "Nombre de pantalla de correo electrónico": "Ana Diaz (ana@x.org)",
    },
    "Portuguese": {
        "Título": "Dr.", "Nome": "Ana", "Sobrenome": "Diaz", "Sufixo": "", "Empresa": "Acme", "Cargo": "CTO",
        "Rua do endereço comercial": "Str. 1", "Cidade do endereço comercial": "Ulm", "Estado do endereço comercial": "BW", "CEP do endereço comercial": "89073",
        "País/Região da Empresa": "DE", "Rua do endereço residencial": "Str. 2", "Cidade do endereço residencial": "Rom", "CEP do endereço residencial": "00100",
        "Fax Comercial": "", "Telefone Comercial": "+39 011 123456", "Telefone celular": "+39 333 123456", "Aniversário": "13/02/1980",
        "Endereço de email": "ana@x.org", "Tipo de Email": "SMTP", "Nome para Exibição do Email": "Ana Diaz (ana@x.org)",
    },
    "Chinese": {
        "英文称谓": "Dr.", "名": "Ana", "姓": "Diaz", "中文称谓": "", "单位": "Acme", "职务": "CTO",
        "商务地址 街道": "Str. 1", "商务地址 街道 2": "", "商务地址 市/县": "Ulm", "商务地址 省/市/自治区": "BW", "商务地址 邮政编码": "89073", "商务地址 国家/地区": "DE",
        "其他地址 街道": "Str. 2", "其他地址 市/县": "Rom", "其他地址 邮政编码": "00100",
        "商务传真": "", "商务电话": "+39 011 123456", "移动电话": "+39 333 123456", "生日": "1980/2/13", "纪念日": "0/0/00",
        "电子邮件地址": "ana@x.org", "电子邮件类型": "SMTP", "电子邮件显示名称": "Ana Diaz (ana@x.org)",
    },
    "Japanese": {
        "肩書き": "Dr.", "名": "Ana", "姓": "Diaz", "敬称": "", "会社名": "Acme", "役職": "CTO",
        "番地 (会社)": "Str. 1", "住所 2 (会社)": "", "市町村 (会社)": "Ulm", "都道府県 (会社)": "BW", "郵便番号 (会社)": "89073", "国 (会社)/地域": "DE",
        "番地 (その他)": "Str. 2", "市町村 (その他)": "Rom", "郵便番号 (その他)": "00100",
        "会社 FAX": "", "会社電話": "+39 011 123456", "その他の電話": "+39 333 123456", "誕生日": "1980/2/13", "記念日": "0/0/00",
        "電子メール アドレス": "ana@x.org", "電子メールの種類": "SMTP", "電子メール表示名": "Ana Diaz (ana@x.org)",
    },
}  # fmt: skip


def _table(cells: dict[str, str]) -> str:
    return "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in (cells.keys(), cells.values())) + "\r\n"


@pytest.mark.parametrize("cells", OUTLOOKS.values(), ids=OUTLOOKS.keys())
def test_outlook_says_the_same_in_every_language(cells: dict[str, str]) -> None:
    got = read(_table(cells))
    expected: dict[str, Any] = {
        "name": "Dr. Ana Diaz", "email": "ana@x.org", "emails": ["ana@x.org"], "phones": ["+39 011 123456", "+39 333 123456"],
        "company": "Acme", "title": "CTO", "location": "Ulm, BW, DE", "birthday": "1980-02-13",
    }  # fmt: skip
    found = facts(got.only)
    work, other = found.pop("custom").values()
    assert (got.file.format, got.errors) == ("outlook_csv", [])
    assert found == expected
    assert sorted(work.split(", ")) == ["89073", "BW", "DE", "Str. 1", "Ulm"]
    assert sorted(other.split(", ")) == ["00100", "Rom", "Str. 2"]


def test_an_honorific_of_east_asia_follows_the_name() -> None:
    got = read("姓,名,敬称,電子メール表示名\n山田,太郎,様,山田 太郎 (taro@x.org)\n")
    assert (got.only.name, got.only.custom) == ("山田太郎 様", {})


def test_headings_without_their_strokes_are_the_same_headings() -> None:
    assert squash("Główny Imię, Tytuł, Fødselsdag") == squash("Glowny Imie, Tytul, Fodselsdag")


def test_numbers_under_home_and_work_alone_are_phones_and_other_things_stay() -> None:
    got = read("Name,Home,Work,Other\nAna,+1 555 0100,+1 555 0101,likes tea\n")
    assert (got.only.phones, got.only.custom) == (["+1 555 0100", "+1 555 0101"], {"Other": "likes tea"})


@pytest.mark.parametrize(
    ("one", "same"), [("weitere", "weiterer"), ("weitere", "Weiteres"), ("Altra", "Altro"), ("Ander", "andere")]
)
def test_one_address_is_kept_together_however_its_words_are_inflected(one: str, same: str) -> None:
    assert kind_key(one) == kind_key(same) != kind_key("Home")


def test_an_address_numbered_as_google_and_wix_do_is_put_together_in_other_languages() -> None:
    got = read(
        "Prénom,Nom de famille,Adresse 1 - Rue,Adresse 1 - Rue ligne 2,Adresse 1 - Ville,Adresse 1 - Code postal\nAna,Diaz,Rue 1,App. 2,Massy,91300\n"
    )
    assert (got.only.location, got.only.custom) == ("Massy", {"Adresse 1 - Rue": "Rue 1, App. 2, Massy, 91300"})
