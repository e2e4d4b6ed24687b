"""Support for plotly: a saver for figures."""

from headwater.libraries.installation import require

require("plotly")
