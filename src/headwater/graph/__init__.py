"""Nodes, what each of them does, and the graph that they make."""
