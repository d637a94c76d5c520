# Identity Platform: people, passwords, and tokens that the functions verify. Not made when you bring a provider of your own.
#
# Whether a project has Identity Platform cannot be undone: `destroy` leaves it, with its users.
resource "google_identity_platform_config" "this" {
  count = var.sign_in == null ? 1 : 0

  authorized_domains         = [var.domain]
  autodelete_anonymous_users = true

  sign_in {
    allow_duplicate_emails = false # two accounts of one address would be two address books

    email {
      enabled           = true
      password_required = true
    }
  }

  mfa {
    state = "ENABLED"

    provider_configs {
      state = "ENABLED"

      totp_provider_config {
        adjacent_intervals = 1
      }
    }
  }

  depends_on = [google_project_service.this]
}
