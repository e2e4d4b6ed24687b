"""Headwater's errors and warnings. A message says what is wrong, where, and what to do.

    HeadwaterError
    ├── DefinitionError            a function that cannot become a node
    │   ├── MissingAnnotation
    │   ├── UnresolvedAnnotation
    │   ├── UnsupportedParameter
    │   ├── UnwrappedFunction      a wrapper that hides the decorated function
    │   ├── NotAFunction
    │   ├── AdapterError           a class that cannot load or save data
    │   ├── DecoratorError         a decorator that is used incorrectly
    │   └── CheckRuleError         an invalid rule in `headwater.quality.checks`
    ├── GraphError                 nodes that do not form a dataflow
    │   ├── LongName
    │   ├── DuplicateNode
    │   ├── IncompatibleTypes
    │   ├── IncompatibleInput
    │   ├── MappingError           `Parallelizable` or `Collect` where it has no meaning
    │   └── CycleError
    ├── RequestError               a request that a driver cannot fulfill
    │   ├── UnknownNode
    │   ├── AsyncNode              an `async def`, which only an `AsyncDriver` can await
    │   ├── MissingInput
    │   ├── MisplacedInput
    │   ├── WrongInputType
    │   ├── WrongOverrideType
    │   ├── WrongConfigType
    │   ├── MaterializerError      `to` or `from_` that is used incorrectly
    │   └── ConflictingNames
    ├── RunError                   a value that is wrong at run time
    │   ├── MissingPart
    │   ├── DuplicateColumn
    │   ├── MissingVariable
    │   ├── NoElements             a `Parallelizable` value that is not a collection
    │   ├── NotAList               a value that is not a list, where a list is needed
    │   ├── UnequalLengths         lists that belong together but differ in length
    │   ├── WrongAdapterResult
    │   ├── ClusterLost            a cluster that is not available
    │   ├── WorkerLost             a worker process that ended
    │   ├── UnpicklableError       an exception that cannot leave its worker process
    │   ├── UnknownColumnType      a column whose Spark type is neither declared nor inferred
    │   ├── NodeCanceled          an `async def` that was canceled, although its run was not
    │   ├── NodeTimeout
    │   ├── RunTimeout
    │   ├── WrongRuntimeType       an argument or a value that does not have its annotated type
    │   └── ChecksFailed
    ├── CacheError                 a cache that cannot be used as requested
    ├── DrawingError               a dataflow that cannot be drawn
    ├── SnapshotError              a failed call that cannot be saved or run again
    ├── NotWritable                a value or a dataflow that cannot be written as code
    └── SeveralErrors              two or more of the above, found together

    HeadwaterWarning
    ├── UnusedNameWarning          an input, override or config value that nothing reads
    ├── UnwrappedFunctionWarning   a function that its decorator hides, so it is not a node
    ├── DecoratorWarning           a decorator that contradicts the function or has no effect
    ├── ChangedArgumentWarning     a function that changes a value that other nodes may read
    ├── WrongValueWarning          a value of the wrong type that no requested output needs
    ├── CacheWarning               a value that cannot be cached, or cache files that cannot be used
    ├── CheckWarning               a failed check with importance "warn"
    ├── FailedNodeWarning          a failed function whose value is a sentinel
    └── HookWarning                an exception in an observer, which does not affect the run

An exception from a user's function reaches the caller unchanged, with a note. Errors are data as well as text: they have
`locations`, `node` and the attributes of their class, so a page can show them at the right line.
"""

from __future__ import annotations

from headwater.errors.base import (
    HeadwaterError,
    HeadwaterWarning,
    SeveralErrors,
    error_text,
    raise_all,
    short_repr,
)
from headwater.errors.cache import CacheError, CacheWarning
from headwater.errors.definition import (
    AdapterError,
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
    MappingError,
    PathStep,
)
from headwater.errors.request import (
    AsyncNode,
    AwaitedNode,
    ConflictingNames,
    DrawingError,
    MaterializerError,
    MisplacedInput,
    MissingInput,
    NotWritable,
    RequestError,
    Requirement,
    SnapshotError,
    UnknownNode,
    WrongConfigType,
    WrongInputType,
    WrongOverrideType,
)
from headwater.errors.run import (
    ChecksFailed,
    ClusterLost,
    DuplicateColumn,
    MissingPart,
    MissingVariable,
    NodeCanceled,
    NodeTimeout,
    NoElements,
    NotAList,
    RunError,
    RunTimeout,
    UnequalLengths,
    UnknownColumnType,
    UnpicklableError,
    WorkerLost,
    WrongAdapterResult,
    WrongRuntimeType,
)
from headwater.errors.warning import (
    ChangedArgumentWarning,
    CheckWarning,
    DecoratorWarning,
    FailedNodeWarning,
    HookWarning,
    UnusedNameWarning,
    UnwrappedFunctionWarning,
    WrongValueWarning,
)

__all__ = [
    "AdapterError",
    "AsyncNode",
    "AwaitedNode",
    "CacheError",
    "CacheWarning",
    "ChangedArgumentWarning",
    "CheckRuleError",
    "CheckWarning",
    "ChecksFailed",
    "ClusterLost",
    "ConflictingNames",
    "CycleError",
    "DecoratorError",
    "DecoratorWarning",
    "DefinitionError",
    "DrawingError",
    "DuplicateColumn",
    "DuplicateNode",
    "FailedNodeWarning",
    "GraphError",
    "HeadwaterError",
    "HeadwaterWarning",
    "HookWarning",
    "IncompatibleInput",
    "IncompatibleTypes",
    "LongName",
    "MappingError",
    "MaterializerError",
    "MisplacedInput",
    "MissingAnnotation",
    "MissingInput",
    "MissingPart",
    "MissingVariable",
    "NoElements",
    "NodeCanceled",
    "NodeTimeout",
    "NotAFunction",
    "NotAList",
    "NotWritable",
    "PathStep",
    "RequestError",
    "Requirement",
    "RunError",
    "RunTimeout",
    "SeveralErrors",
    "SnapshotError",
    "UnequalLengths",
    "UnknownColumnType",
    "UnknownNode",
    "UnpicklableError",
    "UnresolvedAnnotation",
    "UnsupportedParameter",
    "UnusedNameWarning",
    "UnwrappedFunction",
    "UnwrappedFunctionWarning",
    "WorkerLost",
    "WrongAdapterResult",
    "WrongConfigType",
    "WrongInputType",
    "WrongOverrideType",
    "WrongRuntimeType",
    "WrongValueWarning",
    "error_text",
    "missing_config_value",
    "raise_all",
    "short_repr",
]

# Tracebacks and pickles refer to the package from which users import.
for _name in __all__:
    globals()[_name].__module__ = __name__
