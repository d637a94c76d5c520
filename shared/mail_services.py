"""Public mail services: domains where people have addresses who do not work for the owner of the domain."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_LIST = Path(__file__).parent / "mail_services.txt"
# Names under which mail services have an address for each country: yahoo.co.uk, aol.de.
_BRANDS = frozenset({
    "aol", "gmail", "gmx", "googlemail", "hotmail", "icloud", "msn", "outlook", "protonmail", "rocketmail", "tutanota", "yahoo", "yandex",
    "ymail", "zohomail",
})  # fmt: skip
# Hosts whose owner does not employ the people who have addresses there: schools' addresses for former students, and what a program
# writes for people who hide their own.
_ASIDE = re.compile(r"(^|\.)(alum|alumni|alumnos|alumnus|alumnae|ehemalige|exalumnos|noreply|privaterelay|relay)\.")
# Anybody chooses the name of a tenant: contoso.onmicrosoft.com.
_TENANTS = (".onmicrosoft.com", ".onmicrosoft.de", ".onmicrosoft.us", ".myshopify.com")


def is_public_mail_service(domain: str) -> bool:
    """Whether people who do not work for the owner of this domain have addresses there: mail services, relays, former students, tenants."""
    if _ASIDE.search(domain) or domain.partition(".")[0] in _BRANDS or f".{domain}".endswith(_TENANTS):
        return True
    return domain in _mail_services()


@cache
def _mail_services() -> frozenset[str]:
    """The listed domains: 15,000 lines, read in 5 ms at the first question."""
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
