"""Each habit is found at its location, and plain English is not reported."""

import pytest

FOUND = {
    "clause as a noun": [
        "What there is to say of the file.",
        "Imported late: Who draws nothing does not wait.",
        "The text of\nwhat follows.",
        "It is for whoever reads it.",
    ],
    "negated noun": ["What was given is none of them.", "The value is no whole number."],
    "circumlocution for computing": ["It comes to a number.", "The total is made of prices.", "Each function makes one value."],
    "circumlocution for “is”": [
        "It stands in the file.",
        "A copy is to be had here.",
        "`csv` is there once pandas is imported.",
    ],
    "vague agent": [
        "Nobody reads it.",
        "The values that somebody typed.",
        "A check of one's own.",
        "One can press Ctrl.",
        "a stranger's link",
    ],
    "chained clause": [
        "Skip it, also where it is empty.",
        "be it a node or an input",
        "It waits so that a run ends so that values stay.",
    ],
    "“less” for minus": ["All files less the first."],
    "“for a default”": ["It has 3 for a default."],
    "“in the place of”": ["A node in the place of an input."],
    "“of one's own”": ["Decorators of your own.", "A check of somebody's own."],
    "“the latter”": ["The latter wins."],
    "archaism": ["It is drawn anew.", "Likewise for files."],
    "reported speech": ["The reason is said below.", "It was told twice.", "what pandas says of it"],
    "dialect": ["Take it home.", "code taken home", "the sealed frame", "a picture of memory"],
    "literary heading": ["Taking it home", "Leave a number open", "From here"],
    "participle as a name": ["told", "_given", "#kept"],
    "pronoun as a name": ["one", "ones", "_theirs"],
}

FINE = [
    "What is a node?",
    "What if it fails? What next?",
    "See what changes when you edit it.",
    "There are no files. There is none.",
    "It is no longer a link, and no more than a name.",
    "The colors come to mind. It makes sense.",
    "`pd` stands for pandas. A fake stands in for the server.",
    "Is there a node?",
    "This one can be skipped, and so can the last one.",
    "It runs so that values stay.",
    "Less than a second, no less than two.",
    "The graph has a page of its own.",
    "The key of your own mapping.",
    "Use it in place of a list.",
    "The latest version.",
    "Takes a homepage. Take the files.",
    "It depends on another one's concepts.",
    "Next steps",
]


@pytest.mark.parametrize(("habit", "text"), [(habit, text) for habit, texts in FOUND.items() for text in texts])
def test_a_habit_is_found(prose, habit, text):
    found = {each.name for each in prose("habits").HABITS if each.pattern.search(text)}
    assert habit in found


@pytest.mark.parametrize("text", FINE)
def test_plain_english_is_left_alone(prose, text):
    assert [each.name for each in prose("habits").HABITS if each.pattern.search(text)] == []


def test_every_habit_has_a_test(prose):
    assert [habit.name for habit in prose("habits").HABITS] == list(FOUND)
