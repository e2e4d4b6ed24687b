"""Support for pydantic: models as checks."""

from headwater.libraries.installation import require

require("pydantic")
