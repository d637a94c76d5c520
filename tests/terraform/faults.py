"""Deliberate faults in the Terraform, what notices each, and which of them can be made together."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

REFUSED = "nothing was refused"
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
        # Where nothing was refused, terraform skips the runs after it.
        if any(REFUSED in noticed for noticed in self.noticed_by) and any(
            REFUSED in noticed for noticed in other.noticed_by
        ):
            return False
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

MEMORY = "A connection takes 20.8 MB, and half of the machine's memory is for connections."
IMAGE = "All services run the one image, and none keeps a deployment from being deleted."
PROBE = "An instance says on /startup when it may get requests, and has a minute and a half for it."

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
    Fault("functions leave the network freely", "network.tf", ': ["3307", "5432"]', ': ["0-65535"]', "database",
        ("Functions reach Postgres and Redis on the network, and nothing else.",)),
    # ---- rights
    Fault("all functions are one identity", "functions.tf", "google_service_account.function[each.key].email", 'google_service_account.function["list_contacts"].email', "rights",
        ("A function runs as its own account.",)),
    Fault("functions administer the database", "iam.tf", '["roles/cloudsql.client", ', '["roles/cloudsql.admin", ', "rights",
        ("On the project: the database for those that use it, telemetry when it is on, and nothing else.", "No other role on the project is given to anybody.")),
    Fault("rights on every instance of the project", "iam.tf", "for_each = each.value.database ? [1] : []", "for_each = []", "rights",
        ("The database means our instances, not all of the project.",)),
    Fault("every function knows the owner's password", "secrets.tf", '["redis-ca", "redis-url"]', '["redis-ca", "redis-url", "database-owner-url"]', "rights",
        ("A function reads the cache's secrets and those its manifest entry lists; none reads the owner's password.",)),
    Fault("the migration runs as somebody else", "migration.tf", "google_service_account.migration.email", "google_service_account.build.email", "rights",
        ("The migration reads the owner's password, and may do nothing else.",)),
    Fault("the migration lets in nobody", "migration.tf", 'join(",", sort(values(local.database_users)))', '""', "rights",
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
    Fault("every service uses the key of secrets", "secret_key.tf", "for_each = local.sealers", "for_each = toset(keys(local.services))", "rights",
        ("Only services whose functions keep secrets use their key.",)),
    Fault("the key of secrets stays for ever", "secret_key.tf", '"7776000s"', '"77760000s"', "rights",
        ("The key of secrets is rotated, and told to those alone that use it.",)),
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
    Fault("rules are not in the order of their priorities", "locals.tf", "priority = 10 * (index + 1)", "priority = 9995 - 10 * (index + 1)", "routes",
        ("Routes in priority order, of two that could match the more literal first, then 404 for the rest of /api/, then the app.",)),
    Fault("methods are not told apart", "edge.tf", 'header_name = ":method"', 'header_name = "method"', "routes",
        ("Methods are matched by the pseudo header.",)),
    Fault("unknown API addresses show the app", "edge.tf", "http_status = 404", "http_status = 200", "routes",
        ("What is no function under /api/ is answered with 404, not with the app.",)),
    Fault("what programs look up shows the app", "edge.tf", 'prefix_match = "/.well-known/"', 'prefix_match = "/well-known/"', "routes",
        ("What programs look up and do not find is not answered with the app.",)),
    Fault("a stream of the MCP server is a page that is not there", "edge.tf", "http_status = 405", "http_status = 403", "routes",
        ("The MCP server offers no stream by GET, and says so.",)),
    Fault("users of an assistant share a limit", "waf.tf", 'enforce_on_key_type = "HTTP_HEADER"', 'enforce_on_key_type = "HTTP_PATH"', "routes",
        ("Behind the shared address of an assistant each token has the limit.",)),
    Fault("the firewall only watches", "waf.tf", 'action      = "deny(403)"', 'action      = "allow"', "routes",
        ("Cloud Armor's rules act.",)),
    # ---- limits and losses
    Fault("no way back to a moment", "database.tf", "point_in_time_recovery_enabled = true", "point_in_time_recovery_enabled = false", "database",
        ("Backups, and any moment of the last days.",)),
    Fault("the database may be deleted by hand", "database.tf", "deletion_protection_enabled = var.deletion_protection # the", "deletion_protection_enabled = false # the", "database",
        ("Unless an environment says otherwise nothing with data can be deleted, by Terraform or by hand.",)),
    Fault("logs hold contacts", "database.tf", '= "terse"', '= "default"', "database",
        ("Functions sign in by IAM, logs hold no contacts, and the limit is the one the budget counts with.",)),
    Fault("instances are sent more than they answer at once", "functions.tf", "THREADS = tostring(service.concurrency)", 'THREADS = "4"', "functions",
        ("An instance answers as many requests at once as it is sent.",)),
    # ---- a release
    Fault("services cannot be deleted", "functions.tf", "deletion_protection  = false", "deletion_protection  = true", "functions", (IMAGE,)),
    Fault("services run whatever is newest", "functions.tf", "image = var.image", 'image = "${var.image}-latest"', "functions", (IMAGE,)),
    Fault("the probe asks on the wrong path", "functions.tf", 'path = "/startup"', 'path = "/"', "functions", (PROBE,)),
    Fault("the probe gives up before the network is there", "functions.tf", "failure_threshold = 120", "failure_threshold = 10", "functions", (PROBE,)),
    Fault("instances start slowly", "functions.tf", "startup_cpu_boost = true", "startup_cpu_boost = false", "functions",
        ("A starting instance has more processor, and one that waits is not paid for.",)),
    Fault("waiting instances are paid for", "functions.tf", "cpu_idle          = true", "cpu_idle          = false", "functions",
        ("A starting instance has more processor, and one that waits is not paid for.",)),
    Fault("services have a second address", "functions.tf", "default_uri_disabled = contains(keys(local.public_services), each.key)", "default_uri_disabled = false", "functions",
        ("What the load balancer reaches asks no IAM and has no other address; of everything else IAM is asked.",)),
    Fault("a release gets what the one before should keep", "functions.tf", "percent = 100 - var.traffic.percent }", "percent = var.traffic.percent }", "functions",
        ("Of a service that was there the revision before keeps most requests; a new service gets all of its own.",)),
    Fault("requests may go nowhere", "variables.tf", "length(var.traffic.stable) > 0", "length(var.traffic.stable) >= 0", "functions",
        ("a_share_beside_nothing_is_refused: nothing was refused",)),
    Fault("a group is cut off at its shortest time-out", "locals.tf", "timeout_s     = max(", "timeout_s     = min(", "functions",
        ("A service has the largest sizes of its functions.",)),
    # ---- sizes that contradict each other
    Fault("the release before holds no connections", "capacity.tf", "primary = 1 + local.revisions *", "primary = 1 +", "database",
        (CONNECTIONS, MEMORY)),
    Fault("all of the database's memory is for connections", "capacity.tf", "backends_share = 0.5", "backends_share = 0.7", "database",
        (MEMORY,)),
    Fault("what does not fit is planned", "capacity.tf", "condition     = length(local.exceeded) == 0", "condition     = length(local.exceeded) >= 0", "database",
        ("more_than_there_is_is_refused: nothing was refused",)),
    Fault("processors of the release before do not count", "capacity.tf", "cpus = 1 + local.revisions *", "cpus = 1 +", "database",
        ("An instance runs on one processor, and so does the migration.",)),
    Fault("callers do not count as service accounts", "capacity.tf", "length(local.services) + length(local.services_by_use.events) + 4", "length(local.services) + 4", "database",
        ("Services, what calls them, builds, migration and Google's own count as service accounts.",)),
    Fault("backend services do not count", "capacity.tf", "needed = length(local.public_services)", "needed = 1", "database",
        ("Each service behind the load balancer counts.",)),
    Fault("a subnet has room for more than it has", "capacity.tf", "limit  = pow(2, 32 -", "limit  = pow(2, 34 -", "database",
        ("Addresses are counted in blocks of sixteen for each revision.",)),
    # ---- protection detached, retention cut
    Fault("backups go with their instance", "database.tf", "retain_backups_on_delete    = var.deletion_protection", "retain_backups_on_delete    = false", "database", ("Backups outlive their instance.",)),
    Fault("the replica may be deleted", "database.tf", "  encryption_key_name  = var.cmek_key\n  deletion_protection  = var.deletion_protection", "  encryption_key_name  = var.cmek_key\n  deletion_protection  = false", "database", ("The replica is as protected as the primary.",)),
    Fault("a bucket goes with its objects", "app.tf", "force_destroy               = !var.deletion_protection", "force_destroy               = true", "database", ("A bucket with objects stays.",)),
    Fault("one backup is kept", "database.tf", "retained_backups = var.database.backups", "retained_backups = 1", "database",
        ("Backups and logs of a week are kept.",)),
    Fault("backups are anywhere", "database.tf", "coalesce(var.database.backup_location, var.region)", 'coalesce(var.database.backup_location, "us")', "database",
        ("Backups are in the region of the data.",)),
    Fault("a day of backups will do", "variables.tf", "var.database.backups >= 7", "var.database.backups >= 1", "database",
        ("backups_of_less_than_a_week_are_refused: nothing was refused",)),
    Fault("images are gone in a day", "image.tf", '"15552000s"', '"86400s"', "database",
        ("Images to go back to are kept for half a year, and the newest for ever.",)),
    Fault("dead letters are gone in ten minutes", "messaging.tf", '  ack_deadline_seconds       = 60\n  message_retention_duration = "604800s"', '  ack_deadline_seconds       = 60\n  message_retention_duration = "600s"', "rights",
        ("A message waits for a week, wherever it is.",)),
    Fault("a full cache refuses", "cache.tf", '"allkeys-lru"', '"noeviction"', "database",
        ("A full cache forgets, and does not refuse.",)),
    Fault("a restored instance lets nobody in", "iam.tf", "[var.database.instance, var.database.replica_instance]", '["warmpath-primary", "warmpath-replica"]', "database",
        ("The rights of services follow the instance's name.",)),
    # ---- rights that are missing, audiences that are wrong
    Fault("services sign in by a password", "database.tf", '  type     = "CLOUD_IAM_SERVICE_ACCOUNT"', '  type     = "BUILT_IN"', "database",
        ("Functions are IAM users of the database; those that do not use it are none.",)),
    Fault("a schedule's token is for another address", "messaging.tf", 'body        = base64encode("{}")\n\n    oidc_token {\n      audience              = local.own_addresses[each.key].audience', 'body        = base64encode("{}")\n\n    oidc_token {\n      audience              = "https://${var.domain}"', "rights",
        ("Scheduled functions are called at their time, signed.",)),
    Fault("operators may call nothing", "functions.tf", '  role     = "roles/run.invoker"\n  member   = each.value.member', '  role     = "roles/run.invoker"\n  member   = "group:nobody@example.com"', "rights",
        ("Operators call private functions, and nobody else does.",)),
    Fault("callers may look and not call", "messaging.tf", '  role     = "roles/run.invoker"', '  role     = "roles/run.viewer"', "rights",
        ("A consumer or schedule is called by an account of its own and by nobody else.",)),
    Fault("publishers may not publish", "iam.tf", 'topic  = google_pubsub_topic.this[each.value.topic].id\n  role   = "roles/pubsub.publisher"', 'topic  = google_pubsub_topic.this[each.value.topic].id\n  role   = "roles/pubsub.viewer"', "rights",
        ("Publishes who says so in the manifest, to the topics it names.",)),
    Fault("messages are kept anywhere", "messaging.tf", "allowed_persistence_regions = [var.region]", 'allowed_persistence_regions = ["us-east1"]', "rights",
        ("Messages stay in the region of the data.",)),
    Fault("Cloud Armor stands beside the services", "edge.tf", "google_compute_security_policy.dav.id : google_compute_security_policy.api.id", "null : null", "rights",
        ("Cloud Armor stands before every service that the public reaches.",)),
    Fault("old TLS is taken", "edge.tf", '"TLS_1_2"', '"TLS_1_0"', "routes",
        ("HTTP is redirected; TLS is 1.2 at least.",)),
    Fault("browsers may leave TLS", "app.tf", '    "Strict-Transport-Security: max-age=31536000; includeSubDomains",\n', "", "routes",
        ("Browsers stay on TLS, for app and API.",)),
    Fault("the page runs any script", "app.tf", "concat([\"'self'\"],", "concat([\"'self'\", \"'unsafe-inline'\"],", "routes",
        ("The page runs no script but its own.",)),
    # ---- seeing
    Fault("series are kept nowhere", "functions.tf", "cloud.region=${var.region},", "", "rights",
        ("Whoever may write telemetry is told where to, how much, and whose it is.",)),
    Fault("alerts reach nobody", "monitoring.tf", "  notification_channels = google_monitoring_notification_channel.email[*].id", "  notification_channels = []", "monitoring",
        ("Each alert reaches somebody, says what to do first, and links to the runbook.",)),
    Fault("slow imports wake people", "locals.tf", "entry.timeout_s > 60 ? 30000 : 1000", "1000", "monitoring",
        ("What takes as long as its file has a limit of its own.", "Imports do not count against the API's latency.")),
    Fault("a bucket ignores the key", "image.tf", "for_each = var.cmek_key == null ? [] : [var.cmek_key]", "for_each = []", "monitoring",
        ("Database, cache, buckets, images, topics, secrets and functions use the key.",)),
    # ---- AlloyDB
    Fault("AlloyDB has an address on the internet", "alloydb.tf", "enable_public_ip = false", "enable_public_ip = true", "alloydb",
        ("AlloyDB has no public address.",)),
    Fault("AlloyDB is reached without its certificate being verified", "alloydb.tf", "require_connectors = true", "require_connectors = false", "alloydb",
        ("AlloyDB is reached through its proxy alone, whose certificate is verified.",)),
    Fault("a cluster goes with one command", "alloydb.tf", 'var.deletion_protection ? "DEFAULT" : "FORCE"', '"FORCE"', "alloydb",
        ("The cluster cannot be deleted.",)),
    Fault("AlloyDB's backups ignore the key", "alloydb.tf", '    quantity_based_retention {\n      count = var.database.backups\n    }\n\n    dynamic "encryption_config" {\n      for_each = var.cmek_key == null ? [] : [var.cmek_key]', '    quantity_based_retention {\n      count = var.database.backups\n    }\n\n    dynamic "encryption_config" {\n      for_each = ["projects/p/locations/l/keyRings/r/cryptoKeys/k"]', "alloydb",
        ("The cluster, its logs and its backups use the key.",)),
    Fault("AlloyDB goes back to no moment", "alloydb.tf", "recovery_window_days = var.database.log_retention_days", "recovery_window_days = 1", "alloydb",
        ("The cluster goes back to any moment of a week.",)),
    Fault("AlloyDB's backups are of Mondays", "alloydb.tf", '["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]', '["MONDAY"]', "alloydb",
        ("A backup of every day is kept, in the region of the data.",)),
    Fault("a read pool of one zone", "alloydb.tf", 'var.database.read_nodes == 1 ? "ZONAL" : "REGIONAL"', '"ZONAL"', "alloydb",
        ("A primary with a standby, and a read pool of two nodes, of the machines that the tier says.",)),
    Fault("AlloyDB takes no tokens", "alloydb.tf", '{ "alloydb.iam_authentication" = "on" }', '{ "alloydb.iam_authentication" = "off" }', "alloydb",
        ("At AlloyDB, too, functions sign in by IAM and logs hold no contacts.",)),
    Fault("functions have passwords at AlloyDB", "alloydb.tf", '"ALLOYDB_IAM_USER"', '"ALLOYDB_BUILT_IN"', "alloydb",
        ("Functions are IAM users of the cluster; those that do not use it are none.",)),
    Fault("functions may ask for no certificate", "iam.tf", '["roles/alloydb.client", "roles/alloydb.databaseUser"', '["roles/alloydb.viewer", "roles/alloydb.databaseUser"', "alloydb",
        ("Who uses the cluster may ask for a certificate and sign in; the migration signs in by its password.",)),
    Fault("AlloyDB's proxy is behind the firewall", "network.tf", '? ["5433"] :', '? ["5432"] :', "alloydb",
        ("Functions reach AlloyDB's proxy and Redis, and nothing else.",)),
    Fault("both databases are paid for", "database.tf", "  count = local.alloydb ? 0 : 1\n\n  name                = var.database.instance", "  count = 1\n\n  name                = var.database.instance", "alloydb",
        ("There is one database and not two.",)),
    Fault("the engine takes any machine", "variables.tf", '"^alloydb-(2|4|8|16|32|64|96|128)$"', '"^alloydb-[0-9]+$"', "alloydb",
        ("a_machine_that_there_is_not_is_refused: nothing was refused",)),
    # ---- editions of Cloud SQL
    Fault("the largest machines of the smaller edition", "database.tf", '? "ENTERPRISE_PLUS" : "ENTERPRISE"', '? "ENTERPRISE" : "ENTERPRISE"', "database",
        ("Performance-optimized machines are of Enterprise Plus, every copy of them.",)),
    Fault("a terabyte that the largest machine has not", "capacity.tf", 'min(8192 * tonumber(split("-", var.database.tier)[4]), 864 * 1024)', '8192 * tonumber(split("-", var.database.tier)[4])', "database",
        ("The largest machine has 864 GB.",)),
    # ---- a cluster of caches
    Fault("both caches are paid for", "cache.tf", "  count = local.valkey ? 0 : 1", "  count = 1", "valkey",
        ("There is one cache and not two.",)),
    Fault("a cluster that is none", "cache.tf", '"CLUSTER"', '"CLUSTER_DISABLED"', "valkey",
        ("The cluster has the shards that the variable says, and a replica of each.",)),
    Fault("shards without replicas", "cache.tf", "= local.cache_replicas\n", "= 0\n", "valkey",
        ("The cluster has the shards that the variable says, and a replica of each.",)),
    Fault("the cluster takes everybody", "cache.tf", '"IAM_AUTH"', '"AUTH_DISABLED"', "valkey",
        ("The cluster takes nobody without a token, and nothing without TLS.",)),
    Fault("tokens go over the network as they are", "cache.tf", 'transit_encryption_mode     = "SERVER_AUTHENTICATION"', 'transit_encryption_mode     = "TRANSIT_ENCRYPTION_DISABLED"', "valkey",
        ("The cluster takes nobody without a token, and nothing without TLS.",)),
    Fault("a full cluster refuses writes", "cache.tf", 'engine_configs = { maxmemory-policy = "allkeys-lru" }', 'engine_configs = { maxmemory-policy = "noeviction" }', "valkey",
        ("The cluster forgets what was used longest ago, and stores nothing.",)),
    Fault("the cluster writes contacts to a disk", "cache.tf", 'mode = "DISABLED"', 'mode = "AOF"', "valkey",
        ("The cluster forgets what was used longest ago, and stores nothing.",)),
    Fault("the cluster goes with one command", "cache.tf", "deletion_protection_enabled = var.deletion_protection", "deletion_protection_enabled = false", "valkey",
        ("The cluster of caches cannot be deleted by mistake.",)),
    Fault("the cluster ignores the key", "cache.tf", "kms_key                     = var.cmek_key", "kms_key                     = null", "valkey",
        ("The cluster of caches uses the key.",)),
    Fault("the cluster's agent may not use the key", "project.tf", 'local.valkey ? ["memorystore"] : []', "false ? [] : []", "valkey",
        ("The cluster of caches uses the key.",)),
    Fault("addresses of the cluster among those of functions", "cache.tf", "subnetworks = [google_compute_subnetwork.cache[0].id]", "subnetworks = [google_compute_subnetwork.functions.id]", "valkey",
        ("Memorystore may make addresses in the subnet of the cache alone.",)),
    Fault("the policy is for another service", "cache.tf", '"gcp-memorystore"', '"gcp-memorystore-redis"', "valkey",
        ("Memorystore may make addresses in the subnet of the cache alone.",)),
    Fault("shards are behind the firewall", "network.tf", '["6379", "11000-13047"]', '["6379"]', "valkey",
        ("Functions reach the shards, in the subnet of the cache.",)),
    Fault("functions reach any address by the cluster's ports", "network.tf", "destination_ranges = [google_compute_subnetwork.cache[0].ip_cidr_range]", 'destination_ranges = ["0.0.0.0/0"]', "valkey",
        ("Functions reach the shards, in the subnet of the cache.",)),
    Fault("functions administer the cluster", "iam.tf", 'role = "roles/memorystore.dbConnectionUser"', 'role = "roles/memorystore.admin"', "valkey",
        ("Every service may sign in to the cluster of caches.",)),
    Fault("functions are sent to the wrong address of the cluster", "cache.tf", 'connection_type == "CONNECTION_TYPE_DISCOVERY"', 'connection_type == "CONNECTION_TYPE_PRIMARY"', "valkey",
        ("Functions are told the address that names the shards, without a password.",)),
    Fault("half of the authorities are known", "cache.tf", "flatten(google_memorystore_instance.this[0].managed_server_ca[*].ca_certs[*].certificates)", "google_memorystore_instance.this[0].managed_server_ca[0].ca_certs[0].certificates", "valkey",
        ("Functions know every authority of the cluster, also while one is replaced.",)),
    Fault("functions take the cluster for a server", "functions.tf", 'REDIS_MODE = "cluster", ', "", "valkey",
        ("Functions are told that it is a cluster, and to sign in as themselves.",)),
    Fault("alerts look at a server that is not there", "monitoring.tf", '"${local.valkey_metric}/memory/maximum_utilization\\""', '"${local.redis_metric}/memory/usage_ratio\\""', "valkey",
        ("Alerts and dashboard look at the cluster's own series.",)),
    Fault("a cluster is told the sizes of a server", "variables.tf", 'var.redis.engine != "valkey" || (', 'var.redis.engine != "nothing" || (', "valkey",
        ("sizes_of_a_server_for_a_cluster_are_refused: nothing was refused",)),
    Fault("shards of a server are taken and ignored", "variables.tf", 'var.redis.engine == "valkey" || (', 'var.redis.engine != "nothing" || (', "valkey",
        ("shards_of_a_server_are_refused: nothing was refused",)),
    Fault("a cluster of any number of nodes", "cache.tf", "<= 250\n", "<= 2500\n", "valkey",
        ("more_nodes_than_a_cluster_has_are_refused: nothing was refused",)),
    Fault("ranges overlap", "cache.tf", "condition     = !local.cache_overlaps", "condition     = var.redis.subnet_cidr != var.subnet_cidr", "valkey",
        ("a_range_within_that_of_the_functions_is_refused: nothing was refused",)),
]  # fmt: skip
