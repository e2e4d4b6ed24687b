"""Support for plotly: a saver of figures."""

from headwater.libraries.installation import require

require("plotly")
