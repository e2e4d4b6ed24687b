/** The engine's version, put in by the build from `pyproject.toml`. */
declare const __ENGINE_VERSION__: string;
