from typing import Any

class ParamName:
    def to_string(self) -> str: ...

class Signature:
    name: str
    params: list[ParamName]

class Completion:
    name: str
    type: str
    _name: Any
    def get_signatures(self) -> list[Signature]: ...
    def docstring(self, raw: bool = False) -> str: ...
