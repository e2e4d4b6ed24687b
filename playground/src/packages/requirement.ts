/** What a package says that it needs, as PEP 508 has it: `urllib3[socks] (>=1.26,<3) ; python_version < "3.13"`. */

import { satisfies, valid } from "@renovatebot/pep440";

export interface Requirement {
  project: string;
  extras: string[];
  /** Versions that will do, as PEP 440 writes them; empty for any. */
  versions: string;
}

/** The Python of the page, as markers ask about it. */
export interface Environment {
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

/** The package speaks in a way that is none of PEP 508. */
export class BadRequirement extends Error {
  override readonly name = "BadRequirement";
}

const FORM = /^([A-Za-z0-9][\w.-]*)\s*(?:\[([^\]]*)\])?\s*(?:\(([^)]*)\)|([<>=!~][^;@]*)?)\s*(?:;(.*))?$/s;

/**
 * The requirement, or null where its marker does not hold.
 *
 * @param extras those that the package was asked for with
 * @throws BadRequirement
 */
export function requirementOf(text: string, environment: Environment, extras: readonly string[]): Requirement | null {
  const [, project, wanted = "", within, bare = "", marker] = FORM.exec(text.trim()) ?? [];
  if (project === undefined) throw new BadRequirement(text);
  if (marker !== undefined && !holds(marker, environment, extras)) return null;
  const names = wanted.split(",").map((extra) => normalizeName(extra.trim()));
  return {
    project: normalizeName(project),
    extras: names.filter((name) => name !== ""),
    versions: (within ?? bare).trim(),
  };
}

/** One name for `Foo.bar`, `foo_bar` and `foo-bar`, of packages as PEP 503 has it and of extras as PEP 685. */
export function normalizeName(project: string): string {
  return project.toLowerCase().replace(/[-_.]+/g, "-");
}

/** `x` is one of the extras if any is; a package that was asked for without any has the extra "". */
function holds(marker: string, environment: Environment, extras: readonly string[]): boolean {
  const asked = extras.length === 0 ? [""] : extras;
  return asked.some((extra) => new Marker(marker, { ...environment, extra }).holds());
}

const TOKEN = /\s*(?:(["'])(.*?)\1|(not\s+in\b|in\b|and\b|or\b|===|==|~=|!=|<=|>=|<|>|\(|\)|[\w.]+))/y;

type Token = { kind: "text"; text: string } | { kind: "word"; text: string };

class Marker {
  readonly #marker: string;
  readonly #variables: Readonly<Record<string, string>>;
  readonly #tokens: Token[];

  constructor(marker: string, variables: Readonly<Record<string, string>>) {
    this.#marker = marker;
    this.#variables = variables;
    this.#tokens = this.#read(marker.trim());
  }

  holds(): boolean {
    const result = this.#either();
    if (this.#tokens.length > 0) throw new BadRequirement(this.#marker);
    return result;
  }

  #read(text: string): Token[] {
    const tokens: Token[] = [];
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < text.length) {
      const found = TOKEN.exec(text);
      if (found === null) throw new BadRequirement(this.#marker);
      const [, , quoted, word] = found;
      tokens.push(quoted === undefined ? { kind: "word", text: word ?? "" } : { kind: "text", text: quoted });
    }
    return tokens;
  }

  #either(): boolean {
    let result = this.#both();
    while (this.#takes("or")) result = this.#both() || result;
    return result;
  }

  #both(): boolean {
    let result = this.#one();
    while (this.#takes("and")) result = this.#one() && result;
    return result;
  }

  #one(): boolean {
    if (this.#takes("(")) {
      const result = this.#either();
      if (!this.#takes(")")) throw new BadRequirement(this.#marker);
      return result;
    }
    const [first, , third] = this.#tokens;
    const left = this.#value();
    const operator = this.#tokens.shift();
    const right = this.#value();
    if (operator?.kind !== "word") throw new BadRequirement(this.#marker);
    const asNamed = first?.text === "extra" || third?.text === "extra" ? normalizeName : String;
    return compared(asNamed(left), operator.text.replace(/\s+/, " "), asNamed(right));
  }

  #value(): string {
    const token = this.#tokens.shift();
    if (token?.kind === "text") return token.text;
    const value = token === undefined ? undefined : this.#variables[token.text];
    if (value === undefined) throw new BadRequirement(this.#marker);
    return value;
  }

  #takes(word: string): boolean {
    const [next] = this.#tokens;
    if (next?.kind !== "word" || next.text !== word) return false;
    this.#tokens.shift();
    return true;
  }
}

/** Versions by their order, other texts letter by letter. */
function compared(left: string, operator: string, right: string): boolean {
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
