/**
 * Makes code in the editor look as Python reads it: invisible characters are shown, and text that is written from right to
 * left does not reorder what is around it.
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

/** The label that stands for characters; drawn code has the same. */
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

/** Always on. */
export const revealCharacters = [specialCharacters, rtlText];

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

/** All of them, not only those in view: a gap may be longer than what the editor draws of a line. */
function gapsIn(doc: Text): DecorationSet {
  const gaps = new RangeSetBuilder<Decoration>();
  for (const found of doc.toString().matchAll(LONG_GAP)) {
    const widget = new GapLabel(found[0]);
    gaps.add(found.index, found.index + found[0].length, Decoration.replace({ widget }));
  }
  return gaps.finish();
}

const longGaps = StateField.define<DecorationSet>({
  create: ({ doc }) => gapsIn(doc),
  update: (gaps, { docChanged, newDoc }) => (docChanged ? gapsIn(newDoc) : gaps),
  provide: (field) => EditorView.decorations.from(field),
});

/** For code that has not been allowed to run: all of each line is in view. */
export const wholeLines = [EditorView.lineWrapping, longGaps];
