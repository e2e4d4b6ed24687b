"""Support for plotly: a saver of figures."""
