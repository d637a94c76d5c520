"""What the functions share: a folder is an area of the business, a file is plumbing."""
