"""Read contacts from the files that address books and networks export."""
