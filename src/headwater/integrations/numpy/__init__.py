"""Support for numpy: adapters, checks, code, equality and previews of arrays."""

from headwater.libraries.installation import require

require("numpy")
