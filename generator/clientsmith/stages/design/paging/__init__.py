"""Paging: how the pages of an operation are found, as the settings say and as a document looks."""
