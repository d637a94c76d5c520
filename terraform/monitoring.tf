# What wakes somebody, or waits for the morning. Every alert says what to do and links to its section of docs/runbook.md
# (a test compares the two).

resource "google_monitoring_notification_channel" "email" {
  count = var.alert_email == null ? 0 : 1

  display_name = "Warmpath ${var.environment}"
  type         = "email"
  labels       = { email_address = var.alert_email }

  depends_on = [google_project_service.this]
}

resource "google_monitoring_uptime_check_config" "health" {
  display_name = "${local.name} health"
  period       = "300s"
  timeout      = "10s"

  http_check {
    path         = "/api/crm/health"
    port         = 443
    use_ssl      = true
    validate_ssl = true
  }

  content_matchers {
    matcher = "MATCHES_JSON_PATH"
    content = "\"ok\""

    json_path_matcher {
      json_matcher = "EXACT_MATCH"
      json_path    = "$.status"
    }
  }

  monitored_resource {
    type   = "uptime_url"
    labels = { project_id = var.project_id, host = var.domain }
  }

  depends_on = [google_project_service.this]
}

# Counted from log entries. The functions log events by name (`message`), never prose.
locals {
  counted = {
    calls-failed     = { filter = "resource.type=\"cloud_run_revision\" AND jsonPayload.message=\"call.failed\"", what = "Requests that ended in an unexpected error" }
    no-instance      = { filter = "resource.type=\"cloud_run_revision\" AND severity>=WARNING AND \"no available instance\"", what = "Requests turned away because a function had all its instances" }
    schedules-failed = { filter = "resource.type=\"cloud_scheduler_job\" AND severity>=ERROR", what = "Scheduled functions that failed" }
  }
}

resource "google_logging_metric" "counted" {
  for_each = local.counted

  name        = "${local.name}/${each.key}"
  description = each.value.what
  filter      = each.value.filter

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
  }

  depends_on = [google_project_service.this]
}

# How many credits, not how often: charges are logged with their number.
resource "google_logging_metric" "credits_charged" {
  name            = "${local.name}/credits-charged"
  description     = "Credits charged for enrichment"
  filter          = "resource.type=\"cloud_run_revision\" AND jsonPayload.message=\"credits.charged\""
  value_extractor = "EXTRACT(jsonPayload.credits)"

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "DISTRIBUTION"
  }

  depends_on = [google_project_service.this]
}

