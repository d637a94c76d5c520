"""Code that functions share: `edge` above the areas, `plumbing` below them, one folder for each area."""
