"""Reading the signatures of wrapped functions, and calling the functions."""

import functools
import inspect
import sys
import textwrap
from collections.abc import AsyncIterator, Callable
from typing import Any, get_type_hints

import pytest

from headwater import Builder, config, extract_fields, tag
from headwater.errors import (
    AsyncNode,
    HeadwaterError,
    MissingAnnotation,
    NotAFunction,
    RunError,
    UnresolvedAnnotation,
    UnsupportedParameter,
    UnwrappedFunction,
)


def area(width: int, height: int, *, unit: int = 1) -> int:
    return width * 100 + height * 10 + unit


class Shape:
    factor = 1000

    def scaled(self, width: int, height: int) -> int:
        return self.factor + width * 10 + height

    narrow = functools.partialmethod(scaled, width=1)
    flat = functools.partialmethod(scaled, 1)

    @classmethod
    def size(cls, width: int) -> int:
        return cls.factor + width

    def __call__(self, width: int) -> int:
        return width


def by_keyword_only(function):
    @functools.wraps(function)
    def call(**named):
        return function(**named)

    return call


def by_position_only(function):
    @functools.wraps(function)
    def call(*values):
        return function(*values)

    return call


def by_either(function):
    @functools.wraps(function)
    def call(*values, **named):
        return function(*values, **named)

    return call


def renaming(function):
    @functools.wraps(function)
    def call(first, *rest):
        return function(first, *rest)

    return call


class Logged:
    """A decorator class that sets `__wrapped__`."""

    def __init__(self, function: Callable[..., Any]) -> None:
        functools.update_wrapper(self, function)
        self.function = function

    def __call__(self, **named: Any) -> Any:
        return self.function(**named)


PARTIALS = {
    "by keyword": (functools.partial(area, height=2), {"width", "unit"}, 121),
    "by position": (functools.partial(area, 1), {"height", "unit"}, 121),
    "by position and keyword": (functools.partial(area, 1, unit=5), {"height"}, 125),
    "a keyword-only parameter": (functools.partial(area, unit=5), {"width", "height"}, 125),
    "everything": (functools.partial(area, 3, height=4), {"unit"}, 341),
    "nested": (functools.partial(functools.partial(area, width=9), height=8), {"unit"}, 981),
    "nested, with attributes between": (
        functools.partial(functools.update_wrapper(functools.partial(area, width=9), area), height=8), {"unit"}, 981,
    ),
    "bound again": (functools.partial(functools.partial(area, width=9), width=7), {"height", "unit"}, 721),
    "with the name of its function": (functools.update_wrapper(functools.partial(area, 1), area), {"height", "unit"}, 121),
    "by keyword, with the name of its function": (
        functools.update_wrapper(functools.partial(area, width=1), area), {"height", "unit"}, 121,
    ),
    "behind a wrapper": (by_either(functools.update_wrapper(functools.partial(area, width=1), area)), {"height", "unit"}, 121),
    "of a wrapper": (functools.partial(by_either(area), width=1), {"height", "unit"}, 121),
    "of a wrapper that takes keywords": (functools.partial(by_keyword_only(area), width=1), {"height", "unit"}, 121),
    "of a cached function": (functools.partial(functools.cache(area), width=1), {"height", "unit"}, 121),
    "of a method": (functools.partial(Shape().scaled, width=1), {"height"}, 1012),
    "a partial method": (Shape().narrow, {"height"}, 1012),
    "a partial method by position": (Shape().flat, {"height"}, 1012),
    "a method": (Shape().scaled, {"width", "height"}, 1012),
    "a class method": (Shape.size, {"width"}, 1001),
    "of a class method": (functools.partial(Shape.size, width=4), set(), 1004),
    "a callable object": (Shape(), {"width"}, 1),
    "of a callable object": (functools.partial(Shape(), width=4), set(), 4),
}  # fmt: skip


@pytest.mark.parametrize(("function", "parameters", "value"), PARTIALS.values(), ids=PARTIALS)
def test_a_bound_parameter_is_not_a_dependency(function, parameters, value):
    def width() -> int:
        return 1

    def height() -> int:
        return 2

    driver = Builder().with_functions(width, height, size=function).build()
    assert {dependency.parameter for dependency in driver.graph["size"].dependencies} == parameters
    for _ in range(10):  # the plan is compiled after some runs
        assert driver.execute(["size"]) == {"size": value}


