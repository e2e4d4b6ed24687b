from collections.abc import Callable
from typing import Any

class AccessPath: ...

class DirectObjectAccess:
    get_return_annotation: Callable[..., AccessPath | None]
    is_allowed_getattr: Callable[..., tuple[bool, bool, AccessPath | None]]
    _obj: Any
    def _create_access_path(self, obj: Any) -> AccessPath: ...
