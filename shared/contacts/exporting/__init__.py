"""Write contacts as files that other address books open and that an import reads back without loss."""
