import { beforeEach, describe, expect, test } from "vitest";
import { DialogHistory, type PageHistory } from "../../src/dialogs/history.ts";

/** The parts of a window's history that the code under test uses; `back` is asynchronous, as in browsers. */
class FakePage {
  readonly entries: { state: unknown; href: string }[] = [{ state: null, href: "https://site.test/play/" }];
  at = 0;
  /** True if, as on the site, a script in the page's head passes on events, and the theme listens before the dialogs. */
  isSite = false;
  /** The number of events that reached the theme. */
  heardByTheme = 0;
  readonly #listeners: Record<"popstate" | "earlypopstate", ((event: object) => void)[]> = {
    popstate: [],
    earlypopstate: [],
  };
  #pending: (() => void)[] = [];

  readonly history = {
    pushState: (state: unknown, _ = "", href?: string) => {
      this.entries.splice(this.at + 1);
      this.#write(++this.at, state, href);
    },
    replaceState: (state: unknown, _: string, href?: string) => this.#write(this.at, state, href),
    back: () => void this.#pending.push(() => this.go(-1)),
  };

  readonly location = { pathname: "/play/" } as { href: string; pathname: string };

  constructor() {
    Object.defineProperty(this.location, "href", { get: () => this.entries[this.at]?.href });
    Object.defineProperty(this.history, "state", { get: () => this.entries[this.at]?.state });
  }

  get navigation(): { currentEntry: { key: string } } {
    return { currentEntry: { key: `${this.at}` } };
  }

  addEventListener(type: "popstate" | "earlypopstate", listener: (event: object) => void): void {
    this.#listeners[type].push(listener);
  }

  /** The visitor's Back and Forward buttons. */
  go(by: number): void {
    this.at += by;
    let isStopped = false;
    const event = { state: this.entries[this.at]?.state, stopImmediatePropagation: () => (isStopped = true) };
    if (this.isSite) for (const listener of this.#listeners.earlypopstate) listener({ detail: event });
    if (this.isSite && !isStopped) this.heardByTheme += 1;
    for (const listener of this.#listeners.popstate) if (!isStopped) listener(event);
    if (!this.isSite && !isStopped) this.heardByTheme += 1;
  }

  flush(): void {
    for (const task of this.#pending.splice(0)) task();
  }

  #write(at: number, state: unknown, href?: string): void {
    const before = this.entries[at] ?? this.entries[at - 1];
    this.entries.splice(at, 1, { state, href: href ?? before?.href ?? "" });
  }
}

let page: FakePage;
/** The kind of the open dialog. */
let open: string | null;
let reopened: string[];
let dialogs: DialogHistory;

function show(kind: string | null): void {
  open = kind;
  dialogs.sync();
}

beforeEach(() => {
  page = new FakePage();
  open = null;
  reopened = [];
  const host = {
    ownsUrl: false,
    topmost: () =>
      open === null ? null : ({ classList: [open], close: () => show(null) } as unknown as HTMLDialogElement),
    reopen: (kind: string) => void reopened.push(kind),
  };
  dialogs = new DialogHistory("play-1", host, new AbortController().signal, page as unknown as PageHistory);
});

describe("an open dialog", () => {
  test("is closed by Back, which stays on the page, and reopened by Forward", () => {
    show("share");
    expect(page.entries).toHaveLength(2);
    page.go(-1);
    expect(open).toBeNull();
    page.go(1);
    expect(reopened).toEqual(["share"]);
    show("share");
    expect(page.entries).toHaveLength(2);
    page.go(-1);
    expect(open).toBeNull();
  });

  test("removes its entry when it is closed in another way", () => {
    show("share");
    show(null);
    page.flush();
    expect(page.at).toBe(0);
    show("drafts");
    expect(page.entries).toHaveLength(2);
  });

  test("leaves its entry to a dialog that opens immediately afterwards", () => {
    show("share");
    show(null);
    show("compare-with");
    page.flush();
    expect([page.at, page.entries.length]).toEqual([1, 2]);
    page.go(-1);
    expect(open).toBeNull();
  });

  test("that turns into another one keeps one entry", () => {
    show("compare-with");
    show("compare");
    expect(page.entries).toHaveLength(2);
    page.go(-1);
    page.go(1);
    expect(reopened).toEqual(["compare"]);
  });

  test("keeps its entry if the page's URL has changed", () => {
    show("drafts");
    page.history.replaceState(page.entries[page.at]?.state, "", "https://site.test/play/#other");
    show(null);
    page.flush();
    expect(page.at).toBe(1);
    page.go(-1);
    expect(open).toBeNull();
  });

  test("does not stop the link router when the visitor moves to another URL", () => {
    show("compare");
    page.history.pushState(null, "", "https://site.test/play/#other");
    page.go(0);
    expect(open).toBe("compare");
    show(null);
    page.flush();
    expect([page.at, page.location.href]).toEqual([2, "https://site.test/play/#other"]);
    show("compare");
    page.go(-1);
    expect(open).toBeNull();
  });

  test("is closed by Back even if the page overwrote the state of its entry", () => {
    show("share");
    page.history.replaceState({ y: 100 }, "");
    page.go(-1);
    expect(open).toBeNull();
    page.go(1);
    expect(reopened).toEqual(["share"]);
  });
});

test("on the site, the theme receives no events for dialogs, although it listens first", () => {
  page.isSite = true;
  show("share");
  show(null);
  page.flush();
  expect([page.at, page.heardByTheme]).toEqual([0, 0]);
  show("share");
  page.go(-1);
  expect([open, page.heardByTheme]).toEqual([null, 0]);
  page.go(1);
  expect(reopened).toEqual(["share"]);
});

test("the theme receives events for all entries except those of dialogs", () => {
  page.history.pushState(null);
  show("share");
  page.go(-1);
  page.go(1);
  page.go(-1);
  expect(page.heardByTheme).toBe(0);
  page.go(-1);
  expect(page.heardByTheme).toBe(1);
});

test("the theme receives events for other pages, but not for a page whose URL belongs to the element", () => {
  const owner = { ownsUrl: true, topmost: () => null, reopen: () => undefined };
  page = new FakePage();
  new DialogHistory("play-1", owner, new AbortController().signal, page as unknown as PageHistory);
  page.history.pushState(null);
  page.go(-1);
  expect(page.heardByTheme).toBe(0);
  page.location.pathname = "/lesson/";
  page.go(1);
  expect(page.heardByTheme).toBe(1);
});

test("a URL is written after the browser has gone back", () => {
  const written: string[] = [];
  show("compare");
  open = null;
  dialogs.whenSettled(() => written.push(`at ${page.at}`));
  expect(written).toEqual([]);
  page.flush();
  dialogs.whenSettled(() => written.push("at once"));
  expect(written).toEqual(["at 0", "at once"]);
});

test("the dialog of another element on the page is ignored", () => {
  page.history.pushState({ headwaterDialog: "play-2 share" });
  page.go(-1);
  page.go(1);
  expect(reopened).toEqual([]);
});
