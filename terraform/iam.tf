# Every service is its own identity, with the rights that the manifest entries of its functions ask for.

resource "google_service_account" "function" {
  for_each = local.services

  account_id   = "fn-${each.value.account}"
  display_name = "Function ${each.key}"
  description  = length(each.value.functions) == 1 ? local.trigger_text[each.value.functions[0]] : each.value.description

  depends_on = [google_project_service.this]
}

locals {
  # AlloyDB asks besides whether whoever calls its API may use the project, and knows no condition by the instance: in its project the
  # cluster is alone.
  database_roles = (local.alloydb ?
    ["roles/alloydb.client", "roles/alloydb.databaseUser", "roles/serviceusage.serviceUsageConsumer"] :
    ["roles/cloudsql.client", "roles/cloudsql.instanceUser"]
  )

  # Rights on the project, as "service/role". Rights on single things (secrets, topics, functions) stand with those things.
  project_rights = merge(
    { for pair in setproduct(keys(local.readers_and_writers), local.database_roles) :
      "${pair[0]}/${pair[1]}" => { function = pair[0], role = pair[1], database = !local.alloydb }
    },
    # Every service uses the cache. The role knows no condition by the instance that is documented: in its project the cluster is alone.
    { for name in keys(local.services) :
      "${name}/roles/memorystore.dbConnectionUser" => { function = name, role = "roles/memorystore.dbConnectionUser", database = false } if local.valkey
    },
    { for name in keys(local.services) :
      "${name}/roles/telemetry.writer" => { function = name, role = "roles/telemetry.writer", database = false } if var.telemetry.sample_ratio > 0
    },
  )

  # Instances of other teams in the same project stay out of reach.
  own_instances = join(" || ", [for name in [var.database.instance, var.database.replica_instance] : "resource.name == \"projects/${var.project_id}/instances/${name}\""])
}

resource "google_project_iam_member" "function" {
  for_each = local.project_rights

  project = var.project_id
  role    = each.value.role
  member  = google_service_account.function[each.value.function].member

  dynamic "condition" {
    for_each = each.value.database ? [1] : []

    content {
      title      = "own-instances"
      expression = "resource.type == \"sqladmin.googleapis.com/Instance\" && (${local.own_instances})"
    }
  }
}

resource "google_pubsub_topic_iam_member" "publisher" {
  for_each = merge([for name, service in local.services : { for topic in service.publishes : "${name}/${topic}" => { function = name, topic = topic } }]...)

  topic  = google_pubsub_topic.this[each.value.topic].id
  role   = "roles/pubsub.publisher"
  member = google_service_account.function[each.value.function].member
}

# A consumer puts away itself what no further attempt would help; Pub/Sub's agent does it after the last attempt (messaging.tf).
resource "google_pubsub_topic_iam_member" "own_dead_letter" {
  for_each = local.by_kind.topic

  topic  = google_pubsub_topic.dead_letter[each.key].id
  role   = "roles/pubsub.publisher"
  member = google_service_account.function[local.service_of[each.key]].member
}

# Who gives dead letters another chance takes them from their subscriptions.
resource "google_pubsub_subscription_iam_member" "replayer" {
  for_each = { for pair in setproduct([for name, service in local.services : name if service.replays], keys(local.by_kind.topic)) :
    "${pair[0]}/${pair[1]}" => { function = pair[0], consumer = pair[1] }
  }

  subscription = google_pubsub_subscription.dead_letter[each.value.consumer].id
  role         = "roles/pubsub.subscriber"
  member       = google_service_account.function[each.value.function].member
}
