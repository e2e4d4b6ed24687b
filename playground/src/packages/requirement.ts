/** Requirements in PEP 508 syntax: `urllib3[socks] (>=1.26,<3) ; python_version < "3.13"`. */

import { satisfies, valid } from "@renovatebot/pep440";

export interface Requirement {
  project: string;
  extras: string[];
  /** A PEP 440 version specifier; empty for any version. */
  versions: string;
}

/** The environment in which markers are evaluated. */
export interface MarkerEnvironment {
  python_version: string;
  python_full_version: string;
  sys_platform: string;
  platform_system: string;
  platform_machine: string;
  platform_python_implementation: string;
  implementation_name: string;
  implementation_version: string;
  os_name: string;
  platform_release: string;
  platform_version: string;
}

/** A requirement is not valid PEP 508. */
export class BadRequirement extends Error {
  override readonly name = "BadRequirement";
}

const REQUIREMENT = /^([A-Za-z0-9][\w.-]*)\s*(?:\[([^\]]*)\])?\s*(?:\(([^)]*)\)|([<>=!~][^;@]*)?)\s*(?:;(.*))?$/s;

/**
 * Parse a requirement. Return null if its marker does not apply.
 *
 * @param extras the requested extras of the package that has the requirement
 * @throws BadRequirement
 */
export function requirementOf(
  text: string,
  environment: MarkerEnvironment,
  extras: readonly string[],
): Requirement | null {
  const [, project, extraNames = "", parenthesized, bare = "", marker] = REQUIREMENT.exec(text.trim()) ?? [];
  if (project === undefined) throw new BadRequirement(text);
  if (marker !== undefined && !holds(marker, environment, extras)) return null;
  const names = extraNames.split(",").map((extra) => normalizeName(extra.trim()));
  return {
    project: normalizeName(project),
    extras: names.filter((name) => name !== ""),
    versions: (parenthesized ?? bare).trim(),
  };
}

/** Normalize the name of a package (PEP 503) or an extra (PEP 685): `Foo.bar`, `foo_bar` and `foo-bar` are the same. */
export function normalizeName(project: string): string {
  return project.toLowerCase().replace(/[-_.]+/g, "-");
}

/** Return whether a marker applies for one of the extras. Without extras, it is evaluated with the extra "". */
function holds(marker: string, environment: MarkerEnvironment, extras: readonly string[]): boolean {
  const candidates = extras.length === 0 ? [""] : extras;
  return candidates.some((extra) => new Marker(marker, { ...environment, extra }).holds());
}

const TOKEN = /\s*(?:(["'])(.*?)\1|(not\s+in\b|in\b|and\b|or\b|===|==|~=|!=|<=|>=|<|>|\(|\)|[\w.]+))/y;

type MarkerToken = { kind: "text"; text: string } | { kind: "word"; text: string };

class Marker {
  readonly #marker: string;
  readonly #variables: Readonly<Record<string, string>>;
  readonly #tokens: MarkerToken[];

  constructor(marker: string, variables: Readonly<Record<string, string>>) {
    this.#marker = marker;
    this.#variables = variables;
    this.#tokens = this.#tokenize(marker.trim());
  }

  holds(): boolean {
    const result = this.#disjunction();
    if (this.#tokens.length > 0) throw new BadRequirement(this.#marker);
    return result;
  }

  #tokenize(text: string): MarkerToken[] {
    const tokens: MarkerToken[] = [];
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < text.length) {
      const found = TOKEN.exec(text);
      if (found === null) throw new BadRequirement(this.#marker);
      const [, , quoted, word] = found;
      tokens.push(quoted === undefined ? { kind: "word", text: word ?? "" } : { kind: "text", text: quoted });
    }
    return tokens;
  }

  #disjunction(): boolean {
    let result = this.#conjunction();
    while (this.#accept("or")) result = this.#conjunction() || result;
    return result;
  }

  #conjunction(): boolean {
    let result = this.#comparison();
    while (this.#accept("and")) result = this.#comparison() && result;
    return result;
  }

  #comparison(): boolean {
    if (this.#accept("(")) {
      const result = this.#disjunction();
      if (!this.#accept(")")) throw new BadRequirement(this.#marker);
      return result;
    }
    const [first, , third] = this.#tokens;
    const left = this.#value();
    const operator = this.#tokens.shift();
    const right = this.#value();
    if (operator?.kind !== "word") throw new BadRequirement(this.#marker);
    const normalize = first?.text === "extra" || third?.text === "extra" ? normalizeName : String;
    return compare(normalize(left), operator.text.replace(/\s+/, " "), normalize(right));
  }

  #value(): string {
    const token = this.#tokens.shift();
    if (token?.kind === "text") return token.text;
    const value = token === undefined ? undefined : this.#variables[token.text];
    if (value === undefined) throw new BadRequirement(this.#marker);
    return value;
  }

  #accept(word: string): boolean {
    const [next] = this.#tokens;
    if (next?.kind !== "word" || next.text !== word) return false;
    this.#tokens.shift();
    return true;
  }
}

/** Compare versions by version order, and other strings lexicographically. */
function compare(left: string, operator: string, right: string): boolean {
  if (operator === "in") return right.includes(left);
  if (operator === "not in") return !right.includes(left);
  if (valid(left) !== null && valid(right.replace(/\.\*$/, "")) !== null)
    return satisfies(left, `${operator}${right}`, { prereleases: true });
  switch (operator) {
    case "==":
    case "===":
      return left === right;
    case "!=":
      return left !== right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    default:
      throw new BadRequirement(`${left} ${operator} ${right}`);
  }
}
