"""Serves the stand-ins from this process; terraform finds them by its environment, and needs neither `init` nor a registry."""

from __future__ import annotations

import json
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import grpc

from tests.terraform.stand_in.protocol import MESSAGES
from tests.terraform.stand_in.provider import VALUES, Provider, read_schemas

if TYPE_CHECKING:
    from collections.abc import Iterator

_SERVICE = "tfplugin5.Provider"
_THREADS = 8
_UNBOUNDED = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]


@contextmanager
def standing_in() -> Iterator[dict[str, str]]:
    """Serves every provider that the module needs, for as long as the block lasts.

    Yields:
        The environment in which terraform speaks to them. They go on when it ends, so nothing is started for a run.
    """
    values = json.loads(VALUES.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="tf") as folder:
        servers, reattach = [], {}
        for address, schema in read_schemas().items():
            place = str(Path(folder) / address.rpartition("/")[2])
            servers.append(_serve(Provider(schema, values), place))
            reattach[address] = {
                "Protocol": "grpc",
                "ProtocolVersion": 5,
                "Pid": os.getpid(),
                "Test": True,
                "Addr": {"Network": "unix", "String": place},
            }
        try:
            yield {"TF_REATTACH_PROVIDERS": json.dumps(reattach), "CHECKPOINT_DISABLE": "1"}
        finally:
            for server in servers:
                server.stop(None).wait()


def _serve(provider: Provider, place: str) -> grpc.Server:
    def handler(answer: Any, message: str) -> grpc.RpcMethodHandler:
        return grpc.unary_unary_rpc_method_handler(
            lambda asked, _context: answer(asked),
            request_deserializer=MESSAGES[message].FromString,
            response_serializer=lambda answered: answered.SerializeToString(),
        )

    methods = {name: handler(answer, message) for name, (answer, message) in provider.calls().items()}
    server = grpc.server(ThreadPoolExecutor(_THREADS), options=_UNBOUNDED)
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(_SERVICE, methods),))
    server.add_insecure_port(f"unix:{place}")
    server.start()
    return server
