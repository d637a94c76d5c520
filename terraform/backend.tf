# The bucket is given at init (`-backend-config=bucket=...`), because it holds the state of what makes every other bucket.
# `make deploy` creates it: versioned, private, readable by operators only. The state contains the passwords of database and cache.
terraform {
  backend "gcs" {
    prefix = "terraform"
  }
}
