"""How what providers say becomes part of a contact, field by field.

The rule:

1. What the user wrote stays. A field is the user's when its value is not the one that enrichment wrote last; so also when
   the user has emptied it, unless fresh answers were asked for.
2. Of several providers the more confident wins; equally confident ones do not replace each other.
3. A provider's newer word replaces its older one, whatever the confidence.

Every value that enrichment wrote carries its provider, its confidence and when the provider said it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shared.contacts.fields import ENRICHED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# When none of these is left open, nobody is asked any more.
COLUMNS = ENRICHED

Entry = dict[str, Any]  # {"value", "provider", "confidence", "at"}, as the API answers it


@dataclass(frozen=True, slots=True)
class Statement:
    """What one provider said.

    Attributes:
        provider: who.
        at: when, RFC 3339.
        fields: by name, `{"value", "confidence"}`.
    """

    provider: str
    at: str
    fields: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Merged:
    """What becomes of a contact.

    Attributes:
        columns: those to set.
        fields: the new `enrichment.fields`.
    """

    columns: dict[str, str | None]
    fields: dict[str, Entry]


def belongs_to_user(name: str, columns: Mapping[str, str | None], fields: Mapping[str, Entry], *, refill: bool) -> bool:
    """Whether a field is the user's own and must stay as it is.

    Args:
        name: of the field.
        columns: the contact's.
        fields: what enrichment wrote before.
        refill: a field that the user has emptied may be filled again.
    """
    if name not in COLUMNS:
        return False
    value, written = columns.get(name) or "", fields.get(name)
    if written is None:
        return value != ""
    return value != written["value"] and (value != "" or not refill)


def open_fields(
    columns: Mapping[str, str | None], fields: Mapping[str, Entry], statements: Iterable[Statement], *, refill: bool
) -> set[str]:
    """The columns that nobody has filled yet, neither the user nor a provider.

    Args:
        columns: the contact's.
        fields: what enrichment wrote before.
        statements: what was said in this run so far.
        refill: what was found before counts no more, and what the user has emptied may be filled.
    """
    said = {name for statement in statements for name in statement.fields}
    return {
        name
        for name in COLUMNS
        if name not in said
        and not belongs_to_user(name, columns, fields, refill=refill)
        and (refill or name not in fields)
    }


def merge(
    columns: Mapping[str, str | None], fields: Mapping[str, Entry], statements: Iterable[Statement], *, refill: bool
) -> Merged:
    """Applies the rule of this module.

    Args:
        columns: the contact's, by name; None or empty where blank.
        fields: its `enrichment.fields` so far.
        statements: what providers said, in the order they were asked.
        refill: a field that the user has emptied may be filled again.
    """
    kept = {name: dict(entry) for name, entry in fields.items()}
    users = {name for name in COLUMNS if belongs_to_user(name, columns, fields, refill=refill)}
    for statement in statements:
        for name, said in statement.fields.items():
            before = kept.get(name)
            if name in users or (before is not None and not _wins(statement.provider, said, before)):
                continue
            kept[name] = {
                "value": said["value"],
                "provider": statement.provider,
                "confidence": said["confidence"],
                "at": statement.at,
            }
    changed = {
        name: kept[name]["value"]
        for name in COLUMNS
        if name in kept and name not in users and kept[name]["value"] != (columns.get(name) or "")
    }
    return Merged(changed, kept)


def _wins(provider: str, said: Mapping[str, Any], before: Entry) -> bool:
    return bool(provider == before["provider"] or said["confidence"] > before["confidence"])


def erase(columns: Mapping[str, str | None], fields: Mapping[str, Entry]) -> Merged:
    """Takes back all that enrichment wrote, and leaves what the user wrote."""
    written = {name: None for name in COLUMNS if name in fields and (columns.get(name) or "") == fields[name]["value"]}
    return Merged(dict(written), {})


def merge_attempts(before: Iterable[Entry], now: Iterable[Entry]) -> list[Entry]:
    """The latest attempt at each provider; one that only found what was known already does not replace the one that paid.

    Args:
        before: `enrichment.attempts` so far, `{"provider", "outcome", "credits", "at"}`.
        now: those of this run.
    """
    latest = {attempt["provider"]: attempt for attempt in before}
    for attempt in now:
        known = latest.get(attempt["provider"])
        if known is not None and attempt["outcome"] == "refused":
            continue  # the attempt before says why
        if known is None or known["at"] != attempt["at"] or attempt["credits"] >= known["credits"]:
            latest[attempt["provider"]] = attempt
    return list(latest.values())
