"""A small Ray cluster on this machine."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def started_ray(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Start Ray, whose files stay in a temporary folder."""
    ray = pytest.importorskip("ray", reason="ray is not installed. `make engines` installs it.")
    folder = tmp_path_factory.mktemp("ray")
    (folder / "token").write_text(secrets.token_hex(32), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_AUTH_TOKEN_PATH", str(folder / "token"))
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
        yield
        ray.shutdown()
