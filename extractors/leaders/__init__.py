"""Leaders: who is named, in what office, and what became of them. component.py reads them."""
