"""Recognise addresses that do not belong to a single person: those of machines, offices and mailing lists. None of them can introduce anybody.

`crm.is_nobodys_mailbox` is the same rule in SQL; a test holds the two together.
"""

from __future__ import annotations

import re

# Local parts of offices, not of persons: those of RFC 2142 and other common ones.
ROLES = frozenset({
    "abuse", "accounting", "accounts", "admin", "administrator", "billing", "careers", "customerservice", "donotreply",
    "enquiries", "ftp", "helpdesk", "hostmaster", "hr", "info", "invoice", "invoices", "jobs", "legal", "mailer-daemon",
    "marketing", "newsletter", "newsletters", "no-reply", "noc", "noreply", "notification", "notifications", "office", "orders",
    "postmaster", "press", "privacy", "recruiting", "root", "sales", "security", "service", "spam", "support", "team", "usenet",
    "uucp", "webmaster", "www",
})  # fmt: skip
# The whole address, in lower case. Programs that send, returns of mail, and lists with their commands.
MACHINES = (
    r"^((.*[-_.+])?(no|not|do-?not|dont|never)[-_.]?repl(y|ies)([-_.+0-9].*)?|mailer[-_.]?daemon.*|(double-?)?bounces?([-_.+=0-9].*)?"
    r"|(auto-?)?(notify|notifications?|alerts?)[-_.+].*|autoreply|auto-?confirm|majordomo|listserv|mailman|.*-(request|owner|bounces|subscribe|unsubscribe|announce))@"
    r"|@(.*\.)?(googlegroups\.com|groups\.io|noreply\.[^@]+|lists?\.[^@]+|listserv\.[^@]+|mailman\.[^@]+|bounces?\.[^@]+|reply\.[^@]+)$"
)
_MACHINES = re.compile(MACHINES)


def is_role_address(email: str) -> bool:
    """Whether an address belongs to an office, a machine or a list, and not to a person."""
    address = email.strip().lower()
    return address.rpartition("@")[0].partition("+")[0] in ROLES or _MACHINES.search(address) is not None
