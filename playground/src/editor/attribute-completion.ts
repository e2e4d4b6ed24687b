/**
 * Completion of attributes after a dot, and of names after `from ... import`. The completions come from a library that Python
 * loads on first use.
 */

import type { Completion, CompletionContext, CompletionResult, CompletionSource } from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";
import type { AttributesRequest, AttributeView, DescriptionReply } from "../protocol.ts";
import { descriptionBox } from "./description-box.ts";

const NOT_CODE = new Set(["Comment", "FormatString", "String"]);
const WORD_AT_END = /[\p{L}\p{N}_]*$/u;
const NUMBER_AT_END = /(?:^|[^\p{L}\p{N}_])\d[\d_]*\.$/u;
/** Matches text that ends in the list of names of `from ... import ...`. */
const IMPORT_AT_END = /^\s*from\s+\S+\s+import\s(?:.*,)?\s*\(?\s*$/;
const PUBLIC = /^(?!_)[\p{L}\p{N}_]*$/u;
const PRIVATE = /^_[\p{L}\p{N}_]*$/u;

/** A position in a module. */
type CodePosition = Omit<AttributesRequest, "kind" | "id" | "session">;
type AttributeDescription = Pick<DescriptionReply, "signature" | "summary">;

export interface AttributeHost {
  /** Return the attributes at a position. Empty if Python is starting, null if the attributes cannot be loaded. */
  attributesAt(position: CodePosition): Promise<readonly AttributeView[] | null>;
  /** Return the description of an attribute from the latest `attributesAt`, or null. */
  describeAttribute(name: string): Promise<AttributeDescription | null>;
}

/** Return a completion source for the attributes in a module. */
export function attributeCompletion(file: string, host: AttributeHost): CompletionSource {
  let hasFailed = false;
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const from = attributeStart(context);
    if (from === null) return null;
    const typed = context.state.sliceDoc(from, context.pos);
    // After a failure, try again only after a dot or on an explicit request, not after each letter.
    if (hasFailed && typed !== "" && !context.explicit) return null;
    const attributes = await host.attributesAt(toPythonPosition(context, file, from));
    hasFailed = attributes === null;
    if (context.aborted || attributes === null) return null;
    // Enter after a complete name inserts a line break, although a longer name starts with it.
    if (!context.explicit && attributes.some(({ name }) => name === typed)) return null;
    const isPrivate = typed.startsWith("_");
    const shown = attributes.filter(({ name }) => name.startsWith("_") === isPrivate && name !== typed);
    if (shown.length === 0) return null;
    return {
      from,
      options: shown.map((attribute) => completionFor(attribute, host)),
      // Close the list when the name is complete, so that Enter inserts a line break and the arrow keys move the caret.
      validFor: (text) => (isPrivate ? PRIVATE : PUBLIC).test(text) && !shown.some(({ name }) => name === text),
    };
  };
}

/** Return the start of the attribute or imported name being typed, or null. */
function attributeStart({ state, pos, explicit }: CompletionContext): number | null {
  if (NOT_CODE.has(syntaxTree(state).resolveInner(pos, -1).name)) return null;
  const line = state.doc.lineAt(pos);
  const [typed = ""] = WORD_AT_END.exec(line.text.slice(0, pos - line.from)) ?? [];
  const from = pos - typed.length;
  const before = line.text.slice(0, from - line.from);
  if (before.endsWith(".")) return NUMBER_AT_END.test(before) ? null : from;
  return IMPORT_AT_END.test(before) && (typed !== "" || explicit) ? from : null;
}

/**
 * Return the position where the typed name starts, not that of the caret: the editor itself filters by the typed letters. The
 * column counts characters, as Python does, not UTF-16 code units.
 */
function toPythonPosition({ state }: CompletionContext, file: string, from: number): CodePosition {
  const line = state.doc.lineAt(from);
  const column = [...line.text.slice(0, from - line.from)].length;
  return { file, text: state.doc.toString(), line: line.number, column };
}

function completionFor({ name, kind }: AttributeView, host: AttributeHost): Completion {
  return { label: name, detail: kind, info: async () => boxOf(await host.describeAttribute(name)) };
}

function boxOf(description: AttributeDescription | null): HTMLElement | null {
  if (description === null || description.signature + description.summary === "") return null;
  return descriptionBox({ signature: description.signature, doc: description.summary, origin: "" });
}
