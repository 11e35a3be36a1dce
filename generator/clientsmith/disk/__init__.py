"""What holds for files and folders whatever is in them: reading, locking, exchanging, and the user's cache."""
