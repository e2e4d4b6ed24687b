import json
from pathlib import Path

savers = sorted(
    name for name in nodes if node(name).tags.get("headwater.role") == "saver"
)
assert savers, (
    "No node is a saver yet. Put `@save_to.json(...)` above the function `report`."
)
saver = savers[0]
expect(
    "report" in upstream(saver),
    "The saver saves `report`.",
    hint=f"`{saver}` saves another node. Put `@save_to.json(...)` above the function `report`.",
)
expect(
    node(saver).tags.get("headwater.format") == "json",
    "The saver saves JSON.",
    hint=f"`{saver}` should save JSON, but its format is {node(saver).tags.get('headwater.format')}. Use `save_to.json`.",
)
expect(
    "saved_report" in savers,
    "The name of the saver's node is `saved_report`.",
    hint=f'The saver is named `{saver}`. Name it `saved_report` with `output_name_="saved_report"`.',
)
path = value(saver)["file_metadata"]["path"]
expect(
    Path(path).name == "report.json",
    "The file in the metadata is report.json.",
    hint=f"The metadata says that the file is `{path}`. Save to `report.json`.",
)
expect(
    lambda: (
        json.loads(Path(path).read_text(encoding="utf-8"))
        == start.value("report")
    ),
    "The file has both values of `report`.",
    hint="The file should have the two values of `report`, as before. Restore the function, and add only a decorator.",
)
tried = run(["report"], overrides={"rain_by_year": value("rain_by_year") * 2})
expect(
    isinstance(tried["report"], dict)
    and tried["report"].keys() == {"wettest", "driest"},
    "`report` still returns a dictionary.",
    hint="`report` should still return its dictionary. The saver is a separate node, which returns the metadata.",
)