locals {
  # What the two engines call the same things. AlloyDB counts processors in hundredths and lag in milliseconds, and has no disk to fill.
  database_metric = "resource.type=\"cloudsql_database\" AND metric.type=\"cloudsql.googleapis.com/database"
  alloydb_metric  = "resource.type=\"alloydb.googleapis.com/Instance\" AND metric.type=\"alloydb.googleapis.com/instance"
  database_series = local.alloydb ? {
    label       = "resource.label.instance_id"
    cpu         = "${local.alloydb_metric}/cpu/average_utilization\""
    connections = "${local.alloydb_metric}/postgres/total_connections\""
    lag         = "${local.alloydb_metric}/postgres/replication/maximum_lag\""
    busy        = 85
    behind      = 60000
    } : {
    label       = "resource.label.database_id"
    cpu         = "${local.database_metric}/cpu/utilization\""
    connections = "${local.database_metric}/postgresql/num_backends\""
    lag         = "${local.database_metric}/replication/replica_lag\""
    busy        = 0.85
    behind      = 60
  }
  # The fullest node of a cluster is what counts: a shard forgets by itself.
  cache_series = local.valkey ? {
    memory   = "${local.valkey_metric}/memory/maximum_utilization\""
    rejected = "${local.valkey_metric}/stats/total_rejected_connections_count\""
    shown    = { title = "Cache processors", filter = "${local.valkey_metric}/cpu/maximum_utilization\"" }
    more     = "raise redis.shards and apply; slots move while it serves"
    } : {
    memory   = "${local.redis_metric}/memory/usage_ratio\""
    rejected = "${local.redis_metric}/reject_connections_count\""
    shown    = { title = "Cache hit rate", filter = "${local.redis_metric}/cache_hit_ratio\"" }
    more     = "raise redis.memory_gb and apply (BASIC loses its content, STANDARD_HA does not)"
  }
  redis_metric  = "resource.type=\"redis_instance\" AND metric.type=\"redis.googleapis.com/stats"
  valkey_metric = "resource.type=\"memorystore.googleapis.com/Instance\" AND metric.type=\"memorystore.googleapis.com/instance"
  subscription  = "resource.type=\"pubsub_subscription\" AND metric.type=\"pubsub.googleapis.com/subscription"
  dead_letters  = join(",", [for subscription in google_pubsub_subscription.dead_letter : "\"${subscription.name}\""])
  consumers     = join(",", [for subscription in google_pubsub_subscription.consumer : "\"${subscription.name}\""])

  # Per series: `filter` aligned over `window_s` by `aligner`, above `above` for `for_s`.
  alerts = merge(
    {
      health = {
        severity = "CRITICAL", window_s = 1200, for_s = 0, above = 1, aligner = "ALIGN_NEXT_OLDER", reducer = "REDUCE_COUNT_FALSE", group_by = ["resource.label.host"]
        filter   = "resource.type=\"uptime_url\" AND metric.type=\"monitoring.googleapis.com/uptime_check/check_passed\" AND metric.label.check_id=\"${google_monitoring_uptime_check_config.health.uptime_check_id}\""
        text     = <<-EOT
          The health check fails from more than one place in the world.

          1. Call it: `curl -i https://${var.domain}/api/crm/health`.
          2. No answer at all: certificate and DNS (`gcloud compute ssl-certificates list`), then Google's status page.
          3. 503: the database does not answer. Look at the instance's operations: a failover takes about a minute, maintenance a few.
          4. Anything else since a deployment: `make rollback`.
        EOT
      }
      endpoint-failing = {
        severity    = "WARNING", window_s = 600, for_s = 600, above = 0.05, aligner = "ALIGN_SUM", reducer = "REDUCE_SUM", group_by = ["resource.label.backend_target_name"]
        filter      = "${local.lb_requests} AND ${local.lb_functions} AND metric.label.response_code_class=500"
        denominator = "${local.lb_requests} AND ${local.lb_functions}"
        text        = <<-EOT
          One endpoint answers more than one request in twenty with a server error.

          1. The function is named in this alert (backend_target_name). Its log entries `call.failed` hold the trace.
          2. Since a deployment: `make rollback`.
          3. 503 with Retry-After: it waited for a database connection. Compare connections with the limit on the dashboard.
        EOT
      }
      instances-exhausted = {
        severity = "WARNING", window_s = 300, for_s = 300, above = 0, aligner = "ALIGN_SUM", reducer = "REDUCE_SUM", group_by = ["resource.label.service_name"]
        filter   = "resource.type=\"cloud_run_revision\" AND metric.type=\"logging.googleapis.com/user/${google_logging_metric.counted["no-instance"].name}\""
        text     = <<-EOT
          A function had all its instances and turned requests away.

          1. More people, or one script? Requests by endpoint are on the dashboard; request_logs = true shows addresses.
          2. People: raise max_instances of the function in function_overrides and apply. The plan refuses when the database could not serve them.
          3. A script: lower waf.requests_per_minute.
        EOT
      }
      schedule-failed = {
        severity = "WARNING", window_s = 3600, for_s = 0, above = 1, aligner = "ALIGN_SUM", reducer = "REDUCE_SUM", group_by = ["resource.label.job_id"]
        filter   = "resource.type=\"cloud_scheduler_job\" AND metric.type=\"logging.googleapis.com/user/${google_logging_metric.counted["schedules-failed"].name}\""
        text     = <<-EOT
          A scheduled function failed more than once within an hour, each time after its retries.

          1. The job is named in this alert; its function has the same name. Read its log.
          2. Run it by hand when the cause is gone: `gcloud scheduler jobs run NAME --location=${var.region}`. Every scheduled function may be run again at any time.
        EOT
      }
      database-cpu = {
        severity = "WARNING", window_s = 300, for_s = 900, above = local.database_series.busy, aligner = "ALIGN_MEAN", reducer = null, group_by = []
        filter   = local.database_series.cpu
        text     = <<-EOT
          The database has been above 85 % CPU for a quarter of an hour.

          1. Query Insights, by total time: is one statement most of it? Since a deployment: `make rollback`.
          2. No single one: read more from the replica (`reads` in the manifest), or take a larger tier (restarts for about a minute).
        EOT
      }
      database-memory = {
        severity = "WARNING", window_s = 300, for_s = 900, above = 0.9, aligner = "ALIGN_MEAN", reducer = null, group_by = []
        filter   = "${local.database_metric}/memory/components\" AND metric.label.component=\"Usage\""
        text     = <<-EOT
          The database uses more than 90 % of its memory.

          1. Connections: each costs several MB. Lower scaling.max_instances or database.pool_size.
          2. Otherwise take a larger tier before it runs out and restarts.
        EOT
      }
      database-disk = {
        severity = "CRITICAL", window_s = 300, for_s = 900, above = 0.9, aligner = "ALIGN_MEAN", reducer = null, group_by = []
        filter   = "${local.database_metric}/disk/utilization\""
        text     = <<-EOT
          The database's disk is 90 % full although it grows by itself: it has reached disk_limit_gb, or fills faster than it grows.

          1. Raise database.disk_limit_gb and apply; a disk can grow while in use, and never shrink.
          2. Log files growing (`gcloud sql instances describe`): a replica that lags keeps them. See replica-lag.
        EOT
      }
      database-connections = {
        severity = "WARNING", window_s = 300, for_s = 300, above = floor(local.connections.limit * 0.85), aligner = "ALIGN_MAX", reducer = "REDUCE_SUM", group_by = [local.database_series.label]
        filter   = local.database_series.connections
        text     = <<-EOT
          More than 85 % of the database's connections are taken (${local.connections.limit} are for the functions).

          1. The plan allows ${local.connections.primary} in the worst case, so either that is now, or something else connects: `select usename, count(*) from pg_stat_activity group by 1 order by 2 desc`.
          2. Idle in transaction: the database ends those after a minute; find the function by its user name.
          3. Honest load: a larger tier with a larger max_connections.
        EOT
      }
      cache-memory = {
        severity = "WARNING", window_s = 300, for_s = 1800, above = 0.9, aligner = "ALIGN_MAX", reducer = null, group_by = []
        filter   = local.cache_series.memory
        text     = <<-EOT
          The cache is more than 90 % full. It forgets what was used longest ago, so nothing breaks; answers get slower.

          1. Look at the hit rate on the dashboard. Steady: leave it.
          2. Falling: ${local.cache_series.more}.
        EOT
      }
      cache-connections = {
        severity = "WARNING", window_s = 300, for_s = 300, above = 0, aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", group_by = ["resource.label.instance_id"]
        filter   = local.cache_series.rejected
        text     = <<-EOT
          The cache rejects connections. The functions go on without it, slower and without limits per user.

          1. Connected clients on the dashboard against the instance's limit: ${local.valkey ? "a larger redis.node_type" : "a larger redis.memory_gb"} raises it.
          2. A leak after a deployment: `make rollback`.
        EOT
      }
    },
    length(local.by_kind.topic) == 0 ? {} : {
      queue-age = {
        severity = "WARNING", window_s = 300, for_s = 600, above = 900, aligner = "ALIGN_MAX", reducer = null, group_by = []
        filter   = "${local.subscription}/oldest_unacked_message_age\" AND resource.label.subscription_id=one_of(${local.consumers})"
        text     = <<-EOT
          A message has waited for more than a quarter of an hour.

          1. The subscription is named in this alert; its consumer is the function of that name. Read its errors.
          2. A provider that limits the rate: it clears by itself, slowly.
          3. Many messages (undelivered, on the dashboard): raise the consumer's max_instances.
        EOT
      }
      dead-letters = {
        severity = "WARNING", window_s = 300, for_s = 0, above = 0, aligner = "ALIGN_MAX", reducer = null, group_by = []
        filter   = "${local.subscription}/num_undelivered_messages\" AND resource.label.subscription_id=one_of(${local.dead_letters})"
        text     = <<-EOT
          A message could not be handled after all attempts, and waits seven days for somebody to look.

          1. See it: `gcloud pubsub subscriptions pull SUBSCRIPTION --limit=10` (without --auto-ack it stays). `dead_reason` says why, where the consumer itself gave up.
          2. Otherwise read the consumer's log at the time of its last attempt.
          3. When the cause is gone: `make call FUNCTION=replay_dead_letters DATA='{"function": "NAME", "limit": 100}' PROJECT=${var.project_id} REGION=${var.region}`. Consumers recognise what they have done already.
        EOT
      }
    },
    !var.database.replica ? {} : {
      replica-lag = {
        severity = "WARNING", window_s = 300, for_s = 600, above = local.database_series.behind, aligner = "ALIGN_MAX", reducer = null, group_by = []
        filter   = local.database_series.lag
        text     = <<-EOT
          The replica is more than a minute behind: people do not find what they have just saved.

          1. A migration or a large import in progress: wait.
          2. The replica's CPU is at its limit: read less from it, or take a larger tier for both.
          3. It does not catch up: set database.replica = false and apply, which reads from the primary; later set it back.
        EOT
      }
    },
  )
}

