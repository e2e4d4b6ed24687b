"""Paragraphs are split into sentences, and words are counted, as a reader would."""

import pytest


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("One. Two!\nThree?", ["One.", "Two!", "Three?"]),
        ("It costs 2.5 ms. `code` runs.", ["It costs 2.5 ms.", "`code` runs."]),
        ("It said “no.” (Twice.) Then", ["It said “no", "Twice", "Then"]),
        ("Formats, e.g. CSV, i.e. text.", ["Formats, eg CSV, ie text."]),
        ("No period", ["No period"]),
        ("…", []),
    ],
)
def test_a_paragraph_is_split_into_sentences(prose, paragraph, expected):
    split = prose("sentences").sentences(paragraph)
    assert [sentence.strip("()”.") for sentence in split] == [sentence.strip("()”.") for sentence in expected]


@pytest.mark.parametrize(
    ("sentence", "count"),
    [("A function's name is its node.", 6), ("Run `code` now — twice.", 4), ("A 2.5 ms run, (in full).", 6), ("", 0)],
)
def test_words_are_counted(prose, sentence, count):
    assert prose("sentences").words(sentence) == count


def test_the_mean_is_over_all_sentences(prose):
    mean_words = prose("sentences").mean_words
    assert mean_words(["One two three. Four.", "Five six"]) == 2
    assert mean_words([]) == 0
