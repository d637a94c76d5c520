"""Deliberate faults in the Terraform, what notices each, and which of them can be made together."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

MODULE = Path(__file__).parents[2] / "terraform"


@dataclass(frozen=True)
class Fault:
    """One mistake.

    Attributes:
        name: what is then wrong.
        file: of the module.
        right: a text of the file; the first time that it stands there is meant.
        wrong: what stands there instead.
        tests: the test file that must fail.
        noticed_by: all that it finds, when this is the only fault: messages of assertions, or "run: nothing was refused".
    """

    name: str
    file: str
    right: str
    wrong: str
    tests: str
    noticed_by: tuple[str, ...]

    def place(self) -> range:
        """Where in its file it is.

        Raises:
            ValueError: the file has changed.
        """
        begin = (MODULE / self.file).read_text(encoding="utf-8").index(self.right)
        return range(begin, begin + len(self.right))

    def goes_with(self, other: Fault) -> bool:
        """Whether one run tells both: other assertions notice them, and they change other places."""
        apart = self.place()[0] > other.place()[-1] or other.place()[0] > self.place()[-1]
        return not set(self.noticed_by) & set(other.noticed_by) and (self.file != other.file or apart)


def make(faults: list[Fault], folder: Path) -> None:
    """Makes faults in a copy of the module."""
    # From the end of each file, so that places stay where they are.
    for fault in sorted(faults, key=lambda fault: fault.place()[0], reverse=True):
        file, place = folder / fault.file, fault.place()
        text = file.read_text(encoding="utf-8")
        file.write_text(text[: place.start] + fault.wrong + text[place.stop :], encoding="utf-8")


def together(faults: list[Fault]) -> list[list[Fault]]:
    """Few groups of faults, each to be made at once: `terraform test` names every assertion that fails, so each is still told from the others.

    With FAULTS=alone in the environment each is a group of its own: what `noticed_by` says is then proved anew.
    """
    if os.environ.get("FAULTS") == "alone":
        return [[fault] for fault in faults]
    groups: list[list[Fault]] = []
    for fault in faults:
        for group in groups:
            if all(fault.tests == other.tests and fault.goes_with(other) for other in group):
                group.append(fault)
                break
        else:
            groups.append([fault])
    return groups


CONNECTIONS = (
    "Every instance of every service that uses the database counts its whole pool, for both revisions of a roll-out."
)

FAULTS = [
    # ---- who can reach what
    Fault("source bucket is public", "image.tf", '= "enforced"', '= "inherited"', "rights",
        ("No other bucket can become public, and no object can have rights of its own.",)),
    Fault("app bucket can be listed", "app.tf", '"roles/storage.legacyObjectReader"', '"roles/storage.objectViewer"', "rights",
        ("The public reads the app's files by name and lists nothing.",)),
    Fault("database has a public address", "database.tf", "ipv4_enabled    = false", "ipv4_enabled    = true", "database",
        ("The database has no public address.",)),
    Fault("database takes plain connections", "database.tf", '"ENCRYPTED_ONLY"', '"ALLOW_UNENCRYPTED_AND_ENCRYPTED"', "database",
        ("Connections are encrypted.",)),
    Fault("cache asks for no password", "cache.tf", "auth_enabled            = true", "auth_enabled            = false", "database",
        ("The cache asks for its password, over TLS, on a private address.",)),
    Fault("cache is not encrypted", "cache.tf", '"SERVER_AUTHENTICATION"', '"DISABLED"', "database",
        ("The cache asks for its password, over TLS, on a private address.",)),
    Fault("functions can be reached around the load balancer", "functions.tf", '"INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"', '"INGRESS_TRAFFIC_ALL"', "functions",
        ("HTTP functions only behind the load balancer, consumers and schedules only from inside, private ones by IAM.",)),
    Fault("consumers are open to the internet", "functions.tf", 'events    = "INGRESS_TRAFFIC_INTERNAL_ONLY"', 'events    = "INGRESS_TRAFFIC_ALL"', "functions",
        ("HTTP functions only behind the load balancer, consumers and schedules only from inside, private ones by IAM.",)),
    Fault("everybody may call everything", "functions.tf", "invoker_iam_disabled = contains(keys(local.public_services), each.key)", "invoker_iam_disabled = true", "functions",
        ("What the load balancer reaches asks no IAM and has no other address; of everything else IAM is asked.",)),
    Fault("functions leave the network freely", "network.tf", 'ports    = ["3307", "5432", "6378"]', 'ports    = ["0-65535"]', "database",
        ("Functions reach Postgres and Redis on the network, and nothing else.",)),
    # ---- rights
    Fault("all functions are one identity", "functions.tf", "google_service_account.function[each.key].email", 'google_service_account.function["list_contacts"].email', "rights",
        ("A function runs as its own account.",)),
    Fault("functions administer the database", "iam.tf", '"roles/cloudsql.client"', '"roles/cloudsql.admin"', "rights",
        ("On the project: the database for those that use it, telemetry when it is on, and nothing else.", "No other role on the project is given to anybody.")),
    Fault("rights on every instance of the project", "iam.tf", "for_each = each.value.database ? [1] : []", "for_each = []", "rights",
        ("The database means our instances, not all of the project.",)),
    Fault("every function knows the owner's password", "secrets.tf", '["redis-ca", "redis-url"]', '["redis-ca", "redis-url", "database-owner-url"]', "rights",
        ("A function reads the cache's secrets and those its manifest entry lists; none reads the owner's password.",)),
    Fault("the migration runs as somebody else", "migration.tf", "google_service_account.migration.email", "google_service_account.build.email", "rights",
        ("The migration reads the owner's password, and may do nothing else.",)),
    Fault("the migration lets in nobody", "migration.tf", 'join(",", sort(values(google_sql_user.function)[*].name))', '""', "rights",
        ("The migration signs in as the owner and is told whom to let in.",)),
    Fault("the migration is cut off after ten minutes", "migration.tf", '"86400s"', '"600s"', "rights",
        ("The migration may take a day, and is tried again.",)),
    Fault("the migration is off the network", "migration.tf", 'egress = "PRIVATE_RANGES_ONLY"', 'egress = "ALL_TRAFFIC"', "rights",
        ("The migration reaches the database through our network, under its firewall rules.",)),
    Fault("everybody may migrate", "migration.tf", "  member   = each.value.member", '  member   = "allUsers"', "rights",
        ("Operators execute the migration, and nobody else does.",)),
    Fault("the migration ignores the key", "migration.tf", "encryption_key  = var.cmek_key", "encryption_key  = null", "monitoring",
        ("Database, cache, buckets, images, topics, secrets and functions use the key.",)),
    Fault("the migration's connection does not count", "capacity.tf", "primary = 1 + local", "primary = local", "database",
        ("Every instance of every service that uses the database counts its whole pool, for both revisions of a roll-out.",)),
    Fault("every function reads every provider's key", "locals.tf", "for variable in try(entry.secrets, []) :", "for variable in keys(var.secrets) :", "rights",
        ("A function reads the cache's secrets and those its manifest entry lists; none reads the owner's password.", "Secrets arrive under the names that the functions read.")),
    Fault("builds read the state", "image.tf", 'resource "google_storage_bucket_iam_member" "build" {\n  bucket = google_storage_bucket.source.name', 'resource "google_storage_bucket_iam_member" "build" {\n  bucket = "crm-test-warmpath-state"', "rights",
        ("Builds read sources, not the state with its passwords.",)),
    Fault("anybody may be an operator", "variables.tf", "^(user|group|serviceAccount):[^@ ]+@[^@ ]+$", "^.*$", "functions",
        ("everybody_as_operator_is_refused: nothing was refused",)),
    # ---- messages
    Fault("a consumer has no dead letters", "messaging.tf", "    dead_letter_topic     = google_pubsub_topic.dead_letter[each.key].id\n", "    dead_letter_topic     = google_pubsub_topic.this[each.value.topic].id\n", "rights",
        ("Every consumer has a dead letter topic that something holds on to, and no subscription expires.",)),
    Fault("nothing holds dead letters", "messaging.tf", "  topic                      = google_pubsub_topic.dead_letter[each.key].id", "  topic                      = google_pubsub_topic.this[each.value.topic].id", "rights",
        ("Every consumer has a dead letter topic that something holds on to, and no subscription expires.",)),
    Fault("Pub/Sub may not move what fails", "messaging.tf", '  topic  = google_pubsub_topic.dead_letter[each.key].id\n  role   = "roles/pubsub.publisher"', '  topic  = google_pubsub_topic.dead_letter[each.key].id\n  role   = "roles/pubsub.viewer"', "rights",
        ("Pub/Sub's agent may move what fails; without both rights nothing becomes a dead letter.",)),
    Fault("pushed messages are not signed for their consumer", "messaging.tf", "      audience              = local.own_addresses[each.key].audience", "      audience              = local.own_addresses[each.key].url", "rights",
        ("Messages are pushed to their consumer, signed, with patience.",)),
    Fault("Pub/Sub may not sign what it pushes", "messaging.tf", "  for_each = { for key, service in local.services_by_use.events : key => service if anytrue(", "  for_each = { for key, service in {} : key => service if anytrue(", "rights",
        ("Pub/Sub's agent may sign for the callers of consumers, and for no other account.",)),
    Fault("Pub/Sub signs for functions", "messaging.tf", "google_service_account.caller[each.key].name\n", "google_service_account.function[each.key].name\n", "rights",
        ("Pub/Sub's agent may sign for the callers of consumers, and for no other account.",)),
    Fault("a scheduled function is never called", "messaging.tf", "for_each = local.by_kind.schedule", "for_each = {}", "rights",
        ("Scheduled functions are called at their time, signed.",)),
    # ---- routes
    Fault("templates hide exact paths", "locals.tf", '"/\\\\{[a-z_]+\\\\}/", "~")} ${split(" ", function.http)[0]}"', '"/\\\\{[a-z_]+\\\\}/", "!")} ${split(" ", function.http)[0]}"', "routes",
        ("Routes in priority order, of two that could match the more literal first, then 404 for the rest of /api/, then the app.", "A route leads to the function whose manifest entry it is.")),
    Fault("rules are not in the order of their priorities", "locals.tf", "priority = 10 * (index + 1)", "priority = 10000 - 10 * (index + 1)", "routes",
        ("Routes in priority order, of two that could match the more literal first, then 404 for the rest of /api/, then the app.",)),
    Fault("methods are not told apart", "edge.tf", 'header_name = ":method"', 'header_name = "method"', "routes",
        ("Methods are matched by the pseudo header.",)),
    Fault("unknown API addresses show the app", "edge.tf", "http_status = 404", "http_status = 200", "routes",
        ("What is no function under /api/ is answered with 404, not with the app.",)),
    Fault("the firewall only watches", "waf.tf", 'action      = "deny(403)"', 'action      = "allow"', "routes",
        ("Cloud Armor's rules act.",)),
    # ---- limits and losses
    Fault("more connections than the database has", "capacity.tf", "limit   = var.database.max_connections - var.database.reserved", "limit   = 10 * var.database.max_connections", "database",
        (CONNECTIONS, "too_many_connections_are_refused: nothing was refused")),
    Fault("the release before holds no connections", "capacity.tf", "primary = 1 + local.revisions *", "primary = 1 +", "database",
        (CONNECTIONS, "too_many_connections_are_refused: nothing was refused")),
    Fault("a connection takes no memory", "capacity.tf", "backend_mb = 20.8", "backend_mb = 2", "database",
        (CONNECTIONS, "more_than_the_databases_memory_is_refused: nothing was refused")),
    Fault("no way back to a moment", "database.tf", "point_in_time_recovery_enabled = true", "point_in_time_recovery_enabled = false", "database",
        ("Backups, and any moment of the last days.",)),
    Fault("the database may be deleted by hand", "database.tf", "deletion_protection_enabled = var.deletion_protection # the", "deletion_protection_enabled = false # the", "database",
        ("Unless an environment says otherwise nothing with data can be deleted, by Terraform or by hand.",)),
    Fault("logs hold contacts", "database.tf", '= "terse"', '= "default"', "database",
        ("Functions sign in by IAM, logs hold no contacts, and the limit is the one the budget counts with.",)),
    Fault("instances are sent more than they answer at once", "functions.tf", "THREADS = tostring(service.concurrency)", 'THREADS = "4"', "functions",
        ("An instance answers as many requests at once as it is sent.",)),
    # ---- seeing
    Fault("series are kept nowhere", "functions.tf", "cloud.region=${var.region},", "", "rights",
        ("Whoever may write telemetry is told where to, how much, and whose it is.",)),
    Fault("alerts reach nobody", "monitoring.tf", "  notification_channels = google_monitoring_notification_channel.email[*].id", "  notification_channels = []", "monitoring",
        ("Each alert reaches somebody, says what to do first, and links to the runbook.",)),
    Fault("slow imports wake people", "locals.tf", "entry.timeout_s > 60 ? 30000 : 1000", "1000", "monitoring",
        ("What takes as long as its file has a limit of its own.", "Imports do not count against the API's latency.")),
    Fault("a bucket ignores the key", "image.tf", "for_each = var.cmek_key == null ? [] : [var.cmek_key]", "for_each = []", "monitoring",
        ("Database, cache, buckets, images, topics, secrets and functions use the key.",)),
]  # fmt: skip
