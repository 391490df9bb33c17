"""Dates: when it was, and when it was said. component.py reads them."""
