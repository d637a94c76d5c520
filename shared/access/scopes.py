"""What a token may be used for, in words that people understand."""

from __future__ import annotations

from typing import Literal, get_args

Scope = Literal["read", "write", "introduce", "webhooks"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
# What programs may ask for by OAuth; webhooks are set up with a personal token.
GRANTED: tuple[Scope, ...] = ("read", "write", "introduce")
