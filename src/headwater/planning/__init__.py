"""Requests and plans: which nodes to compute, in which order, and whether the provided values fit."""
