"""Dataflows with a persistent cache: what is computed, what is reused, and why."""

from __future__ import annotations

import copy
import pickle
import sys
import warnings
from collections.abc import Callable, Iterator
from concurrent import futures
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headwater import Builder, cache, configuration, inject, parameterize, source, value
from headwater.caching.settings import Pinned
from headwater.driver import Driver
from headwater.errors import CacheError, CacheWarning
from headwater.hooks import Observer, Policy

pytestmark = pytest.mark.native  # Pyodide may have no SQLite

FLOW = """
import helpers

RATE = 2


def price(base: int) -> int:
    return base + 1


def cost(price: int) -> int:
    return helpers.scale(price)


def total(cost: int, price: int) -> int:
    return cost * RATE + price
"""
HELPERS = """
import deep


def scale(value):
    return deep.twice(value)
"""
DEEP = """
def twice(value):
    return value * 2
"""
Make = Callable[..., Driver[dict[str, Any]]]


@pytest.fixture
def make(module, tmp_path: Path) -> Iterator[Make]:
    """Return a function that builds the dataflow as a new process would, with some sources and config changed."""
    drivers: list[Driver[dict[str, Any]]] = []

    def build(
        *, flow: str = FLOW, helpers: str = HELPERS, deep: str = DEEP, config: dict[str, Any] | None = None, **settings: Any
    ) -> Driver[dict[str, Any]]:
        module("deep", deep)
        module("helpers", helpers)
        builder = Builder().with_modules(module("flow", flow)).with_config(config or {})
        driver = builder.with_cache(tmp_path / "cache", **settings).build()
        drivers.append(driver)
        return driver

    yield build
    for driver in drivers:
        driver.cache.close()


def run(driver: Driver[dict[str, Any]], output: str = "total", **arguments: Any) -> tuple[Any, list[str]]:
    """Return the value of an output, and the nodes that were computed."""
    before = len(driver.cache.log)
    arguments.setdefault("inputs", {"base": 1})
    result = driver.execute([output], **arguments)[output]
    return result, [event.node for event in driver.cache.log[before:] if event.outcome == "miss"]


def test_values_are_reused_in_later_runs_and_by_other_drivers(make: Make) -> None:
    driver = make()
    assert run(driver) == (10, ["price", "cost", "total"])
    assert run(driver) == (10, [])
    assert run(make()) == (10, [])


def test_values_for_several_inputs_are_stored(make: Make) -> None:
    driver = make()
    assert [run(driver, inputs={"base": base}) for base in (1, 2, 1, 2)] == [
        (10, ["price", "cost", "total"]),
        (15, ["price", "cost", "total"]),
        (10, []),
        (15, []),
    ]


@pytest.mark.parametrize(
    ("changed", "result", "computed", "part"),
    [
        ({"flow": FLOW.replace("RATE = 2", "RATE = 3")}, 14, ["total"], "value flow.RATE"),
        ({"flow": FLOW.replace("+ price", "- price")}, 6, ["total"], "function flow.total"),
        ({"helpers": HELPERS.replace("twice(value)", "twice(value) + 1")}, 12, ["cost", "total"], "node cost"),
        ({"deep": DEEP.replace("* 2", "* 3")}, 14, ["cost", "total"], "node cost"),
        ({"deep": DEEP.replace("value * 2", "value + value")}, 10, ["cost"], None),
        ({"flow": FLOW.replace("base + 1", "1 + base")}, 10, ["price"], None),
    ],
    ids=["constant", "function", "helper", "helper of a helper", "equal value: helper", "equal value: function"],
)
def test_an_edit_computes_what_it_affects(
    make: Make, changed: dict[str, str], result: int, computed: list[str], part: str
) -> None:
    run(make())
    driver = make(**changed)
    assert run(driver) == (result, computed)
    explanation = driver.why("total")
    assert explanation.hit is (part is None)
    assert [change.part for change in explanation.changes] == ([] if part is None else [part])
    assert run(make()) == (10, [])  # the old values are still stored


