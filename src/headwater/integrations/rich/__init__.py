"""Progress bars with rich."""

from headwater.libraries.installation import require

require("rich")
