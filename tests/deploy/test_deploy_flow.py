"""`make deploy`, `rollback` and `destroy`, against stand-ins for the programs that they run."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.deploy.conftest import Machine


def objects(machine: Machine) -> dict[str, list[str]]:
    found: dict[str, list[str]] = machine.state["cloud"]["objects"]
    return found


def deploy_again(machine: Machine, change: str) -> str:
    """Deploys another version of the code; answers the name of its image."""
    (machine.folder / "main.py").write_text(change)
    done = machine.run("deploy", "--confirm=yes")
    assert done.returncode == 0, done.stdout + done.stderr
    image: str = machine.state["cloud"]["applied"]["image"]
    return image


def test_deploying_migrates_before_the_new_code_serves_and_uploads_the_page_last(machine: Machine) -> None:
    done = machine.run("deploy", "--confirm=yes")
    assert done.returncode == 0, done.stdout + done.stderr
    assert " works." in done.stdout
    assert machine.state["unknown"] == []
    steps = [
        (call[0], *(word for word in call[1:3] if not word.startswith(("-", "/"))))
        for call in machine.state["calls"]
        if call[0] == "npm" or call[:2] in (["terraform", "plan"], ["terraform", "apply"], ["gcloud", "builds"], ["gcloud", "run"])
    ]  # fmt: skip
    assert steps == [
        ("npm", "ci"),
        ("npm", "run", "build"),
        ("gcloud", "run", "services"),
        ("terraform", "plan"),
        ("terraform", "apply"),
        ("gcloud", "builds", "submit"),
        ("terraform", "apply"),
        ("gcloud", "run", "jobs"),
        ("terraform", "plan"),
        ("terraform", "apply"),
    ]
    for_the_build, for_the_migration, rest = machine.calls("terraform", "apply")
    assert "-target=google_artifact_registry_repository_iam_member.build" in for_the_build
    assert "-target=google_cloud_run_v2_job.migration" in for_the_migration
    assert rest[-1].endswith(".tfplan"), "what is applied is the plan that was shown"
    uploaded = [call[-1] for call in machine.calls("gcloud", "storage", "cp") if "warmpath-app" in call[-1]]
    assert uploaded[-1] == "gs://acme-crm-warmpath-app/index.html"


@pytest.mark.parametrize(
    "cloud", [{"federated": True, "account": "ci@acme.iam.gserviceaccount.com"}, {"migration_minutes": 90}], ids=["from GitHub", "long"]
)  # fmt: skip
def test_it_migrates_as_a_federated_identity_and_however_long_that_takes(
    machine: Machine, cloud: dict[str, object]
) -> None:
    machine.set_cloud(**cloud)
    done = machine.run("deploy", "--confirm=yes")
    assert done.returncode == 0, done.stdout + done.stderr
    assert machine.calls("gcloud", "run", "jobs", "execute", "migration", "--wait")
    assert machine.state["cloud"]["applied"]


def test_an_image_is_named_by_what_it_is_built_from_and_built_once(machine: Machine) -> None:
    machine.run("deploy", "--confirm=yes")
    (first,) = machine.state["cloud"]["images"]
    assert first.startswith("europe-west1-docker.pkg.dev/acme-crm/warmpath-functions/warmpath:")
    machine.run("deploy", "--confirm=yes", "--env=staging")
    assert machine.calls("terraform", "apply")
    assert not machine.calls("gcloud", "builds", "submit"), "the same files, the same image"
    (machine.folder / "selfhost" / "gateway.py").write_text("# another one")
    machine.run("deploy", "--confirm=yes")
    assert len(machine.state["cloud"]["images"]) == 2
    deployed = machine.state["cloud"]["job"]
    assert re.fullmatch(r"[a-z0-9./-]+/warmpath@sha256:[0-9a-f]{64}", deployed), "by digest, which nobody can move"
    assert machine.state["cloud"]["applied"]["image"] == deployed


@pytest.mark.slow
def test_files_are_cached_as_long_as_their_names_mean_the_same(machine: Machine) -> None:
    machine.run("deploy", "--confirm=yes")
    caching = {name.removeprefix("gs://acme-crm-warmpath-app/"): kept for name, (_, kept) in objects(machine).items()}
    assert caching["assets/app-1f2e.js"] == "public, max-age=31536000, immutable"
    assert caching["index.html"] == caching["config.json"] == caching["icon.svg"] == "no-cache"


@pytest.mark.slow
def test_the_app_is_told_how_people_sign_in_here(machine: Machine) -> None:
    machine.run("deploy", "--confirm=yes")
    written = json.loads(objects(machine)["gs://acme-crm-warmpath-app/config.json"][0])
    assert written == {"oidc": None, "identity_platform": {"api_key": "key"}}


@pytest.mark.slow
def test_deploying_the_same_again_changes_nothing(machine: Machine) -> None:
    machine.run("deploy", "--confirm=yes")
    before = objects(machine)
    done = machine.run("deploy")
    assert done.returncode == 0, done.stdout + done.stderr
    assert machine.calls("terraform", "apply") == []
    assert machine.calls("gcloud", "storage", "buckets", "create") == []
    assert objects(machine) == before


@pytest.mark.slow
def test_the_state_is_kept_private_and_every_version_of_it(machine: Machine) -> None:
    machine.run("deploy", "--confirm=yes")
    options = machine.state["cloud"]["buckets"]["gs://acme-crm-warmpath-state"]
    assert {"public-access-prevention", "uniform-bucket-level-access"} <= set(options)
    assert machine.calls("gcloud", "storage", "buckets", "update", "gs://acme-crm-warmpath-state", "--versioning")


def test_nothing_is_applied_unless_the_operator_agrees(machine: Machine) -> None:
    done = machine.run("deploy", given="no\n")
    assert done.returncode == 1
    assert "Not confirmed; nothing was changed." in done.stderr
    assert machine.calls("terraform", "plan")
    assert not machine.calls("terraform", "apply")


def test_with_nobody_there_to_agree_nothing_is_applied(machine: Machine) -> None:
    done = machine.run("deploy")
    assert done.returncode == 1
    assert "The terminal gives no answer" in done.stderr
    assert not machine.calls("terraform", "apply")


@pytest.mark.parametrize("program", ["gcloud", "terraform", "npm"])
def test_a_missing_program_is_named_with_where_to_get_it(machine: Machine, program: str) -> None:
    done = machine.run("deploy", "--confirm=yes", without=program)
    assert done.returncode == 1
    assert f"{program} is not on the PATH" in done.stderr
    assert "https://" in done.stderr
    assert not machine.calls("terraform", "plan")


@pytest.mark.parametrize(
    ("cloud", "said"),
    [
        ({"account": ""}, "gcloud auth login"),
        ({"credentials": False}, "gcloud auth application-default login"),
        ({"projects": []}, "gcloud projects create acme-crm"),
        ({"billing": False}, "gcloud billing projects link acme-crm"),
        ({"terraform_version": "1.5.7"}, "terraform is 1.5.7; install Terraform 1.9 or newer"),
    ],
    ids=["account", "credentials", "project", "billing", "terraform version"],
)
def test_a_missing_prerequisite_is_named_with_its_remedy(machine: Machine, cloud: dict[str, object], said: str) -> None:
    machine.set_cloud(**cloud)
    done = machine.run("deploy", "--confirm=yes")
    assert done.returncode == 1
    assert said in done.stderr
    assert not machine.calls("terraform", "init")
    assert not machine.calls("npm")


def test_everything_that_is_missing_is_named_at_once(machine: Machine) -> None:
    machine.set_cloud(credentials=False, billing=False)
    done = machine.run(
        "deploy", "--project=Acme", "--region=Europe", "--domain=crm", "--env=prod", "--vars=none.tfvars", without="npm"
    )
    for said in (
        "PROJECT must be",
        "REGION must be",
        "DOMAIN must be",
        "minimal, production, staging",
        "none.tfvars",
        "npm is not",
    ):
        assert said in done.stderr
    assert "application-default login" in done.stderr


def test_a_secret_without_a_value_is_named_with_the_command_that_makes_it(machine: Machine) -> None:
    machine.set_cloud(wanted_secrets={"HUNTER_API_KEY": "hunter-api-key", "SMTP_URL": "smtp-url"}, secrets=["smtp-url"])
    done = machine.run("deploy", "--confirm=yes")
    assert done.returncode == 1
    assert "Secrets without a value: hunter-api-key." in done.stderr
    assert "gcloud secrets create hunter-api-key --data-file=-" in done.stderr
    assert not machine.calls("terraform", "apply")


def test_a_migration_that_fails_stops_the_deployment_before_the_new_code(machine: Machine) -> None:
    machine.set_cloud(migration_works=False)
    done = machine.run("deploy", "--confirm=yes")
    assert done.returncode == 1
    assert "the steps after it were not run" in done.stderr
    assert machine.state["cloud"]["applied"] is None
    assert not objects(machine)


def test_a_page_whose_inline_script_would_be_blocked_is_not_uploaded(machine: Machine) -> None:
    machine.set_cloud(page="<html><script>other()</script></html>")
    done = machine.run("deploy", "--confirm=yes")
    assert done.returncode == 1
    assert "does not allow" in done.stderr
    assert not [name for name in objects(machine) if "warmpath-app" in name]


@pytest.mark.slow
def test_an_unhealthy_deployment_is_a_failure_that_says_what_is_wrong(
    machine: Machine, answers: dict[str, tuple[int, str, bytes]]
) -> None:
    answers["/api/crm/health"] = (503, "application/problem+json", b"{}")
    done = machine.run("deploy", "--confirm=yes")
    assert done.returncode == 1
    assert "/api/crm/health: 503 application/problem+json, expected 200" in done.stderr


@pytest.mark.slow
def test_before_the_domain_points_here_it_says_what_to_do(machine: Machine) -> None:
    machine.set_cloud(certificate="PROVISIONING")
    done = machine.run("deploy", "--confirm=yes", "--url=")
    assert done.returncode == 75
    assert "Point crm.example.com at A 203.0.113.10, AAAA 2001:db8::1" in done.stdout


@pytest.mark.slow
def test_operators_are_who_is_named_or_else_who_deploys(machine: Machine) -> None:
    machine.run("deploy", "--confirm=yes")
    assert '-var=operators=["user:ana@example.com"]' in machine.calls("terraform", "plan")[0]
    machine.set_cloud(account="ci@acme.iam.gserviceaccount.com")
    machine.run("deploy", "--confirm=yes")
    assert '-var=operators=["serviceAccount:ci@acme.iam.gserviceaccount.com"]' in machine.calls("terraform", "plan")[0]
    machine.run("deploy", "--confirm=yes", "--operators=group:crm@example.com,user:ana@example.com")
    assert '-var=operators=["group:crm@example.com", "user:ana@example.com"]' in machine.calls("terraform", "plan")[0]


@pytest.mark.slow
def test_rollback_runs_the_release_before_and_shows_its_page_and_leaves_the_schema(machine: Machine) -> None:
    first = deploy_again(machine, "1")
    page = objects(machine)["gs://acme-crm-warmpath-app/index.html"][0]
    machine.set_cloud(page=page.replace("1f2e", "9a8b"))
    (machine.folder / "functions" / "manifest.json").write_text('{"functions": {"a_new_one": {}}}')
    second = deploy_again(machine, "2")
    assert first != second
    new_manifest = machine.state["cloud"]["applied"]["manifest"]
    done = machine.run("rollback", "--confirm=yes")
    assert done.returncode == 0, done.stdout + done.stderr
    assert machine.state["cloud"]["applied"]["image"] == first
    assert machine.state["cloud"]["applied"]["manifest"] != new_manifest, "the old image has no function of the new one"
    assert not machine.calls("gcloud", "builds")
    assert objects(machine)["gs://acme-crm-warmpath-app/index.html"][0] == page
    assert not machine.calls("gcloud", "run", "jobs")


@pytest.mark.slow
def test_rolling_back_what_an_older_version_has_deployed_is_refused_in_words(machine: Machine) -> None:
    deploy_again(machine, "1")
    machine.set_cloud(job=None)
    state = machine.state
    state["cloud"]["applied"].pop("image")
    machine.state_file.write_text(json.dumps(state))
    done = machine.run("rollback", "--confirm=yes")
    assert done.returncode == 1
    assert "has not been deployed here" in done.stderr
    assert not machine.calls("terraform", "plan")


@pytest.mark.slow
def test_rolling_back_twice_goes_back_two_releases_and_then_there_is_none(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = []
    for number in range(3):
        sources.append(deploy_again(machine, str(number)))
        rename_latest_record(machine, f"2026010{number + 1}T000000Z")
    for expected in reversed(sources[:2]):
        assert machine.run("rollback", "--confirm=yes").returncode == 0
        assert machine.state["cloud"]["applied"]["image"] == expected
    done = machine.run("rollback", "--confirm=yes")
    assert done.returncode == 1
    assert "No earlier release is recorded" in done.stderr


def rename_latest_record(machine: Machine, at: str) -> None:
    """Gives the latest release another time: a test deploys several within a second."""
    state = machine.state
    stored = state["cloud"]["objects"]
    folder = "gs://acme-crm-warmpath-source/releases/"
    old = stored[f"{folder}current"][0]
    new = "_".join([at, *old.split("_")[1:]])
    stored[f"{folder}{new}"] = stored.pop(f"{folder}{old}")
    stored[f"{folder}current"][0] = new
    machine.state_file.write_text(json.dumps(state))


SERVING = {"contacts": {"contacts-00007-old": 100}, "graph": {"graph-00003-old": 90, "graph-00004-x": 10}}
STABLE = '{"percent": 5, "stable": {"contacts": "contacts-00007-old", "graph": "graph-00003-old"}}'


def test_a_release_gets_a_share_first_and_then_all_or_none_within_seconds(machine: Machine) -> None:
    deploy_again(machine, "1")
    machine.set_cloud(services=SERVING)
    (machine.folder / "main.py").write_text("2")
    assert machine.run("deploy", "--confirm=yes", "--share=5").returncode == 0
    assert [f"-var=traffic={STABLE}" in call for call in machine.calls("terraform", "plan")] == [True, True]
    machine.run("traffic", "--share=100")
    assert machine.state["cloud"]["services"] == {"contacts": {"contacts-new": 100}, "graph": {"graph-new": 100}}
    machine.run("traffic", "--share=0")
    assert machine.state["cloud"]["services"] == {
        "contacts": {"contacts-00007-old": 100},
        "graph": {"graph-00003-old": 100},
    }
    assert not machine.calls("terraform", "plan"), "nothing is planned or built on the way back"


def test_a_share_beside_nothing_and_a_way_back_to_nothing_are_refused(machine: Machine) -> None:
    done = machine.run("deploy", "--confirm=yes", "--share=5")
    assert done.returncode == 1
    assert "that could get the other 95 % of the requests" in done.stderr
    done = machine.run("traffic", "--share=0")
    assert done.returncode == 1
    assert "No deployment has noted the revisions before it" in done.stderr


def test_a_service_that_keeps_its_requests_is_named_and_the_others_have_changed(machine: Machine) -> None:
    deploy_again(machine, "1")
    machine.set_cloud(services=SERVING)
    deploy_again(machine, "2")
    machine.set_cloud(stuck=["graph"])
    done = machine.run("traffic", "--share=0")
    assert done.returncode == 1
    assert "Not changed: graph." in done.stderr
    assert machine.state["cloud"]["services"]["contacts"] == {"contacts-00007-old": 100}


def private(machine: Machine) -> dict[str, dict[str, str]]:
    return {
        "grant_credits": {"kind": "private", "url": f"{machine.url}/functions/grant_credits"},
        "list_contacts": {"kind": "http", "url": ""},
    }


def test_an_operator_calls_a_private_function_by_name(
    machine: Machine, answers: dict[str, tuple[int, str, bytes]]
) -> None:
    machine.run("deploy", "--confirm=yes")
    machine.set_cloud(functions=private(machine))
    answers["/functions/grant_credits"] = (200, "application/json", b'{"granted": 5}')
    done = machine.run("call", "--function=grant_credits", '--data={"email": "ana@example.com"}')
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == '{"granted": 5}'


@pytest.mark.parametrize(
    ("options", "cloud", "said"),
    [
        (["--function=list_contacts"], {}, 'FUNCTION must be one of grant_credits, not "list_contacts"'),
        (["--function=grant_credits", "--data={"], {}, "DATA must be JSON, not '{'"),
        (["--function=grant_credits"], {"federated": True}, "A federated identity has none"),
        (["--function=grant_credits"], {}, "grant_credits answered 404"),
    ],
    ids=["not private", "not JSON", "no token", "refused"],
)
def test_a_call_that_cannot_be_made_says_why(
    machine: Machine, options: list[str], cloud: dict[str, object], said: str
) -> None:
    machine.run("deploy", "--confirm=yes")
    machine.set_cloud(functions=private(machine), **cloud)
    done = machine.run("call", *options)
    assert done.returncode == 1
    assert said in done.stderr


@pytest.mark.slow
def test_a_federated_identity_calls_as_the_account_that_it_impersonates_for_that_function_alone(
    machine: Machine, answers: dict[str, tuple[int, str, bytes]]
) -> None:
    machine.run("deploy", "--confirm=yes")
    functions = private(machine)
    machine.set_cloud(functions=functions, federated=True, audience=functions["grant_credits"]["url"])
    answers["/functions/grant_credits"] = (200, "application/json", b'{"granted": 5}')
    account = "operator@acme-crm.iam.gserviceaccount.com"
    done = machine.run("call", "--function=grant_credits", CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT=account)
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_destroying_asks_for_the_projects_name(machine: Machine) -> None:
    machine.run("deploy", "--confirm=yes")
    assert machine.run("destroy", given="yes\n").returncode == 1
    assert machine.state["cloud"]["applied"]
    done = machine.run("destroy", given="acme-crm\n")
    assert done.returncode == 0, done.stdout + done.stderr
    assert machine.state["cloud"]["applied"] is None
    assert "gcloud storage rm --recursive gs://acme-crm-warmpath-state" in done.stdout


@pytest.mark.slow
def test_destroying_what_is_protected_is_refused_with_the_way_to_do_it(machine: Machine) -> None:
    machine.run("deploy", "--confirm=yes", "--env=production")
    machine.set_cloud(deletion_protection=True)
    done = machine.run("destroy", "--env=production", "--confirm=acme-crm")
    assert done.returncode == 1
    assert "deletion_protection = false" in done.stderr
    assert not machine.calls("terraform", "plan")


@pytest.mark.slow
def test_destroying_twice_is_no_failure(machine: Machine) -> None:
    machine.run("deploy", "--confirm=yes")
    machine.run("destroy", "--confirm=acme-crm")
    done = machine.run("destroy", "--confirm=acme-crm")
    assert done.returncode == 0
    assert "Nothing is deployed there." in done.stdout
