"""The log of a cache."""

from __future__ import annotations

import pytest

from headwater.caching import event_log
from headwater.caching.event_log import EventLog
from headwater.caching.log import CacheEvent

MISS = CacheEvent(1, "total", "default", "miss", "v1", "json", "No value of `total` is stored.")


def test_events_are_in_order_and_the_latest_is_found() -> None:
    log = EventLog()
    log.add(MISS)
    log.add_hits(2, {"price": "v2", "total": "v1"}, {"price"})
    log.add_hits(3, {}, ())
    assert [(event.run, event.node, event.behavior, event.outcome, event.version) for event in log] == [
        (1, "total", "default", "miss", "v1"),
        (2, "price", "pinned", "hit", "v2"),
        (2, "total", "default", "hit", "v1"),
    ]
    latest = log.latest("total")
    assert latest is not None
    assert latest.run == 2
    assert log.latest("cost") is None


def test_the_oldest_events_are_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_log, "MAX_EVENTS", 3)
    log = EventLog()
    log.add(MISS)
    log.add_hits(2, {"a": "1", "b": "2"}, ())
    assert len(list(log)) == 3
    log.add(MISS)
    assert [event.node for event in log] == ["a", "b", "total"]
    log.add(MISS)
    assert [event.node for event in log] == ["total", "total"]
