"""Support for Ray: an executor that calls functions as tasks, whose values stay in Ray's object store."""

from headwater.libraries.installation import require

require("ray")

from headwater.integrations.ray.executor import RayExecutor

__all__ = ["RayExecutor"]
