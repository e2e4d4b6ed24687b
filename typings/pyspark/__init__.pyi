# The parts of PySpark that Headwater uses. PySpark is an optional, large library, so the type checkers may run without it.