def test_a_changed_config_value_computes_what_reads_it(make: Make) -> None:
    run(make(config={"base": 1}), inputs={})
    driver = make(config={"base": 2})
    assert run(driver, inputs={}) == (15, ["price", "cost", "total"])
    assert str(driver.why("price")) == "miss: Changed: config base.\n  config base: changed"


def test_a_renamed_node_is_computed(make: Make) -> None:
    run(make())
    assert run(make(flow=FLOW.replace("price", "net")))[1] == ["net", "cost", "total"]


def test_overrides_have_versions(make: Make) -> None:
    run(make(), overrides={"cost": 5})
    assert run(make(), overrides={"cost": 5}) == (12, [])
    assert run(make(), overrides={"cost": 6}) == (14, ["total"])


def test_the_value_of_an_override_counts_and_not_its_origin(make: Make) -> None:
    run(make())
    assert run(make(), overrides={"cost": 4}) == (10, [])


# --- behaviors -----------------------------------------------------------------------------------------------------------


def test_recompute_computes_and_stores(make: Make) -> None:
    run(make())
    assert run(make(recompute=["cost"])) == (10, ["cost"])
    assert run(make(recompute=True)) == (10, ["price", "cost", "total"])


def test_disable_computes_everything_downstream(make: Make) -> None:
    run(make())
    flow = FLOW + "\ndef rounded(total: int) -> int:\n    return total\n"
    driver = make(disable=["cost"], flow=flow)
    assert run(driver, "rounded") == (10, ["cost", "total", "rounded"])
    assert run(driver, "rounded") == (10, ["cost", "total", "rounded"])
    assert driver.why("total").reason == "The key of `total` is not known: caching of `cost` is disabled."
    assert [event.version for event in driver.cache.log if event.node == "cost"] == [None, None]


def test_ignore_treats_the_value_as_a_constant(make: Make) -> None:
    assert run(make(ignore=["price"])) == (10, ["price", "cost", "total"])
    changed = make(ignore=["price"], flow=FLOW.replace("base + 1", "base + 5"))
    assert run(changed) == (10, ["price"])


def test_the_default_behavior_applies_to_nodes_that_are_not_listed(make: Make) -> None:
    run(make())
    assert run(make(default_behavior="recompute", default=["cost"])) == (10, ["price", "total"])


def test_a_run_can_treat_nodes_differently(make: Make) -> None:
    driver = make()
    run(driver)
    assert run(driver, cache="recompute") == (10, ["price", "cost", "total"])
    assert run(driver, cache={"cost": "recompute"}) == (10, ["cost"])
    assert run(driver) == (10, [])


def test_a_decorator_sets_the_behavior_and_the_list_of_the_builder_takes_precedence(tmp_path: Path) -> None:
    calls: list[int] = []

    @cache(behavior="recompute")
    def sample(seed: int) -> int:
        calls.append(seed)
        return seed

    builder = Builder().with_functions(sample)
    for _ in range(2):
        builder.with_cache(tmp_path).build().execute(["sample"], inputs={"seed": 1})
    assert calls == [1, 1]
    builder.with_cache(tmp_path, default=["sample"]).build().execute(["sample"], inputs={"seed": 1})
    assert calls == [1, 1]


def test_a_pinned_version_is_used_whatever_the_code_is(make: Make) -> None:
    driver = make()
    run(driver)
    (version,) = driver.cache.versions("cost")
    changed = DEEP.replace("* 2", "* 3")
    assert run(make(deep=changed, pinned={"cost": version.data_version})) == (10, [])
    assert run(make(deep=changed), cache={"cost": Pinned(version.data_version)}) == (10, [])
    assert run(make(deep=changed)) == (14, ["cost", "total"])


