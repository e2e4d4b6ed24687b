"""A drawing as Mermaid."""

from headwater.drawing import draw


def test_mermaid_is_as_mermaid_reads_it(shop):
    assert draw(shop, outputs=["gross"], overrides=["amount"]).mermaid == (
        "flowchart TB\n"
        '  n0(["<b>price</b><br/><small>float</small>"])\n'
        '  n1[["<b>amount</b><br/><small>int</small>"]]\n'
        '  n2["<b>net</b><br/><small>float</small>"]\n'
        '  n3["<b>gross</b><br/><small>float</small>"]\n'
        "  n0 --> n2\n"
        "  n1 -.-> n2\n"
        "  n2 --> n3\n"
        "  subgraph legend\n"
        '    l0(["<b>input</b>"])\n'
        '    l1["<b>function</b>"]\n'
        '    l2[["<b>override</b>"]]\n'
        '    l3["<b>output</b>"]\n'
        "  end\n"
        "  classDef input stroke-dasharray:4 3\n"
        "  class n0,l0 input\n"
        "  classDef override stroke:#a86400,stroke-width:2px\n"
        "  class n1,l2 override\n"
        "  classDef output stroke-width:3px\n"
        "  class n3,l3 output\n"
    )