def test_a_partial_has_the_location_and_the_decorators_of_its_function():
    @tag(team="a")
    @extract_fields({"low": int})
    def bounds(width: int, height: int) -> dict[str, int]:
        return {"low": width + height}

    driver = Builder().with_functions(bounds=functools.partial(bounds, width=1)).build()
    assert driver.execute(["low"], inputs={"height": 2}) == {"low": 3}
    assert driver.graph["low"].tags == {"team": "a"}
    assert driver.graph["bounds"].module == __name__
    assert driver.graph["bounds"].location.line == inspect.getsourcelines(bounds)[1] + 2


def test_decorating_a_partial_does_not_change_its_function():
    decorated = tag(team="a")(functools.partial(area, width=1))
    assert Builder().with_functions(area, bound=decorated).build().graph["area"].tags == {}


def test_a_condition_of_the_function_holds_for_its_partial():
    @config.when(region="eu")
    def rate(base: int, extra: int) -> int:
        return base + extra

    builder = Builder().with_functions(rate=functools.partial(rate, extra=1))
    assert builder.with_config({"region": "eu"}).build().execute(["rate"], inputs={"base": 1}) == {"rate": 2}
    assert "rate" not in builder.with_config({"region": "us"}).build().graph


@pytest.mark.parametrize("function", [functools.partial(area, depth=1), functools.partial(area, 1, 2, 3)])
def test_a_partial_that_cannot_be_called_is_an_error(function):
    with pytest.raises(NotAFunction, match=r"`size` \(.*test_signatures.py:\d+\) cannot be called as a node: .*incorrect arg"):
        Builder().with_functions(size=function).build()


@functools.singledispatch
def dispatched(width: object, height: int) -> str:
    return f"object {height}"


@dispatched.register
def _(width: int, height: int) -> str:
    return f"int {width} {height}"


def plain_area(width: int, height: int, unit: int) -> int:
    return width * 100 + height * 10 + unit


WRAPPERS = {
    "takes keywords": by_keyword_only(area),
    "takes positions": by_position_only(plain_area),
    "takes either": by_either(area),
    "gives its parameters other names": renaming(plain_area),
    "two wrappers, keywords outside": by_keyword_only(by_either(area)),
    "two wrappers, keywords inside": by_either(by_keyword_only(area)),
    "cached, with keywords inside": functools.cache(by_keyword_only(area)),
    "a class": Logged(area),
}


@pytest.mark.parametrize("function", WRAPPERS.values(), ids=WRAPPERS)
def test_a_wrapper_receives_its_arguments_by_position_or_keyword_as_it_requires(function):
    def unit() -> int:
        return 3

    driver = Builder().with_functions(unit, size=function).build()
    for _ in range(10):
        assert driver.execute(["size"], inputs={"width": 1, "height": 2}) == {"size": 123}


def test_a_wrapper_sees_the_names_of_the_arguments():
    seen: list[dict[str, int]] = []

    def noting(function):
        @functools.wraps(function)
        def call(*values, **named):
            seen.append(named)
            return function(*values, **named)

        return call

    Builder().with_functions(size=noting(area)).build().execute(["size"], inputs={"width": 1, "height": 2})
    assert seen == [{"width": 1, "height": 2, "unit": 1}]


@pytest.mark.parametrize("function", [dispatched, by_either(dispatched)])
def test_a_dispatched_function_gets_its_first_argument_by_position(function):
    driver = Builder().with_functions(size=function).build()
    assert driver.execute(["size"], inputs={"width": 1, "height": 2}) == {"size": "int 1 2"}
    assert driver.execute(["size"], inputs={"width": "a", "height": 2}) == {"size": "object 2"}


