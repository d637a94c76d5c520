"""The query parameters of requests about contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from shared.contacts.fields import NAMES
from shared.errors import quoted
from shared.parameters import (
    Page,
    Parameters,
    decimal,
    flag,
    identifier,
    moment,
    one_of,
    one_of_or_keyed,
    text,
    texts,
    texts_by_key,
    whole,
)

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

Sort = Literal["name", "-created_at", "-updated_at", "company", "-strength", "last_contact", "-last_contact"]
TagMode = Literal["all", "any", "none"]
Band = Literal["sure", "likely"]
OnConflict = Literal["return", "update", "error"]
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
        on_conflict: `return` answers that contact; `update` changes its fields that are sent; `error` refuses. Left out: as `return`.
    """

    on_conflict: OnConflict | None = one_of(OnConflict)


def _profile(url: str) -> str:
    from shared.contacts.addresses import linkedin_profile  # noqa: PLC0415 - regular expressions, which few requests need

    found = linkedin_profile(url) if url else None
    if url and found is None:
        raise ValueError(
            f"{quoted(url)} is not the address of a LinkedIn profile, like https://www.linkedin.com/in/ana-diaz"
        )
    return url


class ContactFilters(Page):
    """The contacts of a list or a search that pass all given filters.

    Attributes:
        tag: contacts with these tags, whatever their case and accents.
        tag_mode: whether contacts have all of the tags, any of them, or none.
        company: contacts of this company; case and accents are ignored.
        title: contacts with these words in their title, one after the other; case and accents are ignored.
        location: contacts with these words in their location, one after the other; case and accents are ignored.
        email: contacts that have exactly this address, as their first or a further one; case is ignored.
        linkedin_url: contacts of this profile, in any form of its address.
        external_id: contacts with this id at the source that they were imported from.
        source: contacts that came from this source, e.g. `manual` or `linkedin_csv`.
        has_email: contacts with an e-mail address (true), or without one (false).
        has_phone: contacts with a phone number (true), or without one (false).
        updated_since: contacts that were changed at this time or later.
        known: contacts that you know, by a tie from you to them (true), or do not know (false).
        strength_min: contacts that you know at least so well now.
        last_contact_before: contacts that you last spoke to before this time; whom you never spoke to is left out.
        last_contact_after: contacts that you last spoke to at this time or later.
        circle: members of this circle.
        custom: contacts whose custom field FIELD has exactly this value; case and accents are ignored.
        custom_from: contacts whose custom field FIELD, which the user has defined, has this value or one behind it.
        custom_to: contacts whose custom field FIELD, which the user has defined, has this value or one before it.
    """

    tag: list[str] = texts(longest=100, most=10)
    tag_mode: TagMode = one_of(TagMode, default="all")
    company: str | None = text(longest=500)
    title: str | None = text(longest=500)
    location: str | None = text(longest=500)
    email: str | None = text(longest=320)
    linkedin_url: str | None = text(longest=2000, check=_profile)
    external_id: str | None = text(longest=255)
    source: str | None = text(longest=50)
    has_email: bool | None = flag(default=None)
    has_phone: bool | None = flag(default=None)
    updated_since: datetime | None = moment()
    known: bool | None = flag(default=None)
    strength_min: float | None = decimal(least=0, most=1)
    last_contact_before: datetime | None = moment()
    last_contact_after: datetime | None = moment()
    circle: UUID | None = identifier()
    custom: dict[str, str] = texts_by_key("custom", longest=2000, most=10)
    custom_from: dict[str, str] = texts_by_key("custom_from", longest=500, most=10)
    custom_to: dict[str, str] = texts_by_key("custom_to", longest=500, most=10)


class ContactListQuery(ContactFilters):
    """Which contacts, in which order.

    Attributes:
        sort: the order. `-strength` has those that you know best first, `last_contact` those that you spoke to longest ago, `-last_contact`
            those that you spoke to last; whom you do not know, or never spoke to, comes behind. `custom.FIELD` and `-custom.FIELD` are the
            orders of a custom field; contacts without a value that fits it come behind.
        fields: names separated by commas; all when left out.
        include_total: also count them all, which takes a while for many.
    """

    sort: str = one_of_or_keyed(Sort, "custom", default="name")
    fields: str | None = text(longest=500, check=_known_fields)
    include_total: bool = flag()


class ContactSearchQuery(ContactFilters):
    """The words of a search, and the filters of its contacts.

    Attributes:
        q: words or how they begin, an address, a domain or a phone number; case, accents and small typing errors are forgiven.
        fields: names separated by commas; all when left out.
        include_total: also count all that are found, which takes a while for many; pages end after the best few hundred.
    """

    q: str = text(longest=500, required=True)
    limit: int = whole(20, least=1, most=200)
    fields: str | None = text(longest=500, check=_known_fields)
    include_total: bool = flag()


class DuplicateListQuery(Page):
    """A page of contacts that may be one person."""

    band: Band | None = one_of(Band)


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
        bring_back: import also the contacts that you have deleted for good; else their rows are refused.
    """

    dry_run: bool = flag()
    on_duplicate: OnDuplicate | None = one_of(OnDuplicate)
    mapping: str | None = text(longest=20_000)
    tags: str = text("", longest=2_000)
    enrich: bool = flag()
    tie_to_me: float | None = decimal(least=0, most=1)
    bring_back: bool = flag()


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
