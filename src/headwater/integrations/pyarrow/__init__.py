"""Support for pyarrow: tables and arrays."""

from headwater.libraries.installation import require

require("pyarrow")
