"""Properties of the outline of any source text."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.outline import outline

CORPUS = [path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parent.parent / "corpus").glob("*.py"))]

names = st.from_regex(r"[a-z][a-z0-9]{0,6}", fullmatch=True).map("f_{}".format)
types = st.sampled_from(["int", "float", "str | None", "list[int]", "pd.Series", "Optional[int]", "'Later'"])


@st.composite
def acyclic_sources(draw):
    """Draw a module of functions that use earlier functions and inputs, and return it with its edges."""
    functions = draw(st.lists(names, unique=True, max_size=12))
    edges = []
    lines = ["import pandas as pd", "from typing import Optional"]
    for position, function in enumerate(functions):
        readable = [*functions[:position], "x", "y"]
        read = draw(st.lists(st.sampled_from(readable), unique=True, max_size=3))
        edges += [(source, function) for source in read]
        parameters = ", ".join(f"{source}: Any" for source in read)
        lines.append(f"def {function}({parameters}) -> {draw(types)}:\n    return 1")
    return "\n".join(["from typing import Any", *lines]), functions, edges


@given(acyclic_sources())
def test_the_functions_and_edges_are_exactly_those_of_the_source(written):
    source, functions, edges = written
    view = outline({"a.py": source})
    assert [node["name"] for node in view["nodes"] if node["kind"] == "function"] == functions
    assert sorted((edge["source"], edge["target"]) for edge in view["edges"]) == sorted(edges)
    assert view["problems"] == []
    assert {node["name"] for node in view["nodes"] if node["output"]} == set(functions) - {source for source, _ in edges}


@given(st.dictionaries(st.sampled_from(["a.py", "b.py", "c.csv"]), st.text(max_size=200)))
def test_no_text_raises(files):
    outline(files)


@settings(max_examples=3 * settings.default.max_examples)  # each example is quick
@given(st.data())
def test_no_text_that_is_being_edited_raises(data):
    text = data.draw(st.sampled_from(CORPUS))
    start = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 40))
    inserted = data.draw(st.text(alphabet="abx_ ()[]{},:=@*/.'\"\n\t0-#|", max_size=12))
    view = outline({"a.py": text[:start] + inserted + text[start + length :]})
    known = {node["name"] for node in view["nodes"]}
    assert len(known) == len(view["nodes"])
    assert all(edge["source"] in known and edge["target"] in known for edge in view["edges"])
