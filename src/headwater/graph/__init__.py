"""Nodes, their operations, and the graph that they form."""
