"""Settings of the forecast."""

HOLIDAY_SHARE = 0.6
"""Departures on a holiday, as a share of the usual number."""
