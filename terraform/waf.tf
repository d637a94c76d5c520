# Bodies are left to the functions: a note may quote SQL or HTML, and a 403 for it would puzzle. There it is a parameter of a
# prepared statement and is shown as text. Nor is what people search for inspected.
locals {
  no_body = "!request.method.matches('^(POST|PUT|PATCH)$')"

  waf_rules = [
    { priority = 100, rule_set = "cve-canary", what = "known exploits", expression = "evaluatePreconfiguredWaf('cve-canary')" },
    { priority = 110, rule_set = "protocolattack-v33-stable", what = "protocol attacks", expression = "evaluatePreconfiguredWaf('protocolattack-v33-stable', {'sensitivity': 1}) && ${local.no_body}" },
    { priority = 120, rule_set = "scannerdetection-v33-stable", what = "scanners", expression = "evaluatePreconfiguredWaf('scannerdetection-v33-stable', {'sensitivity': 1}) && ${local.no_body}" },
    { priority = 130, rule_set = "sqli-v33-stable", what = "SQL in addresses", expression = "evaluatePreconfiguredWaf('sqli-v33-stable', {'sensitivity': 1}) && ${local.no_body}" },
    { priority = 140, rule_set = "xss-v33-stable", what = "scripts in addresses", expression = "evaluatePreconfiguredWaf('xss-v33-stable', {'sensitivity': 1}) && ${local.no_body}" },
  ]
}

resource "google_compute_security_policy" "api" {
  name = "${local.name}-api"

  dynamic "rule" {
    for_each = local.waf_rules

    content {
      description = rule.value.what
      action      = "deny(403)"
      priority    = rule.value.priority
      preview     = var.waf.preview

      match {
        expr {
          expression = rule.value.expression
        }
      }

      preconfigured_waf_config {
        exclusion {
          target_rule_set = rule.value.rule_set

          request_query_param {
            operator = "EQUALS"
            value    = "q"
          }
        }
      }
    }
  }

  # All users of a hosted assistant come from a few addresses: there each token has the limit. A made-up token is refused by its checksum.
  rule {
    description = "requests per address and token to the MCP server"
    action      = "throttle"
    priority    = 900
    preview     = var.waf.preview

    match {
      expr {
        expression = "request.path == '/api/crm/mcp'"
      }
    }

    rate_limit_options {
      conform_action = "allow"
      exceed_action  = "deny(429)"

      enforce_on_key_configs {
        enforce_on_key_type = "IP"
      }

      enforce_on_key_configs {
        enforce_on_key_type = "HTTP_HEADER"
        enforce_on_key_name = "Authorization"
      }

      rate_limit_threshold {
        count        = var.waf.requests_per_minute
        interval_sec = 60
      }
    }
  }

  # Whole offices share an address, so this is wide; each user has a limit of their own in the functions.
  rule {
    description = "requests per address"
    action      = "throttle"
    priority    = 1000
    preview     = var.waf.preview

    match {
      versioned_expr = "SRC_IPS_V1"

      config {
        src_ip_ranges = ["*"]
      }
    }

    rate_limit_options {
      conform_action = "allow"
      exceed_action  = "deny(429)"
      enforce_on_key = "IP"

      rate_limit_threshold {
        count        = var.waf.requests_per_minute
        interval_sec = 60
      }
    }
  }

  rule {
    description = "everything else"
    action      = "allow"
    priority    = 2147483647
    preview     = false

    match {
      versioned_expr = "SRC_IPS_V1"

      config {
        src_ip_ranges = ["*"]
      }
    }
  }

  depends_on = [google_project_service.this]
}

# Phones and programs of address books: bodies are XML and cards, in which any rule for addresses would find an attack, and a first copy of ten
# thousand contacts is a thousand requests within a minute. The answer to too many is 503 from the function, which programs wait after; this limit is
# for floods.
resource "google_compute_security_policy" "dav" {
  name = "${local.name}-dav"

  rule {
    description = "known exploits"
    action      = "deny(403)"
    priority    = 100
    preview     = var.waf.preview

    match {
      expr {
        expression = "evaluatePreconfiguredWaf('cve-canary') && !request.method.matches('^(PUT|PROPFIND|PROPPATCH|REPORT)$')"
      }
    }
  }

  rule {
    description = "requests per address"
    action      = "throttle"
    priority    = 1000
    preview     = var.waf.preview

    match {
      versioned_expr = "SRC_IPS_V1"

      config {
        src_ip_ranges = ["*"]
      }
    }

    rate_limit_options {
      conform_action = "allow"
      exceed_action  = "deny(429)"
      enforce_on_key = "IP"

      rate_limit_threshold {
        count        = var.dav.requests_per_minute
        interval_sec = 60
      }
    }
  }

  rule {
    description = "everything else"
    action      = "allow"
    priority    = 2147483647
    preview     = false

    match {
      versioned_expr = "SRC_IPS_V1"

      config {
        src_ip_ranges = ["*"]
      }
    }
  }

  depends_on = [google_project_service.this]
}
