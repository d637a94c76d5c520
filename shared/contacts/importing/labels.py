"""Read the labels that address books put beside values, and the groups that people put contacts into."""

from __future__ import annotations

import re

# Words of standard labels ("home", "work"); any other label was typed by the user and is kept.
_STANDARD = frozenset(
    [
        "home",
        "work",
        "other",
        "mobile",
        "cell",
        "main",
        "internet",
        "iphone",
        "pager",
        "fax",
        "voice",
        "pref",
        "preferred",
        "primary",
        "business",
        "personal",
        "school",
        "custom",
        "text",
        "msg",
        "video",
        "home",
        "fax",
        "work",
        "fax",
        "homefax",
        "workfax",
        "company",
        "mobile",
        "work",
        "x-mobile",
        "obj",
        "email",
        "e-mail",
        "phone",
        "workfax",
        "google",
        "voice",
        "grand",
        "central",
        "privat",
        "arbeit",
        "mobil",
        "geschäftlich",
        "sonstige",
        "domicile",
        "bureau",
        "portable",
        "casa",
        "trabajo",
        "móvil",
        "lavoro",
        "cellulare",
        "trabalho",
        "celular",
        "手机",
        "住宅",
        "单位",
        "自宅",
        "勤務先",
        "携帯",
    ]
)
# Further words that people write before an address.
_BESIDE_ADDRESSES = frozenset(
    {
        "mail",
        "mailto",
        "private",
        "office",
        "new",
        "old",
        "alt",
        "alternative",
        "secondary",
        "correo",
        "courriel",
        "to",
        "cc",
        "from",
    }
)
# Groups that an address book makes by itself.
_SYSTEM_GROUPS = frozenset({"mycontacts", "systemgroupmycontacts", "allcontacts", "defaultgroup"})
_APPLE = re.compile(r"_\$!<(.*)>!\$_", re.DOTALL)


def clean_label(label: str) -> str:
    """`Mobile` for `* Mobile` and `_$!<Mobile>!$_`; words apart where Apple writes them together (`HomePage`)."""
    label = label.removeprefix("*").strip()
    apple = _APPLE.fullmatch(label)
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", apple[1]) if apple else label


def is_custom_label(label: str) -> bool:
    """Whether a person typed the label, so that it is worth keeping."""
    label = clean_label(label)
    return bool(label) and not all(word in _STANDARD for word in label.lower().split())


def is_label(word: str) -> bool:
    """Whether a word is one of the standard labels of a phone or an address, such as "home"."""
    return word.lower() in _STANDARD or word.lower() in _BESIDE_ADDRESSES


def split_tags(cell: str) -> list[str]:
    """Tags out of one cell: ` ::: ` of Google, else semicolons, else commas; without the groups that every contact is in."""
    separator = ":::" if ":::" in cell else ";" if ";" in cell else "," if "," in cell else "\n"
    return clean_tags([tag.strip().strip('"') for tag in cell.split(separator)])


def clean_tags(tags: list[str]) -> list[str]:
    """Tags trimmed, without repetition, system groups left out."""
    cleaned = (tag.strip().removeprefix("* ").strip() for tag in tags)
    return list(
        dict.fromkeys(
            tag for tag in cleaned if tag and tag.lower().replace(" ", "").replace(":", "") not in _SYSTEM_GROUPS
        )
    )
