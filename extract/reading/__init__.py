"""Reads an article without a model: sentences, quotations, names, values, cues and who says what."""
