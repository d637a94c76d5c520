"""The commands: `python -m deploy {deploy,traffic,call,smoke,rollback,destroy,restore-cloud,...}`; `make` has a target for each."""

from __future__ import annotations

import argparse
import dataclasses
import os
import sys
from pathlib import Path

from deploy import app, releases, restore, traffic
from deploy.alloydb import LOOK_EVERY_S
from deploy.calls import call
from deploy.cloud import DeployError, ask, confirm
from deploy.image import BUILD_FIRST, MIGRATION_FIRST, build_image, built_image, migrate
from deploy.plans import adopt_identity_platform, check_database
from deploy.prerequisites import check, check_secrets
from deploy.removal import HELD_FOR_S, destroy_everything
from deploy.smoke import smoke
from deploy.source import MANIFEST, MissingSource, build_image_source
from deploy.target import EARLIER_MANIFEST, TERRAFORM, Target

FAILED = 1
# The same number that sysexits.h has for "try again later".
NOT_YET = 75
SMOKE_WAIT_S = 300


def main(arguments: list[str] | None = None) -> int:
    """Run one command.

    Returns:
        Exit code: 0 for done, 1 for failed, 75 for deployed but not reachable yet.
    """
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except (DeployError, MissingSource) as error:
        print(f"\n{error}", file=sys.stderr)
        return FAILED


def deploy(options: argparse.Namespace) -> int:
    """Deploy the code of this folder to the target. A second run changes nothing."""
    target = _ready(options)
    named = target.image(build_image_source())
    print(f"image {named}", flush=True)
    app.build_app()
    target.make_state_bucket()
    target.init()
    image = built_image(target, named) or named
    before = traffic.serving(target)
    shared = traffic.arguments(options.share, before)
    changes = target.plan(image, *shared)
    if adopt_identity_platform(target, image):
        changes = target.plan(image, *shared)
    check_database(target)
    check_secrets(target, target.planned_secrets())
    if changes:
        confirm("Apply this plan?", expected="yes", given=options.confirm)
        # The schema before the code that needs it: first the migration and its prerequisites, then the rest. A schema only
        # grows, so the running code works with the new one.
        target.apply_parts(image, *BUILD_FIRST)
        image = build_image(target, named)
        target.apply_parts(image, *MIGRATION_FIRST)
    migrate(target)
    if changes:
        traffic.note_before(target, before)
        target.plan(image, *shared)
        target.apply()
    outputs = target.outputs()
    app.check_inline_scripts(outputs["inline_scripts"])
    app.upload_app(outputs["app_bucket"], outputs["app_config"])
    releases.record(outputs["source_bucket"], app.page_name(), image, MANIFEST)
    return _smoke(options, target)


def rollback(options: argparse.Namespace) -> int:
    """Go back to the release before the running one: functions and app, not the schema, which the older code understands."""
    target = _ready(options)
    target.init()
    outputs = target.outputs()
    if "image" not in outputs:
        raise DeployError(
            "This version of Warmpath has not been deployed here; run `make deploy` with the deployed version, or with this one."
        )
    known = releases.list_releases(outputs["source_bucket"])
    release = releases.previous_release(known, releases.running_release(outputs["source_bucket"], known))
    print(f"going back to the release of {release.at}: {release.digest}", flush=True)
    # With its own manifest: the image of then has no function that was added since.
    releases.fetch_manifest(outputs["source_bucket"], release, EARLIER_MANIFEST)
    changes = target.plan(
        release.image(outputs["image"]), f"-var=manifest={EARLIER_MANIFEST.relative_to(TERRAFORM).as_posix()}"
    )
    if changes:
        confirm("Apply this plan?", expected="yes", given=options.confirm)
    # The page first: functions only grow, so those of now serve the page of then.
    app.restore_page(outputs["app_bucket"], release.page)
    if changes:
        target.apply()
    releases.set_running(outputs["source_bucket"], release)
    return _smoke(options, target)


def destroy(options: argparse.Namespace) -> int:
    """Delete everything that Terraform made, with all data. An environment with deletion protection refuses."""
    target = _ready(options)
    target.init()
    outputs = target.outputs()
    if outputs.get("deletion_protection"):
        raise DeployError(
            f"{target.project} has deletion protection. To delete it with all its contacts, write deletion_protection = false into a "
            "file and `make deploy ... VARS=that-file` first."
        )
    image = outputs.get("image") or target.image("none")
    if not destroy_everything(target, image, given=options.confirm, held_for_s=options.hold):
        print("Nothing is deployed there.")
        return 0
    print(
        f"Done. To deploy here again, only run `make deploy`; it says what Google still holds. The bucket of Terraform's state is left; delete it with: gcloud storage rm --recursive gs://{target.state_bucket}"
    )
    return 0


def shift(options: argparse.Namespace) -> int:
    """Give the newest revisions a share of the requests, and those before the last deployment the others; takes seconds."""
    traffic.shift(_ready(options), options.share)
    return 0


def call_function(options: argparse.Namespace) -> int:
    """Call a function of the operators' and print its answer."""
    target = _ready(options)
    target.init()
    print(call(target, options.function, options.data))
    return 0


