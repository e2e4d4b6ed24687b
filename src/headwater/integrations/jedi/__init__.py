"""Completion of attributes with jedi."""

from headwater.libraries.installation import require

require("jedi")
