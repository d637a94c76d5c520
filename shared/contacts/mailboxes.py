"""Recognise addresses that do not belong to a single person: those of programs, lists and offices.

They identify nobody, and none of them can introduce anybody. `functions/mailboxes.sql` has the same rules; a test holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

# Local parts of offices, not of persons: those of RFC 2142 and other common ones.
_ROLE_NAMES = """
    abuse accountant accounting accounts accountspayable accountsreceivable accueil achats acquisti adherents admin administracion administración
    administratie administration administrativo administrator admissions agence almacen amministrazione anfrage anfragen anmeldung asiakaspalvelu
    assistenza atencion atencionalcliente atencioncliente atendimento automailer balie bestallning bestellingen bestellung bestellungen bewerbung
    bewerbungen bilgi billing birou biuro boekhouding bogholderi bokning bonjour booking bookings boxoffice buchhaltung buchung buero buh buhgalter
    bureau bureaux business butik butikken büro cabinet career careers ciao cliente clientes comenzi comercial commande commandes commercial
    commerciale communication companysecretary compliance compras compta comptabilite comptabilité comunicacao consultas contabilidad contabilidade
    contabilita contabilitate contact contact-us contacto contactus contato contatti corporate correo customer-service customer.service customercare
    customers customerservice customersupport datenschutz desk destek direction direzione dispatch donate donations donotreply dpo dyrekcja editor
    editorial eigyo eigyou einkauf ekonomi email empfang empleo encomendas enquiries enquiry ertekesites escritorio events everyone exports facilities
    facturacion facturación facturare facturas facturatie facturation facturen factures faktura fakturace fakturacia fakturor faktury faleconosco
    fatturazione fatture faturamento feedback finance financeiro firmapost forsaljning front-desk front.desk frontdesk ftp försäljning gdpr general
    geral gerencia geschaeftsstelle geschäftsstelle giving hallo handlowy hausverwaltung hej hello help helpdesk hezuo hola hostmaster hr hrd iletisim
    imprensa info informacion información information informazioni informes infos inkoop inquiries inquiry insankaynaklari investors invoice invoices
    invoicing iroda it itsupport jinji jobs kadri kadry kansli kantoor kantor kanzlei karriere kefu keiri keuangan kirjaamo klantenservice kontakt
    kontor ksiegowosc księgowość kundendienst kundenservice kundeservice kundservice kundtjanst kundtjänst laskut laskutus layanan legal logistica
    logistics loja madoguchi magazzino mahnung mail mailbox mailer-daemon mailer_daemon maintenance mairie marketing media members membership muhasebe
    myynti news newsletter newsletters no-reply noc noreply notification notifications objednavky objednávky obsluga obslugaklienta oferty office
    officemanager offices oficina oficinas ofis okonomi operations ops order orders ordini ordre otdel partner partners partnerships payables payments
    payroll pedidos pelanggan pemasaran penjualan penzugy personalabteilung personale personeelszaken podatelna post postbox postmaster postmottak
    poststelle pr praxis predaj prenotazioni prensa press presse priemnaya privacy procurement prodej purchasing rececao recepcao recepce recepcion
    recepción recepcja receptie reception receptionist rechnung rechnungen recruiting recruitment recrutement recursoshumanos redaktion registrar
    regnskab regnskap reklama reklamacje rekrutacja rendeles renseignements rentals resepsjon reservas reservation reservations returns rezeption
    rezerwacje rh root rrhh sac saiyo sales salesteam salg satinalma satis sav secretaria secretariaat secretariat secretary secretaría security
    segreteria sekretar sekretariat service service-client serviceclient serviceclients servicedesk services shipping shop shopservice siege siparis
    sklep soporte soumu spam sprzedaz sprzedaż staff standard store subscriptions suporte support szamlazas talent taller team tech techsupport
    tickets tienda tilaukset titkarsag titkárság toiawase toimisto training ucetni uctarna ufficio ufficiostampa ugyfelszolgalat usenet uucp vacatures
    vanzari vendas vendite ventas vente ventes verhuur verkauf verkoop vermietung versand vertrieb verwaltung växel warehouse web webmaster welcome
    werkstatt winkel www xiaoshou zakaz zakazy zakupki zamowienia zamówienia zentrale értékesítés ügyfélszolgálat бухгалтерия заказ инфо офис почта
    приемная продажи секретарь お問い合わせ 営業 客服 総務 联系 销售
