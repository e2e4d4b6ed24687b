"""`CheckFailure`: the reason why a check cannot continue."""


class CheckFailure(AssertionError):
    """A check needs a node or a value that does not exist, or a call that fails. The message tells the learner why."""
