"""The merging of providers' answers into a contact, field by field.

The rule:

1. Values of the user stay. A field belongs to the user when its value is not the one that enrichment wrote last. An emptied
   field belongs to the user as well, unless fresh answers were requested.
2. Of several providers the more confident one wins; of equally confident ones the first.
3. A provider's newer value replaces its older one, whatever the confidence.

Every value that enrichment wrote has its provider, its confidence and the time of the provider's answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shared.contacts.fields import ENRICHED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# When none of these fields is open, no further provider is asked.
COLUMNS = ENRICHED

Entry = dict[str, Any]  # {"value", "provider", "confidence", "at"}, in the form of the API


@dataclass(frozen=True, slots=True)
class Statement:
    """The answer of one provider.

    Attributes:
        provider: name of the provider.
        at: time of the answer, RFC 3339.
        fields: `{"value", "confidence"}` by field name.
    """

    provider: str
    at: str
    fields: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Merged:
    """The result of merging.

    Attributes:
        columns: the columns of the contact to set.
        fields: the new `enrichment.fields`.
    """

    columns: dict[str, str | None]
    fields: dict[str, Entry]


def belongs_to_user(name: str, columns: Mapping[str, str | None], fields: Mapping[str, Entry], *, refill: bool) -> bool:
    """Whether a field belongs to the user and must stay unchanged.

    Args:
        name: of the field.
        columns: of the contact.
        fields: the values that enrichment wrote before.
        refill: whether a field that the user has emptied may be filled again.
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
    """The columns that neither the user nor a provider has filled.

    Args:
        columns: of the contact.
        fields: the values that enrichment wrote before.
        statements: the answers of this run so far.
        refill: whether values from before this run count as open, and emptied fields may be filled again.
    """
    answered = {name for statement in statements for name in statement.fields}
    return {
        name
        for name in COLUMNS
        if name not in answered
        and not belongs_to_user(name, columns, fields, refill=refill)
        and (refill or name not in fields)
    }


def merge(
    columns: Mapping[str, str | None], fields: Mapping[str, Entry], statements: Iterable[Statement], *, refill: bool
) -> Merged:
    """Apply the rule of this module.

    Args:
        columns: of the contact, by name; None or empty where blank.
        fields: the present `enrichment.fields`.
        statements: the answers of providers, in the order in which they were asked.
        refill: whether a field that the user has emptied may be filled again.
    """
    kept = {name: dict(entry) for name, entry in fields.items()}
    users = {name for name in COLUMNS if belongs_to_user(name, columns, fields, refill=refill)}
    for statement in statements:
        for name, stated in statement.fields.items():
            before = kept.get(name)
            if name in users or (before is not None and not _wins(statement.provider, stated, before)):
                continue
            kept[name] = {
                "value": stated["value"],
                "provider": statement.provider,
                "confidence": stated["confidence"],
                "at": statement.at,
            }
    changed = {
        name: kept[name]["value"]
        for name in COLUMNS
        if name in kept and name not in users and kept[name]["value"] != (columns.get(name) or "")
    }
    return Merged(changed, kept)


def _wins(provider: str, stated: Mapping[str, Any], before: Entry) -> bool:
    return bool(provider == before["provider"] or stated["confidence"] > before["confidence"])


def erase(columns: Mapping[str, str | None], fields: Mapping[str, Entry]) -> Merged:
    """Remove all values that enrichment wrote, and leave the values of the user."""
    written = {name: None for name in COLUMNS if name in fields and (columns.get(name) or "") == fields[name]["value"]}
    return Merged(dict(written), {})


def merge_attempts(before: Iterable[Entry], now: Iterable[Entry]) -> list[Entry]:
    """Combine the attempts to the latest of each provider; one that reused an answer does not replace the one that paid for it.

    Args:
        before: the present `enrichment.attempts`, `{"provider", "outcome", "credits", "at"}`.
        now: the attempts of this run.
    """
    latest = {attempt["provider"]: attempt for attempt in before}
    for attempt in now:
        known = latest.get(attempt["provider"])
        if known is not None and attempt["outcome"] == "refused":
            continue  # the attempt before has the reason
        if known is None or known["at"] != attempt["at"] or attempt["credits"] >= known["credits"]:
            latest[attempt["provider"]] = attempt
    return list(latest.values())
