"""Support for fsspec: cached values in buckets and other file systems."""

from headwater.libraries.installation import require

require("fsspec")
