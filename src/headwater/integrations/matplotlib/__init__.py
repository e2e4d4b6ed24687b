"""Support for matplotlib: adapters and previews of figures."""

from headwater.libraries.installation import require

require("matplotlib")
