"""Tests of the notebook: all cells run and show the expected output."""

from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).with_name("growth.ipynb")


def test_the_notebook_runs() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(NOTEBOOK.parent)}})
    client.execute()
    assert "<iframe" in _shown(notebook, "driver")["text/html"]
    assert _shown(notebook, "doubled")["text/plain"] == "10"
    assert "30.0" in _shown(notebook, "changed")["text/plain"]


def _shown(notebook: Any, cell: str) -> Any:
    (found,) = (each for each in notebook.cells if each.id == cell)
    return found.outputs[-1].data
