"""Messages for wrong answers are written into the settings of a step."""

import tomllib

TEXT = """# A comment.
title = "One"
zero = "not a wrong answer"

[wrong]
zero = ""  # none yet
"one-two" = "Old."
picked = { selected = ["a", "b"] }
both = { message = "Old.", selected = [] }
other = "Stays."

[solution]
zero = 5
"""


def test_messages_replace_those_in_the_table(steps) -> None:
    messages = {name: f'Say "{name}".\nNow.' for name in ("zero", "one-two", "picked", "both", "absent")}
    written = steps("messages").with_messages(TEXT, messages)
    table = tomllib.loads(written)
    assert table["wrong"] == {
        "zero": messages["zero"],
        "one-two": messages["one-two"],
        "picked": {"selected": ["a", "b"], "message": messages["picked"]},
        "both": {"message": messages["both"], "selected": []},
        "other": "Stays.",
    }
    assert (table["zero"], table["solution"]) == ("not a wrong answer", {"zero": 5})
    assert written.startswith("# A comment.\n")
    assert steps("messages").with_messages(written, messages) == written
