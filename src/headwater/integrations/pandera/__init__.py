"""Support for pandera: schemas as checks."""

from headwater.libraries.installation import require

require("pandera")
