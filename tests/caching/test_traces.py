"""A run looks up stored values that were computed from the same dependencies."""

from __future__ import annotations

from headwater import Builder
from headwater.caching.memory import MemoryStore
from headwater.caching.traces import Traces
from headwater.graph.node import Node
from headwater.hooks import Observer, Policy

calls: list[str] = []


def doubled(price: int) -> int:
    calls.append("doubled")
    return price * 2


def is_large(doubled: int) -> bool:
    calls.append("is_large")
    return doubled > 10


def label(is_large: bool) -> str:
    calls.append("label")
    return "large" if is_large else "small"


class Queued(Observer):
    def queued(self, nodes) -> None:
        calls.append(f"queued {[node.name for node in nodes]}")


def test_a_run_calls_changed_functions_and_stops_at_unchanged_values() -> None:
    store, codes = MemoryStore(), {"doubled": "1", "is_large": "1", "label": "1"}

    def code_of(node: Node) -> str:
        return codes[node.name]

    policy = Policy(observers=(Queued(),), traces=lambda: Traces(store, code_of))
    driver = Builder().with_functions(doubled, is_large, label).with_policy(policy).build()

    def called_for(price: int) -> tuple[object, list[str]]:
        calls.clear()
        return driver.execute(["label"], inputs={"price": price})["label"], list(calls)

    everything = ["queued ['doubled', 'is_large', 'label']", "doubled", "is_large", "label"]
    assert called_for(6) == ("large", everything)
    assert called_for(6) == ("large", ["queued []"])
    assert called_for(7) == ("large", everything[:3])  # still large, so the label is still valid
    codes["is_large"] = "2"
    assert called_for(7) == ("large", ["queued ['is_large', 'label']", "is_large"])
