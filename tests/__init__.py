"""Tests: each docstring states the behaviour it holds."""
