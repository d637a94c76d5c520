"""What a token may be used for, in words that people understand."""

from __future__ import annotations

from typing import Literal, get_args

Scope = Literal["read", "write", "introduce", "webhooks"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
