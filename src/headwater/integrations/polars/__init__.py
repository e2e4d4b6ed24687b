"""Support for polars. `libraries/support.py` lists its modules."""

from headwater.libraries.installation import require

require("polars")
