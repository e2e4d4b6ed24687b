"""Node metadata: `tag`, `tag_outputs`, `schema.output`, `cache`, and the nodes that `target_` selects."""

import pandas as pd
import pytest

from headwater import cache, check_output, extract_fields, schema, tag, tag_outputs


def pair() -> dict[str, int]:
    return {"low": 1, "high": 9}


def frame() -> pd.DataFrame:
    return pd.DataFrame()


def tagged(driver, key="a") -> set[str]:
    return {node.name for node in driver.graph if key in node.tags}


TARGETS = {
    "the leaf nodes by default": ({}, {"low", "high"}),
    "all": ({"target_": ...}, {"pair", "low", "high"}),
    "one by its name": ({"target_": "pair"}, {"pair"}),
    "several": ({"target_": ["pair", "low"]}, {"pair", "low"}),
}


@pytest.mark.parametrize(("target", "expected"), TARGETS.values(), ids=TARGETS)
def test_a_target_selects_nodes(target, expected, flow, fresh):
    assert tagged(flow(tag(a="b", **target)(extract_fields("low", "high")(fresh(pair))))) == expected


def test_decorators_apply_in_the_order_of_their_phases(flow, fresh):
    driver = flow(extract_fields("low", "high")(tag(a="b")(fresh(pair))))
    assert tagged(driver) == {"low", "high"}


def test_a_check_and_its_nodes_can_be_targets(flow, fresh):
    driver = flow(tag(a="b", target_="pair_raw")(check_output(data_type=dict)(fresh(pair))))
    assert tagged(driver) == {"pair_raw"}


def test_keys_may_have_dots(flow, fresh):
    driver = flow(tag(**{"team.owner": "growth"})(fresh(pair)))
    assert driver.graph["pair"].tags == {"team.owner": "growth"}


def test_tag_outputs_tags_each_node(flow, fresh):
    driver = flow(tag_outputs(low={"a": "1"}, pair={"a": "2", "b": ["3"]})(extract_fields("low", "high")(fresh(pair))))
    assert {node.name: dict(node.tags) for node in driver.graph} == {
        "pair": {"a": "2", "b": ("3",)},
        "low": {"a": "1"},
        "high": {},
    }


def test_a_schema_is_a_tag(flow, fresh):
    driver = flow(schema.output(("day", "date"), ("rain", "float"))(fresh(frame)))
    assert driver.graph["frame"].tags == {"headwater.schema": ("day=date", "rain=float")}


def test_cache_settings_are_tags(flow, fresh):
    driver = flow(cache(behavior="ignore", format="json", target_="low")(extract_fields("low")(fresh(pair))))
    assert dict(driver.graph["low"].tags) == {"headwater.cache.behavior": "ignore", "headwater.cache.format": "json"}
    assert not driver.graph["pair"].tags


INVALID_USES = {
    "no tag": (tag, pair, "it needs at least one tag"),
    "a number": (lambda: tag(a=3), pair, "`a` must be a string, such as `'growth'`, or a list of strings, not 3"),
    "a duplicate string": (lambda: tag(a=["b", "b"]), pair, "`a` has a duplicate string"),
    "a key that is not an identifier": (
        lambda: tag(**{"a b": "c"}),
        pair,
        "a tag key must consist of identifiers separated by dots, not 'a b'",
    ),
    "a reserved key": (
        lambda: tag(**{"headwater.schema": "c"}),
        pair,
        "the tag `headwater.schema` begins with `headwater`, which is reserved",
    ),
    "no such target": (
        lambda: tag(a="b", target_="pairr"),
        pair,
        "`target_` names `pairr`, but the function's nodes are `pair`. Did you mean `pair`?",
    ),
    "no outputs": (tag_outputs, pair, "it needs nodes and tags"),
    "an output without tags": (
        lambda: tag_outputs(pair="b"),
        pair,
        "`pair` must be a dictionary of tags, such as `{'unit': 'm'}`, not 'b'",
    ),
    "no such output": (lambda: tag_outputs(low={"a": "b"}), pair, "`target_` names `low`, but the function's nodes are `pair`"),
    "no columns": (schema.output, frame, "it takes `(column, type)` pairs"),
    "a column without a type": (lambda: schema.output("day"), frame, "it takes `(column, type)` pairs"),
    "a schema for a dictionary": (
        lambda: schema.output(("day", "date")),
        pair,
        "`pair` must be a data frame, but is annotated as dict[str, int]",
    ),
    "no setting": (cache, pair, "it needs a setting"),
    "no such behavior": (
        lambda: cache(behavior="never"),
        pair,
        '`behavior` must be one of "default", "recompute", "disable", "ignore", not \'never\'',
    ),
}


@pytest.mark.parametrize(("decorator", "function", "reason"), INVALID_USES.values(), ids=INVALID_USES)
def test_an_invalid_use_is_an_error_with_function_line_and_remedy(decorator, function, reason, expect_error):
    expect_error(decorator, function, reason)
