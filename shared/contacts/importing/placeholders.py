"""Recognise what people and programs write for a value that they do not have: it is not a value."""

from __future__ import annotations

import re
from typing import Final

# In lower case, without blanks and marks around them.
_WORDS: Final = frozenset({
    "n/a", "n.a", "n\\a", "none", "null", "nil", "nan", "undefined", "unknown", "not available", "not applicable", "not provided", "not specified",
    "not known", "not set", "no data", "tbd", "tba", "tbc", "to be determined", "xxx", "xxxx", "unlisted", "ref!", "value!", "name?", "div/0!", "null!",
    "num!", "error!", "blank", "no value", "nothing",
    "k.a", "k. a", "keine", "keine angabe", "keine angaben", "unbekannt", "entfällt", "nicht bekannt", "nicht angegeben", "nicht vorhanden",
    "s/d", "s.d", "sin datos", "ninguno", "ninguna", "desconocido", "desconocida", "no disponible", "no aplica", "n/d", "n.d", "n/c", "n.c",
    "non disponible", "inconnu", "inconnue", "aucun", "aucune", "néant", "non renseigné", "sans objet", "nessuno", "nessuna", "sconosciuto", "sconosciuta", "non disponibile",
    "não informado", "nao informado", "não disponível", "desconhecido", "desconhecida", "nenhum", "nenhuma", "nvt", "n.v.t", "onbekend", "geen",
    "okänd", "ukendt", "ukjent", "ingen", "inget", "saknas", "brak", "brak danych", "b/d", "nie dotyczy", "nieznany", "neznámý", "není", "žádný", "žádná", "žádné", "nincs", "ismeretlen",
    "ei ole", "tuntematon", "necunoscut", "yok", "bilinmiyor", "belirtilmemiş", "tidak ada", "không có", "нет", "нет данных", "н/д", "неизвестно",
    "не указано", "отсутствует", "немає", "невідомо", "няма", "άγνωστο", "κανένα", "不明", "なし", "無し", "無", "未定", "未設定", "未登録", "非公開", "无", "未知", "暂无",
    "不详", "没有", "沒有", "없음", "미상", "해당없음", "غير معروف", "لا يوجد", "غير متوفر", "نامشخص", "ندارد", "אין", "לא ידוע", "ไม่มี", "ไม่ทราบ", "अज्ञात", "नहीं",
})  # fmt: skip
# As places these are North Dakota and Namibia, as names they are people.
_SHORT: Final = frozenset({"na", "nd"})
_AROUND = " \t#()[]<>{}.,;:*_'\"=\xa0-–—―?/\\|~!"
_LONGEST: Final = max(map(len, _WORDS)) + 6
# The parts that a program leaves in a name it puts together. "Null" is a surname, so only the spellings of programs count.
_IN_NAMES = re.compile(
    r"(?:^|(?<=\s))(?:#?[Nn]/[Aa]|#REF!|#VALUE!|#NAME\?|null|NULL|\(null\)|undefined|NaN|-+|–|—)(?=\s|$|,)"
)

# The first half of an address that programs and people invent for a missing one.
_NO_MAILBOX = re.compile(
    r"(?:no[._-]?e?mail|none|null|n[._-]?a|unknown|notprovided|not[._-]provided|noaddress|no[._-]address|donotmail|"
    r"keine?[._-]?e?mail|sin[._-]?(?:correo|email|mail)|sans[._-]?(?:e?mail)|undefined|noemail\d+)@.*"
)


def is_placeholder(text: str, *, short: bool = False) -> bool:
    """Whether a text stands for a missing value: a mark (`-`), an error of a spreadsheet (`#N/A`) or a word (`unbekannt`).

    Args:
        text: the text.
        short: whether "NA" and "ND" count as well.
    """
    if text[:1].isalnum() and text[-1].isalnum():  # nearly every text
        return text.lower() in _WORDS or (short and text.lower() in _SHORT)
    if len(text) > _LONGEST:
        return False
    bare = text.strip(_AROUND).lower()
    # An exclamation mark and a question mark belong to the errors of a spreadsheet.
    return not bare or bare in _WORDS or (short and bare in _SHORT) or (text[0] == "#" and text[1:].lower() in _WORDS)


def without_placeholders(name: str) -> str:
    """`Diaz` for `null Diaz`: a name without the parts that stand for a missing one."""
    cleaned = _IN_NAMES.sub("", name)
    if cleaned == name:
        return name
    # Beside capitals alone, or small letters alone, "NULL" and "null" are written like the rest of the name.
    rest = "".join(filter(str.isalpha, cleaned))
    if rest and re.fullmatch(r"[^\W\d_]+(?:\s+[^\W\d_]+)*", name) and (rest.isupper() or rest.islower()):
        return name
    return " ".join(cleaned.split())


def is_no_mailbox(address: str) -> bool:
    """Whether an address was made up for a contact without one, such as `noemail@example.com`."""
    return _NO_MAILBOX.fullmatch(address.lower()) is not None
