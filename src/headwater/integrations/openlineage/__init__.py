"""Support for OpenLineage: a hook that reports runs, and the data that they load and save."""

from headwater.libraries.installation import require

require("openlineage", "openlineage.client")

from headwater.integrations.openlineage.events import OpenLineageEvents

__all__ = ["OpenLineageEvents"]
