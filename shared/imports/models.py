"""The bodies of requests about imports."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shared.imports.files import MAX_FILE_BYTES, Choices
from shared.models import Line, Model
from shared.parameters import NO_NUL

FileKindName = Literal["contacts", "ties", "interactions"]
Title = Annotated[str, StringConstraints(max_length=1_000, pattern=NO_NUL)]
Tag = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=NO_NUL, strip_whitespace=True)]


class ImportPlan(Model):
    """How a file is read and merged; what is left out is as the file itself suggests.

    Attributes:
        charset: of its text, where its bytes can be that; `windows-1251`.
        mapping: title of a column -> field of a contact, `custom` or `ignore`.
        date_order: how dates such as 3/4/1985 are meant.
        name_order: how a column of whole names is written; `family_first` reads "Diaz, Ana" as Ana Diaz.
        on_duplicate: of contacts that exist, fill the blanks and keep beside the rest what differs (`update`), let the file's company,
            title, location and birthday take the place of others, which are kept (`newest`), or leave them as they are (`skip`). Left
            out: `newest` for LinkedIn's export where it is the newest by its dates, else `update`.
        tags: for every contact of the file.
        tie_to_me: the strength of a tie between each contact and you; 0 makes none.
        enrich: let the configured providers fill blanks of new contacts.
        bring_back: import also contacts that you have deleted for good; else their rows are refused.
    """

    charset: Annotated[str, StringConstraints(max_length=40, pattern=r"^[\w.:-]*$")] | None = None
    mapping: dict[Title, Line] = Field(default={}, max_length=1_000)
    date_order: Literal["day_first", "month_first"] | None = None
    name_order: Literal["given_first", "family_first"] | None = None
    on_duplicate: Literal["update", "newest", "skip"] | None = None
    tags: list[Tag] = Field(default=[], max_length=100)
    tie_to_me: Annotated[float, Field(ge=0, le=1, strict=False)] | None = None
    enrich: bool = False
    bring_back: bool = False

    def choices(self, filename: str) -> Choices:
        """The same for the work."""
        return Choices(filename=filename, **self.model_dump() | {"tags": tuple(self.tags)})


class CorrectedPlan(ImportPlan):
    """A plan that is sent back: what the file itself says may stand in it, unchanged."""

    format: Line | None = None
    delimiter: Line | None = None
    header_line: int | None = None
    columns: list[Title] | None = Field(default=None, max_length=1_000)


class ImportCreate(Model):
    """A file to import.

    Attributes:
        kind: what its rows are.
        filename: its name, a hint only.
        size: its size in bytes.
        plan: what is known about it beforehand.
        start: go on without waiting for `POST /imports/{id}/start` when the file is read.
    """

    kind: FileKindName
    filename: Line = ""
    size: Annotated[int, Field(ge=1, le=MAX_FILE_BYTES)]
    plan: ImportPlan = ImportPlan()
    start: bool = False


class ImportStart(Model):
    """The plan with corrections; what is left out stays as it was.

    Attributes:
        plan: the corrections; a mapping replaces the fields of the columns that it names.
        preview: only read the file again by this plan, and wait.
    """

    plan: CorrectedPlan | None = None
    preview: bool = False
