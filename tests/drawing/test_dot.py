"""A drawing as DOT."""

import shutil
import subprocess

import pytest

from headwater.drawing import draw


def test_dot_is_as_graphviz_reads_it(shop):
    assert draw(shop, outputs=["gross"], orient="LR", show_legend=False).dot == (
        "digraph dataflow {\n"
        "  rankdir=LR\n"
        '  graph [bgcolor="transparent", fontname="Helvetica", nodesep=0.3, ranksep=0.45]\n'
        '  node [shape=box, fontname="Helvetica", fontsize=12, margin="0.14,0.07"]\n'
        '  edge [color="#8d9baa", arrowsize=0.7]\n'
        '  "price" [label=<<b>price</b><br/><font point-size="10">float</font>>, style="rounded,dashed", color="#66737f"]\n'
        '  "amount" [label=<<b>amount</b><br/><font point-size="10">int</font>>, style="rounded,dashed", color="#66737f"]\n'
        '  "net" [label=<<b>net</b><br/><font point-size="10">float</font>>, style="rounded", color="#0b7a8f", '
        'tooltip="Before tax."]\n'
        '  "gross" [label=<<b>gross</b><br/><font point-size="10">float</font>>, style="rounded", color="#0b7a8f", '
        'penwidth="2.6"]\n'
        '  "price" -> "net"\n'
        '  "amount" -> "net" [style=dashed]\n'
        '  "net" -> "gross"\n'
        "}\n"
    )


@pytest.mark.native
@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed here")
def test_graphviz_understands_every_role_without_a_complaint(graph_of):
    source = "@check_output(range=(0, 1))\ndef share(part: float, whole: float) -> float: ...\n"
    text = draw(graph_of(source, whole=4.0), overrides=["share_raw"]).dot
    run = subprocess.run(["dot", "-Tsvg"], input=text, capture_output=True, text=True, check=True)  # noqa: S607
    assert run.stderr == ""
