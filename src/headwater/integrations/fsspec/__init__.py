"""Support for fsspec: cached values in buckets and other file systems."""
