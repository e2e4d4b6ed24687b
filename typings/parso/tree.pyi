class NodeOrLeaf:
    parent: NodeOrLeaf | None
    @property
    def end_pos(self) -> tuple[int, int]: ...
