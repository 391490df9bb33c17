"""Places: where it was, and which of the places of that name. component.py reads them."""
