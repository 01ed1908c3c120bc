"""Proposed facts in; verified facts and rejected ones, each with the outcome of every check, out."""

from extract.verify.admit import REJECTING, admit
from extract.verify.checks import CHECKS, check
from extract.verify.locate import TextIndex

__all__ = ["CHECKS", "REJECTING", "TextIndex", "admit", "check"]
