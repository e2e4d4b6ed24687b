from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jedi import settings as settings
from jedi.api.classes import Completion

class Project:
    def __init__(self, path: Path, *, sys_path: list[str] | None = None, smart_sys_path: bool = True) -> None: ...

class Script:
    def __init__(self, code: str) -> None: ...
    def complete(self, line: int | None = None, column: int | None = None) -> list[Completion]: ...

class Interpreter(Script):
    def __init__(
        self,
        code: str,
        namespaces: Sequence[Mapping[str, Any]],
        *,
        project: Project | None = None,
        path: Path | None = None,
    ) -> None: ...
