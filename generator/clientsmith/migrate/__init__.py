"""Moving in: the settings of other generators go in, ours come out."""
