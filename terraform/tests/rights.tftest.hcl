# Who may do what, as tables. Applied against mock values, because members are known only then.

mock_provider "google" {}
mock_provider "google-beta" {}
mock_provider "random" {}

variables {
  quota       = { backend_services = 20, cpus = 200 }
  project_id  = "crm-test"
  region      = "europe-west1"
  domain      = "crm.example.com"
  environment = "staging"
  manifest    = "tests/fixtures/manifest.json"
  image       = "europe-west1-docker.pkg.dev/crm-test/warmpath-functions/warmpath@sha256:1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f809"
  operators   = ["group:operators@example.com"]
  secrets     = { HUNTER_API_KEY = "hunter-api-key", SMTP_URL = "smtp-url" }
  database    = { tier = "db-custom-4-15360", max_connections = 200, replica = true }
  scaling     = { max_instances = 3 }
  telemetry   = { sample_ratio = 0.05 }
}

run "rights" {
  command = apply

  # ---- who may call
  assert {
    condition = { for name, grant in google_cloud_run_v2_service_iam_member.caller : name => "${grant.role} ${grant.name} ${grant.member == google_service_account.caller[name].member}" } == {
      enrich_contact = "roles/run.invoker enrich-contact true"
      relay_events   = "roles/run.invoker relay-events true"
      send_mail      = "roles/run.invoker send-mail true"
    }
    error_message = "A consumer or schedule is called by an account of its own and by nobody else."
  }

  assert {
    condition     = { for key, grant in google_cloud_run_v2_service_iam_member.operator : grant.name => grant.member } == { replay-dead-letters = "group:operators@example.com" }
    error_message = "Operators call private functions, and nobody else does."
  }

  # ---- what functions may do
  assert {
    condition = { for name in keys(local.functions) : name => join(" ", sort([for key, grant in google_project_iam_member.function : grant.role if grant.member == google_service_account.function[name].member])) } == merge(
      { for name in keys(local.functions) : name => "roles/cloudsql.client roles/cloudsql.instanceUser roles/telemetry.writer" },
      { get_docs = "roles/telemetry.writer" },
    )
    error_message = "On the project: the database for those that use it, telemetry when it is on, and nothing else."
  }

  assert {
    condition = alltrue([for environment in local.service_environment : alltrue([
      environment.OTEL_EXPORTER_OTLP_ENDPOINT == "https://telemetry.googleapis.com",
      environment.OTEL_TRACES_SAMPLER_ARG == "0.05",
      environment.OTEL_RESOURCE_ATTRIBUTES == "cloud.region=europe-west1,deployment.environment.name=staging",
      environment.GOOGLE_CLOUD_PROJECT == "crm-test",
    ])])
    error_message = "Whoever may write telemetry is told where to, how much, and whose it is."
  }

  assert {
    condition     = alltrue([for grant in google_project_iam_member.function : try(strcontains(grant.condition[0].expression, "projects/crm-test/instances/warmpath-primary"), false) if startswith(grant.role, "roles/cloudsql.")])
    error_message = "The database means our instances, not all of the project."
  }

  assert {
    condition = { for name, grant in google_pubsub_topic_iam_member.own_dead_letter : name => grant.topic == google_pubsub_topic.dead_letter[name].id && grant.member == google_service_account.function[name].member } == { enrich_contact = true, send_mail = true } && (
      { for key, grant in google_pubsub_subscription_iam_member.replayer : key => "${grant.role} ${grant.member == google_service_account.function["replay_dead_letters"].member}" } == { "replay_dead_letters/enrich_contact" = "roles/pubsub.subscriber true", "replay_dead_letters/send_mail" = "roles/pubsub.subscriber true" }
    )
    error_message = "A consumer puts away its own dead letters; only who replays takes them out again."
  }

  assert {
    condition     = { for key, grant in google_pubsub_topic_iam_member.publisher : key => grant.role } == { "relay_events/contact-enrichment" = "roles/pubsub.publisher", "relay_events/mails" = "roles/pubsub.publisher", "replay_dead_letters/contact-enrichment" = "roles/pubsub.publisher" }
    error_message = "Publishes who says so in the manifest, to the topics it names."
  }

  assert {
    condition = { for name in keys(local.functions) : name => join(" ", sort([for key, grant in google_secret_manager_secret_iam_member.function : grant.secret_id if grant.member == google_service_account.function[name].member])) } == merge(
      { for name in keys(local.functions) : name => "redis-ca redis-url" },
      {
        enrich_contact = "hunter-api-key redis-ca redis-url"
        send_mail      = "redis-ca redis-url smtp-url"
      },
    )
    error_message = "A function reads the cache's secrets and those its manifest entry lists; none reads the owner's password."
  }

  assert {
    condition     = length(setsubtract([for grant in concat(values(google_project_iam_member.function), [google_project_iam_member.build_logs]) : grant.role], ["roles/cloudsql.client", "roles/cloudsql.instanceUser", "roles/telemetry.writer", "roles/logging.logWriter"])) == 0
    error_message = "No other role on the project is given to anybody."
  }

  assert {
    condition     = google_storage_bucket_iam_member.build.bucket == google_storage_bucket.source.name && google_storage_bucket_iam_member.build.role == "roles/storage.objectViewer" && google_storage_bucket_iam_member.build.member == google_service_account.build.member
    error_message = "Builds read sources, not the state with its passwords."
  }

  # ---- what functions are told
  assert {
    condition     = alltrue([for name, service in google_cloud_run_v2_service.function : service.template[0].service_account == google_service_account.function[name].email])
    error_message = "A function runs as its own account."
  }

  assert {
    condition     = alltrue([for environment in local.service_environment : length(setintersection(keys(environment), ["DATABASE_URL", "REDIS_URL", "SMTP_URL", "HUNTER_API_KEY"])) == 0])
    error_message = "What is secret comes from Secret Manager."
  }

  assert {
    condition = { for name in ["get_docs", "list_contacts", "enrich_contact"] : name => join(" ", sort([for variable in google_cloud_run_v2_service.function[name].template[0].containers[0].env : "${variable.name}=${variable.value_source[0].secret_key_ref[0].secret}" if length(variable.value_source) > 0])) } == {
      enrich_contact = "HUNTER_API_KEY=hunter-api-key REDIS_URL=redis-url"
      get_docs       = "REDIS_URL=redis-url"
      list_contacts  = "REDIS_URL=redis-url"
    }
    error_message = "Secrets arrive under the names that the functions read."
  }

  assert {
    condition = { for name in ["create_contact", "list_contacts", "get_docs"] : name => join(" ", sort(setintersection([for variable in google_cloud_run_v2_service.function[name].template[0].containers[0].env : variable.name], ["CLOUD_SQL_INSTANCE", "CLOUD_SQL_READ_INSTANCE", "DATABASE_APP_USERS", "DATABASE_NAME", "DATABASE_USER", "REDIS_CA_FILE"]))) } == {
      create_contact = "CLOUD_SQL_INSTANCE DATABASE_NAME DATABASE_USER REDIS_CA_FILE"
      get_docs       = "REDIS_CA_FILE"
      list_contacts  = "CLOUD_SQL_INSTANCE CLOUD_SQL_READ_INSTANCE DATABASE_NAME DATABASE_USER REDIS_CA_FILE"
    }
    error_message = "Functions sign in to the instances they may use."
  }

  assert {
    condition     = local.service_environment["list_contacts"].DATABASE_USER == google_sql_user.function["list_contacts"].name && !endswith(google_sql_user.function["list_contacts"].name, ".gserviceaccount.com")
    error_message = "The database knows a service account by its address without .gserviceaccount.com."
  }

  # ---- the migration
  assert {
    condition = (
      google_secret_manager_secret_iam_member.migration.member == google_service_account.migration.member && google_secret_manager_secret_iam_member.migration.secret_id == "database-owner-url" &&
      google_cloud_run_v2_job.migration.template[0].template[0].service_account == google_service_account.migration.email &&
      length([for grant in concat(values(google_project_iam_member.function), values(google_secret_manager_secret_iam_member.function)) : grant if grant.member == google_service_account.migration.member]) == 0
    )
    error_message = "The migration reads the owner's password, and may do nothing else."
  }

  assert {
    condition = { for variable in google_cloud_run_v2_job.migration.template[0].template[0].containers[0].env : variable.name => try(variable.value_source[0].secret_key_ref[0].secret, variable.value) } == {
      DATABASE_APP_USERS = join(",", sort([for user in google_sql_user.function : user.name]))
      DATABASE_URL       = "database-owner-url"
    }
    error_message = "The migration signs in as the owner and is told whom to let in."
  }

  assert {
    condition = (
      google_cloud_run_v2_job.migration.template[0].template[0].containers[0].image == var.image && google_cloud_run_v2_job.migration.template[0].template[0].containers[0].args == tolist(["migrate"]) &&
      google_cloud_run_v2_job.migration.template[0].template[0].timeout == "86400s" && google_cloud_run_v2_job.migration.template[0].template[0].max_retries == 2 && !google_cloud_run_v2_job.migration.deletion_protection
    )
    error_message = "The migration may take a day, and is tried again."
  }

  assert {
    condition     = google_cloud_run_v2_job.migration.template[0].template[0].vpc_access[0].egress == "PRIVATE_RANGES_ONLY" && google_cloud_run_v2_job.migration.template[0].template[0].vpc_access[0].network_interfaces[0].tags == tolist(["warmpath"])
    error_message = "The migration reaches the database through our network, under its firewall rules."
  }

  assert {
    condition     = { for key, grant in google_cloud_run_v2_job_iam_member.operator : grant.role => "${grant.name} ${grant.member}" } == { "roles/run.invoker" = "migration group:operators@example.com", "roles/run.viewer" = "migration group:operators@example.com" }
    error_message = "Operators execute the migration, and nobody else does."
  }

  # ---- messages
  assert {
    condition     = toset(keys(google_pubsub_topic.this)) == toset(["contact-enrichment", "mails"])
    error_message = "Every topic that is consumed or published to."
  }

  assert {
    condition = alltrue([for name, subscription in google_pubsub_subscription.consumer :
      subscription.dead_letter_policy[0].dead_letter_topic == google_pubsub_topic.dead_letter[name].id &&
      google_pubsub_subscription.dead_letter[name].topic == google_pubsub_topic.dead_letter[name].id &&
      google_pubsub_subscription.dead_letter[name].expiration_policy[0].ttl == "" &&
      subscription.expiration_policy[0].ttl == ""
    ]) && length(google_pubsub_subscription.consumer) == 2
    error_message = "Every consumer has a dead letter topic that something holds on to, and no subscription expires."
  }

  assert {
    condition     = { for name, subscription in google_pubsub_subscription.consumer : name => subscription.dead_letter_policy[0].max_delivery_attempts } == { enrich_contact = 12, send_mail = 20 }
    error_message = "Attempts are the manifest's, or twelve."
  }

  assert {
    condition = alltrue([for name, subscription in google_pubsub_subscription.consumer :
      subscription.topic == google_pubsub_topic.this[local.functions[name].topic].id &&
      subscription.push_config[0].push_endpoint == "${google_cloud_run_v2_service.function[name].uri}/projects/crm-test/topics/${local.functions[name].topic}" &&
      subscription.push_config[0].oidc_token[0].audience == google_cloud_run_v2_service.function[name].uri &&
      subscription.push_config[0].oidc_token[0].service_account_email == google_service_account.caller[name].email &&
      subscription.retry_policy[0].minimum_backoff == "10s" && subscription.retry_policy[0].maximum_backoff == "600s" &&
      subscription.ack_deadline_seconds == local.functions[name].timeout_s + 10
    ])
    error_message = "Messages are pushed to their consumer, signed, with patience."
  }

  assert {
    condition = { for name, grant in google_service_account_iam_member.push_token : name => "${grant.role} ${grant.service_account_id == google_service_account.caller[name].name} ${grant.member == google_project_service_identity.this["pubsub"].member}" } == {
      enrich_contact = "roles/iam.serviceAccountTokenCreator true true"
      send_mail      = "roles/iam.serviceAccountTokenCreator true true"
    }
    error_message = "Pub/Sub's agent may sign for the callers of consumers, and for no other account."
  }

  assert {
    condition = (
      toset(keys(google_pubsub_topic_iam_member.dead_letter)) == toset(["enrich_contact", "send_mail"]) && toset(keys(google_pubsub_subscription_iam_member.dead_letter)) == toset(["enrich_contact", "send_mail"]) &&
      alltrue([for grant in google_pubsub_topic_iam_member.dead_letter : grant.role == "roles/pubsub.publisher" && grant.member == google_project_service_identity.this["pubsub"].member]) &&
      alltrue([for grant in google_pubsub_subscription_iam_member.dead_letter : grant.role == "roles/pubsub.subscriber" && grant.member == google_project_service_identity.this["pubsub"].member])
    )
    error_message = "Pub/Sub's agent may move what fails; without both rights nothing becomes a dead letter."
  }

  assert {
    condition = { for name, job in google_cloud_scheduler_job.this : name => "${job.schedule} ${job.time_zone} ${job.http_target[0].uri == "${google_cloud_run_v2_service.function[name].uri}/functions/${name}"} ${job.http_target[0].oidc_token[0].audience == google_cloud_run_v2_service.function[name].uri} ${job.http_target[0].oidc_token[0].service_account_email == google_service_account.caller[name].email}" } == {
      relay_events = "* * * * * Etc/UTC true true true"
    }
    error_message = "Scheduled functions are called at their time, signed."
  }

  assert {
    condition = alltrue(concat(
      [for topic in concat(values(google_pubsub_topic.this), values(google_pubsub_topic.dead_letter)) : topic.message_retention_duration == "604800s"],
      [for subscription in concat(values(google_pubsub_subscription.consumer), values(google_pubsub_subscription.dead_letter)) : subscription.message_retention_duration == "604800s"],
    ))
    error_message = "A message waits for a week, wherever it is."
  }

  assert {
    condition     = alltrue([for topic in concat(values(google_pubsub_topic.this), values(google_pubsub_topic.dead_letter)) : topic.message_storage_policy[0].allowed_persistence_regions == toset(["europe-west1"])])
    error_message = "Messages stay in the region of the data."
  }

  assert {
    condition     = alltrue([for backend in google_compute_backend_service.function : backend.security_policy == google_compute_security_policy.api.id])
    error_message = "Cloud Armor stands before every service that the public reaches."
  }

  # ---- buckets
  assert {
    condition     = google_storage_bucket_iam_member.app.member == "allUsers" && google_storage_bucket_iam_member.app.role == "roles/storage.legacyObjectReader" && google_storage_bucket_iam_member.app.bucket == google_storage_bucket.app.name
    error_message = "The public reads the app's files by name and lists nothing."
  }

  assert {
    condition     = google_storage_bucket.source.public_access_prevention == "enforced" && google_storage_bucket.source.uniform_bucket_level_access && google_storage_bucket.app.uniform_bucket_level_access
    error_message = "No other bucket can become public, and no object can have rights of its own."
  }

  assert {
    condition = (
      google_storage_bucket.uploads.public_access_prevention == "enforced" && google_storage_bucket.uploads.uniform_bucket_level_access
      && one(google_storage_bucket.uploads.lifecycle_rule[0].condition).age == 1 && google_storage_bucket.uploads.soft_delete_policy[0].retention_duration_seconds == 0
      && google_storage_bucket.uploads.cors[0].origin == tolist(["https://${var.domain}"]) && google_storage_bucket.uploads.cors[0].method == tolist(["PUT"])
    )
    error_message = "Files to import are closed to the public, open to the app's pages, and gone after a day."
  }

  assert {
    condition     = alltrue([for key, member in google_storage_bucket_iam_member.uploads : member.role == "roles/storage.objectUser" && member.member == google_service_account.function[key].member && contains(local.uploaders, key)])
    error_message = "Only services whose functions take files reach them."
  }

  # ---- the key of stored secrets
  assert {
    condition = { for key, grant in google_kms_crypto_key_iam_member.sealer : key => "${grant.role} ${grant.member == google_service_account.function[key].member}" } == {
      enrich_contact = "roles/cloudkms.cryptoKeyEncrypterDecrypter true"
    }
    error_message = "Only services whose functions keep secrets use their key."
  }

  assert {
    condition     = [for name, environment in local.service_environment : name if contains(keys(environment), "SECRETS_KEY")] == ["enrich_contact"] && google_kms_crypto_key.secrets.rotation_period == "7776000s"
    error_message = "The key of secrets is rotated, and told to those alone that use it."
  }
}
