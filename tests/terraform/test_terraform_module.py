"""The module by itself: its form, its own tests, and the stand-ins that these run with."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.terraform.module import Terraform, copy_module
from tests.terraform.stand_in.msgpack import UNKNOWN, pack, unpack
from tests.terraform.stand_in.provider import SCHEMA, VALUES
from tests.terraform.stand_in.schema import cut_down, used_types, write

MODULE = Path(__file__).parents[2] / "terraform"
OWN_TESTS = sorted(path.name.removesuffix(".tftest.hcl") for path in (MODULE / "tests").glob("*.tftest.hcl"))


def test_files_are_formatted(terraform: Terraform) -> None:
    done = terraform("fmt", "-check", "-recursive", "-diff")
    assert done.returncode == 0, done.stdout


def test_configuration_is_valid(terraform: Terraform) -> None:
    done = terraform("validate")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", OWN_TESTS)
def test_the_modules_own_tests_pass(name: str, terraform: Terraform) -> None:
    assert terraform.failures(name) == set()


def test_the_modules_own_tests_are_all_there_and_say_what_they_hold_in_words_of_their_own() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (MODULE / "tests").glob("*.tftest.hcl")]
    assert sum(len(re.findall(r"^run ", text, re.MULTILINE)) for text in texts) >= 17
    for text in texts:
        refusing = ["expect_failures" in run for run in re.split(r"^(?=run )", text, flags=re.MULTILINE)[1:]]
        assert refusing == sorted(refusing), "terraform skips what stands after a refusal that does not come"
        messages = re.findall(r"error_message = (.+)", text)
        assert len(messages) == len(set(messages)) == len(re.findall(r"^  assert ", text, re.MULTILINE))


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.usefixtures("providers")
def test_the_registrys_providers_accept_the_module(tmp_path: Path) -> None:
    """What only they know: rules beyond the schema, and a schema that is newer than the stand-ins'."""
    terraform = Terraform(copy_module(tmp_path))
    begun = terraform("init", "-input=false", "-backend=false")
    if re.search(
        r"Failed to query available provider packages|could not connect|Failed to install provider", begun.stderr
    ):
        pytest.skip("the registry cannot be reached; with it, this validates with Google's own providers")
    assert begun.returncode == 0, begun.stderr
    done = terraform("validate")
    assert done.returncode == 0, done.stdout + done.stderr


# ---- the stand-ins


def test_the_schema_has_what_the_module_uses_and_no_more() -> None:
    providers = json.loads(SCHEMA.read_text(encoding="utf-8"))["provider_schemas"]
    for section, used in used_types().items():
        held = [name for provider in providers.values() for name in provider[section]]
        assert sorted(held) == sorted(used), (
            "python -m tests.terraform.stand_in.schema, where the registry can be reached"
        )


def test_a_schema_that_is_cut_down_stays_as_it_is_and_a_whole_one_loses_what_is_not_used(tmp_path: Path) -> None:
    document = json.loads(SCHEMA.read_text(encoding="utf-8"))
    whole = copy.deepcopy(document)
    google = whole["provider_schemas"]["registry.terraform.io/hashicorp/google"]
    google["resource_schemas"]["google_unused"] = {"version": 0, "block": {}}
    google["resource_schemas"]["google_pubsub_topic"]["block"]["attributes"]["name"]["description"] = "Its name."
    google["functions"] = {}
    beta = whole["provider_schemas"]["registry.terraform.io/hashicorp/google-beta"]
    beta["resource_schemas"]["google_pubsub_topic"] = {"version": 0, "block": {}}
    assert cut_down(whole, used_types()) == document
    write(document, tmp_path / "schema.json")
    assert (tmp_path / "schema.json").read_text() == SCHEMA.read_text()


def test_every_list_of_values_is_of_an_attribute_that_there_is() -> None:
    providers = json.loads(SCHEMA.read_text(encoding="utf-8"))["provider_schemas"]
    resources = {name: entry for provider in providers.values() for name, entry in provider["resource_schemas"].items()}
    for path in json.loads(VALUES.read_text(encoding="utf-8")):
        name, *blocks, attribute = path.split(".")
        block = resources[name]["block"]
        for inner in blocks:
            block = block["block_types"][inner]["block"]
        assert attribute in block["attributes"], path


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("  uniform_bucket_level_access = true", "  uniform_bucket_acces = true", "Unsupported argument"),
        ("  location                    = var.region", "", "Missing required argument"),
        ('public_access_prevention    = "enforced"', 'public_access_prevention    = ["enforced"]', "Incorrect attribute value type"),
        ('public_access_prevention    = "enforced"', 'url = "gs://x"', "The provider decides url."),
        ("  versioning {", "  versionings {", "Unsupported block type"),
        ('action = "KEEP"', 'action = "HOLD"', 'action is one of DELETE, KEEP, not "HOLD".'),
        ("age = 180", 'age = "half a year"', "a number is required"),
        ("google_storage_bucket.source.name", "google_storage_bucket.source.title", "Unsupported attribute"),
    ],
)  # fmt: skip
def test_validating_with_the_stand_ins_finds_what_the_schema_knows(
    tmp_path: Path, providers: dict[str, str], right: str, wrong: str, said: str
) -> None:
    terraform = Terraform(copy_module(tmp_path), providers)
    file = terraform.folder / "image.tf"
    text = file.read_text(encoding="utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    done = terraform("validate", "-json")
    assert done.returncode == 1
    assert said in " ".join(json.dumps(problem) for problem in json.loads(done.stdout)["diagnostics"]).replace(
        '\\"', '"'
    )


VALUES_OF_EVERY_KIND: list[Any] = [
    None, True, False, 0, 127, 128, -1, -32, -33, 2**40, -(2**40), 1.5, "", "é", "x" * 300, [], [1, [2]], {}, {"a": {"b": None}}, UNKNOWN, [UNKNOWN],
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES_OF_EVERY_KIND, ids=lambda value: repr(value)[:20])
def test_what_is_packed_is_unpacked(value: Any) -> None:
    assert unpack(pack(value)) == value


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b"\x07", 7), (b"\xff", -1), (b"\xcc\xff", 255), (b"\xcd\x01\x00", 256), (b"\xce\x00\x01\x00\x00", 65536), (b"\xcf" + b"\xff" * 8, 2**64 - 1),
        (b"\xd0\x80", -128), (b"\xd1\x80\x00", -32768), (b"\xd2\x80\x00\x00\x00", -(2**31)), (b"\xca\x3f\xc0\x00\x00", 1.5),
        (b"\xa1x", "x"), (b"\xd9\x01x", "x"), (b"\xda\x00\x01x", "x"), (b"\x91\x01", [1]), (b"\xdc\x00\x01\x01", [1]), (b"\x81\xa1x\x01", {"x": 1}),
        (b"\xde\x00\x01\xa1x\x01", {"x": 1}), (b"\xc4\x01x", b"x"), (b"\xc7\x02\x00ab", UNKNOWN), (b"\xd4\x00\x00", UNKNOWN), (b"\xc7\x00\x0c", UNKNOWN),
    ],
)  # fmt: skip
def test_every_form_that_terraform_may_choose_is_read(data: bytes, value: Any) -> None:
    assert unpack(data) == value


def test_what_terraform_has_no_type_for_is_refused() -> None:
    with pytest.raises(TypeError, match="cannot be told to Terraform"):
        pack({1, 2})
