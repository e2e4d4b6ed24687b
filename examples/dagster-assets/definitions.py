"""Dagster assets: one for each requested node, with the lineage of the dataflow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import dagster
import features

from headwater import Builder

ASSETS = ("orders", "revenue_by_product", "top_product", "total_revenue")
driver = Builder().with_modules(features).build()
nodes = {node.name: node for node in driver.list_available_variables()}


def _closest_assets(name: str) -> list[str]:
    """Return the assets that a node depends on directly, or only through nodes that are not assets."""
    found: list[str] = []
    for dependency in nodes[name].dependencies:
        if dependency.source in ASSETS:
            found.append(dependency.source)
        elif dependency.source in nodes:
            found += _closest_assets(dependency.source)
    return sorted(set(found))


@dagster.multi_asset(
    outs={name: dagster.AssetOut(description=nodes[name].doc) for name in ASSETS},
    internal_asset_deps={name: {dagster.AssetKey(dependency) for dependency in _closest_assets(name)} for name in ASSETS},
)
def order_features() -> Iterator[dagster.Output[Any]]:
    """Run the dataflow once for all assets."""
    results = driver.execute(ASSETS, inputs={"day": "2026-01-05"})
    for name in ASSETS:
        yield dagster.Output(results[name], output_name=name)


defs = dagster.Definitions(assets=[order_features])
