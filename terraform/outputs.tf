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

output "deletion_protection" {
  description = "Whether this environment refuses to be deleted."
  value       = var.deletion_protection
}

output "functions" {
  description = "Kind, service and own address of each entry of the manifest; an address, where no route leads to it."
  value = { for name, function in local.functions :
    name => { kind = function.kind, service = local.services[local.service_of[name]].name, url = try(local.own_addresses[name].url, null) }
  }
}

output "image" {
  description = "Container image that everything runs."
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
  description = "Bucket of the image's archives and of the records of releases."
  value       = google_storage_bucket.source.name
}

output "url" {
  description = "Where app and API are."
  value       = "https://${var.domain}"

  depends_on = [google_compute_global_forwarding_rule.https]
}
