"""Self-hosting: the Dockerfile, compose.yaml and what they install. Nothing is built here; what can be known without is."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

PROJECT = Path(__file__).parents[2]
# Alpine has musl 1.2, for which wheels of 1.1 are good, too.
PLATFORMS = ("musllinux_1_2_x86_64", "musllinux_1_1_x86_64")
DOCKERFILE = (PROJECT / "Dockerfile").read_text(encoding="utf-8")


def compose() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load((PROJECT / "compose.yaml").read_text(encoding="utf-8"))
    return document


def test_hadolint_finds_nothing() -> None:
    hadolint = shutil.which("hadolint") or Path(sys.executable).with_name("hadolint")
    if not Path(hadolint).exists():
        pytest.skip("hadolint is not installed: pip install -r requirements-dev.txt")
    done = subprocess.run(
        [str(hadolint), "--failure-threshold=style", "Dockerfile"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_image_does_not_run_as_root_and_is_built_in_stages() -> None:
    users = re.findall(r"^USER (\S+)$", DOCKERFILE, re.MULTILINE)
    assert users == ["10001:10001"]
    assert DOCKERFILE.rindex("USER") < DOCKERFILE.index("ENTRYPOINT")
    stages = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert stages == ["node:22-alpine", "python:3.13-alpine", "python:3.13-alpine", "functions"]


def test_the_image_holds_what_it_copies_and_the_builder_is_sent_no_more() -> None:
    copied = {
        word.rstrip("/").split("/")[0]
        for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
        for word in line.split()[:-1]
    }
    assert all((PROJECT / name).exists() for name in copied)
    sent = set(re.findall(r"^!(\S+)$", (PROJECT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE))
    assert sent == copied


def test_packages_are_installed_by_hash_from_wheels() -> None:
    assert "--require-hashes --no-deps --only-binary=:all: -r /container.lock" in DOCKERFILE


def test_a_container_has_the_same_packages_as_the_cloud() -> None:
    def pins(path: str) -> dict[str, str]:
        return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (PROJECT / path).read_text(encoding="utf-8"), re.MULTILINE))

    cloud, container = pins("requirements.lock"), pins("selfhost/container.lock")
    assert cloud.pop("watchdog"), "functions-framework names it"
    assert container.pop("cronsim"), "the gateway's scheduler reads schedules with it"
    assert cloud == container, "make lock"


def test_what_the_container_leaves_out_is_never_imported() -> None:
    found = importlib.util.find_spec("functions_framework")
    assert found is not None
    framework = Path(str(found.origin)).parent
    assert not [path for path in framework.rglob("*.py") if "watchdog" in path.read_text(encoding="utf-8")]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_every_package_has_a_wheel_for_alpine(tmp_path: Path) -> None:
    version = re.findall(r"^FROM python:([\d.]+)-alpine", DOCKERFILE, re.MULTILINE)[-1]
    done = subprocess.run(
        [
            sys.executable, "-m", "pip", "download", "--quiet", *(f"--platform={platform}" for platform in PLATFORMS), "--python-version", version,
            "--implementation", "cp", "--only-binary=:all:", "--require-hashes", "--no-deps",
            "--dest", str(tmp_path), "-r", "selfhost/container.lock",
        ],
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if re.search(r"Max retries|NewConnectionError|Temporary failure in name resolution", done.stderr):
        pytest.skip("no package index can be reached")
    assert done.returncode == 0, done.stderr
    wheels = list(tmp_path.iterdir())
    assert len(wheels) > 20
    assert all(wheel.name.endswith(("-any.whl", "_x86_64.whl")) for wheel in wheels)
    assert not [wheel.name for wheel in wheels if "manylinux" in wheel.name and "musllinux" not in wheel.name]


def test_compose_has_postgres_15_and_redis_7_which_nobody_outside_reaches() -> None:
    services = compose()["services"]
    assert services["postgres"]["image"].startswith("postgres:15")
    assert services["redis"]["image"].startswith("redis:7")
    assert [name for name, service in services.items() if "ports" in service] == ["warmpath"]
    assert services["warmpath"]["ports"] == ["${BIND:-127.0.0.1}:${PORT:-8080}:8080"]


def test_compose_follows_the_specification() -> None:
    found = importlib.util.find_spec("check_jsonschema")
    assert found is not None, "pip install -r requirements-dev.txt"
    schema = Path(str(found.origin)).parent / "builtin_schemas" / "vendor" / "compose-spec.json"
    validator = jsonschema_rs.validator_for(json.loads(schema.read_text(encoding="utf-8")))
    assert [
        f"{'/'.join(map(str, error.instance_path))}: {error.message}" for error in validator.iter_errors(compose())
    ] == []


def test_compose_migrates_before_it_serves() -> None:
    services = compose()["services"]
    assert services["warmpath"]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert services["migrate"]["depends_on"]["postgres"] == {"condition": "service_healthy"}
    assert services["migrate"]["command"] == ["migrate"]


def test_what_compose_asks_for_is_in_the_example() -> None:
    asked = set(re.findall(r"\$\{(\w+):", (PROJECT / "compose.yaml").read_text(encoding="utf-8")))
    example = set(re.findall(r"^(\w+)=", (PROJECT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))
    assert asked - {"BIND", "PORT"} == example


def test_compose_sets_only_what_the_code_reads() -> None:
    text = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("shared", "selfhost")
        for path in (PROJECT / folder).rglob("*.py")
    )
    read_by_name_of_provider = {"HUNTER_API_KEY", "PDL_API_KEY", "APOLLO_API_KEY", "GITHUB_API_KEY"}
    for variable in set(compose()["x-environment"]) - read_by_name_of_provider:
        assert f'"{variable}"' in text, f"{variable} is set and never read"


def mounted(service: dict[str, Any], kind: str) -> set[str]:
    """Names of the configs or secrets that a service mounts, in the short form or the long one."""
    return {entry if isinstance(entry, str) else entry["source"] for entry in service.get(kind, [])}


def test_no_read_only_service_has_a_config_that_compose_would_have_to_write_into_it() -> None:
    """Compose copies what is given inline into the container's own files; into a read-only one it mounts a `file` alone."""
    document = compose()
    for name, service in document["services"].items():
        for kind in ("configs", "secrets"):
            for source in mounted(service, kind) if service.get("read_only") else ():
                assert set(document[kind][source]) == {"file"}, f"{name} is read-only and mounts {source} inline"


