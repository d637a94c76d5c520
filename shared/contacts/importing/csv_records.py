"""One row of a delimited file to one contact. Every microsecond here is a tenth of a second of a large import."""

from __future__ import annotations

import re
from operator import itemgetter

from shared.contacts.importing import bounds, values
from shared.contacts.importing.birthdays import from_parts, parse_birthday
from shared.contacts.importing.csv_columns import Column, squash
from shared.contacts.importing.csv_plan import Address, Plan, flipped
from shared.contacts.importing.labels import clean_label, is_own_label, split_tags
from shared.contacts.importing.parsed import MAX_NAME, MAX_TEXT, ParsedContact, RowError

_match_email = values.EMAIL.fullmatch
_match_phone = re.compile(r"[+\d][\d ().-]{4,}").fullmatch
_strip = str.strip
# A row with no more characters than this cannot break any bound.
_SURELY_WITHIN_BOUNDS = 200
_OUTLOOKS_NO_DATE = "0/0/00"
_MANY = " ::: "  # Google's separator of several values in one cell
_NAME_FIELDS = "name prefix first_name middle_name last_name suffix"


class RowBuilder:
    """Builds contacts from rows by a plan.

    Attributes:
        errors: what was wrong with the row built last; the caller empties it.
    """

    def __init__(self, plan: Plan) -> None:
        self.errors: list[RowError] = []
        self._plan = plan
        self._no_date = _OUTLOOKS_NO_DATE if plan.format == "outlook_csv" else None
        self._surplus: dict[str, str] = {}  # cells beyond the header
        self._said_name = ""  # of `Ana Diaz <ana@x.org>`
        self._width = len(plan.columns)
        single = plan.single
        order = f"{_NAME_FIELDS} company title location linkedin_url birthday notes source_uid".split()
        self._pick = itemgetter(*(single[name] for name in order))
        self._emails = plan.emails
        self._phones = plan.phones
        self._custom = plan.custom
        self._company_is_name = plan.format != "linkedin_csv"
        self._plain_names = (
            all(single[name] < 0 for name in ("name", "prefix", "middle_name", "suffix")) and not plan.family_first
        )
        self._rare = bool(
            plan.tags
            or plan.addresses
            or plan.labelled
            or plan.email_names
            or single["birth_month"] >= 0
            or single["birthday"] >= 0
        )
        # With its column's name: record 1 of one program is not record 1 of another.
        self._uid_prefix = squash(plan.columns[single["source_uid"]].name) + ":"
        self._only_email = plan.emails[0].index if len(plan.emails) == 1 and plan.emails[0].label_index < 0 else -1

    def build(self, line: int, row: list[str], size: int) -> ParsedContact | None:  # noqa: C901, PLR0912  # calls cost
        """Builds the contact of a row.

        Args:
            line: where the row begins.
            row: its cells, of any number.
            size: characters in all of them.

        Returns:
            None where nobody can be identified; `errors` says so unless the row is blank.
        """
        if len(row) != self._width:
            row = self._fit(row)
        row = list(map(_strip, row))
        row.append("")  # what index -1, "no such column", finds
        name, prefix, first, middle, last, suffix, company, title, location, profile, birthday, notes, uid = self._pick(
            row
        )
        custom = {key: cell for index, key in self._custom if (cell := row[index])}
        if self._no_date in custom.values():
            custom = {key: cell for key, cell in custom.items() if cell != self._no_date}
        if self._surplus:
            custom.update(self._surplus)
            self._surplus = {}
        phones: list[str] = []
        if self._only_email >= 0 and _match_email(cell := row[self._only_email]):
            emails = [cell]
        else:
            emails = self._read_emails(line, row, phones, custom)
        if self._phones:
            self._read_phones(row, phones, custom)
        url = slug = None
        if profile:
            found = values.linkedin_profile(profile, slug_allowed=True)
            if found is not None:
                url, slug = found
            else:
                custom.setdefault(self._plan.columns[self._plan.single["linkedin_url"]].name, profile)
        elif custom:
            url, slug = self._profile_in(custom)
        if self._plain_names and (first.isascii() or last.isascii()):
            name = f"{first} {last}" if first and last else first or last
        elif not name or first or last:
            name = self._full_name(name, (prefix, first, middle, last, suffix), custom)
        elif self._plan.flip_names:
            name = flipped(name)
        if "\r" in notes:
            notes = notes.replace("\r\n", "\n")
        if self._said_name:
            name, self._said_name = name or self._said_name, ""
        contact = ParsedContact(
            line, name, emails[0] if emails else None, emails, phones, company or None, title or None, location or None,
            url, slug, None, notes or None, [], custom, self._uid_prefix + uid if uid else None,
        )  # fmt: skip
        if self._rare:
            self._add_rare(contact, row, birthday)
        if not (name or emails or slug) and not self._identify(contact, row):
            return None
        if size > _SURELY_WITHIN_BOUNDS:
            self.errors += bounds.enforce(contact)
            if not (contact.name or contact.emails or contact.linkedin_slug):
                self.errors[-1].lost = True
                return None
        return contact

    def _fit(self, row: list[str]) -> list[str]:
        """A row as wide as the header; what stands beyond it is kept in custom as `Column 9`."""
        missing = self._width - len(row)
        if missing > 0:
            return row + [""] * missing
        surplus = enumerate(row[self._width :], start=self._width + 1)
        self._surplus = {f"Column {number}": cell.strip() for number, cell in surplus if cell.strip()}
        return row[: self._width]

    def _read_emails(self, line: int, row: list[str], phones: list[str], custom: dict[str, str]) -> list[str]:
        emails: list[str] = []
        for column in self._emails:
            cell = row[column.index]
            if not cell:
                continue
            found, rest = ([cell], []) if _match_email(cell) else values.split_emails(cell)
            self._said_name = self._said_name or ("" if cell in found else values.display_name(cell))
            label = row[column.label_index]
            if label.startswith("* "):
                emails[:0] = found
            else:
                emails += found
            if found and is_own_label(label):
                custom.setdefault(clean_label(label), found[0])
            for piece in rest:
                if values.looks_like_phone(piece):
                    phones.append(piece)
                else:
                    self.errors.append(bounds.bad_email(line, piece))
        return values.unique_emails(emails) if len(emails) > 1 else emails

    def _read_phones(self, row: list[str], phones: list[str], custom: dict[str, str]) -> None:
        for column in self._phones:
            cell = row[column.index]
            if not cell:
                continue
            found = [cell] if _match_phone(cell) else values.split_phones(cell)
            phones += found
            if column.label_index >= 0 and is_own_label(row[column.label_index]):
                custom.setdefault(clean_label(row[column.label_index]), cell)
        if len(phones) > 1:
            phones[:] = dict.fromkeys(phones)

    def _profile_in(self, custom: dict[str, str]) -> tuple[str | None, str | None]:
        """A profile under another column's name (`Website`); it leaves custom when it was all the cell said."""
        for key, cell in custom.items():
            if "inkedin." in cell:
                found = values.linkedin_profile(cell)
                if found is not None:
                    if len(cell.split()) == 1:
                        del custom[key]
                    return found
        return None, None

    def _full_name(self, name: str, parts: tuple[str, str, str, str, str], custom: dict[str, str]) -> str:
        """The display name where the file has one, else one put together; parts that the display name lacks are kept."""
        prefix, first, middle, last, suffix = parts
        joined = values.join_name(first, middle, last, family_first=self._plan.family_first)
        if not name:
            if not joined:
                return ""
            return values.with_affixes(prefix, joined, suffix)
        if name.replace(",", " ").split() == f"{last} {first}".split() and "," in name and first and last:
            name = joined
        for field, part in zip(("prefix", "first_name", "middle_name", "last_name", "suffix"), parts, strict=True):
            if part and part not in name and not values.same_words(part, name):
                custom.setdefault(self._plan.columns[self._plan.single[field]].name, part)
        return name

    def _add_rare(self, contact: ParsedContact, row: list[str], birthday: str) -> None:
        plan = self._plan
        for index in plan.tags:
            if row[index]:
                contact.tags = list(dict.fromkeys(contact.tags + split_tags(row[index])))
        for address in plan.addresses:
            self._add_address(contact, address, row)
        for column in plan.labelled:
            if row[column.index]:
                self._add_labelled(contact, column, row)
        for column in plan.email_names:
            if row[column.index]:
                self._add_email_name(contact, column.name, row[column.index])
        if birthday:
            self._add_birthday(contact, birthday)
        elif plan.single["birth_month"] >= 0:
            self._add_birthday_parts(contact, row)

    def _add_birthday(self, contact: ParsedContact, birthday: str) -> None:
        contact.birthday = parse_birthday(birthday, self._plan.date_order)
        if contact.birthday is None and birthday.strip("0/-. "):
            contact.custom.setdefault(self._plan.columns[self._plan.single["birthday"]].name, birthday)

    def _add_birthday_parts(self, contact: ParsedContact, row: list[str]) -> None:
        columns = [self._plan.single[part] for part in ("birth_year", "birth_month", "birth_day")]
        contact.birthday = from_parts(*(row[index] for index in columns))
        if contact.birthday is None:
            for index in columns:
                if row[index]:
                    contact.custom.setdefault(self._plan.columns[index].name, row[index])

    def _add_address(self, contact: ParsedContact, address: Address, row: list[str]) -> None:
        parts = {
            part: cells
            for part, indexes in address.parts.items()
            if (cells := [row[index] for index in indexes if row[index]])
        }
        if not parts:
            return
        place = ", ".join(dict.fromkeys(cell for part in ("city", "region", "country") for cell in parts.get(part, ())))
        whole = bounds.one_line(
            parts.get("formatted")
            or [
                cell
                for part in ("po_box", "street", "city", "region", "postal_code", "country")
                for cell in parts.get(part, ())
            ]
        )
        if contact.location is None and len(place or whole) <= MAX_TEXT:
            contact.location = place or whole
        if whole != contact.location:
            contact.custom.setdefault(address.key, whole)

    def _add_labelled(self, contact: ParsedContact, column: Column, row: list[str]) -> None:
        """`Relation 1 - Value` under its label (`Spouse`); a LinkedIn profile among the websites is the contact's own."""
        cell = row[column.index]
        if contact.linkedin_slug is None and (found := values.linkedin_profile(cell)) is not None:
            contact.linkedin_url, contact.linkedin_slug = found
            return
        what = re.sub(r"\s*\d+$", "", column.group)
        label = clean_label(row[column.label_index])
        key = (
            label
            if label and what in ("Event", "Relation", "Custom Field")
            else f"{what} ({label})"
            if label
            else column.group
        )
        if (
            label.lower() == "birthday"
            and contact.birthday is None
            and (day := parse_birthday(cell, self._plan.date_order))
        ):
            contact.birthday = day
            return
        bounds.add_custom(contact.custom, key, cell.replace(_MANY, "\n"))

    def _add_email_name(self, contact: ParsedContact, key: str, cell: str) -> None:
        """`E-mail Display Name`: a name for who has none, nothing new where it repeats name or address."""
        said = values.display_name(cell) or cell
        if not contact.name and "@" not in said:
            contact.name = said
        elif said not in contact.emails and not values.same_words(said, contact.name):
            contact.custom.setdefault(key, cell)

    def _identify(self, contact: ParsedContact, row: list[str]) -> bool:
        """The last resort for a row without name, e-mail and profile: its company (as shops and banks are kept), its nickname."""
        substitute = (
            (contact.company if self._company_is_name else None)
            or contact.custom.get("Nickname")
            or contact.custom.get("nickname")
        )
        if substitute and len(substitute) <= MAX_NAME:
            contact.name = substitute
            return True
        if self.errors:
            self.errors[-1].lost = True
        elif said := [cell for cell in (*row, *contact.custom.values()) if cell]:
            self.errors.append(bounds.nobody(contact.line, " ".join(dict.fromkeys(said))))
        return False
