"""The words of docstrings, comments and messages: the rules of CONTRIBUTING.md, section "Words", as far as a pattern finds them."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).parents[2]
# Folders and files whose texts follow the rules. A new area is added here once its texts were read.
PASSED = (
    "main.py",
    "functions",
    "shared/*.py",
    "shared/contacts",
    "shared/edge",
    "shared/email",
    "shared/enrichment",
    "shared/introductions",
    "shared/meta",
    "shared/formats",
    "shared/graph",
    "shared/imports",
    "shared/interactions",
    "shared/plumbing",
    "shared/teams",
    "shared/users",
    "shared/viral",
    "selfhost",
    "operate",
    "deploy",
    "dev/*.py",
)
# Numbered migrations never change, so they keep their words; `schema.sql` is written from the rest.
SQL = sorted(path for path in (PROJECT / "shared").rglob("*.sql") if path.parent.name not in {"migrations", "shared"})

# A pattern of a banned turn, and what to write in its place.
TURNS: tuple[tuple[str, str], ...] = (
    (r"\b(?:is|are|was|were) no (?!longer\b|more\b)\w", 'write "is not a ..." instead of "is no ..."'),
    (
        r"\b[Tt]here (?:is|are|was|were) (?:no|none)\b",
        'name the subject: "no user has the id ..." instead of "there is no ..."',
    ),
    (r"\bof (?:this|that) (?:id|name|kind)\b", 'say what has it: "the contact with id ..."'),
    (r"\b[Ww]hoever\b", 'name the person or the part: "the user", "the caller", "the operator"'),
    (r"(?:^|[.:;] )(?:Who|What|Whom)\b(?![^.]*\?)", "name the subject instead of beginning with who or what"),
    (r"\b(?:tell|tells|told|telling)\b", "write report, say, answer, show or notify; distinguish for tell apart"),
    (r"\bso (?:many|much) (?:seconds|minutes|days|bytes|more|attempts|events)\b", "name the number or its constant"),
    (r"\b(?:for|after|within) so long\b", "name the time or its constant"),
    (r"\banew\b", 'write "again"'),
    (r"\bfigures\b", "write metrics, counts or sums"),
    (r"\b(?:honest|honestly|lazily|patience)\b", "say what is meant: true, deferred, time-out"),
    (r"\b(?:warmth|bond)\b", "write strength, tie"),
)
# Third person in the place of the imperative, at the beginning of a docstring.
VERBS = (
    "Adds|Answers|Asks|Applies|Begins|Brings|Builds|Buries|Calls|Checks|Closes|Collects|Computes|Connects|"
    "Copies|Counts|Deletes|Delivers|Ends|Erases|Fills|Finds|Forgets|Gives|Goes|Hands|Has|Holds|Imports|"
    "Installs|Joins|Keeps|Lets|Lists|Loads|Looks|Makes|Marks|Merges|Opens|Parses|Prepares|Prints|Publishes|Puts|"
    "Reads|Records|Refuses|Releases|Removes|Replaces|Restores|Returns|Runs|Saves|Says|Searches|Sends|"
    "Serves|Sets|Shows|Signs|Starts|Stops|Stores|Streams|Takes|Tells|Translates|Turns|Undoes|Verifies|"
    "Waits|Walks|Writes"
)
THIRD_PERSON = re.compile(rf"(?:{VERBS})\b(?! of\b| to\b| that\b| from\b)")
ROUTE = re.compile(r"(?:GET|POST|PUT|PATCH|DELETE|topic|schedule|private)\b")
# A text of one word is a name: of a field, a metric, a file.
WORD = re.compile(r"[\w./-]*")
# Names that do not say what they hold or do; a leading underscore counts as the same name.
NAMES = {
    "told": "announce, notify, report",
    "tell": "announce, notify, report",
    "said": "the thing that was said: answer, output, setting",
    "there": "found, existing",
    "own": "what it belongs to",
    "figures": "metrics, counts",
    "hold_s": "what happens after it: retake_after_s",
    "patient": "without_timeout",
    "honest": "what is meant",
    "lazily": "deferred",
    "missed": "unseen, skipped",
}


def passed_files() -> list[Path]:
    files = set()
    for entry in PASSED:
        path = PROJECT / entry
        files |= set(path.rglob("*.py") if path.is_dir() else PROJECT.glob(entry))
    return sorted(files)


def texts(source: str) -> Iterator[tuple[int, str]]:
    """Every comment and every text of a module, with its line."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string.lstrip("# ")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and not WORD.fullmatch(node.value):
            yield node.lineno, node.value


