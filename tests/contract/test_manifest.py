from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

import main
from shared.manifest import functions

ROOT = Path(__file__).parents[2]
ALL = sorted(functions().values(), key=lambda function: function.name)
AREAS = {path.parent.name for path in (ROOT / "shared").glob("*/__init__.py")} - {"edge", "plumbing"}
named = pytest.mark.parametrize("function", ALL, ids=lambda function: function.name)


def source_file(function):
    return ROOT / "functions" / function.area / f"{function.name}.py"


def test_every_file_of_a_function_is_in_the_manifest():
    files = {path.stem for path in (ROOT / "functions").glob("*/*.py")} - {"__init__"}

    assert files == set(functions())


@named
def test_a_function_has_one_name_everywhere(function):
    view = getattr(main, function.name)

    assert inspect.isfunction(view)
    assert view.__name__ == function.name
    assert view.__module__ == f"functions.{function.area}.{function.name}"


@named
def test_a_function_has_one_trigger(function):
    assert sum(map(bool, (function.http, function.topic, function.schedule, function.dav, function.private))) == 1


@named
def test_the_first_line_of_a_function_says_what_calls_it(function):
    tree = ast.parse(source_file(function).read_text())
    definition = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == function.name)

    assert (ast.get_docstring(tree) or "").splitlines()[0] == function.trigger
    assert (ast.get_docstring(definition) or "").splitlines()[0] == function.trigger


@named
def test_the_folder_of_a_function_is_the_area_that_does_its_work(function):
    tree = ast.parse(source_file(function).read_text())
    modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    areas = AREAS & {module.split(".")[1] for module in modules if module.startswith("shared.")}

    assert not areas or function.area in areas


@named
def test_a_function_is_forty_lines_at_most(function):
    """Every line of the file counts, imports and docstrings as well: a reader sees all of it at once."""
    assert len(source_file(function).read_text().splitlines()) <= 40


def test_routes_are_distinct():
    routes = [function.http for function in ALL if function.http]

    assert len(routes) == len(set(routes))


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no_such_function"):
        main.no_such_function  # noqa: B018


# Functions that no token may call, though they ask for one: a program can neither give itself rights, nor end the account, nor act
# among people in a name that is not its own.
PEOPLE_ONLY = {
    "create_device", "list_devices", "delete_device",  # whose passwords open everything
    "create_token", "list_tokens", "delete_token", "list_program_calls", "list_grants", "delete_grant", "describe_request", "approve_request",
    "update_user", "export_user", "download_export", "list_audit", "delete_user", "empty_trash",
    "create_team", "invite_to_team", "cancel_team_invitation", "accept_team_invitation", "share_ties", "pass_team_on", "remove_team_member",
    "create_invitations", "accept_invitation",
}  # fmt: skip


def test_every_function_says_what_a_token_needs_for_it_or_that_none_is_enough():
    asking = {each.name for each in ALL if each.http and not getattr(main, each.name).traits["public"]}
    without = {each.name for each in ALL if not each.scope}

    assert asking & without == PEOPLE_ONLY, (
        'say "scope" in the manifest, or add to PEOPLE_ONLY what only a signed-in person may do'
    )


def test_only_what_asks_for_a_token_has_a_scope():
    assert [each.name for each in ALL if each.scope and getattr(main, each.name).traits["public"]] == []


# One question is too long for an address; the tools of the MCP server have scopes of their own.
QUESTIONS = {"reach_targets", "serve_mcp"}


@named
def test_a_change_is_not_for_a_token_that_may_only_read(function):
    if function.scope == "read":
        assert function.method == "GET" or function.name in QUESTIONS