"""
ROLES = frozenset(_ROLE_NAMES.split())
# One of several offices: `info2@`, `sales-uk@`.
NUMBERED = (
    r"^(info|office|sales|support|contact|kontakt|service|admin|hello|help|jobs|billing|accounts|reception|orders|marketing|vertrieb|ventas|biuro)"
    r"([-_.]?[0-9]{1,3}|[-_.][a-z]{2})(\+[^@]*)?@"
)
# The whole address, in lower case. Programs that send, returns of mail, and lists with their commands.
MACHINES = (
    r"^((.*[-_.+])?(no|not|do-?not|dont|never)[-_.]?repl(y|ies)([-_.+0-9].*)?|mailer[-_.]?daemon.*|(double-?)?bounces?([-_.+=0-9].*)?"
    r"|(auto-?)?(notify|notifications?|alerts?)[-_.+].*|autoreply|auto-?confirm|majordomo|listserv|mailman|.*-(request|owner|bounces|subscribe|unsubscribe|announce))@"
    r"|@(.*\.)?(googlegroups\.com|groups\.io|noreply\.[^@]+|lists?\.[^@]+|listserv\.[^@]+|mailman\.[^@]+|bounces?\.[^@]+|reply\.[^@]+)$"
)
# Addresses that a service gives each of its users: nothing sent there arrives, but each is one person's.
HIDDEN = r"@users\.noreply\."
_MACHINES = re.compile(MACHINES)
_NUMBERED = re.compile(NUMBERED)
# One of these texts is in every address that `MACHINES` matches; looking for them takes a tenth of the time.
_TRACES = (
    "repl", "daemon", "bounce", "notif", "alert", "auto", "majordomo", "listserv", "mailman", "-request@", "-owner@", "subscribe@", "-announce@",
    "googlegroups.", "groups.io", "@list", ".list",
)  # fmt: skip
_LEGAL_FORM_NAMES = (
    "inc ltd limited llc llp lp gmbh ug ag kg ohg ev corp corporation co company bv nv plc pty srl sarl sa sas sl slu spa oy ab as aps kft zrt doo sro "
    "foundation university school bank institute association group holding verein stiftung universität hotel restaurant"
)
_LEGAL_FORMS = frozenset(_LEGAL_FORM_NAMES.split())
_SHORTEST_PART = 3  # letters of a name that an address spells; two stand in every second one
_SHORTEST_NAME = 5


def is_role_address(email: str) -> bool:
    """Whether an address belongs to an office, a machine or a list, and not to a person."""
    address = email.strip().lower()
    if address.partition("@")[0].partition("+")[0] in ROLES:
        return True
    if _NUMBERED.match(address) is not None:
        return True
    return any(trace in address for trace in _TRACES) and _MACHINES.search(address) is not None


def is_program(email: str) -> bool:
    """Whether an address is that of a program that sends, or of a mailing list."""
    address = email.strip().lower()
    return _MACHINES.search(address) is not None and re.search(HIDDEN, address) is None


def is_machine(name: str, email: str | None, emails: Sequence[str]) -> bool:
    """Whether a contact is a program, a list or an office, and nobody who could be asked."""
    return any(map(is_program, emails)) or (
        email is not None and is_role_address(email) and not bears_name(email, name)
    )


class Settled(NamedTuple):
    """The addresses of a contact, its own ones first.

    Attributes:
        email: the first of its own; None where it has none of its own.
        emails: all.
        of_offices: those that identify nobody.
    """

    email: str | None
    emails: list[str]
    of_offices: list[str]


def settled(name: str, company: str | None, emails: list[str], stated: Collection[str] = ()) -> Settled | None:
    """Put a contact's own addresses before those of offices; None where all of them are its own.

    A contact without a name, or named after an office or a company, is that office: its address is its own.

    Args:
        name: the contact's name.
        company: its company.
        emails: its addresses, the first one first.
        stated: addresses that the file gives as those of the company.
    """
    others = [
        email
        for email in emails
        if (is_role_address(email) and re.search(HIDDEN, email) is None)
        or (email in stated and not spells_name(email, name))
    ]
    if not others or _is_office(name, company):
        return None
    others = [email for email in others if not (bears_name(email, name) or _is_made_of(email, name))]
    if not others:
        return None
    first = [email for email in emails if email not in others]
    return Settled(first[0] if first else None, first + others, others)


def _is_office(name: str, company: str | None) -> bool:
    words = _words(name)
    return not words or "@" in name or (company is not None and words == _words(company)) or words[-1] in _LEGAL_FORMS


def bears_name(email: str, name: str) -> bool:
    """Whether the domain of an address is the name, or the surname: info@anadiaz.com of Ana Diaz, info@acme.com of Acme."""
    words = [word for word in _words(name) if len(word) > 1]
    labels = [label.replace("-", "") for label in _plain(email.rpartition("@")[2]).split(".")[:-1]]
    return bool(words) and (
        words[-1] in labels
        or (len("".join(words)) >= _SHORTEST_NAME and any(all(word in label for word in words) for label in labels))
    )


def spells_name(email: str, name: str) -> bool:
    """Whether the part before the @ contains a part of a name, or is made of it: ana.diaz, adiaz, ana2, d.ana."""
    letters = _letters(email)
    return any(len(word) >= _SHORTEST_PART and word in letters for word in _words(name)) or _is_made_of(email, name)


def _is_made_of(email: str, name: str) -> bool:
    """Whether the part before the @ is a word of a name, or parts of it: post@ of Emily Post, ar@ of Ana Rao, support@ of Acme Support."""
    words, letters = _words(name), _letters(email)
    if not words or len(letters) < 2:  # noqa: PLR2004
        return False
    first, last = words[0], words[-1]
    whole = (first + last, last + first, first[0] + last, last + first[0], first + last[0], last[0] + first)
    return letters in {*words, *whole, "".join(word[0] for word in words)}


def can_compare(name: str) -> bool:
    """Whether a name has words that an address could spell."""
    return any(word.isascii() for word in _words(name))


def _letters(email: str) -> str:
    return re.sub(r"[^a-z]", "", _plain(email.partition("@")[0].partition("+")[0]))


def _plain(text: str) -> str:
    text = text.casefold()
    if text.isascii():
        return text
    text = text.replace("ø", "o").replace("ł", "l").replace("đ", "d").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", _plain(name))
