"""Entered literals: their values, and messages for invalid ones."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.session.literal_values import MAX_LENGTH, InvalidLiteral, parse_literal


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[1, 2.5, 'a']", [1, 2.5, "a"]),
        ("(1,)", (1,)),
        ("1, 2", (1, 2)),
        ("{1, 2}", {1, 2}),
        ("{'a': [1], 2: None}", {"a": [1], 2: None}),
        ('{"a": true, "b": null}', {"a": True, "b": None}),
        ("set()", set()),
        ("frozenset({1})", frozenset({1})),
        ("-3", -3),
        (" [ ] ", []),
        ("b'a'", b"a"),
        ("date(2024, 1, 31)", dt.date(2024, 1, 31)),
        ("[datetime.date(2024, 1, 31)]", [dt.date(2024, 1, 31)]),
        ("dt.datetime(2024, 1, 31, hour=12)", dt.datetime(2024, 1, 31, 12)),  # noqa: DTZ001
        ("timedelta(days=1)", dt.timedelta(days=1)),
        ("Decimal('0.1')", Decimal("0.1")),
    ],
)
def test_a_literal_evaluates_to_its_value(text: str, value: Any) -> None:
    assert parse_literal(text) == value
    assert type(parse_literal(text)) is type(value)


NOT_PYTHON = "This is not a Python literal. Write, for example, `[1, 2]`, `{'a': 1}`, `(1, 2)`, `{1, 2}` or `'text'`."


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", NOT_PYTHON),
        ("[1, 2", NOT_PYTHON),
        ("a b", NOT_PYTHON),
        ("(" * 1000, NOT_PYTHON),
        ("[" * 60 + "]" * 60, "The brackets are nested more than 50 levels deep."),
        ("rain, snow", "Put strings in quotes and lists in brackets: `['rain', 'snow']`."),
        ("a, 'b', c, d", "Put strings in quotes and lists in brackets: `['a', 'b', 'c', …]`."),
        ("rain", "`rain` is not defined. If you mean a string, put it in quotes: `'rain'`."),
        ("[1 + 2]", "`1 + 2` is not a literal, and expressions are not evaluated. Enter the value itself."),
        ("9 ** 9 ** 9", "`9 ** 9 ** 9` is not a literal, and expressions are not evaluated. Enter the value itself."),
        ("open('x')", "`open('x')` is not a literal, and expressions are not evaluated. Enter the value itself."),
        ("__import__('os').system('x')", None),
        ("[x for x in [1]]", None),
        ("...", None),
        ("f'{1}'", None),
        ("{[]: 1}", "Invalid arguments for `dict`: unhashable type: 'list'."),
        ("{[]}", "Invalid arguments for `set`: unhashable type: 'list'."),
        ("date(2024, 13, 1)", "Invalid arguments for `date`: month must be in 1..12."),
        ("{**{}}", "`**` is not allowed in a literal."),
        ("'" + "a" * MAX_LENGTH + "'", f"The text has {MAX_LENGTH + 2:,} characters. The maximum is {MAX_LENGTH:,}."),
    ],
)
def test_anything_but_a_literal_is_refused(text: str, reason: str | None) -> None:
    with pytest.raises(InvalidLiteral) as raised:
        parse_literal(text)
    assert reason is None or str(raised.value) == reason


LITERALS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(LITERALS)
def test_the_repr_of_a_value_evaluates_to_the_value(value: Any) -> None:
    assert repr(parse_literal(repr(value))) == repr(value)
