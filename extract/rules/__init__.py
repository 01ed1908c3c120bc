"""A reading in, proposed facts out: the strategy without a model, and the baseline that a model must beat."""

from extract.rules.propose import propose

__all__ = ["propose"]
