"""Every error that Headwater raises: what is wrong, where, and what to do.

    HeadwaterError
    ├── DefinitionError            a function that cannot become a node
    │   ├── MissingAnnotation
    │   ├── UnresolvedAnnotation
    │   ├── UnsupportedParameter
    │   ├── UnwrappedFunction      a decorator's wrapper that hides the function behind it
    │   ├── AsyncFunction
    │   ├── NotAFunction
    │   ├── AdapterError           a class that cannot load or save anything
    │   ├── DecoratorError         a decorator used in a way that cannot work
    │   └── CheckRuleError         checks for many nodes that cannot be made
    ├── GraphError                 nodes that do not make a dataflow
    │   ├── LongName
    │   ├── DuplicateNode
    │   ├── IncompatibleTypes
    │   ├── IncompatibleInput
    │   └── CycleError
    ├── RequestError               something asked of a driver that it cannot do
    │   ├── UnknownNode
    │   ├── MissingInput
    │   ├── MisplacedInput
    │   ├── WrongInputType
    │   ├── WrongOverrideType
    │   ├── WrongConfigType
    │   ├── MaterializerError      `to` or `from_` used in a way that cannot work
    │   └── ConflictingNames
    ├── RunError                   a value that turned out wrong while running
    │   ├── MissingPart
    │   ├── DuplicateColumn
    │   ├── MissingVariable
    │   ├── WrongAdapterResult
    │   └── ChecksFailed
    ├── DrawingError               a picture that cannot be made
    ├── NotWritable                a value or a dataflow that cannot be written as code
    └── SeveralErrors              two or more of the above, found together

    HeadwaterWarning
    ├── UnusedNameWarning          a name was given that nothing reads
    ├── UnwrappedFunctionWarning   a function is no node, because its decorator hides it
    ├── DecoratorWarning           a decorator says what the function contradicts, or what has no effect
    ├── ChangedArgumentWarning     a function of a live session changes a value that other nodes may read
    ├── WrongValueWarning          a value was given that does not fit, for a node that was not requested
    └── CheckWarning               a check with importance "warn" did not pass

An exception that a user's function raises is none of these: it reaches the caller as itself, with a note.
Errors are data (`locations`, `node`, and what each class adds) as well as text, so that a page can put them where they belong.
"""

from __future__ import annotations

from headwater.errors.base import (
    HeadwaterError,
    HeadwaterWarning,
    SeveralErrors,
    raise_all,
    short_repr,
)
from headwater.errors.definition import (
    AdapterError,
    AsyncFunction,
    CheckRuleError,
    DecoratorError,
    DefinitionError,
    MissingAnnotation,
    NotAFunction,
    UnresolvedAnnotation,
    UnsupportedParameter,
    UnwrappedFunction,
    missing_config_value,
)
from headwater.errors.graph import (
    CycleError,
    DuplicateNode,
    GraphError,
    IncompatibleInput,
    IncompatibleTypes,
    LongName,
    PathStep,
)
from headwater.errors.request import (
    ConflictingNames,
    DrawingError,
    MaterializerError,
    MisplacedInput,
    MissingInput,
    NotWritable,
    RequestError,
    Requirement,
    UnknownNode,
    WrongConfigType,
    WrongInputType,
    WrongOverrideType,
)
from headwater.errors.run import (
    ChecksFailed,
    DuplicateColumn,
    MissingPart,
    MissingVariable,
    RunError,
    WrongAdapterResult,
)
from headwater.errors.warning import (
    ChangedArgumentWarning,
    CheckWarning,
    DecoratorWarning,
    UnusedNameWarning,
    UnwrappedFunctionWarning,
    WrongValueWarning,
)

__all__ = [
    "AdapterError",
    "AsyncFunction",
    "ChangedArgumentWarning",
    "CheckRuleError",
    "CheckWarning",
    "ChecksFailed",
    "ConflictingNames",
    "CycleError",
    "DecoratorError",
    "DecoratorWarning",
    "DefinitionError",
    "DrawingError",
    "DuplicateColumn",
    "DuplicateNode",
    "GraphError",
    "HeadwaterError",
    "HeadwaterWarning",
    "IncompatibleInput",
    "IncompatibleTypes",
    "LongName",
    "MaterializerError",
    "MisplacedInput",
    "MissingAnnotation",
    "MissingInput",
    "MissingPart",
    "MissingVariable",
    "NotAFunction",
    "NotWritable",
    "PathStep",
    "RequestError",
    "Requirement",
    "RunError",
    "SeveralErrors",
    "UnknownNode",
    "UnresolvedAnnotation",
    "UnsupportedParameter",
    "UnusedNameWarning",
    "UnwrappedFunction",
    "UnwrappedFunctionWarning",
    "WrongAdapterResult",
    "WrongConfigType",
    "WrongInputType",
    "WrongOverrideType",
    "WrongValueWarning",
    "missing_config_value",
    "raise_all",
    "short_repr",
]

# Tracebacks and pickles name the package that users import from, and not the branch.
for _name in __all__:
    globals()[_name].__module__ = __name__
