"""`Driver.explain` explains requests."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from headwater import Builder, Driver, config
from headwater.errors import MisplacedInput, UnknownNode, UnusedNameWarning, WrongInputType
from headwater.hooks import Policy


def price(discount: float = 0.0) -> float:
    return 10.0 - discount


def tax(price: float, rate: float) -> float:
    return price * rate


def total(price: float, tax: float) -> float:
    return price + tax


def label(total: float) -> str:
    return f"{total} EUR"


def prices(**settings: object) -> Driver:
    return Builder().with_functions(price, tax, total, label).with_config(settings).build()


def test_steps_are_in_order_with_what_they_read_and_free():
    steps = prices().explain(["total"], inputs={"rate": 0.2}).steps
    assert [step.node.name for step in steps] == ["price", "tax", "total"]
    assert [step.reads for step in steps] == [(), ("price", "rate"), ("price", "tax")]
    assert [step.frees for step in steps] == [(), (), ("price", "tax")]
    assert [step.operation for step in steps] == ["calls price", "calls tax", "calls total"]
    assert steps[0].location == prices().graph["price"].location


def test_a_parameter_with_a_default_reads_its_input_only_if_it_is_provided():
    assert prices().explain(["price"]).steps[0].reads == ()
    assert prices().explain(["price"], inputs={"discount": 1.0}).steps[0].reads == ("discount",)


def test_an_output_is_not_freed():
    steps = prices().explain(["price", "total"], inputs={"rate": 0.2}).steps
    assert steps[-1].frees == ("tax",)


def test_provided_values_have_their_source():
    explanation = prices(rate=0.1).explain(["total"], inputs={"discount": 1.0}, overrides={"tax": 2.0})
    assert [(value.name, value.source, value.value) for value in explanation.provided] == [
        ("discount", "input", 1.0),
        ("tax", "override", 2.0),
    ]
    explanation = prices(rate=0.1).explain(["tax"])
    assert [(value.name, value.source, value.value) for value in explanation.provided] == [("rate", "config", 0.1)]


def test_functions_that_are_not_called_have_a_reason():
    explanation = prices().explain(["total"], overrides={"total": 1.0})
    assert not explanation.steps
    assert {omitted.node.name: omitted.reason for omitted in explanation.omitted} == {
        "price": "only overridden nodes need it",
        "tax": "only overridden nodes need it",
        "total": "overridden",
        "label": "no output needs it",
    }


def test_missing_inputs_are_listed_with_the_steps_that_wait_for_them():
    explanation = prices().explain([label])
    assert [error.name for error in explanation.missing] == ["rate"]
    assert [requirement.reader for requirement in explanation.missing[0].requirements] == ["tax"]
    assert {step.node.name: step.status for step in explanation.steps} == {
        "price": "queued",
        "tax": "waiting",
        "total": "waiting",
        "label": "waiting",
    }


@pytest.mark.parametrize(
    ("outputs", "inputs", "error"),
    [
        (["totl"], {"rate": 0.1}, UnknownNode),
        (["total"], {"rate": "high"}, WrongInputType),
        (["total"], {"rate": 0.1, "price": 1.0}, MisplacedInput),
    ],
)
def test_other_errors_are_those_of_execute(outputs, inputs, error):
    with pytest.raises(error) as executed:
        prices().execute(outputs, inputs=inputs)
    with pytest.raises(error) as explained:
        prices().explain(outputs, inputs=inputs)
    assert str(explained.value) == str(executed.value)


def test_warnings_are_those_of_execute():
    with pytest.warns(UnusedNameWarning, match="`rates` was provided"):
        prices().explain(["total"], inputs={"rate": 0.1, "rates": 0.1})


def test_variants_that_the_config_excludes_are_listed():
    @config.when(region="us")
    def rate__us() -> float:
        return 0.08

    @config.when(region="eu")
    def rate__eu() -> float:
        return 0.2

    driver = Builder().with_functions(rate__us, rate__eu, price, tax).with_config({"region": "eu"}).build()
    explanation = driver.explain(["tax"])
    assert [variant.function for variant in explanation.excluded] == ["rate__us"]
    assert [step.operation for step in explanation.steps] == ["calls rate__eu", "calls price", "calls tax"]
    assert driver.explain(["price"]).excluded == ()


def test_the_executor_of_each_step_is_named():
    with ThreadPoolExecutor(1) as pool:
        driver = Builder().with_functions(price).with_policy(Policy(executor=pool)).build()
        explanation = driver.explain(["price"])
    assert [step.executor for step in explanation.steps] == ["ThreadPoolExecutor"]
    assert "on a ThreadPoolExecutor" in str(explanation)
    assert [step.executor for step in prices().explain(["price"]).steps] == [None]


def test_cached_steps_are_marked_without_a_run(tmp_path):
    driver = Builder().with_functions(price, tax, total, label).with_cache(tmp_path).build()

    def statuses(**request):
        return {step.node.name: step.status for step in driver.explain(["label"], **request).steps}

    inputs = {"rate": 0.2}
    assert set(statuses(inputs=inputs).values()) == {"queued"}
    driver.execute(["label"], inputs=inputs)
    events = driver.cache.log
    assert set(statuses(inputs=inputs).values()) == {"cached"}
    assert statuses(inputs={"rate": 0.3}) == {"price": "cached", "tax": "queued", "total": "queued", "label": "queued"}
    assert statuses() == {"price": "cached", "tax": "waiting", "total": "waiting", "label": "waiting"}
    assert driver.cache.log == events
    assert "price (cached)" in str(driver.explain(["label"], inputs=inputs))


def test_nothing_runs():
    def fails() -> int:
        raise AssertionError

    assert Builder().with_functions(fails).build().explain([fails]).outputs == ("fails",)


def test_the_steps_are_those_of_a_run():
    called: list[str] = []

    class Names:
        def around(self, call, proceed):
            called.append(call.node.name)
            return proceed(call)

    builder = Builder().with_functions(price, tax, total, label)
    driver = builder.with_policy(Policy(middleware=(Names(),))).build()
    request = {"inputs": {"rate": 0.2}, "overrides": {"price": 3.0}}
    driver.execute(["label"], **request)
    assert [step.node.name for step in driver.explain(["label"], **request).steps] == called
