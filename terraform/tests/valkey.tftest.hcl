# A cluster of caches in the place of one server: spread over shards, private, signed in to as oneself.

mock_provider "google" {
  mock_resource "google_memorystore_instance" {
    defaults = {
      endpoints = [{ connections = [
        { psc_auto_connection = [{ connection_type = "CONNECTION_TYPE_PRIMARY", ip_address = "100.64.255.3" }] },
        { psc_auto_connection = [{ connection_type = "CONNECTION_TYPE_DISCOVERY", ip_address = "100.64.255.2" }] },
      ] }]
      managed_server_ca = [{ ca_certs = [{ certificates = ["first"] }, { certificates = ["second"] }] }]
    }
  }
}
mock_provider "google-beta" {}
mock_provider "random" {}

variables {
  quota       = { backend_services = 20, cpus = 200 }
  project_id  = "crm-test"
  region      = "europe-west1"
  domain      = "crm.example.com"
  environment = "production"
  manifest    = "tests/fixtures/manifest.json"
  image       = "europe-west1-docker.pkg.dev/crm-test/warmpath-functions/warmpath@sha256:1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f809"
  cmek_key    = "projects/crm-test/locations/europe-west1/keyRings/crm/cryptoKeys/crm"
  database    = { tier = "db-custom-4-15360", max_connections = 170, pool_size = 2 }
  scaling     = { max_instances = 3 }
  redis       = { engine = "valkey", shards = 4 }
}

run "a_cluster_takes_the_place_of_the_server" {
  command = apply

  assert {
    condition     = length(google_redis_instance.this) == 0 && length(google_memorystore_instance.this) == 1
    error_message = "There is one cache and not two."
  }

  assert {
    condition     = google_memorystore_instance.this[0].mode == "CLUSTER" && google_memorystore_instance.this[0].shard_count == 4 && google_memorystore_instance.this[0].replica_count == 1 && google_memorystore_instance.this[0].node_type == "STANDARD_SMALL"
    error_message = "The cluster has the shards that the variable says, and a replica of each."
  }

  assert {
    condition     = google_memorystore_instance.this[0].authorization_mode == "IAM_AUTH" && google_memorystore_instance.this[0].transit_encryption_mode == "SERVER_AUTHENTICATION"
    error_message = "The cluster takes nobody without a token, and nothing without TLS."
  }

  assert {
    condition     = google_memorystore_instance.this[0].engine_configs == tomap({ maxmemory-policy = "allkeys-lru" }) && google_memorystore_instance.this[0].persistence_config[0].mode == "DISABLED"
    error_message = "The cluster forgets what was used longest ago, and stores nothing."
  }

  assert {
    condition     = google_memorystore_instance.this[0].deletion_protection_enabled
    error_message = "The cluster of caches cannot be deleted by mistake."
  }

  assert {
    condition     = google_memorystore_instance.this[0].kms_key == var.cmek_key && contains(keys(google_kms_crypto_key_iam_member.this), "memorystore") && !contains(keys(google_kms_crypto_key_iam_member.this), "redis")
    error_message = "The cluster of caches uses the key."
  }

  assert {
    condition     = one(google_memorystore_instance.this[0].desired_auto_created_endpoints).network == google_compute_network.this.id && google_network_connectivity_service_connection_policy.cache[0].network == google_compute_network.this.id
    error_message = "The cluster has its addresses in our network."
  }

  assert {
    condition     = google_network_connectivity_service_connection_policy.cache[0].service_class == "gcp-memorystore" && google_network_connectivity_service_connection_policy.cache[0].location == "europe-west1" && google_network_connectivity_service_connection_policy.cache[0].psc_config[0].subnetworks == tolist([google_compute_subnetwork.cache[0].id])
    error_message = "Memorystore may make addresses in the subnet of the cache alone."
  }

  assert {
    condition     = one(google_compute_firewall.egress_to_cache[0].allow).ports == tolist(["6379", "11000-13047"]) && google_compute_firewall.egress_to_cache[0].destination_ranges == toset(["100.64.255.0/28"]) && google_compute_firewall.egress_to_cache[0].direction == "EGRESS"
    error_message = "Functions reach the shards, in the subnet of the cache."
  }

  assert {
    condition     = one(google_compute_firewall.egress_to_services.allow).ports == tolist(["3307", "5432"])
    error_message = "With a cluster functions reach Postgres alone in Google's network."
  }

  assert {
    condition     = toset([for key, grant in google_project_iam_member.function : split("/", key)[0] if grant.role == "roles/memorystore.dbConnectionUser"]) == toset(keys(local.services))
    error_message = "Every service may sign in to the cluster of caches."
  }

  assert {
    condition     = google_secret_manager_secret_version.redis_url.secret_data == "rediss://100.64.255.2:6379"
    error_message = "Functions are told the address that names the shards, without a password."
  }

  assert {
    condition     = google_secret_manager_secret_version.redis_ca.secret_data == "first\nsecond"
    error_message = "Functions know every authority of the cluster, also while one is replaced."
  }

  assert {
    condition     = alltrue([for service in google_cloud_run_v2_service.function : { for variable in service.template[0].containers[0].env : variable.name => variable.value if startswith(variable.name, "REDIS_") && variable.name != "REDIS_URL" } == { REDIS_CA_FILE = "/etc/warmpath/redis/ca.pem", REDIS_MODE = "cluster", REDIS_SIGN_IN = "iam" }])
    error_message = "Functions are told that it is a cluster, and to sign in as themselves."
  }

  assert {
    condition     = length(setsubtract(["memorystore.googleapis.com", "networkconnectivity.googleapis.com", "serviceconsumermanagement.googleapis.com"], [for service in google_project_service.this : service.service])) == 0
    error_message = "The APIs of the cluster of caches are on."
  }

  assert {
    condition     = alltrue([for name in ["cache-memory", "cache-connections"] : strcontains(google_monitoring_alert_policy.this[name].conditions[0].condition_threshold[0].filter, "memorystore.googleapis.com/instance/")]) && !strcontains(google_monitoring_dashboard.this.dashboard_json, "redis.googleapis.com")
    error_message = "Alerts and dashboard look at the cluster's own series."
  }
}

