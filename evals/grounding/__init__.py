"""Adversarial grounding: true facts and their words, edited. What is the same must be found, what is false caught."""
