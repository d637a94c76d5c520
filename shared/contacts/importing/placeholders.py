"""Recognise what people and programs write for a value that they do not have: it is not a value."""

from __future__ import annotations

import re
from typing import Final

# In lower case, without blanks and marks around them.
_WORDS: Final = frozenset({
    "n/a", "n.a", "n\\a", "none", "null", "nil", "nan", "undefined", "unknown", "not available", "not applicable", "not provided", "not specified",
    "not known", "not set", "no data", "tbd", "tba", "tbc", "to be determined", "xxx", "xxxx", "unlisted", "ref!", "value!", "name?", "div/0!", "null!",
    "num!", "error!", "blank", "no value", "nothing", "empty", "none given", "none listed", "none provided", "none known", "not given", "not listed", "not disclosed",
    "not supplied", "not entered", "not stated", "not found", "not recorded", "no answer", "no information", "no info", "no entry", "no email", "no e-mail", "no mail", "no phone", "no number",
    "no title", "no company", "no address", "no linkedin", "no name", "unspecified", "undisclosed", "withheld", "missing", "unavailable", "does not have", "does not exist", "no email address", "no phone number",
    "k.a", "k. a", "o.a", "o. a", "kein", "keins", "kein eintrag", "keine e-mail", "keine email", "keine mail", "keine nummer", "kein telefon", "keine firma", "kein wert", "ohne", "ohne angabe", "leer",
    "fehlt", "nicht verfügbar", "nicht zutreffend", "nicht hinterlegt", "nicht eingetragen", "nicht gesetzt", "unbek", "keine", "keine angabe", "keine angaben", "unbekannt", "entfällt", "nicht bekannt", "nicht angegeben", "nicht vorhanden",
    "s/d", "s.d", "sin email", "sin e-mail", "sin correo", "sin teléfono", "sin telefono", "sin empresa", "sin cargo", "sin información", "sin informacion", "no tiene", "no consta", "no especificado",
    "no informado", "no definido", "no existe", "no conocido", "vacío", "vacio", "sin datos", "ninguno", "ninguna", "desconocido", "desconocida", "no disponible", "no aplica", "n/d", "n.d", "n/c", "n.c",
    "sans email", "sans e-mail", "sans mail", "sans téléphone", "non communiqué", "non communiquée", "non précisé", "non précisée", "non défini", "non connu", "non connue", "pas d'email", "pas d'e-mail",
    "pas de mail", "pas de téléphone", "vide", "non fourni", "non fournie", "non disponible", "inconnu", "inconnue", "aucun", "aucune", "néant", "non renseigné", "sans objet", "non specificato", "non specificata", "non noto", "non presente", "non indicato", "non inserito", "vuoto", "nessun dato", "nessuna email", "senza email", "nessuno", "nessuna",
    "sconosciuto", "sconosciuta", "non disponibile",
    "sem email", "sem e-mail", "sem telefone", "sem empresa", "sem dados", "sem informação", "não tem", "nao tem", "não possui", "não especificado", "não definido", "não consta", "vazio", "não informado", "nao informado", "não disponível", "desconhecido", "desconhecida", "nenhum", "nenhuma", "niet beschikbaar", "niet bekend", "niet opgegeven", "niet ingevuld", "niet van toepassing", "leeg", "geen e-mail", "geen email", "geen telefoon", "geen gegevens", "nvt", "n.v.t", "onbekend", "geen",
    "ej angivet", "ej angiven", "ej känd", "uppgift saknas", "okänt", "ikke angivet", "ikke oplyst", "ikke oppgitt", "ikke tilgjengelig", "mangler", "okänd", "ukendt", "ukjent", "ingen", "inget", "saknas", "nie podano", "brak adresu", "brak telefonu", "brak e-maila", "nie ma", "puste", "neuvedeno", "neuvedené", "nezadáno", "bez e-mailu", "chybí", "nemá", "nincs adat", "nincs megadva", "üres", "brak", "brak danych", "b/d", "nie dotyczy", "nieznany", "neznámý", "není", "žádný", "žádná", "žádné", "nincs", "ismeretlen",
    "ei ole", "ei tiedossa", "ei saatavilla", "ei ilmoitettu", "puuttuu", "tyhjä", "nespecificat", "nu are", "nu există", "fără", "bilgi yok", "mevcut değil", "boş", "belirsiz", "kosong", "tidak diketahui",
    "tidak tersedia", "belum ada", "chưa có", "tuntematon", "necunoscut", "yok", "bilinmiyor", "belirtilmemiş", "tidak ada", "không có", "не задано", "не заполнено", "не известно", "не указан", "не указана", "пусто", "нету", "нет email", "нет телефона", "не вказано", "не вказаний", "відсутній", "порожньо", "няма данни", "не е посочено",
    "δεν υπάρχει", "κενό", "нет", "нет данных", "н/д", "неизвестно",
    "не указано", "отсутствует", "немає", "невідомо", "няма", "άγνωστο", "κανένα", "空白", "空欄", "未記入", "未入力", "該当なし", "特になし", "空", "未填", "未填写", "未提供", "暂缺", "待定", "未填寫", "不適用", "不适用", "미정", "미입력", "미등록", "정보 없음", "알 수 없음", "해당 없음", "不明", "なし", "無し", "無", "未定", "未設定", "未登録", "非公開", "无", "未知", "暂无",
    "不详", "没有", "沒有", "없음", "미상", "해당없음", "فارغ", "غير محدد", "بدون", "غير مذكور", "ריק", "אין מידע", "ไม่ระบุ", "उपलब्ध नहीं", "غير معروف", "لا يوجد", "غير متوفر", "نامشخص", "ندارد", "אין", "לא ידוע", "ไม่มี", "ไม่ทราบ", "अज्ञात", "नहीं",
})  # fmt: skip
# The exports of databases write this for null.
DATABASE_NULL: Final = "\\N"
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
    r"(?:no[._-]?e?mail|none|null|n[._/-]?a|unknown|notprovided|not[._-]provided|noaddress|no[._-]address|donotmail|"
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
    if text == DATABASE_NULL:
        return True
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
