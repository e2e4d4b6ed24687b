"""Within a limited number of steps, a constant expression evaluates to the same value as in Python, or to an unknown value."""

import ast
import contextlib
import re
import sys
import warnings
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.outline.constant_values import MAX_STEPS, Budget, UnknownValue
from headwater.outline.constants import Evaluator


class NoModule:
    """A module context with builtins only."""

    def is_builtin(self, name: str) -> bool:
        return bool(name)

    def resolve(self, *_: object) -> Any:
        raise UnknownValue

    call = call_method = resolve


def evaluate(text: str, budget: Budget | None = None) -> Any:
    return Evaluator(NoModule(), budget or Budget()).value(ast.parse(text, mode="eval").body)


def python(text: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # `1 is 1` and the like
        return eval(text, {})  # noqa: S307


def typed(value: Any) -> Any:
    """Return a value with the types of all its parts, so that 1, 1.0 and True differ and NaN equals itself."""
    match value:
        case dict():
            return dict, [(typed(key), typed(item)) for key, item in value.items()]
        case list() | tuple():
            return type(value), [typed(item) for item in value]
        case set() | frozenset():
            return type(value), sorted(map(repr, map(typed, value)))
        case _:
            return type(value), repr(value)


KNOWN = [
    # displays
    "[1, *(2, 3), *range(4, 6)]",
    "{'a': 1, **{'b': 2}, 'a': 3}",
    "{1, True, 1.0, *[2]}",
    "(*'ab', *{'c': 1})",
    "[*zip('ab', [1, 2])]",
    # comprehensions
    "[n * n for n in range(10) if n % 2 if n > 3]",
    "{f'lag_{n}': {'n': n} for n in (1, 7, 28)}",
    "[[row * column for column in range(row)] for row in range(4)]",
    "[(a, b) for a in range(3) for b in range(a) if a != b]",
    "{name.upper() for name in ['a', 'b', 'a']}",
    "[x for x in [1, 2] for x in [x, x + 1]]",
    "[key for key, (left, right) in {'a': (1, 2), 'b': (2, 2)}.items() if left == right]",
    "list(n for n in range(3))",
    "[sum(x * y for x in range(3)) for y in range(3)]",
    "{len: 1 for len in 'ab'}",
    # strings
    "f'{1:>4}|{2.5:.2f}|{\"a\"!r:^7}|{True}|{None}'",
    "f'{3:{\"0\"}{4}d}'",
    "f'{{}}{1=}'",
    "'lag_%02d' % 7",
    "'%s-%s' % ('a', 1)",
    "'{0}-{b:>3}-{0}'.format('a', b=2)",
    "'-'.join(sorted({'b', 'a'}))",
    "'_'.join(map(str, [1, 2, 3]))",
    "'a,b, c'.replace(' ', '').split(',')",
    "'Abc'.lower().title().center(9, '*')",
    "'a' in 'abc' and 'abc'.startswith(('x', 'a'))",
    "'abc'[::-1] + 'abc'[1:][0] * 3",
    # numbers
    "2 ** 10 // 3 % 7 - -5 + ~3",
    "(7 / 2, 7 // 2, -7 // 2, -7 % 3, 2 ** -1, 0.1 + 0.2)",
    "1 << 10 | 5 & 6 ^ 3 >> 1",
    "round(2.675, 2), abs(-3), int('12'), float('inf'), bool(''), str(1.0)",
    "sum([1, 2.5]), sum([[1], [2]], []), min(3, 1), max([2, 5]), max([], default=0)",
    # logic
    "1 < 2 < 3 != 4 >= 4",
    "0 or [] or 'x' and 'y'",
    "'a' if not [] else 1 / 0",
    "1 in [1], 2 not in (1,), 'a' in {'a': 1}, 3 in range(5), None is None, 1 is not None",
    "'b' in {'a': 'b'}.values(), 'a' in {'a': 'b'}.keys()",
    "any(n > 1 for n in [0, 2]), all([]), any([])",
    # collections
    "dict(a=1, **{'b': 2}), dict([('x', 1)], y=2), dict(zip('ab', range(2)))",
    "len({1: 2}), len('abc'), len({1, 2}), len(range(3)), len({'a': 1}.items())",
    "sorted([3, 1, 2], reverse=True), sorted('ba', key=len), sorted({'x': 1, 'a': 2})",
    "list(enumerate('ab', start=1)), list(reversed([1, 2])), list(zip([1], [2], strict=True))",
    "{'a': 1}['a'], {'a': 1}.get('b', 2), [1, 2, 3][-1], (1, 2, 3)[:2], range(10)[2:4]",
    "{1, 2} | {3}, {1, 2} & {2}, {1} ^ {2}, {1, 2} - {1}, {'a': 1} | {'b': 2}",
    "[1, 2] + [3] * 2, (1,) + (2,), 2 * 'ab'",
    "{1: 'a'} == {1.0: 'a'}, [1, 2] < [1, 3], {1} <= {1, 2}",
    "set('aab') == {'a', 'b'}, frozenset([1]), tuple('ab'), list({'a': 1})",
    "[1, 2, 1].count(1), (1, 2).index(2)",
]  # fmt: skip


@pytest.mark.parametrize("text", KNOWN)
def test_a_constant_expression_has_the_value_that_python_computes(text):
    assert typed(evaluate(text)) == typed(python(text))


OPEN = {
    "a name": "LAGS",
    "a call to a user's function": "f(1)",
    "a function": "lambda: 1",
    "an assignment": "(x := 1)",
    "an attribute": "(1).real",
    "a method that changes its object": "[1].append(2)",
    "a lookup in a template": "'{0.real}'.format(1)",
    "an iterator as the result": "(n for n in range(3))",
    "an iterator in a list": "[zip('a', 'b')]",
    "a view as the result": "{'a': 1}.items()",
    "the order of a set": "[name for name in {'a', 'b'}]",
    "the order of a set in a string": "''.join({'a', 'b'})",
    "a set as a string": "f'{ {1, 2} }'",
    "the identity of numbers": "1000 is 1000",
    "an error": "1 / 0",
    "a missing key": "{}['a']",
    "an index out of range": "[][0]",
    "an unhashable key": "{[]: 1}",
    "incompatible operands": "'a' + 1",
    "a variable before it is bound": "[y for x in [1] for y in y]",
    "too few values to unpack": "[a for a, b in [(1,)]]",
    "a zip of different lengths": "list(zip([1], [], strict=True))",
    "a keyword given twice": "dict(a=1, **{'a': 2})",
    "a number in the locale's format": "f'{1000:n}'",
    "an asynchronous comprehension": "[x async for x in [1]]",
    "await": "await f",
}  # fmt: skip


@pytest.mark.parametrize("text", OPEN.values(), ids=OPEN)
def test_values_that_the_text_does_not_determine_are_unknown(text):
    with pytest.raises(UnknownValue):
        evaluate(text)


LETTERS = "abcdefghijklmnopqrst"
DOUBLING = "[t for a in [[0, 0]] " + "".join(f"for {b} in [[{a}, {a}]] " for a, b in pairwise(LETTERS)) + "]"
HOSTILE = {
    "a long string": "'x' * 10**9",
    "a long list": "[0] * 10**9",
    "a long list, with the number first": "10**9 * [0]",
    "a tower of powers": "10 ** 10 ** 10",
    "a large shift": "1 << 10**9",
    "a negative power": "10 ** -(10 ** 400)",
    "a large range": "list(range(10**9))",
    "nested loops": "[0 for a in range(10**9) for b in range(10**9) for c in range(10**9)]",
    "nested comprehensions": "[[[c for c in range(10**9)] for b in range(10**9)] for a in range(10**9)]",
    "a loop that finds nothing": "[a for a in range(10**9) if a < 0]",
    "a sum": "sum(range(10**9))",
    "a minimum": "min(range(10**9))",
    "any": "any(0 for _ in range(10**9))",
    "a search in a range": "0.5 in range(10**9)",
    "a zip of long ranges": "[*zip(range(10**9), range(10**9))]",
    "a product of comprehensions": "[*range(300)] * 300 * 300",
    "a wide number": "f'{1:1000000000}'",
    "a computed width": "f'{1:{10**9}}'",
    "a precise number": "f'{1.0:.1000000000f}'",
    "a wide number with `format`": "'{:1000000000}'.format(1)",
    "a computed width with `format`": "'{:{w}}'.format(1, w=10**9)",
    "a wide number with a percent sign": "'%1000000000d' % 1",
    "a computed width with a percent sign": "'%*d' % (10**9, 1)",
    "a padded string": "'a'.ljust(10**9)",
    "a padded number": "'1'.zfill(10**9)",
    "a string that grows": "('a' * 10000).replace('a', 'b' * 10000)",
    "a string that grows between its characters": "('a' * 10000).replace('', 'b' * 10000)",
    "a joined string": "('b' * 10000).join('a' * 10000)",
    "a repeated template": "('{0}' * 5000).format('a' * 10000)",
    "rounding to a huge number of digits": "round(5, -10**9)",
    "digits": "str(10 ** 1000 ** 2)",
    "deep brackets": "[" * 90 + "]" * 90,
    "deep negation": "-" * 500 + "1",
    "a long sum": " + ".join(["1"] * 2000),
    "a value that doubles": DOUBLING,
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_unknown_after_a_limited_number_of_steps(text):
    if sys.platform == "emscripten" and text == HOSTILE["a long sum"]:
        pytest.skip("parsing it may exceed the browser's stack")
    budget = Budget()
    with pytest.raises(UnknownValue):
        evaluate(text, budget)
    assert budget.steps > -MAX_STEPS  # the last operation exceeded the budget by less than `MAX_STEPS`


def test_the_steps_of_one_expression_are_counted_for_its_module_too():
    module = Budget(100)
    evaluate("[n for n in range(10)]", Budget(parent=module))
    left = module.steps
    assert left < 100
    with pytest.raises(UnknownValue):
        evaluate("[n for n in range(50)]", Budget(parent=module))


# --- random expressions -----------------------------------------------------------------------------------------------

names = st.sampled_from(["a", "b", "len", "x"])
atoms = st.one_of(
    st.integers(-5, 20).map(repr),
    st.sampled_from(
        ["0.5", "2.0", "-0.0", "True", "False", "None", "''", "'a'", "'b_c'", "'{}-{}'", "'%s'", "10**9", "b'x'", "1j", "..."]
    ),
    names,
)
METHODS = [
    "upper()",
    "title()",
    "split('_')",
    "join(['x', 'y'])",
    "replace('a', 'bb')",
    "format(1, 2)",
    "startswith('a')",
    "strip()",
]
METHODS += [
    "get('a')",
    "get(1, 2)",
    "items()",
    "keys()",
    "values()",
    "index('a')",
    "count(1)",
    "copy()",
    "zfill(5)",
    "center(7)",
]
FUNCTIONS = [
    "len",
    "list",
    "tuple",
    "set",
    "frozenset",
    "dict",
    "sorted",
    "reversed",
    "sum",
    "min",
    "max",
    "any",
    "all",
    "str",
    "int",
]
FUNCTIONS += ["float", "bool", "abs", "round", "enumerate", "range", "repr", "zip"]
OPERATORS = [
    "+",
    "-",
    "*",
    "/",
    "//",
    "%",
    "**",
    "|",
    "&",
    "^",
    "<<",
    ">>",
    "and",
    "or",
    "==",
    "!=",
    "<",
    "<=",
    "in",
    "not in",
    "is",
]


def formatted_text(parts: tuple[str, str]) -> str:
    """Return an f-string that formats the first part with the second, with quotes that Python 3.11 accepts."""
    return parts[0] if "'''" in parts[0] else f"f'''{{({parts[0]}){parts[1]}}}_'''"


def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, max_size=3)
    loops = st.lists(st.tuples(names, inner, st.none() | inner), min_size=1, max_size=2).map(
        lambda parts: " ".join(f"for {name} in {of}" + (f" if {test}" if test else "") for name, of, test in parts)
    )
    return st.one_of(
        several.map(lambda parts: f"[{', '.join(parts)}]"),
        several.map(lambda parts: f"({''.join(part + ', ' for part in parts)})"),
        several.map(lambda parts: f"{{{', '.join(parts)}}}" if parts else "set()"),
        st.lists(st.tuples(inner, inner), max_size=3).map(
            lambda pairs: f"{{{', '.join(f'{key}: {item}' for key, item in pairs)}}}"
        ),
        st.tuples(inner, inner).map(lambda parts: f"[{parts[0]}, *{parts[1]}]"),
        st.tuples(inner, inner).map(lambda parts: f"{{'k': {parts[0]}, **{parts[1]}}}"),
        st.tuples(inner, st.sampled_from(OPERATORS), inner).map(lambda parts: f"({' '.join(parts)})"),
        st.tuples(st.sampled_from(["-", "not ", "~", "+"]), inner).map(lambda parts: f"({''.join(parts)})"),
        st.tuples(inner, inner, inner).map(lambda parts: f"({parts[0]} if {parts[1]} else {parts[2]})"),
        st.tuples(inner, inner).map(lambda parts: f"({parts[0]})[{parts[1]}]"),
        st.tuples(inner, inner, inner).map(lambda parts: f"({parts[0]})[{parts[1]}:{parts[2]}]"),
        st.tuples(inner, st.sampled_from(METHODS)).map(lambda parts: f"({parts[0]}).{parts[1]}"),
        st.tuples(st.sampled_from(FUNCTIONS), several).map(lambda parts: f"{parts[0]}({', '.join(parts[1])})"),
        st.tuples(inner, st.sampled_from(["", "!r", ":>4", ":.2f", ":,"])).map(formatted_text),
        st.tuples(inner, loops).map(lambda parts: f"[{parts[0]} {parts[1]}]"),
        st.tuples(inner, loops).map(lambda parts: f"{{{parts[0]} {parts[1]}}}"),
        st.tuples(inner, inner, loops).map(lambda parts: f"{{{parts[0]}: {parts[1]} {parts[2]}}}"),
        st.tuples(st.sampled_from(FUNCTIONS), inner, loops).map(lambda parts: f"{parts[0]}({parts[1]} {parts[2]})"),
    )


expressions = st.recursive(atoms, larger, max_leaves=12)


@settings(max_examples=15 * settings.default.max_examples)
@given(expressions)
def test_an_expression_is_evaluated_as_python_does_or_is_unknown(text):
    budget = Budget()
    try:
        found = evaluate(text, budget)
    except UnknownValue:
        return
    assert typed(found) == typed(python(text)), text
    assert budget.steps >= 0


@settings(max_examples=3 * settings.default.max_examples)
@given(expressions)
def test_the_same_text_costs_the_same_steps(text):
    def cost() -> int:
        budget = Budget()
        with contextlib.suppress(UnknownValue):
            evaluate(text, budget)
        return budget.steps

    assert cost() == cost()


SIMPLE = {
    "number": ["0", "1", "-2", "7", "2.5", "True"],
    "text": ["''", "'a'", "'b_c'", "'%d'"],
    "list": ["[1, 2, 3]", "(4, 0)"],
    "dictionary": ["{'a': [1], 'b': []}"],
}
TEMPLATES = {
    "number": [
        *(f"(<number> {sign} <number>)" for sign in ["+", "-", "*", "/", "//", "%", "**", "<", "==", "and", "or"]),
        *(f"{function}(<list>)" for function in ["len", "sum", "any", "min", "max"]),
        *(f"{function}(<number:v> for v in <list>)" for function in ["sum", "all", "min", "max"]),
        "(<list>)[<number>]",
        "(<number> if <number> in <list> else <number>)",
        "len(<text>)",
    ],
    "text": [
        *(
            f"(<text>).{method}"
            for method in ["upper()", "title()", "strip()", "replace('a', 'xy')", "center(6)", "join(['p', 'q'])"]
        ),
        "(<text> + <text>)",
        "<text> * <number>",
        "'_'.join(str(<number:v>) for v in <list>)",
        "(<text>)[<number>:]",
        "'{}-{:>4}'.format(<text>, <number>)",
        "'%s|%r' % (<number>, <text>)",
    ],
    "list": [
        *(f"{function}(<list>)" for function in ["list", "sorted", "tuple", "set", "reversed"]),
        *(f"(<list>)[{bounds}]" for bounds in ["::2", "1:", ":-1", "::-1"]),
        "[<number>, *<list>]",
        "(<list> + <list>)",
        "[<number:v> for v in <list> if <number:v>]",
        "[<number:v> for w in <list> for v in [w, <number>]]",
        "list(range(<number>))",
        "[v for k in (<dictionary>).values() for v in k]",
        "[v * w for v, w in zip(<list>, <list>)]",
        "[<number:v> + w for w, v in enumerate(<list>)]",
    ],
    "dictionary": [
        "{<text>: <list>, **<dictionary>}",
        "{f'{v}_{v!r:>3}': <list:v> for v in <list>}",
        "dict(zip(<text>, [<list>]))",
        "{k: [len(k), *v] for k, v in (<dictionary>).items() if k not in <text>}",
        "dict(x=<list>, **<dictionary>)",
    ],
}
PLACE = re.compile(r"<(\w+)(:v)?>")


@st.composite
def meaningful(draw: st.DrawFn, kind: str, depth: int = 4, variables: tuple[str, ...] = ()) -> str:
    """Draw an expression that usually has a value: a number, a string, a list of numbers, or a dictionary of lists."""
    if depth == 0 or (depth < 4 and draw(st.booleans())):
        return draw(st.sampled_from([*SIMPLE[kind], *(variables if kind == "number" else ())]))
    variable = f"v{depth}"
    template = draw(st.sampled_from(TEMPLATES[kind])).replace(" v ", f" {variable} ")
    template = re.sub(r"\bv\b(?!>)", variable, template)

    def part(found: re.Match[str]) -> str:
        inside = (*variables, variable) if found[2] else variables
        return draw(meaningful(found[1], depth - 1, inside))

    return PLACE.sub(part, template)


@settings(max_examples=4 * settings.default.max_examples)
@given(st.sampled_from(["number", "text", "list", "dictionary"]).flatmap(meaningful))
def test_a_valid_expression_is_evaluated_as_python_does(text):
    try:
        found = evaluate(text)
    except UnknownValue:
        return
    assert typed(found) == typed(python(text)), text