def docstrings(source: str) -> Iterator[tuple[int, str]]:
    """Every docstring, and the second paragraph of one that begins with a route."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            text = ast.get_docstring(node) or ""
            line = getattr(node, "lineno", 1)
            yield line, text
            if ROUTE.match(text):
                yield line, text.partition("\n\n")[2]


def names(source: str) -> Iterator[tuple[int, str]]:
    """The names that a module defines, with their lines; fields of the API's JSON keep theirs."""
    module = ast.parse(source)
    fields = {
        statement.target
        for node in ast.walk(module)
        if isinstance(node, ast.ClassDef) and {"Answer", "Model"} & {getattr(base, "id", "") for base in node.bases}
        for statement in node.body
        if isinstance(statement, ast.AnnAssign)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node not in fields:
            yield node.lineno, node.id


def sql_comments(source: str) -> Iterator[tuple[int, str]]:
    """Every comment of an SQL file, with its line: a paragraph of whole lines as one text, and each one behind a statement."""
    first, words = 0, ""
    for line, text in enumerate([*source.splitlines(), ""], start=1):
        whole = re.match(r"\s*--\s*(.*\S)", text)
        if whole:
            first, words = first or line, f"{words} {whole[1]}"
            continue
        if words:
            yield first, words.strip()
            first, words = 0, ""
        if behind := re.search(r"\s-- (.*)$", text):
            yield line, behind[1]


def turns(commented: Iterator[tuple[int, str]]) -> list[str]:
    """The banned turns of texts with their lines."""
    return [
        f"{line}: {match[0]!r}: {advice}"
        for line, text in commented
        for pattern, advice in TURNS
        for match in re.finditer(pattern, " ".join(text.split()))
    ]


def third_persons(described: Iterator[tuple[int, str]]) -> list[str]:
    """The descriptions, with their lines, that begin in the third person."""
    return [
        f"{line}: {match[0]!r} begins a description: use the imperative or a noun"
        for line, text in described
        if (match := THIRD_PERSON.match(text))
    ]


def sql_faults(source: str) -> list[str]:
    """The banned turns of an SQL file's comments."""
    return turns(sql_comments(source)) + third_persons(sql_comments(source))


def faults(source: str) -> list[str]:
    """The banned turns of a module, a line each: line, text, and what to write in its place."""
    found = turns(texts(source)) + third_persons(docstrings(source))
    found += [
        f"{line}: the name {name!r}: write {NAMES[name.lstrip('_')]}"
        for line, name in names(source)
        if name.lstrip("_") in NAMES
    ]
    return found


def test_texts_follow_the_rules_of_words() -> None:
    found = [
        f"{path.relative_to(PROJECT)}:{fault}"
        for path in passed_files()
        for fault in faults(path.read_text(encoding="utf-8"))
    ]
    found += [
        f"{path.relative_to(PROJECT)}:{fault}" for path in SQL for fault in sql_faults(path.read_text(encoding="utf-8"))
    ]
    assert found == [], "\n".join(["see CONTRIBUTING.md, Words:", *found])


@pytest.mark.parametrize(
    "source",
    [
        "# Whoever noted a change may not have saved it yet.",
        '"""The value, if it is no number."""',
        "raise ValueError(f'there is no contact of this id: {value}')",
        'def f():\n    """Sends what waits."""',
        'def f():\n    """GET /path\n\n    Makes a contact.\n    """',
        "# After so many seconds it is made anew.",
        "def _told(): ...",
    ],
)
def test_each_banned_turn_is_found(source: str) -> None:
    assert faults(source)


@pytest.mark.parametrize(
    "source",
    [
        "# The transaction that noted a change may still be open.",
        '"""Answers to invalid requests."""',
        "question = 'Who can introduce me to her?'",
        "# The key is no longer valid.",
    ],
)
def test_plain_texts_pass(source: str) -> None:
    assert faults(source) == []


@pytest.mark.parametrize(
    "source",
    [
        "-- The label of\n-- whoever wrote it.",
        "select 1;  -- how it is told",
        "-- A tie.\n--\n-- Sends it.",
        "    -- What is left out costs more.",
        "-- Merges the rows.\ncreate or replace function f() ...",
    ],
)
def test_each_banned_turn_of_sql_is_found(source: str) -> None:
    assert sql_faults(source)


def test_texts_of_statements_are_not_comments() -> None:
    assert sql_faults("-- The contacts.\nselect 'whoever', a->>'told' from t;") == []
