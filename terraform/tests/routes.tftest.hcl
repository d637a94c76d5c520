# The load balancer: method and path find their function, in an order that Google keeps.

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
  database    = { tier = "db-custom-4-15360", max_connections = 200 }
  scaling     = { max_instances = 3 }
}

run "routes" {
  command = plan

  assert {
    condition = [for rule in google_compute_url_map.https.path_matcher[0].route_rules :
      "${rule.priority} ${try(rule.match_rules[0].header_matches[0].exact_match, "*")} ${try(coalesce(rule.match_rules[0].full_path_match, rule.match_rules[0].path_template_match), rule.match_rules[0].prefix_match)}"
      ] == [
      "10 GET /api/crm/contacts",
      "20 POST /api/crm/contacts",
      "30 POST /api/crm/contacts/import",
      "40 GET /api/crm/contacts/search",
      "50 GET /api/crm/contacts/{id=*}",
      "60 POST /api/crm/contacts/{id=*}/enrich",
      "70 GET /api/crm/docs",
      "80 POST /api/crm/graph/introductions/respond/{token=*}",
      "90 POST /api/crm/graph/introductions/{id=*}/withdraw",
      "100 DELETE /api/crm/graph/relationships/{from=*}/{to=*}",
      "9990 * /api/crm/mcp",
      "10000 * /api/",
      "20000 * /",
    ]
    error_message = "Routes in priority order, of two that could match the more literal first, then 404 for the rest of /api/, then the app."
  }

  assert {
    condition     = alltrue([for route in local.routes : local.functions[route.function].http == "${route.method} ${replace(coalesce(route.template, route.exact), "=*}", "}")}"])
    error_message = "A route leads to the function whose manifest entry it is."
  }

  assert {
    condition     = toset([for route in local.routes : route.function]) == toset(keys(google_compute_backend_service.function)) && length(google_compute_backend_service.function) == 10
    error_message = "Every HTTP function has a route, and only HTTP functions have a backend."
  }

  assert {
    condition     = alltrue([for rule in google_compute_url_map.https.path_matcher[0].route_rules : length(rule.match_rules[0].header_matches) == 0 || alltrue([for match in rule.match_rules[0].header_matches : match.header_name == ":method"])])
    error_message = "Methods are matched by the pseudo header."
  }

  assert {
    condition     = one(one([for rule in google_compute_url_map.https.path_matcher[0].route_rules : rule if rule.priority == 10000]).route_action[0].fault_injection_policy[0].abort[*].http_status) == 404
    error_message = "What is no function under /api/ is answered with 404, not with the app."
  }

  assert {
    condition     = [for match in one([for rule in google_compute_url_map.https.path_matcher[0].route_rules : rule if rule.priority == 10000]).match_rules : match.prefix_match] == ["/api/", "/.well-known/"]
    error_message = "What programs look up and do not find is not answered with the app."
  }

  assert {
    condition     = one(one([for rule in google_compute_url_map.https.path_matcher[0].route_rules : rule if rule.priority == 9990]).route_action[0].fault_injection_policy[0].abort[*].http_status) == 405
    error_message = "The MCP server offers no stream by GET, and says so."
  }

  assert {
    condition     = [for key in one(one([for rule in google_compute_security_policy.api.rule : rule if rule.priority == 900]).rate_limit_options).enforce_on_key_configs : key.enforce_on_key_type] == ["IP", "HTTP_HEADER"]
    error_message = "Behind the shared address of an assistant each token has the limit."
  }

  assert {
    condition     = one([for rule in google_compute_url_map.https.path_matcher[0].route_rules : rule if rule.priority == 20000]).custom_error_response_policy[0].error_response_rule[0].override_response_code == 200
    error_message = "Deep links open the app."
  }

  assert {
    condition     = google_compute_url_map.redirect.default_url_redirect[0].https_redirect && google_compute_ssl_policy.this.min_tls_version == "TLS_1_2"
    error_message = "HTTP is redirected; TLS is 1.2 at least."
  }

  assert {
    condition     = alltrue([for headers in concat([google_compute_backend_bucket.app.custom_response_headers], [for backend in google_compute_backend_service.function : backend.custom_response_headers]) : contains(headers, "Strict-Transport-Security: max-age=31536000; includeSubDomains") && contains(headers, "X-Content-Type-Options: nosniff")])
    error_message = "Browsers stay on TLS, for app and API."
  }

  assert {
    condition     = alltrue([for header in google_compute_backend_bucket.app.custom_response_headers : !can(regex("script-src[^;]*unsafe", header))])
    error_message = "The page runs no script but its own."
  }

  assert {
    condition     = toset([for rule in google_compute_security_policy.api.rule : rule.priority if !rule.preview && rule.action != "allow"]) == toset([100, 110, 120, 130, 140, 900, 1000])
    error_message = "Cloud Armor's rules act."
  }
}

run "two_functions_for_one_route_are_refused" {
  command = plan

  variables {
    manifest = "tests/fixtures/same-route.json"
  }

  expect_failures = [google_compute_url_map.https]
}
