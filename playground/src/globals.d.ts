/** The engine's version, inserted by the build from `pyproject.toml`. */
declare const __ENGINE_VERSION__: string;
