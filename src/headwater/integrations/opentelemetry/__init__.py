"""Support for OpenTelemetry: a hook that records runs and nodes as spans."""

from headwater.integrations.opentelemetry.spans import OpenTelemetrySpans

__all__ = ["OpenTelemetrySpans"]
