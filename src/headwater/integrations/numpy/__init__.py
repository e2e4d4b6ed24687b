"""Support for numpy: adapters, checks, code, equality and previews for arrays."""

from headwater.libraries.installation import require

require("numpy")
