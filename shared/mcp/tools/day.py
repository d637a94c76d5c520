"""The tools of the day: whom to talk to, and what to be reminded of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from shared.errors import BadRequest
from shared.mcp.people import named, resolve, shorten
from shared.mcp.texts import clean

if TYPE_CHECKING:
    from shared.mcp.context import Context

Arguments = dict[str, Any]


def list_due(context: Context, arguments: Arguments) -> Arguments:
    """People to talk to today, and dates that come."""
    from shared.day import repository, service  # noqa: PLC0415 - the other tool does without
    from shared.day.parameters import DueQuery  # noqa: PLC0415

    limit = arguments.get("limit", 10)
    asked = {"limit": [str(limit)]} | ({"cursor": [arguments["cursor"]]} if arguments.get("cursor") else {})
    with context.read() as tx:
        found = json.loads(service.list_due(tx, DueQuery.parse(asked), context.now))
        dates = json.loads(repository.list_upcoming(tx, arguments.get("dates_within_days", 7), limit, context.now))
        due = [
            {
                **named(each["contact"]),
                "why": clean(each["why"]),
                "every_days": each["every_days"],
                "overdue_days": each["overdue_days"],
                "last_contact": each["last_at"] and each["last_at"][:10],
            }
            for each in found["items"]
        ]
        coming = [
            {**named(each["contact"]), "on": each["on"], "kind": each["kind"], "about": clean(each["label"])}
            for each in dates
        ]
        answer = {"due": due, "dates": coming}
        if found["next_cursor"]:
            answer["next"] = found["next_cursor"]
        made: Arguments = shorten(tx, answer)
        return made


def set_reminder(context: Context, arguments: Arguments) -> Arguments:
    """Remind of a person on a day, or every so many days."""
    from shared.contacts import repository as contacts  # noqa: PLC0415 - the other tool does without
    from shared.day import service  # noqa: PLC0415
    from shared.day.models import CadenceSet, DateCreate  # noqa: PLC0415
    from shared.models import validated  # noqa: PLC0415 - pydantic

    if ("on" in arguments) == ("every_days" in arguments):
        raise BadRequest("say either on, a day, or every_days")
    with context.read() as tx:
        person_id = resolve(tx, arguments["person"])
    context.about(str(person_id))
    context.cache.note_write(context.user_id)
    if "on" in arguments:
        document = {"kind": "reminder", "label": arguments.get("about", ""), "day": arguments["on"], "yearly": False}
        reminder = validated(DateCreate, json.dumps(document).encode())
        with context.change("add_date") as tx:
            service.add_date(tx, person_id, reminder, "program")
            person = shorten(tx, named(json.loads(contacts.get_contact(tx, person_id))))
        return {"person": person, "on": arguments["on"], "about": clean(reminder.label)}
    cadence = validated(CadenceSet, json.dumps({"every_days": arguments["every_days"]}).encode())
    with context.change("set_cadence") as tx:
        answer = json.loads(service.set_cadence(tx, person_id, cadence.every_days, context.now))
        person = shorten(tx, named(json.loads(contacts.get_contact(tx, person_id))))
    return {"person": person, "every_days": answer["every_days"], "due_on": answer["due_on"]}
