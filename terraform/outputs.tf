output "addresses" {
  description = "Addresses for the domain's A and AAAA records."
  value       = { for version, address in google_compute_global_address.edge : version => address.address }
}

output "app_bucket" {
  description = "Bucket that the built app is uploaded to."
  value       = google_storage_bucket.app.name
}

output "certificate" {
  description = "Name of the managed certificate; it becomes active when the domain points at the addresses."
  value       = google_compute_managed_ssl_certificate.this.name
}

output "connections" {
  description = "Database connections in the worst case, and what an instance has for them."
  value       = local.connections
}

output "functions" {
  description = "Cloud Function, kind and own address of each entry of the manifest."
  value = { for name, function in google_cloudfunctions2_function.this :
    name => { kind = local.functions[name].kind, name = function.name, uri = function.service_config[0].uri }
  }
}

output "identity_platform_api_key" {
  description = "Key that the app names when people sign in; public by nature. Null with a provider of your own."
  value       = try(google_identity_platform_config.this[0].client[0].api_key, null)
  sensitive   = true # only so that plans and logs are not full of it
}

output "migration" {
  description = "Cloud Functions that bring the database up to date."
  value       = [for name in keys(local.owners) : google_cloudfunctions2_function.this[name].name]
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
