# The front door: one address, one certificate, one URL map. /api/crm/... goes to the function that the manifest names for
# method and path, anything else is the app.

resource "google_compute_region_network_endpoint_group" "function" {
  for_each = local.public_services

  name                  = each.value.name
  region                = var.region
  network_endpoint_type = "SERVERLESS"

  cloud_run {
    service = google_cloud_run_v2_service.function[each.key].name
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "google_compute_backend_service" "function" {
  for_each = local.public_services

  name                  = each.value.name
  description           = length(each.value.functions) == 1 ? local.trigger_text[each.value.functions[0]] : each.value.description
  load_balancing_scheme = "EXTERNAL_MANAGED"
  protocol              = "HTTPS"
  security_policy       = each.value.use == "dav" ? google_compute_security_policy.dav.id : google_compute_security_policy.api.id

  custom_response_headers = local.security_headers

  backend {
    group = google_compute_region_network_endpoint_group.function[each.key].id
  }

  log_config {
    enable      = var.request_logs
    sample_rate = var.request_logs ? 1 : null
  }
}

resource "google_compute_url_map" "https" {
  name            = local.name
  default_service = google_compute_backend_bucket.app.id

  host_rule {
    hosts        = [var.domain]
    path_matcher = local.name
  }

  path_matcher {
    name            = local.name
    default_service = google_compute_backend_bucket.app.id

    dynamic "route_rules" {
      for_each = local.routes
      iterator = route

      content {
        priority = route.value.priority
        service  = google_compute_backend_service.function[local.service_of[route.value.function]].id

        match_rules {
          full_path_match     = route.value.exact
          path_template_match = route.value.template

          header_matches {
            header_name = ":method"
            exact_match = route.value.method
          }
        }
      }
    }

    # Programs of the years before 2026-07-28 open a GET beside each conversation with the MCP server, and take 405 alone for "not offered".
    # No request reaches the service named here.
    route_rules {
      priority = 9990
      service  = google_compute_backend_service.function[local.service_of[local.routes[0].function]].id

      match_rules {
        full_path_match = "/api/crm/mcp"
      }

      route_action {
        fault_injection_policy {
          abort {
            http_status = 405
            percentage  = 100
          }
        }
      }
    }

    # WebDAV has methods and addresses that no list of routes could name, so the rule matches on the path alone. Whether the load balancer passes
    # PROPFIND and REPORT is not documented: docs/deploying.md has the request that shows it, and dav.host the way around it.
    dynamic "route_rules" {
      for_each = local.dav_routes
      iterator = route

      content {
        priority = 9992 + route.key
        service  = google_compute_backend_service.function[local.service_of[route.value]].id

        match_rules {
          prefix_match = local.functions[route.value].dav
        }
      }
    }

    # Phones and programs ask here for the address book, before they sign in and with any method (RFC 6764).
    dynamic "route_rules" {
      for_each = local.dav_routes
      iterator = route

      content {
        priority = 9996 + route.key

        match_rules {
          prefix_match = "/.well-known/carddav"
        }

        url_redirect {
          host_redirect          = var.dav.host
          https_redirect         = true
          path_redirect          = local.functions[route.value].dav
          redirect_response_code = "MOVED_PERMANENTLY_DEFAULT"
          strip_query            = true
        }
      }
    }

    # Any other /api address is an error and must not be answered with the app's page; nor is what programs look up about this address and
    # do not find.
    route_rules {
      priority = 10000
      service  = google_compute_backend_service.function[local.service_of[local.routes[0].function]].id

      match_rules {
        prefix_match = "/api/"
      }

      match_rules {
        prefix_match = "/.well-known/"
      }

      route_action {
        fault_injection_policy {
          abort {
            http_status = 404
            percentage  = 100
          }
        }
      }
    }

    # An address inside the app is no file: it gets index.html and status 200, and the app shows the page.
    route_rules {
      priority = 20000
      service  = google_compute_backend_bucket.app.id

      match_rules {
        prefix_match = "/"
      }

      custom_error_response_policy {
        error_service = google_compute_backend_bucket.app.id

        error_response_rule {
          match_response_codes   = ["403", "404"] # 403: the bucket does not say what it does not have
          path                   = "/index.html"
          override_response_code = 200
        }
      }
    }
  }

  lifecycle {
    precondition {
      condition     = alltrue([for names in local.route_keys : length(names) == 1])
      error_message = "Functions claim the same method and path: ${join("; ", [for names in local.route_keys : join(" and ", names) if length(names) > 1])}."
    }
    precondition {
      condition     = alltrue([for route in local.routes : length(coalesce(route.template, route.exact)) <= 255 && length(split("=*}", coalesce(route.template, route.exact))) <= 6])
      error_message = "A path may have 255 characters and 5 parameters in a URL map."
    }
    precondition {
      condition     = length(local.routes) + 2 * length(local.dav_routes) <= 197
      error_message = "A path matcher holds 200 route rules, three of which are ours and two for each function of WebDAV; the manifest has ${length(local.routes)}. Split by area into path matchers."
    }
    precondition {
      condition     = alltrue([for function in local.by_kind.http : can(regex("^/(api/|respond/|[.]well-known/oauth-)", split(" ", function.http)[1]))])
      error_message = "Paths of functions begin with /api/, /respond/ or /.well-known/oauth-; everything else is the app's."
    }
  }
}

resource "google_compute_url_map" "redirect" {
  name = "${local.name}-redirect"

  default_url_redirect {
    https_redirect         = true
    redirect_response_code = "MOVED_PERMANENTLY_DEFAULT"
    strip_query            = false
  }
}

resource "google_compute_global_address" "edge" {
  for_each = toset(["IPV4", "IPV6"])

  name       = "${local.name}-${lower(each.key)}"
  ip_version = each.key

  depends_on = [google_project_service.this]
}

resource "google_dns_record_set" "this" {
  for_each = var.dns_zone == null ? {} : { A = "IPV4", AAAA = "IPV6" }

  managed_zone = var.dns_zone
  name         = "${var.domain}."
  type         = each.key
  ttl          = 300
  rrdatas      = [google_compute_global_address.edge[each.value].address]
}

resource "google_compute_managed_ssl_certificate" "this" {
  name = "${local.name}-${substr(sha256(var.domain), 0, 8)}" # a certificate cannot change, so another domain is another one

  managed {
    domains = [var.domain]
  }

  lifecycle {
    create_before_destroy = true
  }

  depends_on = [google_project_service.this]
}

resource "google_compute_ssl_policy" "this" {
  name            = local.name
  profile         = "MODERN"
  min_tls_version = "TLS_1_2"

  depends_on = [google_project_service.this]
}

resource "google_compute_target_https_proxy" "this" {
  name             = local.name
  url_map          = google_compute_url_map.https.id
  ssl_certificates = [google_compute_managed_ssl_certificate.this.id]
  ssl_policy       = google_compute_ssl_policy.this.id
  quic_override    = "ENABLE"
}

resource "google_compute_target_http_proxy" "redirect" {
  name    = "${local.name}-redirect"
  url_map = google_compute_url_map.redirect.id
}

# Four forwarding rules; the price is the same for one to five.
resource "google_compute_global_forwarding_rule" "https" {
  for_each = google_compute_global_address.edge

  name                  = "${local.name}-https-${lower(each.key)}"
  target                = google_compute_target_https_proxy.this.id
  ip_address            = each.value.id
  port_range            = "443"
  load_balancing_scheme = "EXTERNAL_MANAGED"
}

resource "google_compute_global_forwarding_rule" "http" {
  for_each = google_compute_global_address.edge

  name                  = "${local.name}-http-${lower(each.key)}"
  target                = google_compute_target_http_proxy.redirect.id
  ip_address            = each.value.id
  port_range            = "80"
  load_balancing_scheme = "EXTERNAL_MANAGED"
}
