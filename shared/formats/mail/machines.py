"""Messages that no person wrote to a person: lists, newsletters, answers of programs; and the labels of Gmail."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shared.formats.mail.text import BLANKS, decode_words, header_text, spaced

if TYPE_CHECKING:
    from collections.abc import Mapping

_LIST_FIELDS = (b"list-id", b"list-post", b"mailing-list", b"list-unsubscribe", b"feedback-id")
_BULK = frozenset({"bulk", "list", "junk"})
# Names that programs have: as the whole local part, or between dots, dashes, pluses and underscores.
_PROGRAMS = (
    "no-?reply|donot-?reply|do-not-reply|do_not_reply|nicht-?antworten|ne-?pas-?repondre|no-?responder|nao-?responda|mailer-?daemon|postmaster|"
    "bounces?|notifications?|notify|notifier|alerts?|auto-?mailer|auto-?confirm|auto-?reply|newsletters?|mailings?|news|updates?|digests?|"
    "announcements?|marketing|promo(?:tions?)?|offers?|invoices?|receipts?|billing|orders?|shipment-tracking|order-update|"
    "calendar-notification|unsubscribe|listserv|majordomo|cron|daemon|robot|mailrobot|system|automated|automailer"
)
_PROGRAM = re.compile(rf"(?:[^@]*[._+-])?(?:{_PROGRAMS})\d*(?:[._+-][^@]*)?@", re.IGNORECASE | re.ASCII)
# A return address that names its recipient (VERP), or a long number.
_GENERATED = re.compile(
    r"[^@]*[+-][^@=]*=[^@]*@|bounced?s?[-+_]|(?:[^@]*[._+-])?[0-9a-f]{20,}[^@]*@|[0-9a-f]{16,}[^@]*@|reply[-+][^@]{16,}@",
    re.IGNORECASE | re.ASCII,
)

# The labels of Gmail in the languages that Takeout writes them in, in lower case.
_LABELS = {
    label: kind
    for kind, labels in {
        "spam": "spam|junk|courrier indésirable|correo no deseado|posta indesiderata|спам|垃圾邮件|垃圾郵件|迷惑メール|스팸함|ongewenste e-mail",
        "trash": "trash|bin|papierkorb|corbeille|papelera|cestino|lixeira|lixo|prullenbak|kosz|papirkurv|papirkorg|papperskorg|papperskorgen|"
        "roskakori|koš|kuka|κάδος απορριμμάτων|корзина|кошик|çöp kutusu|çöp|已删除邮件|垃圾桶|ゴミ箱|휴지통|coș de gunoi|thùng rác|sampah|אשפה|المهملات|ถังขยะ",
        "draft": "draft|drafts|entwürfe|entwurf|brouillons|brouillon|borradores|borrador|bozze|bozza|rascunhos|rascunho|concepten|concept|"
        "wersje robocze|kladder|kladd|utkast|luonnokset|koncepty|piszkozatok|πρόχειρα|черновики|чернетки|taslaklar|草稿|下書き|임시보관함|"
        "schițe|thư nháp|draf|טיוטות|المسودات|ร่างจดหมาย",
        "sent": "sent|sent mail|sent items|gesendet|messages envoyés|envoyés|enviados|enviado|posta inviata|inviati|mensagens enviadas|"
        "e-mails enviados|verzonden|verzonden berichten|wysłane|sendt|sendte|skickat|skickade|lähetetyt|odeslaná pošta|odeslané|elküldött|"
        "elküldött üzenetek|απεσταλμένα|отправленные|надіслані|gönderilmiş postalar|gönderilenler|已发邮件|已发送邮件|寄件備份|送信済みメール|"
        "送信済み|보낸편지함|mesaje trimise|trimise|thư đã gửi|terkirim|דואר יוצא|البريد المرسل|จดหมายที่ส่งแล้ว",
        "chat": "chat|chats|discussions",
    }.items()
    for label in labels.split("|")
}
# Names of folders in mail programs, beside the labels.
_FOLDERS = {
    "sent messages": "sent",
    "gesendete objekte": "sent",
    "gesendete elemente": "sent",
    "éléments envoyés": "sent",
    "elementos enviados": "sent",
    "posta inviata": "sent",
    "junk e-mail": "spam",
    "junk email": "spam",
    "bulk mail": "spam",
    "deleted items": "trash",
    "deleted messages": "trash",
    "gelöschte objekte": "trash",
    "gelöschte elemente": "trash",
    "éléments supprimés": "trash",
    "elementos eliminados": "trash",
    "unsent messages": "draft",
}
_CATEGORY = re.compile(r"(?:category|kategorie|catégorie|categoría|categoria|categorie|kategoria|kategori)[: ]")
_PRIMARY = re.compile(r"personal|primary|allgemein|principal|persoonlijk|personnel")


def is_program(address: str) -> bool:
    """Whether an address is one that programs send from: `no-reply@`, `bounces+ana=x.example@`."""
    return bool(_PROGRAM.match(address) or _GENERATED.match(address))


def label_kinds(field: bytes) -> frozenset[str]:
    """The kinds that the labels of Gmail give a message: `spam`, `trash`, `draft`, `sent`, `chat`, and `list` for a category of mass mail."""
    kinds = set()
    for each in spaced(decode_words(header_text(field))).split(","):
        label = each.strip(BLANKS + '"').lower()
        if kind := _LABELS.get(label):
            kinds.add(kind)
        elif _CATEGORY.match(label) and not _PRIMARY.search(label):
            kinds.add("list")
    return frozenset(kinds)


def flags_of(fields: Mapping[bytes, bytes], sender: str, labels: frozenset[str]) -> tuple[str, ...]:
    """`list` for what goes to many who asked for it, `auto` for what a program wrote; nothing for what a person did."""
    flags = []
    precedence = _word(fields, b"precedence")
    if "list" in labels or precedence in _BULK or any(field in fields for field in _LIST_FIELDS):
        flags.append("list")
    content_type = _word(fields, b"content-type")
    is_answer = not _word(fields, b"auto-submitted").startswith("no") and b"auto-submitted" in fields
    is_program_mail = (
        is_answer
        or b"x-autoreply" in fields
        or b"x-autorespond" in fields
        or precedence == "auto_reply"
        or fields.get(b"return-path") == b"<>"
        or content_type.startswith(("multipart/report", "text/calendar"))
        or is_program(sender)
    )
    return (*flags, "auto") if is_program_mail else tuple(flags)


def _word(fields: Mapping[bytes, bytes], name: bytes) -> str:
    return header_text(fields.get(name, b"")).strip(BLANKS).lower()


def folder_kind(name: str) -> str:
    """The kind of a folder, or of a file that is one, by its name: `sent`, `spam`, `trash`, `draft`, `chat`; else empty."""
    label = name.lower().removesuffix(".mbox").removesuffix(".sbd").removesuffix(".mbx").strip(BLANKS + "._-")
    for part in (label, label.rpartition(".")[2], label.rpartition("/")[2]):
        if kind := _LABELS.get(part) or _FOLDERS.get(part):
            return kind
    return ""
