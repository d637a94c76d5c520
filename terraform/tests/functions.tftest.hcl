# Every entry of the manifest is deployed, as what it says it is, and can be reached only that way.

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
  scaling     = { max_instances = 3, min_instances = 1 }
}

run "as_declared" {
  command = plan

  assert {
    condition     = toset(flatten([for service in local.service_environment : split(",", service.FUNCTION_TARGET)])) == toset(keys(local.manifest.functions)) && length(google_cloud_run_v2_service.function) == length(local.manifest.functions)
    error_message = "One service per entry of the manifest, no more and no less."
  }

  assert {
    condition     = alltrue([for name, service in google_cloud_run_v2_service.function : local.service_environment[name].FUNCTION_TARGET == name && service.name == replace(name, "_", "-")])
    error_message = "A service is told the function of its name, which it has with hyphens."
  }

  assert {
    condition = { for name, service in google_cloud_run_v2_service.function : name => service.ingress } == {
      create_contact              = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
      delete_relationship_between = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
      enrich_contact              = "INGRESS_TRAFFIC_INTERNAL_ONLY"
      enrich_contact_now          = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
      get_contact                 = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
      get_docs                    = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
      import_contacts             = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
      list_contacts               = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
      relay_events                = "INGRESS_TRAFFIC_INTERNAL_ONLY"
      replay_dead_letters         = "INGRESS_TRAFFIC_ALL"
      respond_to_introduction     = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
      search_contacts             = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
      send_mail                   = "INGRESS_TRAFFIC_INTERNAL_ONLY"
      withdraw_introduction       = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
    }
    error_message = "HTTP functions only behind the load balancer, consumers and schedules only from inside, private ones by IAM."
  }

  assert {
    condition     = length(distinct([for account in google_service_account.function : account.account_id])) == length(local.manifest.functions)
    error_message = "Every function is an identity of its own."
  }

  assert {
    condition     = alltrue([for account in google_service_account.function : can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", account.account_id))])
    error_message = "Google takes service account ids of 6 to 30 characters."
  }

  assert {
    condition = alltrue([for service in google_cloud_run_v2_service.function :
      service.template[0].vpc_access[0].egress == "PRIVATE_RANGES_ONLY" && service.template[0].vpc_access[0].network_interfaces[0].tags == tolist(["warmpath"])
    ])
    error_message = "Private traffic goes through our network, under its firewall rules."
  }

  assert {
    condition = alltrue([for service in google_cloud_run_v2_service.function :
      service.template[0].containers[0].image == var.image && service.template[0].containers[0].ports[0].container_port == 8080 && !service.deletion_protection
    ])
    error_message = "All services run the one image, and none keeps a deployment from being deleted."
  }

  assert {
    condition = { for name, service in google_cloud_run_v2_service.function : name => "${service.invoker_iam_disabled} ${service.default_uri_disabled}" } == {
      for name, entry in local.manifest.functions : name => can(entry.http) ? "true true" : "false false"
    }
    error_message = "What the load balancer reaches asks no IAM and has no other address; of everything else IAM is asked."
  }

  assert {
    condition = alltrue([for service in google_cloud_run_v2_service.function : alltrue([for container in service.template[0].containers :
      container.startup_probe[0].http_get[0].path == "/startup" && container.startup_probe[0].http_get[0].port == 8080 && container.startup_probe[0].period_seconds == 1 &&
      container.startup_probe[0].failure_threshold >= 90 && container.startup_probe[0].failure_threshold <= 240
    ])])
    error_message = "An instance says on /startup when it may get requests, and has a minute and a half for it."
  }

  assert {
    condition     = alltrue([for service in google_cloud_run_v2_service.function : service.template[0].containers[0].resources[0].startup_cpu_boost && service.template[0].containers[0].resources[0].cpu_idle && service.template[0].containers[0].resources[0].limits.cpu == "1"])
    error_message = "A starting instance has more processor, and one that waits is not paid for."
  }

  assert {
    condition     = alltrue([for service in google_cloud_run_v2_service.function : length(service.traffic) == 1 && service.traffic[0].percent == 100 && service.traffic[0].type == "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST"])
    error_message = "Without a word about it a release gets every request."
  }
}

run "sizes" {
  command = plan

  variables {
    function_overrides = { search_contacts = { max_instances = 9, min_instances = 2, memory_mb = 1024 } }
  }

  assert {
    condition     = google_cloud_run_v2_service.function["create_contact"].scaling[0].max_instance_count == 3 && google_cloud_run_v2_service.function["replay_dead_letters"].scaling[0].max_instance_count == 1
    error_message = "The manifest's wish, at most the environment's limit."
  }

  assert {
    condition = (
      google_cloud_run_v2_service.function["search_contacts"].scaling[0].max_instance_count == 9 &&
      google_cloud_run_v2_service.function["search_contacts"].scaling[0].min_instance_count == 2 &&
      google_cloud_run_v2_service.function["search_contacts"].template[0].scaling[0].max_instance_count == 9 &&
      google_cloud_run_v2_service.function["search_contacts"].template[0].containers[0].resources[0].limits.memory == "1024Mi" &&
      google_cloud_run_v2_service.function["import_contacts"].template[0].containers[0].resources[0].limits.memory == "512Mi" &&
      google_cloud_run_v2_service.function["import_contacts"].template[0].max_instance_request_concurrency == 4 &&
      google_cloud_run_v2_service.function["import_contacts"].template[0].timeout == "300s"
    )
    error_message = "An override wins over the manifest, the manifest over its defaults."
  }

  assert {
    condition = { for name in ["import_contacts", "search_contacts"] : name => "${local.service_environment[name].THREADS} ${local.service_environment[name].DATABASE_POOL_SIZE}" } == {
      import_contacts = "4 2"
      search_contacts = "16 2"
    }
    error_message = "An instance answers as many requests at once as it is sent."
  }
}

run "a_release_gets_a_share_and_the_revision_before_the_rest" {
  command = plan

  variables {
    traffic = { percent = 5, stable = { get-contact = "get-contact-00007-abc" } }
  }

  assert {
    condition = { for name in ["get_contact", "list_contacts"] : name => [for target in google_cloud_run_v2_service.function[name].traffic : "${target.percent} ${target.type} ${coalesce(target.revision, "-")}"] } == {
      get_contact   = ["95 TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION get-contact-00007-abc", "5 TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST -"]
      list_contacts = ["100 TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST -"]
    }
    error_message = "Of a service that was there the revision before keeps most requests; a new service gets all of its own."
  }
}

run "by_area" {
  command = plan

  variables {
    grouping = "area"
  }

  assert {
    condition = { for key, service in local.service_environment : key => service.FUNCTION_TARGET } == {
      contacts             = "create_contact,get_contact,list_contacts,search_contacts"
      contacts-heavy       = "import_contacts"
      enrichment           = "enrich_contact_now"
      enrichment-events    = "enrich_contact,relay_events"
      enrichment-operators = "replay_dead_letters"
      graph                = "delete_relationship_between,respond_to_introduction,withdraw_introduction"
      graph-events         = "send_mail"
      meta                 = "get_docs"
    }
    error_message = "An area's routes share a service; uploads, events and operators' functions have theirs."
  }

  assert {
    condition     = google_cloud_run_v2_service.function["contacts"].scaling[0].min_instance_count == 1 && google_cloud_run_v2_service.function["enrichment-events"].template[0].timeout == "120s" && google_cloud_run_v2_service.function["contacts-heavy"].template[0].max_instance_request_concurrency == 4
    error_message = "A service has the largest sizes of its functions."
  }

  assert {
    condition     = { for name, entry in local.manifest.functions : name => local.service_of[name] if can(entry.http) } == { for route in local.routes : route.function => local.service_of[route.function] } && toset(keys(google_compute_backend_service.function)) == toset(["contacts", "contacts-heavy", "enrichment", "graph", "meta"])
    error_message = "Behind the load balancer stand the services with routes, each once."
  }

  assert {
    condition     = toset(keys(google_service_account.caller)) == toset(["enrichment-events", "graph-events"]) && toset(keys(google_service_account.function)) == toset(keys(local.services))
    error_message = "A service is one identity, and so is what calls it."
  }
}

run "all_in_one" {
  command = plan

  variables {
    grouping = "one"
    quota    = {}
    database = { tier = "db-f1-micro", max_connections = 25, pool_size = 1 }
    scaling  = { max_instances = 1 }
  }

  assert {
    condition     = toset(keys(google_cloud_run_v2_service.function)) == toset(["api", "events", "heavy", "operators"])
    error_message = "However few the services, what the public reaches is apart from what it must not."
  }

  assert {
    condition     = output.capacity.cpus == { limit = 20, needed = 9 } && output.capacity.database_mb == { limit = 307, needed = 188 } && output.capacity.service_accounts.needed == 9 && output.capacity.backend_services.needed == 2
    error_message = "It fits the smallest database and the quota of a new project."
  }
}

run "an_override_of_no_function_is_refused" {
  command = plan

  variables {
    function_overrides = { serch_contacts = { max_instances = 9 } }
  }

  expect_failures = [var.function_overrides]
}

run "a_secret_nobody_reads_is_refused" {
  command = plan

  variables {
    secrets = { HUNTR_API_KEY = "hunter-api-key" }
  }

  expect_failures = [var.secrets]
}

run "a_password_among_the_settings_is_refused" {
  command = plan

  variables {
    settings = { SMTP_URL = "smtp://user:password@mail.example.com" }
  }

  expect_failures = [var.settings]
}

run "an_entry_of_two_kinds_is_refused" {
  command = plan

  variables {
    manifest = "tests/fixtures/two-kinds.json"
    secrets  = {}
  }

  expect_failures = [google_cloud_run_v2_service.function["get_docs"]]
}

run "everybody_as_operator_is_refused" {
  command = plan

  variables {
    operators = ["allAuthenticatedUsers"]
  }

  expect_failures = [var.operators]
}

run "a_share_beside_nothing_is_refused" {
  command = plan

  variables {
    traffic = { percent = 5 }
  }

  expect_failures = [var.traffic]
}
