"""When a function that writes files reruns, downstream nodes rerun, too, because its value may be the name of a file."""

import pytest

from headwater.session import Session

WRITING = {
    "open": 'with open("out.txt", "w") as file:\n        file.write("{}")',
    "open with a keyword": 'file = open("out.txt", mode="w")\n    file.write("{}")\n    file.close()',
    "a path": 'Path("out.txt").write_text("{}")',
    "an opened path": 'with Path("out.txt").open("w") as file:\n        file.write("{}")',
    "a helper": '_written("{}")',
}
FLOW = """
from pathlib import Path

def _written(text: str) -> None:
    Path("out.txt").write_text(text)

def out() -> str:
    {}
    return "out.txt"

def back(out: str) -> str:
    return Path(out).read_text()

def size(back: str) -> int:
    return len(back)
"""


@pytest.mark.parametrize("writing", WRITING.values(), ids=WRITING)
def test_a_rewritten_file_is_read_again(writing: str) -> None:
    with Session() as session:
        session.update({"flow.py": FLOW.format(writing.format("1"))})
        session.run(["back"])
        session.update({"flow.py": FLOW.format(writing.format("2"))})
        assert session.run(["back"])["outputs"]["back"]["text"] == "2"


@pytest.mark.parametrize(
    "body",
    [
        "pd.DataFrame({'n': [1]}).copy()",
        "pd.DataFrame({'n': [1]}).rename(columns={'n': 'm'}).replace(1, 2)",
        "json.loads(pd.DataFrame({'n': [1]}).to_json())",
        "open('in.csv').read()",
        "open('in.csv', encoding='utf-8').read()",
    ],
)
@pytest.mark.parametrize("decorator", ["", "@hw.check_output(allow_none=False)\n"], ids=["plain", "checked"])
def test_a_function_that_writes_nothing_and_returns_the_same_value_reruns_nothing_downstream(body: str, decorator: str) -> None:
    source = f"""
import json
import pandas as pd
import headwater as hw

{decorator}def made() -> object:
    return {body}

def reader(made: object) -> int:
    return 1
"""
    with Session() as session:
        session.update({"flow.py": source, "in.csv": "n\n1\n"})
        session.run()
        session.update({"flow.py": source.replace(f"return {body}", f"again = {body}\n    return again"), "in.csv": "n\n1\n"})
        nodes = session.run()["nodes"]
        assert (nodes["made"]["state"], nodes["reader"]["state"]) in {("succeeded", "reused"), ("reused", "reused")}


def test_an_unchanged_function_that_writes_is_reused() -> None:
    source = FLOW.format(WRITING["a path"].format("1"))
    with Session() as session:
        session.update({"flow.py": source})
        session.run()
        session.update({"flow.py": source.replace("len(back)", "len(back) + 1")})
        states = {name: node["state"] for name, node in session.run()["nodes"].items()}
        assert states == {"out": "reused", "back": "reused", "size": "succeeded"}
