"""Support for matplotlib: adapters and previews of figures."""
