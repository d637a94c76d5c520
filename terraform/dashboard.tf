# The one page to keep open, in the order of the questions: is it up, is it fast, is work waiting, what is running out.

locals {
  charts = concat(
    [
      { title = "Requests a second, by status class", filter = "${local.lb_requests} AND ${local.lb_functions}", aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", group_by = ["metric.label.response_code_class"] },
      { title = "Server errors a second, by endpoint", filter = "${local.lb_requests} AND ${local.lb_functions} AND metric.label.response_code_class=500", aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", group_by = ["resource.label.backend_target_name"] },
      { title = "Slowest endpoints, 95th percentile (ms)", filter = "${local.lb_latencies} AND ${local.lb_functions}", aligner = "ALIGN_DELTA", reducer = "REDUCE_PERCENTILE_95", group_by = ["resource.label.backend_target_name"] },
      { title = "All endpoints, median (ms)", filter = "${local.lb_latencies} AND ${local.lb_functions}", aligner = "ALIGN_DELTA", reducer = "REDUCE_PERCENTILE_50", group_by = [] },
      { title = "Unexpected errors", filter = "resource.type=\"cloud_run_revision\" AND metric.type=\"logging.googleapis.com/user/${google_logging_metric.counted["calls-failed"].name}\"", aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", group_by = ["resource.label.service_name"] },
      { title = "Instances, by function", filter = "resource.type=\"cloud_run_revision\" AND metric.type=\"run.googleapis.com/container/instance_count\"", aligner = "ALIGN_MAX", reducer = "REDUCE_SUM", group_by = ["resource.label.service_name"] },
      { title = "Cold starts, 95th percentile (ms)", filter = "resource.type=\"cloud_run_revision\" AND metric.type=\"run.googleapis.com/container/startup_latencies\"", aligner = "ALIGN_DELTA", reducer = "REDUCE_PERCENTILE_95", group_by = ["resource.label.service_name"] },
      { title = "Scheduled functions that failed", filter = "resource.type=\"cloud_scheduler_job\" AND metric.type=\"logging.googleapis.com/user/${google_logging_metric.counted["schedules-failed"].name}\"", aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", group_by = ["resource.label.job_id"] },
    ],
    length(local.by_kind.topic) == 0 ? [] : [
      { title = "Oldest message in a queue (s)", filter = "${local.subscription}/oldest_unacked_message_age\" AND resource.label.subscription_id=one_of(${local.consumers})", aligner = "ALIGN_MAX", reducer = "REDUCE_MAX", group_by = ["resource.label.subscription_id"] },
      { title = "Dead letters", filter = "${local.subscription}/num_undelivered_messages\" AND resource.label.subscription_id=one_of(${local.dead_letters})", aligner = "ALIGN_MAX", reducer = "REDUCE_SUM", group_by = ["resource.label.subscription_id"] },
    ],
    [
      { title = "Database CPU", filter = local.database_series.cpu, aligner = "ALIGN_MEAN", reducer = "REDUCE_MAX", group_by = [local.database_series.label] },
      { title = "Database connections (${local.connections.limit} for the functions)", filter = local.database_series.connections, aligner = "ALIGN_MAX", reducer = "REDUCE_SUM", group_by = [local.database_series.label] },
    ],
    local.alloydb ? [] : [
      { title = "Database disk", filter = "${local.database_metric}/disk/utilization\"", aligner = "ALIGN_MEAN", reducer = "REDUCE_MAX", group_by = [local.database_series.label] },
    ],
    [
      { title = "Replica behind (${local.alloydb ? "ms" : "s"})", filter = local.database_series.lag, aligner = "ALIGN_MAX", reducer = "REDUCE_MAX", group_by = [local.database_series.label] },
      { title = local.cache_series.shown.title, filter = local.cache_series.shown.filter, aligner = "ALIGN_MEAN", reducer = "REDUCE_MEAN", group_by = [] },
      { title = "Cache memory", filter = local.cache_series.memory, aligner = "ALIGN_MAX", reducer = "REDUCE_MAX", group_by = [] },
      { title = "Credits charged", filter = "resource.type=\"cloud_run_revision\" AND metric.type=\"logging.googleapis.com/user/${google_logging_metric.credits_charged.name}\"", aligner = "ALIGN_DELTA", reducer = "REDUCE_MEAN", group_by = [] },
    ],
  )

  scorecards = [for objective, slo in { Availability = google_monitoring_slo.availability, Latency = google_monitoring_slo.latency } :
    { title = "${objective}: error budget left", filter = "select_slo_budget_fraction(\"${slo.name}\")" }
  ]
}

resource "google_monitoring_dashboard" "this" {
  dashboard_json = jsonencode({
    displayName = "Warmpath ${var.environment}"
    labels      = { (local.name) = "" }
    mosaicLayout = {
      columns = 48
      tiles = concat(
        [for index, card in local.scorecards : {
          xPos = 12 * index, yPos = 0, width = 12, height = 8
          widget = {
            title     = card.title
            scorecard = { timeSeriesQuery = { timeSeriesFilter = { filter = card.filter, aggregation = { perSeriesAligner = "ALIGN_NEXT_OLDER" } } }, sparkChartView = { sparkChartType = "SPARK_LINE" } }
          }
        }],
        [{
          xPos = 24, yPos = 0, width = 24, height = 8
          widget = {
            title = "When something is wrong"
            text  = { format = "MARKDOWN", content = "[Runbook](${var.runbook_url}) · [App](https://${var.domain}) · [Query Insights](${local.query_insights})\n\nUndo a deployment: `make rollback PROJECT=${var.project_id} REGION=${var.region} DOMAIN=${var.domain}`" }
          }
        }],
        [for index, chart in local.charts : {
          xPos = 16 * (index % 3), yPos = 8 + 14 * floor(index / 3), width = 16, height = 14
          widget = {
            title = chart.title
            xyChart = {
              dataSets = [{
                plotType = "LINE"
                timeSeriesQuery = {
                  timeSeriesFilter = {
                    filter      = chart.filter
                    aggregation = { alignmentPeriod = "60s", perSeriesAligner = chart.aligner, crossSeriesReducer = chart.reducer, groupByFields = chart.group_by }
                  }
                }
              }]
            }
          }
        }],
        [{
          xPos = 0, yPos = 8 + 14 * ceil(length(local.charts) / 3), width = 48, height = 16
          widget = {
            title     = "Latest unexpected errors"
            logsPanel = { filter = local.counted.calls-failed.filter, resourceNames = ["projects/${var.project_id}"] }
          }
        }],
      )
    }
  })
}
