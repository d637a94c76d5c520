"""Deliberate faults in the Terraform, one at a time; the module's own tests must notice each.

A fault that nothing notices means that the tests would let it through to Google as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Terraform

PROJECT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Fault:
    """Replaces `right`, which stands once in `file`, by `wrong`; `noticed_by` is the test file that must fail."""

    name: str
    file: str
    right: str
    wrong: str
    noticed_by: str


FAULTS = [
    # ---- who can reach what
    Fault("source bucket is public", "source.tf", '= "enforced"', '= "inherited"', "rights"),
    Fault(
        "app bucket can be listed", "app.tf", '"roles/storage.legacyObjectReader"', '"roles/storage.objectViewer"', "rights"
    ),
    Fault("database has a public address", "database.tf", "ipv4_enabled    = false", "ipv4_enabled    = true", "database"),
    Fault(
        "database takes plain connections",
        "database.tf",
        '"ENCRYPTED_ONLY"',
        '"ALLOW_UNENCRYPTED_AND_ENCRYPTED"',
        "database",
    ),
    Fault("cache asks for no password", "cache.tf", "auth_enabled            = true", "auth_enabled            = false", "database"),
    Fault("cache is not encrypted", "cache.tf", '"SERVER_AUTHENTICATION"', '"DISABLED"', "database"),
    Fault(
        "functions can be reached around the load balancer",
        "functions.tf",
        '"ALLOW_INTERNAL_AND_GCLB"',
        '"ALLOW_ALL"',
        "functions",
    ),
    Fault("consumers are open to the internet", "functions.tf", 'topic    = "ALLOW_INTERNAL_ONLY"', 'topic    = "ALLOW_ALL"', "functions"),
    Fault(
        "everybody may call everything",
        "functions.tf",
        'resource "google_cloud_run_v2_service_iam_member" "public" {\n  for_each = local.by_kind.http',
        'resource "google_cloud_run_v2_service_iam_member" "public" {\n  for_each = local.functions',
        "rights",
    ),
    Fault(
        "functions leave the network freely",
        "network.tf",
        'ports    = ["3307", "5432", "6378"]',
        'ports    = ["0-65535"]',
        "database",
    ),
    # ---- rights
    Fault(
        "all functions are one identity",
        "functions.tf",
        "google_service_account.function[each.key].email",
        'google_service_account.function["list_contacts"].email',
        "rights",
    ),
    Fault("functions administer the database", "iam.tf", '"roles/cloudsql.client"', '"roles/cloudsql.admin"', "rights"),
    Fault(
        "rights on every instance of the project",
        "iam.tf",
        "for_each = each.value.database ? [1] : []",
        "for_each = []",
        "rights",
    ),
    Fault(
        "every function knows the owner's password",
        "secrets.tf",
        '["redis-ca", "redis-url"]',
        '["redis-ca", "redis-url", "database-owner-url"]',
        "rights",
    ),
    Fault("the migration runs as somebody else", "migration.tf", "google_service_account.migration.email", "google_service_account.build.email", "rights"),
    Fault("the migration lets in nobody", "migration.tf", 'join(",", sort(values(google_sql_user.function)[*].name))', '""', "rights"),
    Fault("the migration is cut off after ten minutes", "migration.tf", '"86400s"', '"600s"', "rights"),
    Fault("the migration is off the network", "migration.tf", 'egress = "PRIVATE_RANGES_ONLY"', 'egress = "ALL_TRAFFIC"', "rights"),
    Fault("everybody may migrate", "migration.tf", "  member   = each.value.member", '  member   = "allUsers"', "rights"),
    Fault("the migration ignores the key", "migration.tf", "encryption_key  = var.cmek_key", "encryption_key  = null", "monitoring"),
    Fault("the migration's connection does not count", "locals.tf", "primary = 1 + sum(", "primary = sum(", "database"),
    Fault(
        "every function reads every provider's key",
        "locals.tf",
        "for variable in try(entry.secrets, []) :",
        "for variable in keys(var.secrets) :",
        "rights",
    ),
    Fault(
        "builds read the state",
        "iam.tf",
        'expression = join(" || ", [for bucket in ["gcf-v2-sources-',
        'expression = join(" || ", [for bucket in ["crm-test-warmpath-state", "gcf-v2-sources-',
        "rights",
    ),
    Fault("anybody may be an operator", "variables.tf", "^(user|group|serviceAccount):[^@ ]+@[^@ ]+$", "^.*$", "functions"),
    # ---- messages
    Fault(
        "a consumer has no dead letters",
        "messaging.tf",
        "    dead_letter_topic     = google_pubsub_topic.dead_letter[each.key].id\n",
        "    dead_letter_topic     = google_pubsub_topic.this[each.value.topic].id\n",
        "rights",
    ),
    Fault(
        "nothing holds dead letters",
        "messaging.tf",
        "  topic                      = google_pubsub_topic.dead_letter[each.key].id",
        "  topic                      = google_pubsub_topic.this[each.value.topic].id",
        "rights",
    ),
    Fault(
        "Pub/Sub may not move what fails",
        "messaging.tf",
        '  topic  = google_pubsub_topic.dead_letter[each.key].id\n  role   = "roles/pubsub.publisher"',
        '  topic  = google_pubsub_topic.dead_letter[each.key].id\n  role   = "roles/pubsub.viewer"',
        "rights",
    ),
    Fault(
        "pushed messages are not signed for their consumer",
        "messaging.tf",
        "    push_endpoint = google_cloudfunctions2_function.this[each.key].service_config[0].uri\n\n    oidc_token {\n      audience              = google_cloudfunctions2_function.this[each.key].service_config[0].uri",
        '    push_endpoint = google_cloudfunctions2_function.this[each.key].service_config[0].uri\n\n    oidc_token {\n      audience              = "warmpath"',
        "rights",
    ),
    Fault(
        "Pub/Sub may not sign what it pushes",
        "messaging.tf",
        "  for_each = local.by_kind.topic\n\n  service_account_id",
        "  for_each = {}\n\n  service_account_id",
        "rights",
    ),
    Fault("Pub/Sub signs for functions", "messaging.tf", "google_service_account.caller[each.key].name\n", "google_service_account.function[each.key].name\n", "rights"),
    Fault("a scheduled function is never called", "messaging.tf", "for_each = local.by_kind.schedule", "for_each = {}", "rights"),
    # ---- routes
    Fault(
        "templates hide exact paths",
        "locals.tf",
        r'"/\\{[a-z_]+\\}/", "~")} ${split(" ", function.http)[0]}"',
        r'"/\\{[a-z_]+\\}/", "!")} ${split(" ", function.http)[0]}"',
        "routes",
    ),
    Fault("rules are not in the order of their priorities", "locals.tf", "priority = 10 * (index + 1)", "priority = 10000 - 10 * (index + 1)", "routes"),
    Fault("methods are not told apart", "edge.tf", 'header_name = ":method"', 'header_name = "method"', "routes"),
    Fault("unknown API addresses show the app", "edge.tf", "http_status = 404", "http_status = 200", "routes"),
    Fault("the firewall only watches", "waf.tf", 'action      = "deny(403)"', 'action      = "allow"', "routes"),
    # ---- limits and losses
    Fault(
        "more connections than the database has",
        "locals.tf",
        "limit   = var.database.max_connections - var.database.reserved",
        "limit   = 10 * var.database.max_connections",
        "database",
    ),
    Fault("replicas do not count", "locals.tf", "function.max_instances * var.database.pool_size : 0])\n    replica", "var.database.pool_size : 0])\n    replica", "database"),
    Fault("no way back to a moment", "database.tf", "point_in_time_recovery_enabled = true", "point_in_time_recovery_enabled = false", "database"),
    Fault("the database may be deleted by hand", "database.tf", "deletion_protection_enabled = var.deletion_protection # the", "deletion_protection_enabled = false # the", "database"),
    Fault("logs hold contacts", "database.tf", '= "terse"', '= "default"', "database"),
    Fault("instances are sent more than they answer at once", "functions.tf", "THREADS = tostring(each.value.concurrency)", 'THREADS = "4"', "functions"),
    Fault("cold starts compile", "functions.tf", '{ SOURCE_DATE_EPOCH = "315532800" }', "{}", "functions"),
    # ---- seeing
    Fault("series are kept nowhere", "functions.tf", "cloud.region=${var.region},", "", "rights"),
    Fault("alerts reach nobody", "monitoring.tf", "  notification_channels = google_monitoring_notification_channel.email[*].id", "  notification_channels = []", "monitoring"),
    Fault("slow imports wake people", "locals.tf", "entry.timeout_s > 60 ? 30000 : 1000", "1000", "monitoring"),
    Fault("a bucket ignores the key", "source.tf", "for_each = var.cmek_key == null ? [] : [var.cmek_key]", "for_each = []", "monitoring"),
]  # fmt: skip


def test_every_fault_can_still_be_made() -> None:
    for fault in FAULTS:
        text = (PROJECT / "terraform" / fault.file).read_text(encoding="utf-8")
        assert text.count(fault.right) >= 1, f"{fault.name}: {fault.file} has changed, bring the fault up to date"
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 20


@pytest.mark.slow
@pytest.mark.timeout(180)
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_noticed(fault: Fault, terraform: Terraform) -> None:
    file = terraform.folder / fault.file
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(fault.right, fault.wrong, 1), encoding="utf-8")
    try:
        done = terraform("test", "-no-color", f"-filter=tests/{fault.noticed_by}.tftest.hcl")
    finally:
        file.write_text(text, encoding="utf-8")
    said = done.stdout + done.stderr
    assert done.returncode != 0, said
    assert "Test assertion failed" in said or "Missing expected failure" in said, (
        f"it failed for another reason: {said}"
    )
