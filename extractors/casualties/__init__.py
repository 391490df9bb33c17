"""Casualties: who was killed, hurt, missing or taken, how many, in whose words. component.py reads them."""