resource "google_monitoring_alert_policy" "this" {
  for_each = { for name, alert in local.alerts : name => alert if !(local.alloydb && contains(["database-disk", "database-memory"], name)) }

  display_name          = replace(each.key, "-", " ")
  severity              = each.value.severity
  combiner              = "OR"
  notification_channels = google_monitoring_notification_channel.email[*].id

  conditions {
    display_name = each.key

    condition_threshold {
      filter             = each.value.filter
      denominator_filter = try(each.value.denominator, null)
      comparison         = "COMPARISON_GT"
      threshold_value    = each.value.above
      duration           = "${each.value.for_s}s"

      aggregations {
        alignment_period     = "${each.value.window_s}s"
        per_series_aligner   = each.value.aligner
        cross_series_reducer = each.value.reducer
        group_by_fields      = each.value.group_by
      }

      dynamic "denominator_aggregations" {
        for_each = can(each.value.denominator) ? [1] : []

        content {
          alignment_period     = "${each.value.window_s}s"
          per_series_aligner   = each.value.aligner
          cross_series_reducer = each.value.reducer
          group_by_fields      = each.value.group_by
        }
      }
    }
  }

  documentation {
    mime_type = "text/markdown"
    subject   = "Warmpath ${var.environment}: ${replace(each.key, "-", " ")}"
    content   = each.value.text

    links {
      display_name = "Runbook"
      url          = "${var.runbook_url}#${each.key}"
    }
  }

  alert_strategy {
    auto_close = "86400s"
  }
}

