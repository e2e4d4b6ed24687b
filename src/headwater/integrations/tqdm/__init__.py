"""Progress bars with tqdm."""

from headwater.libraries.installation import require

require("tqdm")