def test_a_pinned_version_that_is_not_stored_is_an_error(make: Make) -> None:
    run(make())
    driver = make(pinned={"cost": "abc"}, recompute=["total"])
    known = driver.cache.versions("cost")[0].data_version
    with pytest.raises(CacheError, match=rf"Version `abc` of `cost` is not in the cache .*Stored versions: `{known}`."):
        run(driver)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"recompute": ["cost"], "disable": ["cost"]}, "`cost` has two cache behaviors"),
        ({"recompute": ["cots"]}, "names the node `cots`, which is not in the dataflow"),
        ({"recompute": "cost"}, 'must be a list of names: write `recompute=\\["cost"\\]`'),
        ({"recompute": True, "disable": True}, "Only one behavior can apply to all nodes"),
        ({"default_behavior": "always"}, "must be one of .*, not 'always'"),
        ({"formats": {"cost": "xml"}}, "The format of `cost` must be one of"),
        ({"formats": {"cots": "json"}}, "names the node `cots`"),
        ({"max_bytes": -1}, "`max_bytes` must be a number of bytes"),
        ({"values": "nosuchscheme://x"}, "Cannot open `nosuchscheme://x`"),
    ],
    ids=lambda item: str(item) if isinstance(item, dict) else "",
)
def test_invalid_settings_are_errors(make: Make, settings: dict[str, Any], message: str) -> None:
    with pytest.raises(CacheError, match=message):
        make(**settings)


def test_an_invalid_path_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(CacheError, match=r"must be a folder, but .* is a file"):
        Builder().with_cache(file)
    for path in ("", "a\0b"):
        with pytest.raises(CacheError, match="must point to a folder, not"):
            Builder().with_cache(path)
    with pytest.raises(CacheError, match="must be a string or a `Path`"):
        Builder().with_cache(3)  # type: ignore[arg-type]
    with pytest.raises(
        CacheError, match=r'Traces need a local folder. Write `with_cache\(".headwater", values="s3://bucket"\)`'
    ):
        Builder().with_cache("s3://bucket")
    with pytest.raises(CacheError, match="already has a cache"):
        Builder().with_cache(tmp_path).with_cache(tmp_path)


