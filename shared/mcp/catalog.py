"""The tools: one entry each, in a stable order. A tool is offered where the function that does its work is deployed.

Descriptions say what a tool does and nothing about how a model should behave: directories of assistants refuse those. Schemas are flat;
their properties use the words that `shared.mcp.arguments` checks. Together at most 18 tools and 18,000 characters, which every
conversation pays for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

Schema = dict[str, Any]

READS = {"readOnlyHint": True, "openWorldHint": False}
WRITES = {"readOnlyHint": False, "destructiveHint": False, "openWorldHint": False}
CHANGES = {"readOnlyHint": False, "destructiveHint": True, "openWorldHint": False}
SENDS = {"readOnlyHint": False, "destructiveHint": True, "openWorldHint": True}
AGAIN = {"idempotentHint": True}


class Tool(NamedTuple):
    """A tool.

    Attributes:
        name: of the tool and of the Python function that does it.
        module: in `shared.mcp.tools`.
        scope: what a program's token needs for it.
        function: of the manifest, which does the same for the API; without it the tool is not offered.
        hints: annotations of the protocol.
        title: for people.
        description: for models.
        properties: of its arguments.
        required: arguments that it needs.
    """

    name: str
    module: str
    scope: str
    function: str
    hints: dict[str, bool]
    title: str
    description: str
    properties: dict[str, Schema]
    required: tuple[str, ...] = ()

    def schema(self) -> Schema:
        """The schema of its arguments."""
        schema: Schema = {"type": "object", "properties": self.properties, "additionalProperties": False}
        return schema | ({"required": list(self.required)} if self.required else {})

    def document(self) -> Schema:
        """The tool as the protocol lists it."""
        return {
            "name": self.name,
            "title": self.title,
            "description": self.description,
            "inputSchema": self.schema(),
            "annotations": {"title": self.title, **self.hints},
        }


def _text(most: int, description: str = "", **more: Any) -> Schema:
    return {"type": "string", "maxLength": most, **({"description": description} if description else {}), **more}


def _whole(least: int, most: int, usual: int, description: str = "") -> Schema:
    schema: Schema = {"type": "integer", "minimum": least, "maximum": most, "default": usual}
    return schema | ({"description": description} if description else {})


def _flag(description: str) -> Schema:
    return {"type": "boolean", "default": False, "description": description}


PERSON = _text(320, "An id of another answer (p12 or a UUID), an e-mail address, or the full name.", minLength=1)
LIMIT = _whole(1, 25, 10)
_FIELDS: dict[str, Schema] = {
    "name": _text(500),
    "email": _text(320),
    "company": _text(500),
    "title": _text(500),
    "location": _text(500),
    "linkedin_url": _text(2000),
    "phone": _text(100),
    "tags": {"type": "array", "items": _text(100), "maxItems": 20},
}

TOOLS = (
    Tool(
        "find_people", "reading", "read", "search_contacts", READS, "Find people",
        "People of the user's address book, those the user knows best first: 'who do I know at Acme, in Lisbon, in finance', 'investors, warmest "
        "first', 'whom have I not spoken to for half a year'. `query` forgives typing errors and looks at names, addresses, companies, titles, tags and notes, the "
        "best match first; all other arguments narrow. `total` counts all that fit; `next` continues.",
        {
            "query": _text(200), "company": _text(200, "Name of the employer."), "title": _text(100, "Words of the job title."),
            "location": _text(100, "City or country."), "tag": _text(100), "known_only": _flag("Only people whom the user knows personally."),
            "not_spoken_for_days": _whole(1, 10_000, 180, "Last contact at least so long ago."), "limit": LIMIT, "cursor": _text(2000, "`next` of the answer before."),
        },
    ),
    Tool(
        "get_person", "reading", "read", "get_contact", READS, "Brief on a person",
        "One person before a talk: facts, notes, how well the user knows them and why, the last contacts, common acquaintances, the best path, open introductions.",
        {"person": PERSON}, ("person",),
    ),
    Tool(
        "who_can_introduce", "reading", "read", "find_path", READS, "Who can introduce me",
        "The warmest paths from the user to a person, or to anybody at a company: through whom, and how strong each tie is (0 to 1). Takes either `person` or "
        "`company`. `through_team` adds paths through colleagues who share their ties.",
        {"person": PERSON, "company": _text(200), "paths": _whole(1, 5, 3), "through_team": _flag("Also through colleagues; only with `person`.")},
    ),
    Tool(
        "find_connectors", "reading", "read", "find_connectors", READS, "Best connectors",
        "Whom the user knows that leads to the most people, at one company or anywhere: how many they know, and how many are reached through nobody else.",
        {"company": _text(200), "limit": LIMIT},
    ),
    Tool(
        "list_going_cold", "reading", "read", "list_contacts", READS, "Who is going cold",
        "People whom the user knows and has not spoken to for some days, the strongest ties first, with the day of the last contact.",
        {"days": _whole(1, 10_000, 60), "limit": LIMIT},
    ),
    Tool(
        "list_due", "day", "read", "list_due", READS, "Who is due",
        "People whom the user wants to talk to regularly and who are due today, the longest overdue first, with the reason; and the birthdays, reminders and other dates that come.",
        {"dates_within_days": _whole(0, 366, 7), "limit": LIMIT, "cursor": _text(2000, "`next` of the answer before.")},
    ),
    Tool(
        "set_reminder", "day", "write", "add_date", WRITES, "Remind of a person",
        "Reminds the user of a person: once, on the day `on`, or to talk every `every_days` days (0 for never).",
        {"person": PERSON, "on": _text(10, "YYYY-MM-DD.", format="date"), "about": _text(500, "What for."), "every_days": _whole(0, 3650, 30)}, ("person",),
    ),
    Tool(
        "list_introductions", "reading", "read", "list_introductions", READS, "Introductions",
        "Introductions that the user asked for or was asked about, newest first: their state, whose answer is awaited, and what people answered.",
        {"state": {"type": "string", "enum": ["open", "closed", "all"], "maxLength": 6, "default": "open"}, "limit": LIMIT},
    ),
    Tool(
        "draft_introduction", "introducing", "read", "request_introduction", WRITES, "Draft an introduction",
        "Writes the e-mail that asks the first person on the path for an introduction, and keeps it for 15 minutes. Nothing is sent. Answers a `draft` "
        "handle and the letter, word for word. `message` is the user's own words to everybody on the path.",
        {"person": PERSON, "message": _text(2000, minLength=1), "purpose": _text(200, "The subject, in a few words."),
         "through": {"type": "array", "items": PERSON, "maxItems": 5, "description": "The people between, in order; the best path when left out."}},
        ("person", "message"),
    ),
    Tool(
        "send_introduction", "introducing", "introduce", "request_introduction", SENDS | AGAIN, "Send a drafted introduction",
        "Sends a draft that the user has read and agreed to, as it was shown, in the user's name. Sending it again answers what was sent.",
        {"draft": _text(40, "The handle that draft_introduction answered.", minLength=1)}, ("draft",),
    ),
    Tool(
        "update_introduction", "introducing", "introduce", "withdraw_introduction", SENDS, "Withdraw or complete an introduction",
        "`withdraw` ends an open introduction and tells the person asked last; `complete` thanks the connectors once both have met.",
        {"introduction": _text(36, "Its id."), "action": {"type": "string", "enum": ["withdraw", "complete"], "maxLength": 8}}, ("introduction", "action"),
    ),
    Tool(
        "add_note", "writing", "write", "update_contact", WRITES, "Add a note", "Adds a dated note to a person's notes.",
        {"person": PERSON, "text": _text(5000, minLength=1)}, ("person", "text"),
    ),
    Tool(
        "log_interaction", "writing", "write", "add_interaction", WRITES | AGAIN, "Log a contact",
        "Records that the user met, called or wrote to a person, now or at `at`; the strength of the tie follows. The same one counts once.",
        {"person": PERSON, "kind": {"type": "string", "enum": ["email", "message", "call", "meeting"], "maxLength": 7}, "at": _text(40, "RFC 3339.", format="date-time"),
         "direction": {"type": "string", "enum": ["in", "out", "both"], "maxLength": 4, "default": "both"}},
        ("person", "kind"),
    ),
    Tool(
        "add_person", "writing", "write", "create_contact", WRITES | AGAIN, "Add a person",
        "Adds a person. Somebody with the same e-mail address or LinkedIn profile is answered instead, unchanged.", _FIELDS, ("name",),
    ),
    Tool(
        "update_person", "writing", "write", "update_contact", CHANGES, "Change a person",
        "Changes the given fields of a person; `tags` and `phone` replace those that are there.", {"person": PERSON, **_FIELDS}, ("person",),
    ),
    Tool(
        "list_merge_suggestions", "tidying", "read", "list_duplicates", READS, "Possible duplicates",
        "Pairs of entries that may be one person, the surest first, with the reasons.",
        {"limit": LIMIT, "band": {"type": "string", "enum": ["sure", "likely"], "maxLength": 6}},
    ),
    Tool(
        "merge_people", "tidying", "write", "merge_contacts", CHANGES, "Merge entries of one person",
        "Makes one entry of several. Without `preview` nothing changes: the outcome is shown with a `preview` handle, good for 15 minutes; with it the merge is done as shown. It can be undone in the app.",
        {"people": {"type": "array", "items": PERSON, "minItems": 2, "maxItems": 10, "description": "The entry that stays, then the others."}, "preview": _text(40)},
    ),
    Tool(
        "forget_person", "tidying", "write", "forget_contact", CHANGES, "Delete a person for good",
        "Deletes a person with notes, ties and history, for ever. Without `preview` nothing is deleted: it shows who would be, with a `preview` handle, good for 15 minutes; with it the person is deleted.",
        {"person": PERSON, "preview": _text(40)},
    ),
)  # fmt: skip

BY_NAME: Mapping[str, Tool] = {tool.name: tool for tool in TOOLS}


def offered(deployed: Mapping[str, Any], scopes: frozenset[str] | None) -> list[Schema]:
    """List the tools whose functions are deployed and that the token allows; all of them for a signed-in user."""
    return [tool.document() for tool in TOOLS if tool.function in deployed and (scopes is None or tool.scope in scopes)]
