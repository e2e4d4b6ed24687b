# Skeleton; the targets follow.
.PHONY: setup
setup: .venv/bin/python
.venv/bin/python: pyproject.toml
	python3 -m venv .venv
	.venv/bin/pip install -q -e '.[dev]'
