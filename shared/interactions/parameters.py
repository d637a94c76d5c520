"""The words of interactions."""

from __future__ import annotations

from typing import Literal

Kind = Literal["email", "message", "call", "meeting"]
Direction = Literal["in", "out", "both"]
# The user recorded an interaction by hand, or a program did for the user.
Recorder = Literal["hand", "program"]
