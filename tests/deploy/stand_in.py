"""Plays gcloud, terraform and npm: remembers what it was asked to do, in one JSON file, and answers as they would.

It is called by the name of the program it plays. The file's `cloud` is the state of an imaginary Google Cloud.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import sys
import zipfile
from pathlib import Path
from typing import Any

STATE = Path(os.environ["STAND_IN_STATE"])
PAGE = "<html><script>first()</script><script type=module src=/assets/app-1f2e.js></script></html>"
PAGE_HASH = "sha256-fDYmfWjvur9AxjhDbjHe6RvExc05MbXhhrbgz2vvy/A="


PRIMARY, NETWORK = "google_sql_database_instance.primary[0]", "google_compute_network.this"
IDENTITY_PLATFORM = "google_identity_platform_config.this[0]"
# Some of what Terraform makes, and the names of it.
RESOURCES = {
    PRIMARY: "warmpath-primary",
    "google_sql_database.this[0]": "warmpath",
    "google_sql_user.owner[0]": "warmpath_owner",
    'google_sql_user.function["get_user"]': "fn-get-user@acme-crm.iam",
    IDENTITY_PLATFORM: "projects/acme-crm",
    NETWORK: "warmpath",
    "google_compute_subnetwork.functions": "warmpath-functions",
}


CLUSTER = "google_alloydb_cluster.this[0]"
# The same with `engine = "alloydb"`.
ALLOYDB_RESOURCES = {
    CLUSTER: "warmpath-primary",
    "google_alloydb_instance.primary[0]": "primary",
    'google_alloydb_user.function["get_user"]': "fn-get-user@acme-crm.iam",
    IDENTITY_PLATFORM: "projects/acme-crm",
    NETWORK: "warmpath",
    "google_compute_subnetwork.functions": "warmpath-functions",
}


class Refused(Exception):
    """The program would have failed."""


def gcloud(words: list[str], cloud: dict[str, Any]) -> str | None:  # noqa: C901, PLR0911, PLR0912 - a table
    """Answers None for what it does not know, which the test then sees."""
    plain = [word for word in words if not word.startswith("--")]
    options = dict(word.removeprefix("--").partition("=")[::2] for word in words if word.startswith("--"))
    match plain:
        case ["auth", "list"]:
            return str(cloud["account"])
        case ["auth", "application-default", "print-access-token"]:
            return known("token", cloud["credentials"])
        case ["projects", "describe", project]:
            return known("123456", project in cloud["projects"])
        case ["billing", "projects", "describe", _]:
            return str(cloud["billing"])
        case ["services", "enable", *_] | ["storage", "buckets", "update", _]:
            return ""
        case ["storage", "buckets", "describe", bucket]:
            return known("", bucket in cloud["buckets"])
        case ["storage", "buckets", "create", bucket]:
            cloud["buckets"][bucket] = sorted(options)
            return ""
        case ["secrets", "versions", "describe", "latest"]:
            return known("enabled", options["secret"] in cloud["secrets"])
        case ["functions", "call", _]:
            # It signs calls with an ID token, which federated identities have none of, and waits for 300 s.
            return known("{}", not cloud["federated"] and cloud["migration_minutes"] <= 5)
        case ["artifacts", "docker", "images", "describe", image]:
            return known(digest(image), image in cloud["images"])
        case ["auth", "print-identity-token"]:
            # A token of a service account is for one audience, and one of a user for none in particular.
            impersonated = "CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT" in os.environ
            if impersonated or (cloud["account"].endswith(".gserviceaccount.com") and not cloud["federated"]):
                return "identity" if options.get("audiences") == cloud["audience"] else "identity for gcloud"
            return known("identity", not cloud["federated"] and "audiences" not in options)
        case ["run", "services", "list"]:
            return json.dumps([service(name, shares) for name, shares in cloud["services"].items()])
        case ["run", "services", "update-traffic", name]:
            shares = dict(each.split("=") for each in options["to-revisions"].split(","))
            cloud["services"][name] = {
                revision if revision != "LATEST" else f"{name}-new": int(share) for revision, share in shares.items()
            }
            return known("", name not in cloud["stuck"] and sum(cloud["services"][name].values()) == 100)
        case ["builds", "submit", archive]:
            return build(archive, options, cloud)
        case ["sql", *rest]:
            return sql(rest, options, cloud)
        case ["alloydb", *rest]:
            return alloydb(rest, options, cloud)
        case ["scheduler", "jobs", "list"]:
            return "\n".join(cloud["schedules"])
        case ["scheduler", "jobs", "pause" | "resume" as what, name]:
            cloud["paused"] = sorted({*cloud["paused"], name} if what == "pause" else {*cloud["paused"]} - {name})
            return known("", name in cloud["schedules"])
        case ["compute", "networks", "peerings", "list"]:
            return known(
                "servicenetworking-googleapis-com" if cloud["peering"] else "", options["network"] == "warmpath"
            )
        case ["compute", "networks", "peerings", "delete", "servicenetworking-googleapis-com"]:
            really, cloud["peering"] = cloud["peering"] and "quiet" in options, False
            return known("", really)
        case ["run", "jobs", "execute", "migration"]:
            return known("", there(cloud["job"], cloud) and "wait" in options and cloud["migration_works"])
        case ["compute", "ssl-certificates", "describe", _]:
            return str(cloud["certificate"])
        case ["storage", *rest]:
            return storage(rest, options.get("cache-control", ""), cloud["objects"])
    return None


def digest(image: str) -> str:
    """Digest of an image with this name."""
    return f"sha256:{hashlib.sha256(image.encode()).hexdigest()}"


def there(image: str | None, cloud: dict[str, Any]) -> bool:
    """Whether the registry has an image of this name by digest."""
    return image in {f"{name.rpartition(':')[0]}@{digest(name)}" for name in cloud["images"]}


def service(name: str, shares: dict[str, int]) -> dict[str, Any]:
    """A service as `gcloud run services list --format=json` prints it."""
    traffic = [{"revisionName": revision, "percent": share} for revision, share in shares.items()]
    return {"metadata": {"name": name}, "status": {"traffic": traffic}}


def build(archive: str, options: dict[str, str], cloud: dict[str, Any]) -> str:
    """Builds an image of an archive that holds a Dockerfile, as an account that may read where the archive is put."""
    with zipfile.ZipFile(archive) as source:
        known("", "Dockerfile" in source.namelist() and not any("frontend" in name for name in source.namelist()))
    known("", Path(options["config"]).is_file())
    known("", options["gcs-source-staging-dir"].startswith("gs://acme-crm-warmpath-source/"))
    account = "projects/acme-crm/serviceAccounts/function-build@acme-crm.iam.gserviceaccount.com"
    known("", options["service-account"] == account and options["region"] == "europe-west1")
    cloud["images"].append(options["substitutions"].removeprefix("_IMAGE="))
    return ""


def sql(words: list[str], options: dict[str, str], cloud: dict[str, Any]) -> str | None:
    """Cloud SQL: a clone is an operation that somebody has to wait for; gcloud itself gives up after five minutes."""
    match words:
        case ["instances", "describe", name]:
            return known(cloud["instances"].get(name, ""), name in cloud["instances"])
        case ["instances", "clone", source, name]:
            within_logs = options["point-in-time"] > "2026-01-01"
            known("", source in cloud["instances"] and name not in cloud["instances"] and within_logs)
            known("", "async" in options)
            cloud["instances"][name] = "PENDING_CREATE"
            cloud["operations"]["op-1"] = name
            return "op-1"
        case ["operations", "list"]:
            return "\n".join(each for each, name in cloud["operations"].items() if name == options["instance"])
        case ["operations", "wait", operation]:
            known("", options.get("timeout") == "unlimited" and operation in cloud["operations"])
            cloud["instances"][cloud["operations"].pop(operation)] = "RUNNABLE"
            return ""
        case ["users" | "databases" as what, "list"]:
            known("", options["instance"] in cloud["instances"])
            return "postgres\nwarmpath_owner" if what == "users" else "postgres\nwarmpath"
    return None


def alloydb(words: list[str], options: dict[str, str], cloud: dict[str, Any]) -> str | None:
    """AlloyDB: a restored cluster has the users of its source and no instance, and without one nobody can ask for its users."""
    clusters = cloud["clusters"]
    known("", options["region"] == "europe-west1" and options["project"] == "acme-crm")
    match words:
        case ["clusters", "describe", name]:
            cluster = clusters.get(name)
            if cluster and cluster["coming"]:  # each look finds it a state further
                cluster["state"] = cluster["coming"].pop(0)
                if cluster["state"] == "GONE":
                    del clusters[name]
            return known(clusters.get(name, {}).get("state", ""), name in clusters)
        case ["clusters", "restore", name]:
            network = options["network"] == "projects/acme-crm/global/networks/warmpath"
            known("", options["source-cluster"] in clusters and name not in clusters and network and "async" in options)
            known(
                "",
                options["allocated-ip-range-name"] == "warmpath-services" and options["point-in-time"] > "2026-01-01",
            )
            known("", options.get("kms-key", "") == cloud["cmek_key"])
            source = clusters[options["source-cluster"]]
            clusters[name] = {
                "state": "CREATING",
                "coming": list(cloud["coming"]),
                "instances": [],
                "users": list(source["users"]),
            }
            return "operation-1"
        case ["instances", "list"]:
            return "\n".join(clusters[options["cluster"]]["instances"])
        case ["users", "list"]:
            cluster = clusters[options["cluster"]]
            return known("\n".join(cluster["users"]), "primary" in cluster["instances"])
    return None


def storage(words: list[str], caching: str, objects: dict[str, Any]) -> str | None:
    """The few commands about objects; an object is its text and its Cache-Control."""
    match words:
        case ["ls", prefix]:
            found = [name for name in objects if name.startswith(prefix)]
            return known("\n".join(found), bool(found))
        case ["cat", name]:
            return known(objects.get(name, [""])[0], name in objects)
        case ["cp", source, target] if source.startswith("gs://"):
            objects[target] = [objects[source][0], caching]
            return ""
        case ["cp", source, target]:
            objects[target] = [Path(source).read_text(), caching]
            return ""
        case ["rsync", source, target]:
            for path in Path(source).rglob("*"):
                objects[f"{target}/{path.name}"] = [path.read_text(), caching]
            return ""
    return None


def terraform(words: list[str], cloud: dict[str, Any]) -> str | None:  # noqa: C901, PLR0911 - a table
    """Has something to do whenever manifest or variables differ from what was applied last."""
    chdir = [word for word in words if word.startswith("-chdir=")]
    module = Path(chdir[0].removeprefix("-chdir=")) if chdir else Path.cwd()
    words = [word for word in words if word not in chdir]
    match words[0]:
        case "version":
            return json.dumps({"terraform_version": cloud["terraform_version"]})
        case "init":
            return known("", any(word == "-backend-config=bucket=acme-crm-warmpath-state" for word in words))
        case "plan":
            return plan(words, module, cloud)
        case "show" if words[-1] == "-json":  # the state
            key = [{"kms_key_name": cloud["cmek_key"]}] if cloud["cmek_key"] else []
            network = [
                {"network": "projects/acme-crm/global/networks/warmpath", "allocated_ip_range": "warmpath-services"}
            ]
            found = [
                {"address": address, "values": named(name) | {"network_config": network, "encryption_config": key}}
                for address, name in cloud["resources"].items()
            ]
            return json.dumps({"values": {"root_module": {"resources": found}}})
        case "show":
            changes = json.loads(Path(words[-1]).read_text())["changes"]
            return json.dumps(
                {"variables": {"secrets": {"value": cloud["wanted_secrets"]}}, "resource_changes": changes}
            )
        case "state" if words[1] == "list":
            return "\n".join(cloud["resources"])
        case "state" if words[1] == "rm":
            for address in words[2:]:
                known("", address in cloud["resources"])
                del cloud["resources"][address]
            return ""
        case "import":
            known("", words[-2:] == [IDENTITY_PLATFORM, "projects/acme-crm"] and cloud["identity_platform"])
            cloud["resources"][IDENTITY_PLATFORM] = "projects/acme-crm"
            return ""
        case "apply":
            return apply(words, cloud)
        case "output":
            applied = cloud["applied"]
            values = (
                {
                    "addresses": {"IPV4": "203.0.113.10", "IPV6": "2001:db8::1"},
                    "app_bucket": "acme-crm-warmpath-app",
                    "app_config": {"oidc": None, "identity_platform": {"api_key": "key"}},
                    "certificate": "warmpath-1a2b3c4d",
                    "deletion_protection": cloud["deletion_protection"],
                    "image": cloud["job"],
                    "inline_scripts": [PAGE_HASH],
                    "source_bucket": "acme-crm-warmpath-source",
                    "functions": cloud["functions"],
                }
                if applied
                else {}
            )
            # A version without the job has no such output.
            return json.dumps({name: {"value": value} for name, value in values.items() if value is not None})
    return None


def named(name: str) -> dict[str, str]:
    """What each kind of resource calls its name."""
    return dict.fromkeys(("name", "cluster_id", "instance_id", "user_id"), name)


def apply(words: list[str], cloud: dict[str, Any]) -> str:
    """Applies a plan, or parts; a job is refused whose image is not there."""
    targets = [word.removeprefix("-target=") for word in words if word.startswith("-target=")]
    if targets:
        images = [word.removeprefix("-var=image=") for word in words if word.startswith("-var=image=")]
        if "google_cloud_run_v2_job.migration" in targets:
            cloud["job"] = images[0]
        if targets == ["google_alloydb_instance.primary[0]"]:  # with its cluster, which the import block names
            last = json.loads(Path(cloud["planned"]).read_text())
            parts = [each for each in last["changes"] if each["address"] in {CLUSTER, *targets}]
            change(last | {"changes": parts, "wanted": cloud["applied"]}, cloud)
    else:
        change(json.loads(Path(words[-1]).read_text()), cloud)
    return known("", cloud["job"] is None or there(cloud["job"], cloud))


def change(planned: dict[str, Any], cloud: dict[str, Any]) -> None:  # noqa: C901 - a table
    """Does what a plan says, as far as Google lets it."""
    resources, instances = cloud["resources"], cloud["instances"]
    if planned["wanted"] is None:
        for address in [each for each in resources if not each.startswith("google_compute_")]:
            if address == PRIMARY:
                instances.pop(resources[address], None)
                cloud["gone"].append(resources[address])
            if address == CLUSTER:
                known("", not cloud["cluster_stays"])
                cloud["clusters"].pop(resources[address])
            del resources[address]
        cloud["applied"] = None
        # Instances' addresses are held for an hour or two, and the peering stays until somebody deletes it.
        held, cloud["held"] = cloud["held"] > 0, max(0, cloud["held"] - 1)
        known("", not held and not cloud["peering"])
        resources.clear()
        return
    for each in planned["changes"]:
        address, actions, name = each["address"], each["change"]["actions"], each["change"]["after"]["name"]
        known("", "delete" not in actions)
        if actions == ["create"] and address == PRIMARY:
            known("", name not in instances and name not in cloud["gone"])
            instances[name] = "RUNNABLE"
        if actions == ["create"] and address == IDENTITY_PLATFORM:
            known("", not cloud["identity_platform"])
            cloud["identity_platform"] = True
        if actions == ["create"] and address == NETWORK:
            cloud["peering"] = True
        if each["importing"] or actions == ["create"]:
            alloydb_change(address, name, importing=each["importing"], cloud=cloud)
        if each["importing"] and address == PRIMARY:
            known("", instances.get(name) == "RUNNABLE")
        resources[address] = name
    cloud["applied"] = planned["wanted"]
    cloud["job"] = planned["wanted"]["image"]


def alloydb_change(address: str, name: str, *, importing: bool, cloud: dict[str, Any]) -> None:
    """Google refuses to make what is there, and Terraform to take over what is not."""
    clusters, cluster = cloud["clusters"], cloud["clusters"].get(cloud["resources"].get(CLUSTER), {})
    if address == CLUSTER:
        known("", (name in clusters) == importing and (not importing or clusters[name]["state"] == "READY"))
        clusters.setdefault(name, {"state": "READY", "coming": [], "instances": [], "users": ["postgres"]})
    elif address.startswith("google_alloydb_"):
        there = cluster["instances" if "_instance." in address else "users"]
        known("", (name in there) == importing)
        there.extend([] if importing else [name])


def planned_changes(words: list[str], module: Path, cloud: dict[str, Any]) -> list[dict[str, Any]]:
    """Each resource with what would be done to it; what an import block names is taken over and not made."""
    resources = cloud["resources"]
    if "-destroy" in words:
        return [
            {"address": address, "change": {"actions": ["delete"], "before": named(name), "after": None}}
            for address, name in resources.items()
        ]
    files = [Path(word.removeprefix("-var-file=")).read_text() for word in words if word.startswith("-var-file=")]
    instances = re.findall(r'\binstance\s*=\s*"([^"]+)"', "\n".join(files))
    instance = instances[-1] if instances else "warmpath-primary"
    wanted = ALLOYDB_RESOURCES if 'engine = "alloydb"' in "\n".join(files) else RESOURCES
    blocks = module / "restored.tf"
    imported = re.findall(r"to = (\S+)", blocks.read_text()) if blocks.exists() else []
    changes = []
    for address, usual in wanted.items():
        name = instance if address in {PRIMARY, CLUSTER} else usual
        before = resources.get(address)
        importing = address in imported and before is None
        actions = ["no-op"] if importing or before == name else ["create"] if before is None else ["delete", "create"]
        change = {"actions": actions, "before": before and named(before), "after": named(name)}
        changes.append({"address": address, "change": change, "importing": importing})
    return changes


def plan(words: list[str], module: Path, cloud: dict[str, Any]) -> str:
    """Writes what would be applied, and exits with 2 when that differs from what is."""
    out = next(word.removeprefix("-out=") for word in words if word.startswith("-out="))
    named = [word.removeprefix("-var=manifest=") for word in words if word.startswith("-var=manifest=")]
    manifest = hashlib.sha256((module / (named[0] if named else "../functions/manifest.json")).read_bytes()).hexdigest()
    variables = sorted(word for word in words if word.startswith("-var") and "manifest" not in word)
    image = next((word.removeprefix("-var=image=") for word in words if word.startswith("-var=image=")), None)
    wanted = None if "-destroy" in words else {"manifest": manifest, "variables": variables, "image": image}
    changes = planned_changes(words, module, cloud)
    cloud["planned"] = str(Path(out).absolute())
    Path(out).write_text(json.dumps({"wanted": wanted, "changes": changes}))
    does_nothing = all(each["change"]["actions"] == ["no-op"] and not each["importing"] for each in changes)
    return "" if wanted == cloud["applied"] and does_nothing else "changes"


def npm(words: list[str], cloud: dict[str, Any]) -> str | None:
    """Builds an app of a page and three files."""
    if words[:2] == ["run", "build"]:
        for name, text in {
            "index.html": cloud.get("page", PAGE),
            "assets/app-1f2e.js": "app()",
            "config.json": '{"oidc": null}',
            "icon.svg": "<svg/>",
        }.items():
            path = Path("dist") / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    return ""


def known(answer: str, really: bool) -> str:
    if not really:
        raise Refused
    return answer


def main() -> int:
    program, words = Path(sys.argv[0]).name, sys.argv[1:]
    lock = STATE.with_suffix(".lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)  # several may be called at once
    state = json.loads(STATE.read_text())
    state["calls"].append([program, *words])
    code = 0
    try:
        answer = {"gcloud": gcloud, "terraform": terraform, "npm": npm}[program](words, state["cloud"])
        if answer is None:
            state["unknown"].append([program, *words])
            code = 99
        elif answer == "changes":
            code = 2
        else:
            print(answer)
    except Refused:
        code = 1
    STATE.write_text(json.dumps(state))
    return code


if __name__ == "__main__":
    sys.exit(main())
