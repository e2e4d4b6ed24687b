/** The downloads that a visitor can ask for. */

/** What a visitor asks for: the project, the drawing in some format, or one node as a test or a script. */
export type ExportTarget = { kind: "project" } | { kind: "drawing" } | { kind: "test" | "script"; node: string };

export type DrawingFormat = "svg" | "png" | "dot" | "mermaid";
