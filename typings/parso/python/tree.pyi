from collections.abc import Sequence

from parso.tree import NodeOrLeaf

class Name(NodeOrLeaf):
    value: str

class Module(NodeOrLeaf):
    def get_leaf_for_position(self, position: tuple[int, int], include_prefixes: bool = False) -> NodeOrLeaf | None: ...

class Class(NodeOrLeaf): ...

class Param(NodeOrLeaf):
    name: Name
    annotation: NodeOrLeaf | None

class Function(NodeOrLeaf):
    def get_params(self) -> Sequence[Param]: ...
