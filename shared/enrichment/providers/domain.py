"""`domain`: the company behind the domain of an e-mail address, derived offline and free.

Public mail services and throw-away addresses do not show an employer. The company's name is only a guess from its domain, so
the confidence is lower than that of every other provider.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, ClassVar

from shared.enrichment.providers.provider import Found, Hints, NotFound, Value
from shared.mail_services import is_public_mail_service

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

CONFIDENCE = 0.4
# Up to this length a label is more likely an abbreviation than a word: ibm.com, sap.com.
_ABBREVIATION = 3


class Domain:
    """The provider that guesses the company from the domain."""

    name: ClassVar[str] = "domain"
    cost_credits: ClassVar[int] = 0
    shared: ClassVar[bool] = True
    remote: ClassVar[bool] = False

    def enrich(self, email: str, hints: Hints) -> Found | NotFound:  # noqa: ARG002 - the protocol's form
        """Find the company behind an address."""
        domain = company_domain(email)
        if domain is None:
            return NotFound()
        company = company_name(domain)
        return Found({
            "company": Value(company, CONFIDENCE),
            "company_domain": Value(domain, 1.0),
        })  # fmt: skip


def company_domain(email: str) -> str | None:
    """The registered domain of a company; None for public mail services and for hosts outside the public DNS."""
    host = email.rpartition("@")[2].strip().rstrip(".").lower()
    if not host or "." not in host or host.startswith("["):
        return None
    try:
        ascii_host = host.encode("idna").decode()
    except UnicodeError:
        return None
    if ascii_host.rpartition(".")[2].isdigit():  # an IP address
        return None
    registered = _suffixes().privatesuffix(ascii_host)
    if registered is None or is_public_mail_service(ascii_host) or is_public_mail_service(registered):
        return None
    return registered


def company_name(domain: str) -> str:
    """Guess a readable name: "Blue Bottle" from `blue-bottle.co.uk`, "IBM" from `ibm.com`."""
    label = domain.partition(".")[0]
    if label.startswith("xn--"):
        label = label.encode().decode("idna")
    words = [word for word in label.replace("_", "-").split("-") if word]
    if len(words) == 1 and len(words[0]) <= _ABBREVIATION:
        return words[0].upper()
    return " ".join(word[:1].upper() + word[1:] for word in words) or label


@cache
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList  # noqa: PLC0415 - 80 ms, only consumers need it

    return PublicSuffixList()
