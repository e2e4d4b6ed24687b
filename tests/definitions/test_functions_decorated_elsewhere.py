"""Functions hidden by a decorator, and functions, modules and decorators that are passed twice."""

import sys
import textwrap
import warnings
from types import ModuleType

import pytest

from headwater import Builder, check_output, config, exclude, extract_fields, parameterize, subdag, tag, tag_outputs, value
from headwater.decorators import attachments_of
from headwater.errors import DecoratorError, DuplicateNode, UnwrappedFunctionWarning
from headwater.introspection.source_location import SourceLocation

DECORATORS = """
    import functools

    class Timed:
        def __init__(self, function):
            self.function = function
        def __call__(self, *values, **named):
            return self.function(*values, **named)

    class Slotted:
        __slots__ = ("inner",)
        def __init__(self, function):
            self.inner = function
        def __call__(self, *values):
            return self.inner(*values)

    def timed(function):
        def wrapper(*values, **named):
            return function(*values, **named)
        return wrapper

    def named(function):
        def wrapper(*values, **named):
            return function(*values, **named)
        wrapper.__name__ = function.__name__
        return wrapper

    def repeated(number):
        def decorate(function):
            def wrapper(*values):
                return [function(*values) for _ in range(number)][-1]
            return wrapper
        return decorate

    def anonymous(function):
        return lambda *values: function(*values)

    def wrapped(function):
        @functools.wraps(function)
        def wrapper(*values, **named):
            return function(*values, **named)
        return wrapper
"""


@pytest.fixture
def module(tmp_path):
    names: list[str] = []

    def make(name: str, source: str) -> ModuleType:
        path = tmp_path / f"{name}.py"
        path.write_text(textwrap.dedent(source), encoding="utf-8")
        new = ModuleType(name)
        new.__file__ = str(path)
        sys.modules[name] = new
        names.append(name)
        exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), vars(new))  # noqa: S102
        return new

    yield make
    for name in names:
        del sys.modules[name]


def flow(decorator: str) -> str:
    imported = "from decorators import *\nfrom functools import partial\n\n"
    rate = f"@{decorator}\ndef rate() -> float:\n    return 0.5\n"
    return f"{imported}{rate}\ndef total(rate: float = 0.0) -> float:\n    return rate\n"


HIDING = {
    "a function": ("timed", "wrapper"),
    "a decorator that keeps the name but not the module": ("named", "rate"),
    "a decorator with arguments": ("repeated(3)", "wrapper"),
    "a lambda": ("anonymous", "<lambda>"),
    "a class": ("Timed", "Timed"),
    "a class with slots": ("Slotted", "Slotted"),
    "a partial": ("partial", "partial"),
    "two decorators": ("timed\n@timed", "wrapper"),
    "above a decorator with wraps": ("timed\n@wrapped", "wrapper"),
}


@pytest.mark.parametrize(("decorator", "wrapper"), HIDING.values(), ids=HIDING)
def test_a_function_hidden_by_its_decorator_is_named_with_a_remedy(decorator, wrapper, module):
    module("decorators", DECORATORS)
    timed_flow = module("timed_flow", flow(decorator))
    with pytest.warns(UnwrappedFunctionWarning) as caught:
        driver = Builder().with_modules(timed_flow).build()
    assert "rate" in {node.name for node in driver.graph.inputs}
    (warning,) = caught
    text = str(warning.message)
    line = 4 + decorator.count("\n") + 1
    place = SourceLocation(timed_flow.__file__, line)
    assert text.startswith(f"`rate` ({place}) is not a node: a decorator replaced it with `{wrapper}` (")
    assert text.endswith(
        "which has a different name and different parameters. Use `functools.wraps` in the decorator. "
        "If the function is not meant to be a node, start its name with `_`."
    )
    assert (warning.filename, warning.lineno) == (timed_flow.__file__, line)


def test_a_decorator_of_the_same_module_is_found_too(module):
    source = f"{textwrap.dedent(DECORATORS)}\n{flow('timed').partition('partial')[2]}".replace("def timed", "def _timed")
    for name in ("named", "repeated", "anonymous", "wrapped"):
        source = source.replace(f"def {name}(", f"def _{name}(")
    timed_flow = module("timed_flow", source.replace("@timed", "@_timed"))
    with pytest.warns(UnwrappedFunctionWarning, match="`rate`"):
        Builder().with_modules(timed_flow).build()


