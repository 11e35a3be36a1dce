"""Stage: the path of an OpenAPI document (or of a settings file) goes in, the values in the files come out.

The only stage that reads the user's files. It only checks whether a file can be read; `validate` does the rest.
"""

from .documents import load, load_mentioned, load_overlays
from .settings import default_settings, load_settings, settings_of

__all__ = ["default_settings", "load", "load_mentioned", "load_overlays", "load_settings", "settings_of"]
