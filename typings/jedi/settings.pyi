cache_directory: str
auto_import_modules: list[str]
allow_unsafe_interpreter_executions: bool
