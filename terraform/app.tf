# The app: a bucket behind the CDN. `make deploy` uploads; names with a hash are kept for a year, index.html is asked for anew.

locals {
  security_headers = [
    "Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy: strict-origin-when-cross-origin",
    "Strict-Transport-Security: max-age=31536000; includeSubDomains",
    "X-Content-Type-Options: nosniff",
    "X-Frame-Options: DENY",
  ]

  # Signing in talks to the issuer; Identity Platform's library to these two.
  sign_in_origins = var.sign_in == null ? ["https://identitytoolkit.googleapis.com", "https://securetoken.googleapis.com"] : concat([regex("^https://[^/]+", var.sign_in.issuer)], var.sign_in.origins)

  # The page sets its colours before the first paint by a script of its own, allowed by its hash. `make deploy` compares the built page.
  inline_scripts = [for script in try(regexall("(?s)<script>(.*?)</script>", file("${path.module}/../frontend/index.html")), []) : "sha256-${base64sha256(script[0])}"]

  content_security_policy = join("; ", [
    "default-src 'self'",
    "base-uri 'self'",
    "connect-src 'self' https://storage.googleapis.com ${join(" ", local.sign_in_origins)}",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "img-src 'self' data: blob:",
    "object-src 'none'",
    "script-src ${join(" ", concat(["'self'"], [for hash in local.inline_scripts : "'${hash}'"]))}",
    "style-src 'self' 'unsafe-inline'",
  ])
}

resource "google_storage_bucket" "app" {
  name                        = "${var.project_id}-${local.name}-app"
  location                    = var.region
  uniform_bucket_level_access = true
  force_destroy               = !var.deletion_protection

  # The index.html of the previous release, to go back to.
  versioning {
    enabled = true
  }

  lifecycle_rule {
    condition {
      days_since_noncurrent_time = 90
    }

    action {
      type = "Delete"
    }
  }

  website {
    main_page_suffix = "index.html"
  }

  dynamic "encryption" {
    for_each = var.cmek_key == null ? [] : [var.cmek_key]

    content {
      default_kms_key_name = encryption.value
    }
  }

  depends_on = [google_project_service.this, google_kms_crypto_key_iam_member.this]
}

# A page on the internet is public. This role reads an object by its name and lists nothing.
resource "google_storage_bucket_iam_member" "app" {
  bucket = google_storage_bucket.app.name
  role   = "roles/storage.legacyObjectReader"
  member = "allUsers"
}

resource "google_compute_backend_bucket" "app" {
  name             = "${local.name}-app"
  bucket_name      = google_storage_bucket.app.name
  enable_cdn       = true
  compression_mode = "AUTOMATIC"

  cdn_policy {
    cache_mode         = "USE_ORIGIN_HEADERS"
    request_coalescing = true
    serve_while_stale  = 86400
  }

  custom_response_headers = concat(local.security_headers, ["Content-Security-Policy: ${local.content_security_policy}"])
}
