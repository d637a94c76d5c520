"""Stand-ins for Google's Terraform providers: the real terraform validates, plans and tests the module without network or account."""
