"""The query parameters of requests about contacts."""

from __future__ import annotations

from typing import Literal

from shared.contacts.fields import NAMES
from shared.parameters import Page, Parameters, decimal, flag, one_of, text, texts, whole

Sort = Literal["name", "-created_at", "-updated_at", "company"]
OnConflict = Literal["return", "error"]
OnDuplicate = Literal["update", "newest", "skip"]
ExportFormat = Literal["csv", "vcf", "json"]
CardVersion = Literal["3.0", "4.0"]
ExportProgram = Literal["google", "outlook"]


def _known_fields(names: str) -> str:
    unknown = [name for name in names.split(",") if name.strip() not in NAMES]
    if unknown:
        raise ValueError(f'"{unknown[0]}" is not a field of a contact; the fields are {", ".join(NAMES)}')
    return names


class ContactQuery(Parameters):
    """Which fields of one contact are answered.

    Attributes:
        fields: names of fields, separated by commas; all when left out.
    """

    fields: str | None = text(longest=500, check=_known_fields)


class ContactCreateQuery(Parameters):
    """The answer when a contact has the e-mail or the profile already.

    Attributes:
        on_conflict: `return` answers that contact, whatever its name; `error` refuses with 409. When left out, that contact is
            answered unless its name is clearly another person's: then 409 `shared_address`.
    """

    on_conflict: OnConflict | None = one_of(OnConflict)


class ContactListQuery(Page):
    """Which contacts, in which order.

    Attributes:
        tag: contacts with all of these tags.
        company: contacts of this company; case and accents are ignored.
        has_email: contacts with an e-mail address (true), or without one (false).
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
    """The words of a search, and the filters of its contacts.

    Attributes:
        q: words, or how they begin; case, accents and small typing errors are forgiven.
        tag: contacts with all of these tags.
        company: contacts of this company; case and accents are ignored.
        has_email: contacts with an e-mail address (true), or without one (false).
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
        dry_run: answer what would happen, and change nothing.
        on_duplicate: of a contact that exists already, fill the blank fields and keep beside the others what differs (`update`); let the
            file's company, title, location and birthday take the place of others, which are kept (`newest`); or leave it as it is
            (`skip`). Left out: `newest` for LinkedIn's export where it is the newest by its dates, else `update`.
        mapping: JSON object from titles of columns to fields; it overrides the recognised fields.
        tags: tags for every contact of the file, separated by commas.
        enrich: let the configured providers fill the blank fields.
        tie_to_me: the strength of the tie between each contact of the file and the self contact; 0 makes no ties.
    """

    dry_run: bool = flag()
    on_duplicate: OnDuplicate | None = one_of(OnDuplicate)
    mapping: str | None = text(longest=20_000)
    tags: str = text("", longest=2_000)
    enrich: bool = flag()
    tie_to_me: float | None = decimal(least=0, most=1)


class ContactExportQuery(Parameters):
    """The format of a download, and the program that it is for."""

    format: ExportFormat = one_of(ExportFormat, default="csv")
    version: CardVersion = one_of(CardVersion, default="4.0")
    program: ExportProgram | None = one_of(ExportProgram, name="for")

    def check(self) -> None:
        """Refuse a program's columns for files without columns."""
        if self.program is not None and self.format != "csv":
            raise ValueError(
                f"for={self.program} names the columns of a CSV, so format has to be csv, not {self.format}"
            )
