def with_unit(unit):
    return {name for name in nodes if node(name).tags.get("unit") == unit}


def tags_of(name):
    tags = [f'`{key}="{text}"`' for key, text in node(name).tags.items()]
    return f"it has {', '.join(tags)}" if tags else "it has no tags"


def hint(unit, expected):
    for name in sorted(expected & nodes - with_unit(unit)):
        return (
            f'`{name}` should have the tag `unit="{unit}"`, but {tags_of(name)}. '
            f'Write `@tag(unit="{unit}")` on the line above its `def`.'
        )
    for name in sorted(with_unit(unit) - expected):
        return (
            f'`{name}` should not have the tag `unit="{unit}"`: its value is not '
            f"in {unit}. Remove the tag."
        )
    return None


percent = {"yearly_growth", "manufacturing_share"}
thousands = {"total_jobs", "monthly_change"}
expect(
    lambda: with_unit("percent") == percent,
    '`unit="percent"` is on the two nodes in percent.',
    hint=hint("percent", percent),
)
expect(
    lambda: with_unit("thousands") == thousands,
    '`unit="thousands"` is on the two nodes in thousands of jobs.',
    hint=hint("thousands", thousands),
)
expect(
    lambda: (
        nodes == start.nodes
        and all(
            node(name).depends_on == start.node(name).depends_on
            for name in nodes
        )
    ),
    "All nodes and edges are the same as before.",
    hint="Nodes or edges have changed, but a tag affects neither. Restore the parameters, and add decorators only.",
)
expect(
    lambda: unchanged(),
    "No value has changed.",
    hint="A value has changed, but a tag does not affect values. Restore the bodies, and add decorators only.",
)