run "one_server_is_no_cluster" {
  command = plan

  variables {
    redis = {}
  }

  assert {
    condition     = length(google_memorystore_instance.this) + length(google_network_connectivity_service_connection_policy.cache) + length(google_compute_subnetwork.cache) + length(google_compute_firewall.egress_to_cache) == 0 && google_redis_instance.this[0].tier == "BASIC" && google_redis_instance.this[0].memory_size_gb == 1
    error_message = "One server needs nothing of a cluster."
  }

  assert {
    condition     = alltrue([for environment in local.service_environment : length(setintersection(keys(environment), ["REDIS_MODE", "REDIS_SIGN_IN"])) == 0]) && length([for grant in google_project_iam_member.function : grant if strcontains(grant.role, "memorystore")]) == 0
    error_message = "One server is signed in to by its password."
  }
}

run "sizes_of_a_server_for_a_cluster_are_refused" {
  command = plan

  variables {
    redis = { engine = "valkey", memory_gb = 5 }
  }

  expect_failures = [var.redis]
}

run "shards_of_a_server_are_refused" {
  command = plan

  variables {
    redis = { shards = 3 }
  }

  expect_failures = [var.redis]
}

run "an_engine_that_there_is_not_is_refused" {
  command = plan

  variables {
    redis = { engine = "memcached" }
  }

  expect_failures = [var.redis]
}

run "a_node_that_there_is_not_is_refused" {
  command = plan

  variables {
    redis = { engine = "valkey", node_type = "STANDARD_LARGE" }
  }

  expect_failures = [var.redis]
}

run "more_nodes_than_a_cluster_has_are_refused" {
  command = plan

  variables {
    redis = { engine = "valkey", shards = 100, replicas = 2 }
  }

  expect_failures = [google_memorystore_instance.this]
}

run "a_range_within_that_of_the_functions_is_refused" {
  command = plan

  variables {
    redis = { engine = "valkey", subnet_cidr = "100.64.8.0/28" }
  }

  expect_failures = [google_memorystore_instance.this]
}

run "a_range_around_that_of_the_functions_is_refused" {
  command = plan

  variables {
    redis = { engine = "valkey", subnet_cidr = "100.64.0.0/16" }
  }

  expect_failures = [google_memorystore_instance.this]
}
