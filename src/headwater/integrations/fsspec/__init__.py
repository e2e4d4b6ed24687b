"""Integration of fsspec: cached values in buckets and other file systems."""
