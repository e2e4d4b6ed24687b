"""The habits that this project's pages, messages and names avoid, and what to write instead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from prose.texts import Kind

PROSE: Final = frozenset({Kind.PARAGRAPH, Kind.FRAGMENT, Kind.COMMENT, Kind.STRING})
"""All kinds of text except names."""

MEAN_WORDS: Final = 17
"""The maximum average number of words in a page's sentences."""


@dataclass(frozen=True, slots=True)
class Habit:
    """A habit: how it is found, and what to write instead."""

    name: str
    instead: str
    pattern: re.Pattern[str]
    kinds: frozenset[Kind] = PROSE


def _habit(name: str, instead: str, *patterns: str, kinds: frozenset[Kind] = PROSE) -> Habit:
    return Habit(name, instead, re.compile("|".join(map(_across_lines, patterns))), kinds)


def _across_lines(pattern: str) -> str:
    """Return a pattern in which each space also matches a line break.

    A lookbehind must have a fixed width, so each space in it matches one character.
    """
    parts = re.split(r"(\(\?<[=!][^)]*\))", pattern)
    return "".join(part.replace(" ", r"\s" if part.startswith("(?<") else r"\s+") for part in parts)


_START: Final = r"(?:(?<=^)|(?<=[.;:!?] )|(?<=[.;:!?]\n)|(?<=\n\n))"
_NOT_A_QUESTION: Final = r"(?![^.;:!]*\?)"
_IS: Final = r"(?:is|are|was|were|be|been)"
_AUXILIARY: Final = r"(?:can|could|must|may|should|would|has to|needs|sees|knows|wants|gets|might|writes|reads|asks)"

HABITS: Final = (
    _habit(
        "clause as a noun",
        "the noun (“metadata about the file”), or a sentence with a subject",
        rf"{_START}(?:What|Who) (?!if\b|is new\b|to\b|not\b|changed\b){_NOT_A_QUESTION}\w+(?= \w)",
        r"\b(?:of|by|than|with|from|as|to) what (?!extent\b)",
        r"\b(?:Whoever|whoever|Whomever|whomever|whosoever)\b",
    ),
    _habit(
        "negated noun",
        "negate the verb: “is not”, “Enter a whole number.”",
        rf"(?<![Tt]here )\b{_IS} none\b",
        rf"(?<![Tt]here )\b{_IS} no (?!longer\b|more\b|less\b|different\b|better\b|fewer\b|way\b|need\b)(?=\w)",
    ),
    _habit(
        "circumlocution for computing",
        "evaluates to, computes, returns, depends on",
        r"\b(?:comes?|came) to (?!mind\b|rest\b|life\b|an end\b)",
        rf"\b{_IS} made (?:of|up of|out of)\b",
        r"\b(?:functions?|nodes?) makes? (?!sense\b|sure\b)",
    ),
    _habit(
        "circumlocution for “is”",
        "is, is available",
        r"\b(?:[Ss]tands?|stood) (?!for\b|in for\b|out\b|alone\b|by\b)(?=\w)",
        r"\bto be had\b",
        r"(?<![Tt]o be )\b(?:is|are) there (?:once|when|where|only|already|to|for|as|at|again|too|after|before|because)\b",
    ),
    _habit(
        "vague agent",
        "“you”, “the caller”, “the visitor”, or the passive",
        r"\b(?:[Ss]omebody|[Nn]obody|[Aa]nybody|[Ee]verybody)\b",
        r"\boneself\b|(?<!other )(?<!this )\b[Oo]ne's\b",
        rf"{_START}One {_AUXILIARY}\b",
        rf"\b(?:what|as|if|when|where|which|how|because|than) one {_AUXILIARY}\b",
        r"\b[Ss]tranger(?:'s|s)?\b",
    ),
    _habit(
        "chained clause",
        "two sentences",
        r"\balso (?:where|when|if|then)\b",
        r"\bbe it\b",
        r"\bso that\b[^.;!?]*\bso that\b",
    ),
    _habit("“less” for minus", "minus, without, except", r"\bless (?:the|its|their|those|what)\b"),
    _habit("“for a default”", "“with a default of”", r"\bfor (?:a|its|their) default\b"),
    _habit("“in the place of”", "instead of", r"\bin the place of\b", r"\bin (?:whose|their) place\b"),
    _habit("“of one's own”", "custom, or “its own”", r"\bof (?:one's|your|our|his|my|(?!it')[a-z]+'s|[a-z]+s') own\b(?! \w)"),
    _habit("“the latter”", "repeat the noun", r"\b[Tt]he (?:latter|former)\b"),
    _habit(
        "archaism",
        "today's word",
        r"\b(?:anew|thereof|therein|thereby|thereupon|whereof|wherein|whereby|whereupon|henceforth|hitherto|amongst|whilst|lest|nought|naught)\b",
        r"\b[Ll]ikewise\b",
        r"\bby (?:itself|themselves) alone\b",
    ),
    _habit("reported speech", "reports, shows, states, lists", rf"\b{_IS} (?:said|told)\b", r"\b(?:says|say|said) of\b"),
    _habit(
        "dialect",
        "the glossary's word: export, sandbox, memory snapshot, custom",
        r"\b(?:[Tt]akes?|[Tt]aken|[Tt]aking|[Tt]ook) (?:it )?home\b",
        r"\b[Ss]ealed (?:frames?|iframes?)\b",
        r"\b[Pp]ictures? of (?:(?:its|Python's|the) )?memory\b",
        r"\bthe way here\b",
        r"\b(?:brings?|brought) (?:\w+ ){0,2}to (?:an|its) end\b",
    ),
    _habit(
        "literary heading",
        "words that readers search for: “Next steps”, “Export”",
        r"^(?:From here|From there|Taking it home|Taking home|The shape of\b.*|Leave .* open)$",
        r"^(?:On a page of yours|Keeping and sharing)$",
        kinds=frozenset({Kind.FRAGMENT}),
    ),
    _habit(
        "participle as a name",
        "the thing: encoded, reported, requested, exported, provided, cached, computed, attached",
        r"^[_#]*(?:told|said|asked|wanted|taken|given|kept|made|noted)$",
        kinds=frozenset({Kind.NAME}),
    ),
    _habit(
        "pronoun as a name",
        "the thing: `for definition in definitions`",
        r"^[_#]*(?:one|ones|theirs|those|mine|whole)$",
        kinds=frozenset({Kind.NAME}),
    ),
)
