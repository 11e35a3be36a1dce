"""The nouns of the generator: frozen data that the stages hand on. Nothing here imports from other folders."""
