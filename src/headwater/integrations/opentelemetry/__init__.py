"""Support for OpenTelemetry: a hook that records runs and nodes as spans."""

from headwater.libraries.installation import require

require("opentelemetry", "opentelemetry.trace")

from headwater.integrations.opentelemetry.spans import OpenTelemetrySpans

__all__ = ["OpenTelemetrySpans"]