NOTHING_HIDDEN = {
    "a decorator with wraps": "from decorators import wrapped\n@wrapped\ndef rate() -> float: return 0.5\n",
    "an imported function": "from decorators import timed\ndef rate() -> float: return 0.5\n",
    "a private function": "from decorators import timed\n@timed\ndef _helper(): return 1\ndef rate() -> float: return 0.5\n",
    "an excluded function": (
        "from decorators import timed\nfrom headwater import exclude\n@exclude\n@timed\ndef tool(): return 1\n"
        "def rate() -> float: return 0.5\n"
    ),
    "another function with its name": "def rate() -> float: return 0.5\nsecond = rate\nthird = lambda: rate()\n",
    "an object": "class _Model:\n    def __call__(self): return 1\nmodel = _Model()\ndef rate() -> float: return 0.5\n",
    "a partial of another name": ("from functools import partial\ndef rate() -> float: return 0.5\nslow = partial(rate)\n"),
}


@pytest.mark.parametrize("source", NOTHING_HIDDEN.values(), ids=NOTHING_HIDDEN)
def test_nothing_is_reported_if_no_function_is_hidden(source, module):
    module("decorators", DECORATORS)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert "rate" in Builder().with_modules(module("timed_flow", source)).build().graph


PRICES = "def price() -> int:\n    return 3\n\ndef total(price: int) -> int:\n    return price * 2\n"


def test_a_module_passed_twice_counts_once(module):
    prices = module("prices", PRICES)
    for builder in (
        Builder().with_modules(prices, prices),
        Builder().with_modules(prices).with_modules(prices),
        Builder().with_modules(prices).with_functions(prices.price),
        Builder().with_functions(prices.total, prices.price).with_modules(prices),
    ):
        assert builder.build().execute(["total"]) == {"total": 6}


class Counter:
    def __init__(self, start: int) -> None:
        self.start = start

    def counted(self) -> int:
        return self.start


def test_a_function_passed_twice_counts_once():
    counter = Counter(4)

    def first() -> int:
        return 1

    builder = Builder().with_functions(first, first, counter.counted).with_functions(counter.counted, first, first=first)
    assert builder.build().execute(["first", "counted"]) == {"first": 1, "counted": 4}


def test_variants_passed_twice_count_once_each():
    @config.when(region="eu")
    def rate__eu() -> int:
        return 1

    @config.otherwise
    def rate__other() -> int:
        return 2

    builder = Builder().with_functions(rate__eu, rate__other, rate__eu, rate__other)
    assert builder.with_config({"region": "eu"}).build().execute(["rate"]) == {"rate": 1}
    assert builder.build().execute(["rate"]) == {"rate": 2}


def test_methods_of_two_objects_under_one_name_are_duplicates():
    with pytest.raises(DuplicateNode):
        Builder().with_functions(Counter(1).counted, Counter(2).counted).build()


def test_a_function_passed_to_a_subdag_with_its_module_counts_once(module):
    prices = module("prices", PRICES)

    @subdag(prices, prices.price)
    def doubled(total: int) -> int:
        return total

    assert Builder().with_functions(doubled).build().execute(["doubled"]) == {"doubled": 6}


def test_an_excluded_function_that_a_subdag_names_is_included_with_its_module(module):
    prices = module("prices", "from headwater import exclude\n\n@exclude\ndef price() -> int:\n    return 3\n")

    @subdag(prices, prices.price)
    def doubled(price: int) -> int:
        return price * 2

    assert Builder().with_functions(doubled).build().execute(["doubled"]) == {"doubled": 6}


def first() -> int:
    return 1


def second() -> int:
    return 2


REPLACED = {
    "by keyword": Builder().with_functions(price=first).with_functions(price=second),
    "in one call": Builder().with_functions(first, first=second),
    "a decorated function": Builder().with_functions(first=tag(a="b")(first)).with_functions(first=second),
}


