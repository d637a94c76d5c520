"""Files that users upload: in a bucket in the cloud, in a folder elsewhere, by the same resumable protocol."""
