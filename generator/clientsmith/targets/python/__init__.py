"""The Python client: a surface goes in, the formatted files of a package come out."""
