/** The exports that a visitor can choose. */

/** The whole project, the drawing, or one node as a test or a script. */
export type ExportTarget = { kind: "project" } | { kind: "drawing" } | { kind: "test" | "script"; node: string };

export type DrawingFormat = "svg" | "png" | "dot" | "mermaid";
