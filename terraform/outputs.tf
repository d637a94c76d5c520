output "addresses" {
  description = "Addresses for the domain's A and AAAA records."
  value       = { for version, address in google_compute_global_address.edge : version => address.address }
}

output "app_bucket" {
  description = "Bucket that the built app is uploaded to."
  value       = google_storage_bucket.app.name
}

output "app_config" {
  description = "What the app reads from /config.json: how people sign in."
  sensitive   = true # public by nature; this only keeps it out of plans and logs
  value = var.sign_in == null ? {
    oidc              = null
    identity_platform = { api_key = try(google_identity_platform_config.this[0].client[0].api_key, null), project_id = var.project_id }
    } : {
    oidc              = { issuer = var.sign_in.issuer, client_id = coalesce(var.sign_in.client_id, var.sign_in.audience) }
    identity_platform = null
  }
}

output "certificate" {
  description = "Name of the managed certificate; it becomes active when the domain points at the addresses."
  value       = google_compute_managed_ssl_certificate.this.name
}

output "connections" {
  description = "Database connections in the worst case, and what an instance has for them."
  value       = local.connections
}

output "deletion_protection" {
  description = "Whether this environment refuses to be deleted."
  value       = var.deletion_protection
}

output "functions" {
  description = "Cloud Function, kind and own address of each entry of the manifest."
  value = { for name, function in google_cloudfunctions2_function.this :
    name => { kind = local.functions[name].kind, name = function.name, uri = function.service_config[0].uri }
  }
}

output "image" {
  description = "Container image that migrates."
  value       = var.image
}

output "inline_scripts" {
  description = "Hashes of the page's inline scripts that the content security policy allows."
  value       = local.inline_scripts
}

output "routes" {
  description = "Route rules of the load balancer in their order."
  value       = local.routes
}

output "sign_in" {
  description = "What tokens must carry."
  value       = local.sign_in
}

output "source_bucket" {
  description = "Bucket of the archives; an older one's name as source_object goes back to it."
  value       = google_storage_bucket.source.name
}

output "source_object" {
  description = "Archive that the functions run."
  value       = local.source_object
}

output "url" {
  description = "Where app and API are."
  value       = "https://${var.domain}"

  depends_on = [google_compute_global_forwarding_rule.https]
}
