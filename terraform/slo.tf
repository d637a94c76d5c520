# What users may expect, measured at the load balancer, so that a function that does not even start counts too.
#
# Each service has its two objectives, to see which one it is. Alerts look at the two of the whole API: a handful of requests
# to a rare endpoint is no reason to wake anybody (that endpoint's own alert, in monitoring.tf, waits for daytime).

locals {
  slo = {
    availability = 0.995 # of requests are not answered with 5xx, over 28 days: 3 h 20 min of outage
    latency      = 0.95  # of requests are faster than the endpoint's limit
  }

  lb_requests  = "resource.type=\"https_lb_rule\" AND metric.type=\"loadbalancing.googleapis.com/https/request_count\" AND resource.label.url_map_name=\"${google_compute_url_map.https.name}\""
  lb_latencies = "resource.type=\"https_lb_rule\" AND metric.type=\"loadbalancing.googleapis.com/https/total_latencies\" AND resource.label.url_map_name=\"${google_compute_url_map.https.name}\""
  lb_functions = "resource.label.backend_target_type=\"BACKEND_SERVICE\""

  # Imports and exports take as long as their file; they have a limit of their own and stay out of the API's.
  quick_functions = [for key, service in local.public_services : google_compute_backend_service.function[key].name if service.latency_ms <= 1000]
}

resource "google_monitoring_custom_service" "api" {
  service_id   = "${local.name}-api"
  display_name = "Warmpath API (${var.environment})"

  depends_on = [google_project_service.this]
}

resource "google_monitoring_slo" "availability" {
  service             = google_monitoring_custom_service.api.service_id
  slo_id              = "availability"
  display_name        = "API: ${local.slo.availability * 100} % of requests answered without a server error"
  goal                = local.slo.availability
  rolling_period_days = 28

  request_based_sli {
    good_total_ratio {
      total_service_filter = "${local.lb_requests} AND ${local.lb_functions}"
      bad_service_filter   = "${local.lb_requests} AND ${local.lb_functions} AND metric.label.response_code_class=500"
    }
  }
}

resource "google_monitoring_slo" "latency" {
  service             = google_monitoring_custom_service.api.service_id
  slo_id              = "latency"
  display_name        = "API: ${local.slo.latency * 100} % of requests within 1 s"
  goal                = local.slo.latency
  rolling_period_days = 28

  request_based_sli {
    distribution_cut {
      distribution_filter = "${local.lb_latencies} AND resource.label.backend_target_name=one_of(${join(",", [for name in local.quick_functions : "\"${name}\""])})"

      range {
        min = 0
        max = 1000 # ms
      }
    }
  }
}

resource "google_monitoring_slo" "endpoint_availability" {
  for_each = local.public_services

  service             = google_monitoring_custom_service.api.service_id
  slo_id              = "${each.value.name}-availability"
  display_name        = "${google_compute_backend_service.function[each.key].description}: ${local.slo.availability * 100} % without a server error"
  goal                = local.slo.availability
  rolling_period_days = 28

  request_based_sli {
    good_total_ratio {
      total_service_filter = "${local.lb_requests} AND resource.label.backend_target_name=\"${google_compute_backend_service.function[each.key].name}\""
      bad_service_filter   = "${local.lb_requests} AND resource.label.backend_target_name=\"${google_compute_backend_service.function[each.key].name}\" AND metric.label.response_code_class=500"
    }
  }
}

resource "google_monitoring_slo" "endpoint_latency" {
  for_each = local.public_services

  service             = google_monitoring_custom_service.api.service_id
  slo_id              = "${each.value.name}-latency"
  display_name        = "${google_compute_backend_service.function[each.key].description}: ${local.slo.latency * 100} % within ${each.value.latency_ms / 1000} s"
  goal                = local.slo.latency
  rolling_period_days = 28

  request_based_sli {
    distribution_cut {
      distribution_filter = "${local.lb_latencies} AND resource.label.backend_target_name=\"${google_compute_backend_service.function[each.key].name}\""

      range {
        min = 0
        max = each.value.latency_ms
      }
    }
  }
}

# Queued work is the other promise: 99 % of the time nothing has waited longer than ten minutes.
resource "google_monitoring_slo" "queue_age" {
  for_each = local.by_kind.topic

  service             = google_monitoring_custom_service.api.service_id
  slo_id              = "${each.value.label}-queue-age"
  display_name        = "${each.key}: messages taken within 10 minutes, 99 % of the time"
  goal                = 0.99
  rolling_period_days = 28

  windows_based_sli {
    window_period = "300s"

    metric_mean_in_range {
      time_series = "resource.type=\"pubsub_subscription\" AND metric.type=\"pubsub.googleapis.com/subscription/oldest_unacked_message_age\" AND resource.label.subscription_id=\"${google_pubsub_subscription.consumer[each.key].name}\""

      range {
        min = 0
        max = 600
      }
    }
  }
}

locals {
  # Two windows each, so that an alert neither waits for long nor outlives its cause. A rate of 14.4 spends two per cent of four
  # weeks' budget in an hour; a rate of 6, five per cent in six hours.
  burns = {
    fast = { rate = 14.4, long = "3600s", short = "300s", severity = "CRITICAL" }
    slow = { rate = 6, long = "21600s", short = "1800s", severity = "WARNING" }
  }
  burn_alerts = { for pair in setproduct(keys(local.burns), ["availability", "latency"]) : "${pair[1]}-${pair[0]}" => merge(local.burns[pair[0]], { objective = pair[1] }) }
  burn_text = {
    availability = <<-EOT
      Requests to the API fail faster than the objective allows.

      1. Open the dashboard: is it one endpoint, or all of them?
      2. One endpoint, since a deployment: `make rollback`, then look for the cause.
      3. All of them: the database first (connections, CPU, failover in progress), then Google's status page.
      4. Read the errors: log entries `call.failed`, grouped by function.
    EOT
    latency      = <<-EOT
      The API answers more slowly than the objective allows.

      1. Open the dashboard: p95 by endpoint, then database CPU and connections, then cache hit rate.
      2. The database is busy: Query Insights names the statement.
      3. Instances at their limit: raise max_instances in function_overrides, within the connection budget.
      4. Only first requests are slow: keep an instance warm (min_instances).
    EOT
  }
}

resource "google_monitoring_alert_policy" "burn" {
  for_each = local.burn_alerts

  display_name          = "API ${each.value.objective}: error budget burns ${split("-", each.key)[1] == "fast" ? "fast" : "steadily"}"
  severity              = each.value.severity
  combiner              = "AND"
  notification_channels = google_monitoring_notification_channel.email[*].id

  dynamic "conditions" {
    for_each = [each.value.long, each.value.short]
    iterator = window

    content {
      display_name = "burn rate above ${each.value.rate} over ${window.value}"

      condition_threshold {
        filter          = "select_slo_burn_rate(\"${each.value.objective == "availability" ? google_monitoring_slo.availability.name : google_monitoring_slo.latency.name}\", \"${window.value}\")"
        comparison      = "COMPARISON_GT"
        threshold_value = each.value.rate
        duration        = "0s"
      }
    }
  }

  documentation {
    mime_type = "text/markdown"
    subject   = "Warmpath ${var.environment}: API ${each.value.objective}"
    content   = local.burn_text[each.value.objective]

    links {
      display_name = "Runbook"
      url          = "${var.runbook_url}#api-${each.value.objective}"
    }
  }
}
