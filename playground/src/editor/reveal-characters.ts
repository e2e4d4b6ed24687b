/**
 * Shows code as Python reads it: invisible characters become labels, and right-to-left text does not reorder its neighbors.
 */

import { RangeSetBuilder, StateField, type Text } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  Direction,
  EditorView,
  highlightSpecialChars,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
  WidgetType,
} from "@codemirror/view";
import { descriptionOf, gapLabel, LONG_GAP, labelOf, RTL_TEXT, SPECIAL_CHARACTER } from "../special-characters.ts";

/** Return the label that replaces special characters, as in prerendered code. */
function labelElement(label: string, description: string): HTMLElement {
  const element = document.createElement("span");
  element.className = "special-character";
  element.textContent = label;
  element.title = description;
  element.setAttribute("role", "img");
  element.setAttribute("aria-label", description);
  return element;
}

const specialCharacters = highlightSpecialChars({
  specialChars: SPECIAL_CHARACTER,
  render: (code) => {
    const character = String.fromCodePoint(code);
    return labelElement(labelOf(character), descriptionOf(character));
  },
});

const rtlMatcher = new MatchDecorator({
  regexp: RTL_TEXT,
  decoration: Decoration.mark({ class: "leftward", bidiIsolate: Direction.RTL }),
});

const rtlText = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = rtlMatcher.createDeco(view);
    }
    update(update: ViewUpdate): void {
      this.decorations = rtlMatcher.updateDeco(update, this.decorations);
    }
  },
  {
    decorations: (plugin) => plugin.decorations,
    provide: (plugin) =>
      EditorView.bidiIsolatedRanges.of((view) => view.plugin(plugin)?.decorations ?? Decoration.none),
  },
);

const arrowMatcher = new MatchDecorator({ regexp: /->/g, decoration: Decoration.mark({ class: "unbroken" }) });

/** Keeps the two characters of an arrow on one line. Browsers would break a line after the hyphen. */
const arrows = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = arrowMatcher.createDeco(view);
    }
    update(update: ViewUpdate): void {
      this.decorations = arrowMatcher.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

/** The extension for all code, trusted or not. */
export const revealCharacters = [specialCharacters, rtlText, arrows];

class GapLabel extends WidgetType {
  readonly #label: string;

  constructor(gap: string) {
    super();
    this.#label = gapLabel(gap);
  }

  override eq(other: GapLabel): boolean {
    return other.#label === this.#label;
  }

  override toDOM(): HTMLElement {
    return labelElement(this.#label, this.#label);
  }
}

/**
 * Return labels for all gaps, even those out of view: a gap may be longer than the part of a line that the editor draws.
 */
function gapsIn(doc: Text): DecorationSet {
  const gaps = new RangeSetBuilder<Decoration>();
  for (const match of doc.toString().matchAll(LONG_GAP)) {
    const widget = new GapLabel(match[0]);
    gaps.add(match.index, match.index + match[0].length, Decoration.replace({ widget }));
  }
  return gaps.finish();
}

const longGaps = StateField.define<DecorationSet>({
  create: ({ doc }) => gapsIn(doc),
  update: (gaps, { docChanged, newDoc }) => (docChanged ? gapsIn(newDoc) : gaps),
  provide: (field) => EditorView.decorations.from(field),
});

/** The extension for code that the visitor has not allowed to run. It shows every line in full. */
export const wholeLines = [EditorView.lineWrapping, longGaps];