# A distribution's sum is not for filters, hence the query language.
resource "google_monitoring_alert_policy" "credits" {
  display_name          = "credits"
  severity              = "WARNING"
  combiner              = "OR"
  notification_channels = google_monitoring_notification_channel.email[*].id

  conditions {
    display_name = "more than ${var.credits_per_hour} credits an hour"

    condition_prometheus_query_language {
      query    = "sum(increase({\"logging.googleapis.com/user/${google_logging_metric.credits_charged.name}_sum\"}[1h])) > ${var.credits_per_hour}"
      duration = "0s"
    }
  }

  documentation {
    mime_type = "text/markdown"
    subject   = "Warmpath ${var.environment}: credits"
    content   = <<-EOT
      Providers' answers worth more than ${var.credits_per_hour} credits were charged within an hour. Each costs money.

      1. One user with a large file? The runbook has the query that sums the ledger by user.
      2. Not wanted: take the paid providers out of enrichment_providers and apply. Messages wait in their queue.
      3. The same contact and provider charged twice: a fault; keep the ledger rows and report it.
    EOT

    links {
      display_name = "Runbook"
      url          = "${var.runbook_url}#credits"
    }
  }

  alert_strategy {
    auto_close = "86400s"
  }
}

# Whole URLs hold what people search for, so the platform's request logs are not stored. Metrics are counted all the same.
resource "google_logging_project_exclusion" "requests" {
  count = var.request_logs ? 0 : 1

  name        = "${local.name}-requests"
  description = "URLs hold what people search for; the functions log route, status and duration"
  filter      = "logName=\"projects/${var.project_id}/logs/run.googleapis.com%2Frequests\""

  depends_on = [google_project_service.this]
}