def test_string_annotations_are_resolved_behind_a_wrapper(module):
    flows = module(
        "flows",
        """
        from __future__ import annotations
        import functools
        from typing import Optional

        def _logged(function):
            @functools.wraps(function)
            def call(*values, **named):
                return function(*values, **named)
            return call

        @_logged
        def size(later: Optional["Later"], number: int) -> list[Later]:
            return [later]

        class Later:
            def method(self, later: Later) -> "Later":
                return later
        """,
    )
    graph = Builder().with_modules(flows).with_functions(method=flows.Later().method).build().graph
    assert graph["size"].type == list[flows.Later]
    assert graph["size"].dependencies[0].type == flows.Later | None
    assert graph["method"].type is flows.Later


class Late:
    """A function whose annotations are evaluated on access, as in Python 3.14 and later."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.__wrapped__ = function
        self.__name__ = function.__name__

    def __call__(self, *values: Any) -> Any:
        return self.__wrapped__(*values)

    @property
    def __annotations__(self) -> dict[str, Any]:
        raise NameError("name 'Decimal' is not defined")

    @property
    def __signature__(self) -> inspect.Signature:
        raise NameError("name 'Decimal' is not defined")


def test_an_annotation_that_raises_is_an_error_with_function_and_location():
    late = Late(area)
    with pytest.raises(UnresolvedAnnotation) as caught:
        Builder().with_functions(late).build()
    assert str(caught.value) == (
        f"`area` ({caught.value.locations[0]}) has an annotation that cannot be resolved: name 'Decimal' is not defined. "
        "Import the name at the top of the module, outside `if TYPE_CHECKING:`."
    )
    assert caught.value.locations[0].line == area.__code__.co_firstlineno


UNRESOLVED = {
    "as text": "def size(x: 'Missing') -> int: ...",
    "in a container": "from typing import Optional\ndef size(x: int) -> Optional['Missing']: ...",
    "an unknown attribute": "import math\ndef size(x: 'math.Missing') -> int: ...",
    "not a name": "def size(x: '1 +') -> int: ...",
    "behind a wrapper": "from functools import cache\n@cache\ndef size(x: 'Missing') -> int: ...",
    "of a method": "class A:\n    def size(self, x: 'Missing') -> int: ...\nsize = A().size",
    "of a partial": "from functools import partial\ndef _f(x: 'Missing', y: int) -> int: ...\nsize = partial(_f, y=1)",
    "behind an alias": "LATE = True\ntype Late = Missing\ndef size(x: list[Late]) -> int: ...",
    "a bound": "def size[T: Missing](x: T) -> int: ...",
}


@pytest.mark.parametrize("source", UNRESOLVED.values(), ids=UNRESOLVED)
def test_an_unresolvable_annotation_is_an_error_with_function_and_location(source, module):
    try:
        compile(source, "flows.py", "exec")
    except SyntaxError:
        pytest.skip("this Python version lacks the syntax")
    flows = module("flows", source)
    with pytest.raises(UnresolvedAnnotation, match=r"^`size` \(.*flows.py:\d+\) has an annotation that cannot be resolved: "):
        Builder().with_functions(size=flows.size).build()


EVALUATED_LATE = {
    "a parameter": "def size(x: Missing) -> int: ...",
    "a result": "def size() -> Missing: ...",
    "in a container": "def size(x: list[Missing]) -> int: ...",
    "an attribute": "import math\ndef size(x: math.Missing) -> int: ...",
    "for type checkers only": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import a\ndef size(x: a.A) -> int: ...",
    "decorated": "from headwater import tag\n@tag(a='b')\n@tag(c='d')\ndef size(x: Missing) -> int: ...",
    "behind a cache": "from functools import cache\n@cache\ndef size(x: Missing) -> int: ...",
    "behind a wrapper": (
        "import functools\ndef _w(f):\n    @functools.wraps(f)\n    def call(*a, **k): return f(*a, **k)\n    return call\n"
        "@_w\ndef size(x: Missing) -> int: ..."
    ),
    "of a method": "class A:\n    def size(self, x: Missing) -> int: ...\nsize = A().size",
    "of a partial": "from functools import partial\ndef _f(x: Missing, y: int) -> int: ...\nsize = partial(_f, y=1)",
    "of an object": "class A:\n    def __call__(self, x: Missing) -> int: ...\nsize = A()",
}


@pytest.mark.skipif(sys.version_info < (3, 14), reason="annotations are evaluated lazily since Python 3.14")
@pytest.mark.parametrize("source", EVALUATED_LATE.values(), ids=EVALUATED_LATE)
def test_a_lazily_evaluated_annotation_is_an_error_with_function_and_location(source, module):
    flows = module("flows", source)
    with pytest.raises(UnresolvedAnnotation, match=r"^`size` \(.*flows.py:\d+\) has an annotation that cannot be resolved: "):
        Builder().with_functions(size=flows.size).build()


async def fetched(x: int) -> int:
    return x


async def pages(x: int) -> AsyncIterator[int]:
    yield x


class Fetching:
    async def method(self, x: int) -> int:
        return x

    async def __call__(self, x: int) -> int:
        return x


ASYNCHRONOUS = {
    "a function": fetched,
    "a generator": pages,
    "a partial": functools.partial(fetched, x=1),
    "a method": Fetching().method,
    "an object": Fetching(),
    "decorated": tag(a="b")(fetched),
    "a partial of a method": functools.partial(Fetching().method, x=1),
}


@pytest.mark.parametrize("function", ASYNCHRONOUS.values(), ids=ASYNCHRONOUS)
def test_an_async_function_is_refused_when_a_synchronous_driver_needs_it(function):
    driver = Builder().with_functions(size=function).build()
    values = dict.fromkeys(node.name for node in driver.graph.inputs)
    for check in (driver.execute, driver.validate_execution):
        with pytest.raises(AsyncNode) as caught:
            check(["size"], inputs=values)
        assert str(caught.value) == (
            f"`size` ({caught.value.locations[0]}) is `async def`. Only an `AsyncDriver` can await it: call `build_async()`, "
            "and then `await driver.execute(...)`."
        )


def test_a_wrapper_that_runs_its_async_function_is_a_node_and_one_that_does_not_is_an_error():
    def run(function):
        @functools.wraps(function)
        def call(*values, **named):
            coroutine = function(*values, **named)
            try:
                coroutine.send(None)
            except StopIteration as finished:
                return finished.value

        return call

    driver = Builder().with_functions(good=run(fetched), bad=by_either(fetched)).build()
    assert driver.execute(["good"], inputs={"x": 3}) == {"good": 3}
    with pytest.raises(RunError) as caught:
        driver.execute(["bad"], inputs={"x": 3})
    assert str(caught.value) == (
        f"`bad` ({caught.value.locations[0]}) is `async def`, and its decorator returned a coroutine without running it. "
        "Run it in the decorator with `asyncio.run(...)`, or build an `AsyncDriver` with `build_async()`."
    )


def unwrapped(function):
    def call(*values, **named):
        return function(*values, **named)

    return call


def test_the_error_for_a_wrapper_without_wraps_gives_the_remedy():
    with pytest.raises(UnwrappedFunction) as caught:
        Builder().with_functions(unwrapped(area)).build()
    places = caught.value.locations
    assert str(caught.value) == (
        f"`call` ({places[0]}) cannot be a node: it only passes `*args` and `**kwargs` on to `area` ({places[1]}). "
        "Put `@functools.wraps(...)` above `def call` to give it the parameters of `area`."
    )


@pytest.mark.parametrize("error", [MissingAnnotation, UnsupportedParameter])
def test_missing_annotations_of_a_wrapped_function_are_errors(error):
    @by_either
    def size(x) -> int:
        return x

    @by_either
    def variadic(*x: int) -> int:
        return x[0]

    function = size if error is MissingAnnotation else variadic
    with pytest.raises(error):
        Builder().with_functions(function).build()


def test_type_hints_are_unchanged():
    assert get_type_hints(tag(a="b")(area)) == get_type_hints(area)
    assert issubclass(UnsupportedParameter, HeadwaterError)


@pytest.fixture
def module(tmp_path):
    """Create a module from source text in a real file."""
    import linecache
    import types

    def make(name: str, source: str) -> types.ModuleType:
        path = tmp_path / f"{name}.py"
        path.write_text(textwrap.dedent(source), encoding="utf-8")
        new = types.ModuleType(name)
        new.__file__ = str(path)
        exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), vars(new))  # noqa: S102
        return new

    yield make
    linecache.clearcache()
