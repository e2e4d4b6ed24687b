"""cloudpickle: functions sent to other processes by value."""

from headwater.libraries.installation import require

require("cloudpickle")
