"""Turns articles into verified facts: reading, rules, asking a model, verification, batches and the command line."""
