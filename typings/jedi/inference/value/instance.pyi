from collections.abc import Callable
from typing import Any

from jedi.inference.base_value import ValueSet

class CompiledBoundMethod:
    _wrapped_value: Any
    def __init__(self, wrapped_value: Any) -> None: ...

class CompiledInstanceName:
    def __init__(self, wrapped_name: Any) -> None: ...
    def infer(self) -> ValueSet: ...

class CompiledInstanceClassFilter:
    _convert: Callable[..., list[Any]]
    _instance: Any
