"""`CheckFailure`: the reason why a check cannot continue."""


class CheckFailure(AssertionError):
    """A check needs a value that does not exist, or makes a call that fails. The message tells the learner why."""


class NodeNotDefined(CheckFailure):
    """A check needs a node or a function that the learner has not defined yet."""


class NodeWithoutValue(CheckFailure):
    """A check needs the value of a node that failed, or that waits for another node or an input."""


class WrongValue(CheckFailure):
    """The value of a node is not the expected one. The message contains both values."""
