"""How good an extraction is: hand labels, a scorer that cannot be fooled, and a gate that holds what was reached."""
