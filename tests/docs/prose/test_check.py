"""The command prints and counts its findings, and fails if it has any."""

import pytest

CLEAN = "# Nodes\n\nA node is a function. It runs once.\n"
LONG = "word " * 18 + "ends. Word "
BAD = "# From here\n\nIt runs.\nNobody reads it.\n"


@pytest.fixture
def pages(tmp_path):
    (tmp_path / "clean.md").write_text(CLEAN)
    (tmp_path / "bad.md").write_text(BAD)
    (tmp_path / "names.py").write_text("told = 1\n")
    (tmp_path / "texts.ts").write_text("const title = `It comes to ${n}.`;\n")
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "bad.md").write_text(BAD)
    (tmp_path / "data.json").write_text('"Nobody"')
    return tmp_path


def test_a_clean_page_passes(prose, pages, capsys):
    assert prose("check").main([str(pages / "clean.md")]) == 0
    assert capsys.readouterr().out == "Prose: no findings.\n"


def test_a_finding_names_file_line_habit_and_remedy(prose, pages, capsys):
    assert prose("check").main([str(pages)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.removeprefix(f"{pages}/").partition(")")[0] for line in lines] == [
        "bad.md:1: literary heading ('From here'",
        "bad.md:4: vague agent ('Nobody'",
        "names.py:1: participle as a name ('told'",
        "texts.ts:1: circumlocution for computing ('comes to'",
    ]
    assert lines[1].endswith("('Nobody'): “you”, “the caller”, “the visitor”, or the passive")


def test_a_page_of_long_sentences_fails(prose, pages, capsys):
    (pages / "clean.md").write_text(LONG * 6)
    assert prose("check").main([str(pages / "clean.md")]) == 1
    assert "long sentences ('17.1 words on average'): at most 17: split sentences, or write a list" in capsys.readouterr().out


def test_counts_are_tables_and_never_fail(prose, pages, capsys):
    (pages / "clean.md").write_text("It runs once. " * 6)
    assert prose("check").main(["--counts", str(pages)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "     1  vague agent" in lines
    assert "     4  total" in lines
    assert f"   3.0  {pages}/clean.md (6 sentences)" in lines
    assert lines[-1] == "   3.0  all pages (6 sentences)"


def test_stored_fields_keep_their_names_in_the_page_only(prose):
    check, texts = prose("check"), prose("texts")
    name = texts.Text(texts.Kind.NAME, 1, "given")
    assert list(check.check("playground/src/storage/draft.ts", [name])) == []
    assert [finding.found for finding in check.check("src/headwater/driver.py", [name])] == ["given"]
