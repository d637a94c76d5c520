# Every entry of the manifest is deployed, as what it says it is, and can be reached only that way.

mock_provider "google" {}
mock_provider "google-beta" {}
mock_provider "random" {}

variables {
  project_id     = "crm-test"
  region         = "europe-west1"
  domain         = "crm.example.com"
  environment    = "staging"
  manifest       = "tests/fixtures/manifest.json"
  source_archive = "tests/fixtures/manifest.json"
  image          = "europe-west1-docker.pkg.dev/crm-test/warmpath-functions/warmpath:1a2b3c"
  operators      = ["group:operators@example.com"]
  secrets        = { HUNTER_API_KEY = "hunter-api-key", SMTP_URL = "smtp-url" }
  database       = { tier = "db-custom-1-3840", max_connections = 200, replica = true }
  scaling        = { max_instances = 3, min_instances = 1 }
}

run "as_declared" {
  command = plan

  assert {
    condition     = toset(keys(google_cloudfunctions2_function.this)) == toset(keys(local.manifest.functions))
    error_message = "One function per entry of the manifest, no more and no less."
  }

  assert {
    condition     = alltrue([for name, function in google_cloudfunctions2_function.this : function.build_config[0].entry_point == name && function.name == replace(name, "_", "-")])
    error_message = "A function's entry point is its manifest key, and its name the same with hyphens."
  }

  assert {
    condition = { for name, function in google_cloudfunctions2_function.this : name => function.service_config[0].ingress_settings } == {
      create_contact              = "ALLOW_INTERNAL_AND_GCLB"
      delete_relationship_between = "ALLOW_INTERNAL_AND_GCLB"
      enrich_contact              = "ALLOW_INTERNAL_ONLY"
      enrich_contact_now          = "ALLOW_INTERNAL_AND_GCLB"
      get_contact                 = "ALLOW_INTERNAL_AND_GCLB"
      get_docs                    = "ALLOW_INTERNAL_AND_GCLB"
      import_contacts             = "ALLOW_INTERNAL_AND_GCLB"
      list_contacts               = "ALLOW_INTERNAL_AND_GCLB"
      relay_events                = "ALLOW_INTERNAL_ONLY"
      replay_dead_letters         = "ALLOW_ALL"
      respond_to_introduction     = "ALLOW_INTERNAL_AND_GCLB"
      search_contacts             = "ALLOW_INTERNAL_AND_GCLB"
      send_mail                   = "ALLOW_INTERNAL_ONLY"
      withdraw_introduction       = "ALLOW_INTERNAL_AND_GCLB"
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
    condition = alltrue([for function in google_cloudfunctions2_function.this :
      function.service_config[0].direct_vpc_egress == "VPC_EGRESS_PRIVATE_RANGES_ONLY" && function.service_config[0].direct_vpc_network_interface[0].tags == tolist(["warmpath"])
    ])
    error_message = "Private traffic goes through our network, under its firewall rules."
  }

  assert {
    condition     = alltrue([for function in google_cloudfunctions2_function.this : try(function.build_config[0].environment_variables["SOURCE_DATE_EPOCH"], "") != ""])
    error_message = "Without it the build's bytecode is out of date in the image, and every cold start compiles."
  }
}

run "sizes" {
  command = plan

  variables {
    function_overrides = { search_contacts = { max_instances = 9, min_instances = 2, memory_mb = 1024 } }
  }

  assert {
    condition     = google_cloudfunctions2_function.this["create_contact"].service_config[0].max_instance_count == 3 && google_cloudfunctions2_function.this["replay_dead_letters"].service_config[0].max_instance_count == 1
    error_message = "The manifest's wish, at most the environment's limit."
  }

  assert {
    condition = (
      google_cloudfunctions2_function.this["search_contacts"].service_config[0].max_instance_count == 9 &&
      google_cloudfunctions2_function.this["search_contacts"].service_config[0].min_instance_count == 2 &&
      google_cloudfunctions2_function.this["search_contacts"].service_config[0].available_memory == "1024Mi" &&
      google_cloudfunctions2_function.this["import_contacts"].service_config[0].available_memory == "512Mi" &&
      google_cloudfunctions2_function.this["import_contacts"].service_config[0].max_instance_request_concurrency == 4 &&
      google_cloudfunctions2_function.this["import_contacts"].service_config[0].environment_variables["THREADS"] == "4" &&
      google_cloudfunctions2_function.this["search_contacts"].service_config[0].environment_variables["THREADS"] == "16" &&
      google_cloudfunctions2_function.this["import_contacts"].service_config[0].timeout_seconds == 300
    )
    error_message = "An override wins over the manifest, the manifest over its defaults."
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

  expect_failures = [google_cloudfunctions2_function.this["get_docs"]]
}

run "everybody_as_operator_is_refused" {
  command = plan

  variables {
    operators = ["allAuthenticatedUsers"]
  }

  expect_failures = [var.operators]
}

run "an_earlier_archive_can_be_deployed_again" {
  command = plan

  variables {
    source_object = "functions-0123.zip"
  }

  assert {
    condition     = length(google_storage_bucket_object.source) == 0 && alltrue([for function in google_cloudfunctions2_function.this : function.build_config[0].source[0].storage_source[0].object == "functions-0123.zip"])
    error_message = "All functions run the named archive, and none is uploaded."
  }
}
