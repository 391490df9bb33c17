"""What the gazetteer is compiled from, one module a source. Only `build` uses it; reading news needs none of this."""
