"""Recognise e-mail addresses and LinkedIn profiles in the forms that people and programs write, and bring them into one form."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, unquote

from shared.contacts.sizes import MAX_EMAIL, MAX_SLUG, MAX_URL

# Deliberately wide: names of any script on both sides, and domains without a dot, because address books of companies hold
# `ana@intranet`. It refuses only texts that no mail program could have meant as one address.
# Invisible marks are not a part of an address, nor is the query of a web address.
EMAIL = re.compile(
    r"[^\s@<>()\[\]\\,;:\"\x00-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+"
    r"@[^\s@<>()\[\]\\,;:\"'/?&=#|%!{}^~+*$`\x00-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[^\W_]"
)
# Zero-width and directional marks that copying from a web page or WhatsApp leaves around a value.
_INVISIBLE = dict.fromkeys(
    map(ord, "\xad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")
)

_PROFILE = re.compile(
    r"(?:https?:/{1,2})?(?:[a-z0-9-]{1,10}\.){0,2}(?<![\w-])linkedin\.(?:com|cn)/(?:mwlite/|m/|comm/)?in/+([^/?#\s\"'<>,;]+)",
    re.IGNORECASE,
)
# In a field for LinkedIn: `in/ana-rao`, and `@ana-rao`, which no word looks like.
_PROFILE_PATH = re.compile(r"/?in/([^/?#\s]+)/?|@([\w%]*(?:-|\d)[\w%-]*)", re.IGNORECASE)
_HANDLE = re.compile(r"@?((?=[^/]*[^\W\d_])[\w%-]{3,100})")
# Texts that programs write for an empty field, and `me`, which leads each member to their own profile.
_NOBODY = frozenset({
    "me", "null", "nil", "none", "undefined", "nan", "n-a", "unavailable", "unknown", "true", "false", "yes", "pending", "connected",
    "headless", "not-available", "not_available", "not-found", "not_found", "not-provided", "profile", "username", "user-name", "yourname", "yourprofile",
    "myprofile", "placeholder", "example", "edit",
})  # fmt: skip
# Texts that people write into a field for a profile when the contact has none.
_NO_NAMES = _NOBODY | {
    "not-available", "not-found", "not_found", "notfound", "no-linkedin", "nolinkedin", "tbd", "tba", "todo", "test", "linkedin", "n_a",
    "missing", "empty", "blank", "private", "hidden", "deleted", "invited", "requested", "sent", "accepted", "waiting", "open", "done",
    "keine", "kein", "keins", "nein", "leer", "unbekannt", "offen", "vernetzt", "verbunden", "aucun", "aucune", "inconnu", "non", "oui",
    "ninguno", "ninguna", "desconocido", "pendiente", "conectado", "nenhum", "nenhuma", "desconhecido", "pendente", "nessuno", "nessuna",
    "sconosciuto", "geen", "onbekend", "ingen", "inget", "okänd", "ukendt", "brak", "żaden", "нет", "да", "неизвестно", "なし", "無し", "不明",
    "없음", "yok", "bilinmiyor", "belirsiz", "nincs", "ismeretlen", "puuttuu", "tuntematon", "žádný", "žádné", "neznámý", "nema", "няма", "немає",
    "отсутствует", "невідомо", "nici", "necunoscut", "kosong", "puudub", "nav", "nėra", "άγνωστο", "κανένα", "أخرى", "لايوجد", "xxx",
}  # fmt: skip
# A slug of such words alone denies a profile or is the pattern of one: `no-profile`, `tidak-ada`, `your-name-here`.
_DENIALS = frozenset({
    "no", "not", "non", "none", "without", "kein", "keine", "keinen", "ohne", "nicht", "sin", "sem", "sans", "pas", "senza", "geen", "niet", "zonder",
    "ingen", "inget", "ikke", "inte", "brak", "nie", "bez", "nincs", "ei", "yok", "tidak", "nema", "нет", "не", "без", "your", "profile", "profil",
    "perfil", "profilo", "profiel", "linkedin", "username", "placeholder", "url",
})  # fmt: skip
_FILLERS = _DENIALS | {
    "n", "a", "de", "ada", "ole", "ma", "hay", "tem", "available", "found", "provided", "given", "known", "specified", "applicable", "disponible",
    "disponivel", "disponibile", "verfügbar", "vorhanden", "angegeben", "bekannt", "account", "konto", "cuenta", "conta", "compte", "link", "data",
    "datos", "dados", "daten", "adat", "dane", "my", "name", "user", "handle", "slug", "here", "hier", "yet", "on", "public", "first", "last",
    "firstname", "lastname", "me", "in", "does", "exist", "exists", "информации", "данных", "указано", "профиля",
}  # fmt: skip
# Characters of a template that was not filled in: `in/{username}`, `in/[slug]`, `in/$name`.
_TEMPLATE = frozenset("{}[]$<>*")
# An address may also have the id of a member, in which case counts (base64): in lower case it leads nowhere, or to another member.
_MEMBER_ID = re.compile(r"A[A-Z][A-Za-z]AA[A-Za-z0-9_-]{4,}", re.ASCII)
# By far the most common form, recognised by one match: no escapes, at most a slash after the slug.
_PLAIN_PROFILE = re.compile(r"(?:https?://)?(?:[a-z]{2,3}\.)?linkedin\.com/in/([a-z0-9-]{1,100})/?", re.ASCII)


def visible(text: str) -> str:
    """The text without invisible marks and surrounding white space (of any script)."""
    return text.strip() if text.isascii() else text.translate(_INVISIBLE).strip()


def is_email(text: str) -> bool:
    """Whether the text is one e-mail address and nothing else."""
    return len(text) <= MAX_EMAIL and EMAIL.fullmatch(text) is not None


def linkedin_profile(text: str, *, in_field: bool = False, is_handle: bool = False) -> tuple[str, str] | None:
    """The profile that a text names.

    Args:
        text: an address in any of the forms LinkedIn has used (country and mobile hosts, queries, no scheme).
        in_field: the text comes from a field for LinkedIn alone, so `in/ana-rao` and `@ana-rao` count too. A bare word never
            does: it is as often "none", "Connected" or "pending", and all contacts with that word would become one person.
        is_handle: the text comes from a field for the name within LinkedIn alone, so `ana-rao` counts as well.

    Returns:
        The canonical address `https://www.linkedin.com/in/<slug>` and the slug (percent-decoded; in lower case, except for
        the ids of members), or None for any other text (a company page, another site, `in/me`).
    """
    plain = _PLAIN_PROFILE.fullmatch(text)
    if plain is not None:
        slug = plain[1]
        return None if slug in _NOBODY or _is_blank(slug) else ("https://www.linkedin.com/in/" + slug, slug)
    if len(text) > MAX_URL:
        return None
    text = visible(text)
    found, nobody = _PROFILE.search(text), _NOBODY
    if found is None and (in_field or is_handle):
        found, nobody = _PROFILE_PATH.fullmatch(text), _NO_NAMES
    if found is None and is_handle:
        found = _HANDLE.fullmatch(text)
    if found is None:
        return None
    slug = unicodedata.normalize("NFC", unquote(next(filter(None, found.groups())))).strip()
    if not _MEMBER_ID.fullmatch(slug):
        slug = slug.lower()
    if (
        not slug
        or len(slug) > MAX_SLUG
        or not slug.isprintable()
        or "\ufffd" in slug
        or "/" in slug
        or slug in nobody
        or _is_blank(slug)
    ):
        return None
    return "https://www.linkedin.com/in/" + quote(slug, safe="-_.~"), slug


def _is_blank(slug: str) -> bool:
    """Whether a slug stands for no profile: a mark (`-`, `0`, `xxx`), a template (`{username}`) or words (`kein-profil`)."""
    if len(set(slug)) == 1 or not _TEMPLATE.isdisjoint(slug):
        return True
    if "-" not in slug and "_" not in slug:
        return False
    words = set(slug.replace("_", "-").split("-")) - {""}
    return (
        words <= _FILLERS and (len(words) != 1 or words <= _DENIALS) and not words.isdisjoint(_DENIALS)
    ) or not words


def email_address(text: str) -> str:
    """The e-mail address in a text, in composed letters, without spaces and invisible marks around it.

    Raises:
        ValueError: the text is not an e-mail address.
    """
    text = visible(text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if not is_email(text):
        raise ValueError(f'"{text}" is not an e-mail address')
    return text


def linkedin_slug(text: str) -> str:
    """The slug of a LinkedIn profile, the last part of its address.

    Raises:
        ValueError: the text does not name a LinkedIn profile.
    """
    profile = linkedin_profile(text, is_handle=True)
    if profile is None:
        raise ValueError(f'"{text}" is not a LinkedIn profile: pass the address of the profile')
    return profile[1]
