"""The bodies of requests about devices, as models."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from shared.models import Model, named
from shared.parameters import NO_NUL

Name = Annotated[str, StringConstraints(max_length=100, pattern=NO_NUL), AfterValidator(named)]


class DeviceCreate(Model):
    """A phone or a program that is to hold the contacts."""

    name: Name
