"""Support for xarray: results of sweeps as datasets."""

from headwater.libraries.installation import require

require("xarray")
