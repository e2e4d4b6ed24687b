"""What a request needs: which nodes, in which order, and whether the values that are given fit."""
