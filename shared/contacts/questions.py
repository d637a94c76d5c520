"""Read questions that were pasted: addresses of profiles and other pages, which stand in contacts without what surrounds them."""

from __future__ import annotations

import re
from typing import NamedTuple

from shared.contacts.addresses import linkedin_profile, visible

_PAGE = re.compile(r"(?:https?://)?(?:www\.|m\.|mobile\.)?([\w-]+(?:\.[\w-]+)+)/(\S*)", re.IGNORECASE)
# The name of an account, alone or with its server: `@ana_rao`, `@ana@mastodon.social`.
_ACCOUNT = re.compile(r"@([\w.-]*\w)(?:@([\w-]+(?:\.[\w-]+)+))?")
_IN = re.compile(r"/?in/[^/?#\s]+/?", re.IGNORECASE)
_QUERY = re.compile(r"[?#].*", re.DOTALL)
# Pages of these are accounts, which contacts may have by name alone.
_NETWORKS = re.compile(
    r"(?:.+\.)?(?:github|gitlab|twitter|x|instagram|facebook|tiktok|youtube|xing|medium|threads|bsky|t|telegram)\.(?:com|net|me|app|org)",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[\W_]+")


class Pasted(NamedTuple):
    """The meaning of a pasted question: a profile or a page.

    Attributes:
        slug: the profile of LinkedIn; None for another page.
        questions: to ask one after the other until one finds somebody.
    """

    slug: str | None
    questions: list[str]


def read_pasted(question: str) -> Pasted | None:
    """The profile or page that a question names; None for every other question."""
    text = visible(question).strip("<>()[]\"'.,; ")
    if "inkedin." in text.lower() or _IN.fullmatch(text):
        profile = linkedin_profile(text, in_field=True)
        if profile is not None and len(text.split()) == 1:
            words = profile[1].replace("-", " ").split()
            return Pasted(
                profile[1],
                _questions(*(" ".join(part) for part in (words, [word for word in words if word.isalpha()]))),
            )
    if (page := _PAGE.fullmatch(text)) is not None and (path := _QUERY.sub("", page[2]).strip("/@")):
        account = [path] if _NETWORKS.fullmatch(page[1]) or page[2].startswith("@") else []
        return Pasted(None, [*_questions(f"{page[1]} {path}", *account), question])
    if (found := _ACCOUNT.fullmatch(text)) is not None and ("." not in found[1] or found[2]):
        return Pasted(None, [question, *_questions(f"{found[2] or ''} {found[1]}", found[1])])
    return None


def _questions(*texts: str) -> list[str]:
    return list(dict.fromkeys(question for text in texts if (question := _SIGNS.sub(" ", text).strip())))
