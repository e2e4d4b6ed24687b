"""Figures of plotly."""
