"""The target of changes: two surfaces go in, what breaks comes out."""