def test_what_compose_declares_is_used_and_what_it_mounts_is_declared() -> None:
    document = compose()
    for kind in ("configs", "secrets"):
        used = set().union(*(mounted(service, kind) for service in document["services"].values()))
        assert used == set(document.get(kind, {}))
    volumes = {
        volume.split(":")[0] for service in document["services"].values() for volume in service.get("volumes", [])
    }
    assert volumes == set(document["volumes"])


def test_what_goes_on_running_says_whether_it_is_well_and_what_ends_is_not_started_again() -> None:
    services = compose()["services"]
    assert "HEALTHCHECK" in DOCKERFILE
    for name, service in services.items():
        waited_for = {
            other["depends_on"][name]["condition"] for other in services.values() if name in other.get("depends_on", {})
        }
        if "service_completed_successfully" in waited_for:
            assert waited_for == {"service_completed_successfully"}
            assert "restart" not in service, f"{name} would never have ended"
        else:
            assert service.get("restart") == "unless-stopped"
            assert "healthcheck" in service or service["image"] == "warmpath", f"{name} says nothing"
        assert set(service.get("depends_on", {})) <= set(services)


def test_the_image_is_built_by_one_service_and_the_others_that_use_it_start_later() -> None:
    services = compose()["services"]
    built = [name for name, service in services.items() if "build" in service]
    assert built == ["migrate"]
    users = {name for name, service in services.items() if service.get("image") == services["migrate"]["image"]}
    assert all("migrate" in services[name].get("depends_on", {}) for name in users - {"migrate"})
