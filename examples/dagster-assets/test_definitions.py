"""Tests of the assets, in this process."""

import dagster

from definitions import defs, order_features


def test_the_assets_are_materialized() -> None:
    result = dagster.materialize([order_features])
    assert result.success
    assert result.output_for_node("order_features", "total_revenue") == 528.7
    assert result.output_for_node("order_features", "top_product") == "desk"


def test_the_assets_have_the_lineage_of_the_dataflow() -> None:
    graph = defs.resolve_asset_graph()
    parents = {
        key.to_user_string(): {parent.to_user_string() for parent in graph.get(key).parent_keys}
        for key in graph.get_all_asset_keys()
    }
    assert parents == {
        "orders": set(),
        "revenue_by_product": {"orders"},
        "top_product": {"revenue_by_product"},
        "total_revenue": {"orders"},
    }