@pytest.mark.parametrize("builder", REPLACED.values(), ids=REPLACED)
def test_the_advice_for_a_duplicate_name_works(builder):
    with pytest.raises(DuplicateNode) as caught:
        builder.build()
    assert "call `allow_module_overrides()` on the Builder" in str(caught.value)
    driver = builder.allow_module_overrides().build()
    (name,) = driver.graph.nodes
    assert driver.execute([name]) == {name: 2}


def test_a_function_replaces_the_function_of_a_module(module):
    def price() -> int:
        return 5

    builder = Builder().with_modules(module("prices", PRICES)).with_functions(price).allow_module_overrides()
    assert builder.build().execute(["total"]) == {"total": 10}


def test_the_error_for_two_functions_of_one_module_does_not_suggest_overrides(module):
    source = """
    from headwater import extract_fields

    @extract_fields({"price": int})
    def prices() -> dict[str, int]:
        return {"price": 1}

    def price() -> int:
        return 2
    """
    builder = Builder().with_modules(module("flows", source))
    for tried in (builder, builder.allow_module_overrides()):
        with pytest.raises(DuplicateNode) as caught:
            tried.build()
        second_location, first_location = caught.value.locations
        assert str(caught.value) == (
            f"`price` is defined twice: at {first_location} and at {second_location}. Rename or remove one of them."
        )


def test_one_decorator_twice_on_a_function_is_harmless_or_says_what_to_remove():
    harmless, doubling = tag(a="b"), extract_fields({"low": int})

    @harmless
    @harmless
    def price() -> int:
        return 1

    @doubling
    @doubling
    def bounds() -> dict[str, int]:
        return {"low": 1}

    assert Builder().with_functions(price).build().graph["price"].tags == {"a": "b"}
    with pytest.raises(DecoratorError, match=r"another decorator already extracts `low` from `bounds`. Remove one of"):
        Builder().with_functions(bounds).build()


def test_a_function_that_creates_one_name_twice_is_an_error():
    @extract_fields({"bounds": int})
    def bounds() -> dict[str, int]:
        return {"bounds": 1}

    with pytest.raises(DuplicateNode) as caught:
        Builder().with_functions(bounds).build()
    assert str(caught.value) == (
        f"`bounds` is defined twice at {caught.value.locations[0]}. Rename or remove one of the definitions."
    )


def test_one_decorator_object_works_on_two_functions():
    both = parameterize(small={"n": value(1)})
    checked = check_output(range=(0, 10))

    def base(n: int) -> int:
        return n * 2

    def other(n: int) -> int:
        return n * 3

    assert Builder().with_functions(checked(both(base))).build().execute(["small"]) == {"small": 2}
    assert Builder().with_functions(checked(both(other))).build().execute(["small"]) == {"small": 3}


def base(n: int, *, by: int = 2) -> int:
    """The number multiplied by a factor."""
    return n * by


DECORATING = {
    "parameterize": parameterize(small={"n": value(1)}),
    "tag": tag(a="b"),
    "tag_outputs": tag_outputs(base={"a": "b"}),
    "config": config.when(region="eu"),
    "exclude": exclude,
    "check_output": check_output(range=(0, 1)),
}


@pytest.mark.parametrize("decorator", DECORATING.values(), ids=DECORATING)
def test_a_decorator_does_not_change_the_function(decorator):
    decorated = decorator(base)
    assert not attachments_of(base)
    assert attachments_of(decorated)
    assert decorated(3) == 6
    for attribute in ("__name__", "__qualname__", "__module__", "__doc__", "__annotations__", "__kwdefaults__", "__code__"):
        assert getattr(decorated, attribute) == getattr(base, attribute)


def test_one_function_is_decorated_in_several_ways():
    small, large = parameterize(small={"n": value(1)})(base), parameterize(large={"n": value(100)})(base)
    driver = Builder().with_functions(small, large, base, tagged=tag(a="b")(base)).build()
    assert driver.execute(["small", "large", "base", "tagged"], inputs={"n": 3}) == {
        "small": 2, "large": 200, "base": 6, "tagged": 6,
    }  # fmt: skip
    assert driver.graph["base"].tags == {}
