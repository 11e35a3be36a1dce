"""Decides what a client offers, in no language."""