def test_a_python_without_sqlite_is_an_error(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith(("headwater.caching.", "sqlite3"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "sqlite3", None)
    with pytest.raises(CacheError, match="A cache needs SQLite, which this Python does not have"):
        make()


def test_an_invalid_treatment_of_a_run_is_an_error(make: Make) -> None:
    driver = make()
    with pytest.raises(CacheError, match="names the node `cots`"):
        run(driver, cache={"cots": "recompute"})
    with pytest.raises(CacheError, match="must be one of"):
        run(driver, cache="always")
    with pytest.raises(CacheError, match="The driver has no cache"):
        Builder().build().execute([], cache="recompute")
    with pytest.raises(CacheError, match="The driver has no cache"):
        _ = Builder().build().cache


# --- explanations --------------------------------------------------------------------------------------------------------


def test_why_explains_a_run_that_has_not_happened(make: Make) -> None:
    driver = make()
    assert str(driver.why("price", inputs={"base": 1})) == "miss: No value of `price` is stored."
    run(driver)
    again = make()
    assert str(again.why("total", inputs={"base": 1})) == "hit: A stored value has the same key."
    assert str(again.why("price", inputs={"base": 2})) == "miss: Changed: input base.\n  input base: changed"
    assert str(again.why("total", inputs={"base": 2})) == (
        "miss: It depends on values that have to be computed: node cost, node price.\n"
        "  node cost: not known yet\n"
        "  node price: not known yet"
    )
    assert again.cache.log == ()


def test_why_names_the_helper_that_changed(make: Make) -> None:
    run(make())
    driver = make(deep=DEEP.replace("* 2", "* 3"))
    assert str(driver.why("cost", inputs={"base": 1})) == "miss: Changed: function deep.twice.\n  function deep.twice: changed"
    run(driver)
    assert str(driver.why("cost")) == "miss: Changed: function deep.twice.\n  function deep.twice: changed"
    assert driver.cache.log[1].reason == "Changed: function deep.twice."


def test_why_names_the_behavior(make: Make) -> None:
    driver = make(recompute=["cost"])
    run(driver)
    assert str(driver.why("cost")) == "miss: The behavior of `cost` is `recompute`."


def test_why_needs_a_node_that_is_computed(make: Make) -> None:
    with pytest.raises(CacheError, match="`base` is not computed"):
        make().why("base")


def test_the_log_is_data(make: Make) -> None:
    driver = make()
    run(driver, "price")
    run(driver, "price")
    stored, reused = driver.cache.log
    assert (stored.run, stored.node, stored.behavior, stored.outcome, stored.format) == (1, "price", "default", "miss", "json")
    assert (reused.run, reused.outcome, reused.version, reused.format, reused.reason) == (2, "hit", stored.version, None, None)


def test_versions_of_code_and_data_are_queryable(make: Make) -> None:
    run(make())
    driver = make(flow=FLOW.replace("base + 1", "1 + base"))
    run(driver)
    new, old = driver.cache.versions("price")
    assert new.data_version == old.data_version
    assert new.code_version != old.code_version
    assert (new.node, new.format) == ("price", "json")
    assert new.created >= old.created
    assert new.size > 0
    assert driver.cache.versions("nothing") == []


# --- values that cannot be cached ----------------------------------------------------------------------------------------


class Model:
    def __init__(self, weight: int) -> None:
        self.weight = weight


def test_a_value_without_a_hash_is_reported_and_computed_with_everything_downstream(tmp_path: Path) -> None:
    def model(weight: int) -> Model:
        return Model(weight)

    def score(model: Model) -> int:
        return model.weight

    def independent(weight: int) -> int:
        return weight

    def both(score: int, independent: int) -> int:
        return score + independent

    driver = Builder().with_functions(model, score, independent, both).with_cache(tmp_path).build()
    with pytest.warns(CacheWarning) as caught:
        assert run(driver, "both", inputs={"weight": 2}) == (4, ["model", "score", "independent", "both"])
    reason = f"the value of `model` cannot be hashed: a `{__name__}.Model` cannot be hashed"
    assert str(caught[0].message) == f"`model` is computed in every run: {reason}."
    assert Path(caught[0].filename).name == Path(__file__).name
    assert run(driver, "both", inputs={"weight": 2}) == (4, ["model", "score"])
    assert "`model` cannot be hashed" in str(driver.why("score"))


def test_code_without_a_token_is_reported_and_computed(tmp_path: Path) -> None:
    def total(price: int) -> int:
        return int(eval("price * 2"))  # noqa: S307 - tests code that calls `eval`

    driver = Builder().with_functions(total).with_cache(tmp_path).build()
    expected = "`total` is computed in every run: `.*total` calls `eval`, which gives access to arbitrary code"
    with pytest.warns(CacheWarning, match=expected):
        run(driver, inputs={"price": 1})
    assert run(driver, inputs={"price": 1}) == (2, ["total"])
    assert "calls `eval`" in driver.why("total").reason


def test_an_input_without_a_hash_is_reported(tmp_path: Path) -> None:
    def weight(model: Model) -> int:
        return model.weight

    driver = Builder().with_functions(weight).with_cache(tmp_path).build()
    with pytest.warns(CacheWarning, match="`weight` is computed in every run: the value of `model` cannot be hashed"):
        run(driver, "weight", inputs={"model": Model(1)})


def test_downstream_of_a_value_that_is_hashed_but_not_stored_is_reused(tmp_path: Path) -> None:
    def local() -> object:
        import dataclasses

        @dataclasses.dataclass
        class Local:  # cannot be pickled
            price: int

        return Local(1)

    def kind(local: object) -> str:
        return type(local).__name__

    driver = Builder().with_functions(local, kind).with_cache(tmp_path).build()
    with pytest.warns(CacheWarning, match="`local` is computed in every run: pickle: "):
        driver.execute(["kind", "local"])
    assert run(driver, "kind", inputs={}) == ("Local", [])
    assert run(driver, "local", inputs={})[1] == ["local"]


# --- mutation ------------------------------------------------------------------------------------------------------------


def test_a_function_that_changes_its_argument_does_not_change_the_stored_value(tmp_path: Path) -> None:
    def items() -> list[int]:
        return [1]

    def longer(items: list[int]) -> list[int]:
        items.append(2)
        return items

    def size(longer: list[int]) -> int:
        return len(longer)

    driver = Builder().with_functions(items, longer, size).with_cache(tmp_path).build()
    with pytest.warns(CacheWarning, match="`longer` is computed in every run: `longer` changes its argument `items` in place"):
        assert run(driver, "size", inputs={}) == (2, ["items", "longer", "size"])
    for _ in range(2):
        assert run(driver, "size", inputs={}) == (2, ["longer"])
        assert driver.execute(["items"]) == {"items": [1]}


@pytest.mark.parametrize("behavior", ["disable", "ignore"])
def test_a_function_that_is_not_cached_cannot_change_what_others_store(tmp_path: Path, behavior: Any) -> None:
    def items() -> list[int]:
        return [1]

    @cache(behavior=behavior)
    def longer(items: list[int]) -> int:
        items.append(2)
        return 0

    def size(items: list[int], longer: int) -> int:
        return len(items) + longer

    def count(items: list[int]) -> int:
        return len(items)

    driver = Builder().with_functions(items, longer, size, count).with_cache(tmp_path).build()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        driver.execute(["longer", "size", "count"])
    assert driver.execute(["count"]) == {"count": 1}


def test_a_reused_value_that_the_caller_changes_is_not_changed_in_the_cache(tmp_path: Path) -> None:
    def items() -> list[int]:
        return [1]

    driver = Builder().with_functions(items).with_cache(tmp_path).build()
    for _ in range(3):
        result = driver.execute(["items"])["items"]
        assert result == [1]
        result.append(2)


# --- decorators ----------------------------------------------------------------------------------------------------------


def test_a_value_that_is_written_in_a_decorator_counts(tmp_path: Path) -> None:
    def driver(factor: int) -> Driver[dict[str, Any]]:
        @parameterize(scaled_price={"factor": value(factor), "price": source("price")})
        def scaled(price: int, factor: int) -> int:
            return price * factor

        return Builder().with_functions(scaled).with_cache(tmp_path).build()

    assert [run(driver(factor), "scaled_price", inputs={"price": 1}) for factor in (2, 3, 2)] == [
        (2, ["scaled_price"]),
        (3, ["scaled_price"]),
        (2, []),
    ]


def test_a_config_value_that_a_decorator_binds_counts(tmp_path: Path) -> None:
    @inject(rate=configuration("rate"))
    def cost(price: int, rate: int) -> int:
        return price * rate

    def driver(rate: int) -> Driver[dict[str, Any]]:
        return Builder().with_functions(cost).with_config({"rate": rate}).with_cache(tmp_path).build()

    assert [run(driver(rate), "cost", inputs={"price": 1})[0] for rate in (2, 3, 2)] == [2, 3, 2]


def test_defaults_of_parameters_count(tmp_path: Path, module: Any) -> None:
    def driver(default: int) -> Driver[dict[str, Any]]:
        flow = module("flow", f"def cost(price: int, rate: int = {default}) -> int:\n    return price * rate")
        return Builder().with_modules(flow).with_cache(tmp_path / "cache").build()

    assert [run(driver(rate), "cost", inputs={"price": 1})[0] for rate in (2, 3, 2)] == [2, 3, 2]
    assert run(driver(2), "cost", inputs={"price": 1, "rate": 5})[0] == 5


def test_loaders_are_computed_and_what_reads_equal_data_is_reused(tmp_path: Path, module: Any) -> None:
    data = tmp_path / "data.json"
    data.write_text('{"a": 1}')
    flow = module(
        "flow",
        f"""
        from headwater import load_from

        @load_from.json(path={str(data)!r})
        def number(data: dict) -> int:
            return data["a"]
        """,
    )
    driver = Builder().with_modules(flow).with_cache(tmp_path / "cache").build()
    assert run(driver, "number", inputs={})[0] == 1
    assert "number" not in run(driver, "number", inputs={})[1]
    data.write_text('{"a": 2}')
    result, computed = run(driver, "number", inputs={})
    assert result == 2
    assert "number" in computed


def test_savers_always_write(tmp_path: Path, module: Any) -> None:
    target = tmp_path / "saved.json"
    flow = module(
        "flow",
        f"""
        from headwater import save_to

        @save_to.json(path={str(target)!r}, output_name_="saved")
        def number() -> dict:
            return {{"a": 1}}
        """,
    )
    driver = Builder().with_modules(flow).with_cache(tmp_path / "cache").build()
    driver.execute(["saved"])
    target.unlink()
    driver.execute(["saved"])
    assert target.is_file()


# --- runs ----------------------------------------------------------------------------------------------------------------


def test_values_that_a_run_does_not_need_are_not_loaded(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    run(make())
    driver = make()
    read: list[str] = []
    original = driver.cache.store.read
    monkeypatch.setattr(driver.cache.store, "read", lambda version: read.append(version) or original(version))
    run(driver)
    assert len(read) == 1


@pytest.mark.parametrize("executor", ["ThreadPoolExecutor", "ProcessPoolExecutor"])
def test_runs_on_executors_use_the_cache(tmp_path: Path, executor: str) -> None:
    with getattr(futures, executor)(2) as pool:
        builder = Builder().with_functions(_left, _right, _joined).with_policy(Policy(executor=pool))
        driver = builder.with_cache(tmp_path).build()
        result, computed = run(driver, "_joined", inputs={"base": 1})
        assert (result, sorted(computed)) == (5, ["_joined", "_left", "_right"])
        assert run(driver, "_joined", inputs={"base": 1}) == (5, [])


def _left(base: int) -> int:
    return base + 1


def _right(base: int) -> int:
    return base + 2


def _joined(_left: int, _right: int) -> int:
    return _left + _right


def test_threads_can_share_a_driver(make: Make) -> None:
    driver = make()
    with futures.ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda base: driver.execute(["total"], inputs={"base": base})["total"], list(range(20)) * 3))
    assert results == [5 * (base + 1) for base in range(20)] * 3


def test_observers_see_reused_nodes(make: Make) -> None:
    class Outcomes(Observer):
        def __init__(self) -> None:
            self.seen: list[str] = []

        def ended(self, node: Any, outcome: Any) -> None:
            self.seen.append(f"{node.name} {type(outcome).__name__}")

    run(make())
    observer = Outcomes()
    driver = make(deep=DEEP.replace("* 2", "+ 0"))
    driver.with_hooks(observer).execute(["total"], inputs={"base": 1})
    assert observer.seen == ["price Reused", "cost Succeeded", "total Succeeded"]


def test_a_failing_run_keeps_the_values_before_the_failure(make: Make) -> None:
    failing = DEEP.replace("return value * 2", "raise ValueError(value)")
    with pytest.raises(ValueError, match="2"):
        run(make(deep=failing))
    assert run(make()) == (10, ["cost", "total"])


def test_a_driver_with_a_cache_can_be_pickled_and_copied(make: Make) -> None:
    driver = make()
    run(driver)
    for other in (pickle.loads(pickle.dumps(driver)), copy.deepcopy(driver)):  # noqa: S301 - pickled by the test
        assert run(other) == (10, [])
        other.cache.close()


def test_materializers_use_the_cache(make: Make, tmp_path: Path) -> None:
    from headwater.io import to

    driver = make()
    for _ in range(2):
        driver.materialize(to.json(id="saved", dependencies="total", path=str(tmp_path / "a.json")), inputs={"base": 1})
    assert [event.outcome for event in driver.cache.log if event.node == "total"] == ["miss", "hit"]


def test_a_size_limit_deletes_the_least_recently_used_values(make: Make) -> None:
    driver = make()
    for base in (1, 2, 3):
        run(driver, inputs={"base": base})
    run(driver, inputs={"base": 1})
    sizes = [version.size for version in driver.cache.versions("total")]
    limited = make(max_bytes=max(sizes) * 5)
    run(limited, inputs={"base": 1})
    assert limited.cache.store.database.size() <= max(sizes) * 5
    assert run(limited, inputs={"base": 1}) == (10, [])
    assert run(limited, inputs={"base": 2})[0] == 15


def test_all_values_can_be_deleted(make: Make) -> None:
    driver = make()
    run(driver)
    assert driver.cache.prune() > 0
    assert run(driver)[0] == 10


def test_a_class_that_changes_between_runs_changes_the_versions_of_its_objects(
    tmp_path: Path, module: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    flow = module(
        "flow",
        """
        from dataclasses import dataclass

        @dataclass
        class Order:
            price: int

            def total(self) -> int:
                return self.price

        def cost(order: Order) -> int:
            return order.total()
        """,
    )
    driver = Builder().with_modules(flow).with_cache(tmp_path / "cache").build()
    order = flow.Order(3)
    assert run(driver, "cost", inputs={"order": order}) == (3, ["cost"])
    assert run(driver, "cost", inputs={"order": flow.Order(3)}) == (3, [])
    monkeypatch.setattr(flow.Order, "total", lambda self: self.price * 2)
    assert run(driver, "cost", inputs={"order": order}) == (6, ["cost"])


EDITS = st.fixed_dictionaries(
    {
        "rate": st.integers(1, 3),
        "step": st.integers(0, 1),
        "factor": st.sampled_from([1, 1.0, 2, True]),
        "config": st.integers(0, 1),
        "base": st.integers(0, 2),
        "override": st.none() | st.integers(0, 2),
        "behavior": st.sampled_from(["default", "recompute", "disable"]),
    }
)
EDITED = """
RATE = {rate}

def _step(value):
    return value + {step}

class _Scale:
    factor = {factor}

    def apply(self, value):
        return [value, self.factor]

def first(base: int) -> int:
    return _step(base) // 2

def second(first: int, config: int) -> list:
    return _Scale().apply(first + config)

def third(second: list, first: int, extra: int = {rate}) -> object:
    return (second, first * RATE, extra)
"""


@settings(max_examples=settings.default.max_examples // 4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(EDITS, min_size=2, max_size=8))
def test_a_run_with_a_cache_equals_a_run_without(
    tmp_path_factory: pytest.TempPathFactory, history: list[dict[str, Any]]
) -> None:
    folder = tmp_path_factory.mktemp("cache")
    for edit in history:
        module = ModuleType("edited")
        exec(EDITED.format(**edit), module.__dict__)  # noqa: S102 - the test's own code
        builder = Builder().with_modules(module).with_config({"config": edit["config"]})
        overrides = {} if edit["override"] is None else {"first": edit["override"]}
        request: dict[str, Any] = {"inputs": {} if overrides else {"base": edit["base"]}, "overrides": overrides}
        fresh = builder.build().execute(["third", "second"], **request)
        driver = builder.with_cache(folder).build()
        cached = driver.execute(["third", "second"], **request, cache={"second": edit["behavior"]})
        driver.cache.close()
        assert repr(cached) == repr(fresh)
