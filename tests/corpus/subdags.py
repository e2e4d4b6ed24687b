"""Subdags that receive values, sources and config, and subdags with missing inputs."""

from headwater import config, exclude, inject, parameterized_subdag, pipe_output, source, step, subdag, tag, value


@exclude
def scaled(amount: int, factor: int = 2) -> int:
    return amount * factor


@exclude
def offset(scaled: int, factor: float = 2) -> float:
    return scaled + factor


@exclude
@config.when(kind="plain")
def label__plain(offset: float, prefix: str) -> str:
    return f"{prefix}{offset}"


@exclude
@config.otherwise
def label__long(offset: float) -> str:
    return f"{offset} pieces"


def doubled(amount: int) -> int:
    return amount * 2


@subdag(scaled, offset, label__plain, label__long, inputs={"amount": source("pears"), "factor": source("rate")})
def pear_label(label: str) -> str:
    return label


@subdag(
    scaled,
    offset,
    label__plain,
    label__long,
    inputs={"amount": value(3)},
    config={"kind": "plain", "prefix": "#"},
    namespace="plums",
)
def plum_label(label: str, amount: int) -> str:
    return f"{amount}: {label}"


@subdag(scaled, offset, inputs={"scaled": source("doubled")})
def replaced(offset: float) -> float:
    return offset


@parameterized_subdag(
    scaled,
    offset,
    inputs={"factor": value(4)},
    east={"inputs": {"amount": source("amount")}, "external_inputs": ["extra"]},
    west={"inputs": {"amount": value(1), "extra": value(5)}},
    north={"inputs": {"amount": value(1)}, "external_inputs": ["extra"]},
)
def region(offset: float, extra: int) -> float:
    return offset + extra


@exclude
@subdag(scaled, inputs={"amount": source("start"), "factor": value(10)})
def inner(scaled: int) -> int:
    return scaled


@tag(level="top")
@subdag(inner, inputs={"start": value(7)})
def outer(inner: int) -> int:
    return inner


@inject(start=source("pears"))
@subdag(inner, external_inputs=["start"])
def shared(inner: int, start: int) -> int:
    return inner + start


def _more(number: int) -> int:
    return number + 1


@pipe_output(step(_more))
@subdag(scaled, inputs={"amount": value(2)})
def scaled_once(scaled: int) -> int:
    return scaled


@subdag(doubled, inputs={"amount": source("pears")})
def same(doubled: int) -> int:
    return doubled
