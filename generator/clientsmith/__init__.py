"""Read an OpenAPI document and write a typed Python client package."""

__version__ = "0.2.0"
