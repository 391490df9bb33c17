"""Where pages come from and how they are kept."""
