"""The number of the plan's types as a contract for templates of users (docs/templates.md)."""

CONTRACT = 1
"""It rises with the first change after a release."""
