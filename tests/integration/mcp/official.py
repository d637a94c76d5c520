"""Calls a server with an official client, in an environment of its own: `python official.py auto|legacy|2026-07-28|fastmcp URL TOKEN`."""

from __future__ import annotations

import asyncio
import sys
from typing import Any


async def with_sdk(mode: str, url: str, token: str) -> None:
    import httpx2 as httpx  # type: ignore[import-not-found]
    from mcp import Client  # type: ignore[import-not-found]
    from mcp.client.streamable_http import streamable_http_client  # type: ignore[import-not-found]

    http: Any = httpx.AsyncClient(headers={"Authorization": f"Bearer {token}"})
    async with Client(streamable_http_client(url, http_client=http), mode=mode) as client:
        print(client.protocol_version, len((await client.list_tools()).tools))
        found = await client.call_tool("find_people", {"query": "ana"})
        print(found.is_error, found.structured_content["people"][0]["name"])
        print((await client.read_resource("warmpath://me")).contents[0].text)
        print((await client.get_prompt("meeting_brief", {"person": "Ana"})).messages[0].content.text)


async def with_fastmcp(url: str, token: str) -> None:
    from fastmcp import Client  # type: ignore[import-not-found]

    async with Client(url, auth=token) as client:
        print("fastmcp", len(await client.list_tools()))
        found = await client.call_tool("find_people", {"query": "ana"})
        print(found.is_error, found.structured_content["people"][0]["name"])
        print((await client.read_resource("warmpath://me"))[0].text)
        print((await client.get_prompt("meeting_brief", {"person": "Ana"})).messages[0].content.text)


if __name__ == "__main__":
    mode, url, token = sys.argv[1:]
    asyncio.run(with_fastmcp(url, token) if mode == "fastmcp" else with_sdk(mode, url, token))