def restore_cloud(options: argparse.Namespace) -> int:
    """Restore the database to a moment, into a new instance, and serve from it. May be called again after any interruption."""
    point = restore.parse_point(options.point)
    target = _ready(options)
    target.init()
    image = target.outputs().get("image") or target.image("none")
    restore.clone(target, point, options.instance, look_every_s=options.look_every)
    target.plan(image)
    if restore.planned_instance() != options.instance:
        print(
            f"\n{options.instance} holds the database as of {point}. To serve from it, write "
            f'instance = "{options.instance}" into `database` in a file, with another `replica_instance` where there is a '
            "replica, and run this again with VARS=that-file."
        )
        return NOT_YET
    restore.switch(target, image, options.instance, given=options.confirm)
    restore.bring_back(target)
    code = _smoke(options, target)
    print("The schedules are paused. Go on with docs/recovery.md, and then run `make resume-schedules`.")
    return code


def resume_schedules(options: argparse.Namespace) -> int:
    """Let the schedules run again that `restore-cloud` has paused."""
    restore.pause_schedules(_ready(options), pause=False)
    return 0


def smoke_only(options: argparse.Namespace) -> int:
    """Check a deployment by a few requests."""
    return _smoke(options, None)


def _ready(options: argparse.Namespace) -> Target:
    target = Target(
        project=options.project,
        region=options.region,
        domain=options.domain,
        environment=options.env,
        operators=tuple(options.operators.split(",")) if options.operators else (),
        variables=options.vars,
    )
    account = check(target)
    if target.operators:
        return target
    kind = "serviceAccount" if account.endswith(".gserviceaccount.com") else "user"
    return dataclasses.replace(target, operators=(f"{kind}:{account}",))


def _smoke(options: argparse.Namespace, target: Target | None) -> int:
    url = options.url or f"https://{options.domain}"
    if target and not options.url and (waiting := _certificate_waits(target)):
        print(f"\nDeployed. Not reachable yet: {waiting}")
        return NOT_YET
    wrong = smoke(url, options.wait)
    if wrong:
        raise DeployError(f"{url} does not work:\n" + "\n".join(f"  - {line}" for line in wrong))
    print(f"{url} works.")
    return 0


def _certificate_waits(target: Target) -> str:
    """Say what the operator still has to do for the certificate; empty when it is active."""
    outputs = target.outputs()
    status = ask(
        "gcloud", "compute", "ssl-certificates", "describe", outputs["certificate"], "--global",
        f"--project={target.project}", "--format=value(managed.status)",
    )  # fmt: skip
    if status == "ACTIVE":
        return ""
    records = ", ".join(
        f"{'A' if kind == 'IPV4' else 'AAAA'} {address}" for kind, address in sorted(outputs["addresses"].items())
    )
    return (
        f"the certificate is {status or 'unknown'}. Point {target.domain} at {records}; Google then issues it within an hour. "
        f"After that: make smoke DOMAIN={target.domain}"
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m deploy", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    for name, function in {
        "deploy": deploy,
        "traffic": shift,
        "call": call_function,
        "smoke": smoke_only,
        "rollback": rollback,
        "destroy": destroy,
        "restore-cloud": restore_cloud,
        "resume-schedules": resume_schedules,
    }.items():
        command = commands.add_parser(name, help=(function.__doc__ or "").splitlines()[0])
        command.set_defaults(command=function)
        if name in {"deploy", "traffic"}:
            command.add_argument(
                "--share", type=int, default=100, choices=range(101), metavar="PERCENT",
                help="share of the requests that the newest revisions get; the others go to those before",
            )  # fmt: skip
        if name == "call":
            command.add_argument("--function", required=True, help="a private function of functions/manifest.json")
            command.add_argument("--data", default="{}", help="the body, as JSON")
        if name == "destroy":
            command.add_argument(
                "--hold", type=float, default=HELD_FOR_S, metavar="SECONDS",
                help="how long to try again while Google holds addresses of the network",
            )  # fmt: skip
        if name == "restore-cloud":
            command.add_argument("--point", required=True, help="the moment, for example 2026-01-31T09:59:00Z")
            command.add_argument("--instance", default="warmpath-restored", help="name of the new instance")
            command.add_argument(
                "--look-every", type=float, default=LOOK_EVERY_S, metavar="SECONDS",
                help="how often to ask whether an AlloyDB cluster is ready",
            )  # fmt: skip
        command.add_argument("--domain", required=True, help="host name of app and API")
        command.add_argument("--url", help="address to check afterwards, instead of https://DOMAIN")
        command.add_argument(
            "--wait", type=float, default=SMOKE_WAIT_S, metavar="SECONDS", help="how long to repeat failing checks"
        )
        if name == "smoke":
            continue
        command.add_argument("--project", required=True, help="id of the Google Cloud project")
        command.add_argument("--region", required=True, help="for example europe-west1")
        command.add_argument("--env", default="minimal", help="minimal, staging or production")
        command.add_argument("--operators", default="", help="who may run migrations, comma separated; default: you")
        command.add_argument("--vars", type=Path, help="a .tfvars file with more variables")
        command.add_argument(
            "--confirm",
            default=os.environ.get("CONFIRM"),
            help="the answer to the question, in advance: yes, or the project's id for destroy",
        )
    return parser


if __name__ == "__main__":
    sys.exit(main())
