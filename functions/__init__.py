"""The deployed functions: one file each, in the folder that its URL names."""
