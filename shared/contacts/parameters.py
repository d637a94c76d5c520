"""What is asked of contacts in a query string."""

from __future__ import annotations

from typing import Literal

from shared.contacts.fields import NAMES
from shared.parameters import Page, Parameters, decimal, flag, one_of, text, texts, whole

Sort = Literal["name", "-created_at", "-updated_at", "company"]
OnConflict = Literal["return", "error"]
OnDuplicate = Literal["update", "skip"]
ExportFormat = Literal["csv", "vcf", "json"]


def _known_fields(names: str) -> str:
    unknown = [name for name in names.split(",") if name.strip() not in NAMES]
    if unknown:
        raise ValueError(f'"{unknown[0]}" is no field of a contact; there are {", ".join(NAMES)}')
    return names


class ContactQuery(Parameters):
    """How one contact is answered.

    Attributes:
        fields: names separated by commas; all when left out.
    """

    fields: str | None = text(longest=500, check=_known_fields)


class ContactCreateQuery(Parameters):
    """What becomes of a contact whose e-mail or profile is there already.

    Attributes:
        on_conflict: `return` answers the contact that has it, whatever its name; `error` refuses with 409. When left out, it is
            answered unless its name is clearly another person's: 409 `shared_address`.
    """

    on_conflict: OnConflict | None = one_of(OnConflict)


class ContactListQuery(Page):
    """Which contacts, in which order.

    Attributes:
        tag: has all of these tags.
        company: works there; case and accents are ignored.
        has_email: has an e-mail address, or has none.
        fields: names separated by commas; all when left out.
        include_total: also count them all, which takes a while for many.
    """

    sort: Sort = one_of(Sort, default="name")
    tag: list[str] = texts(longest=100, most=10)
    company: str | None = text(longest=500)
    has_email: bool | None = flag(default=None)
    fields: str | None = text(longest=500, check=_known_fields)
    include_total: bool = flag()


class ContactSearchQuery(Page):
    """What is searched for, and among which contacts.

    Attributes:
        q: words, or how they begin; case, accents and small typing errors are forgiven.
        tag: has all of these tags.
        company: works there; case and accents are ignored.
        has_email: has an e-mail address, or has none.
        fields: names separated by commas; all when left out.
        include_total: also count all that are found, which takes a while for many; pages end after the best few hundred.
    """

    q: str = text(longest=500, required=True)
    limit: int = whole(20, least=1, most=200)
    tag: list[str] = texts(longest=100, most=10)
    company: str | None = text(longest=500)
    has_email: bool | None = flag(default=None)
    fields: str | None = text(longest=500, check=_known_fields)
    include_total: bool = flag()


class ContactImportQuery(Parameters):
    """How a file is imported.

    Attributes:
        dry_run: tell what would happen, and change nothing.
        on_duplicate: of a contact that is there already, fill the blanks or leave it.
        mapping: JSON object from a column's title to a field, over what is recognised.
        tags: added to every contact of the file, separated by commas.
        enrich: fill in what is missing from the configured providers.
        tie_to_me: strength of a tie from each contact of the file to the self contact.
    """

    dry_run: bool = flag()
    on_duplicate: OnDuplicate = one_of(OnDuplicate, default="update")
    mapping: str | None = text(longest=20_000)
    tags: str = text("", longest=2_000)
    enrich: bool = flag()
    tie_to_me: float | None = decimal(least=0, most=1)


class ContactExportQuery(Parameters):
    """Which format a download has."""

    format: ExportFormat = one_of(ExportFormat, default="csv")
