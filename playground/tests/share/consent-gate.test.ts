import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ConsentGate, POINTING_MS, VIEWING_MS } from "../../src/share/consent-gate.ts";

/** A fake page: the parts of `window` and `document` that the gate uses. */
interface Surroundings {
  framed: boolean;
  reports: boolean;
}

const BAR = {} as Element;
const frames: (() => void)[] = [];
const listeners: Record<string, () => void> = {};
let report: (isVisible: boolean, intersectionRatio: number) => void;
let queued: object[] = [];
let watched: Element[] = [];

class Observer {
  constructor(callback: (entries: object[]) => void, options: object) {
    expect(options).toMatchObject({ trackVisibility: true, delay: 100 });
    report = (isVisible, intersectionRatio) => callback([{ isVisible, intersectionRatio }]);
  }
  observe(element: Element): void {
    watched.push(element);
  }
  takeRecords(): object[] {
    return queued.splice(0);
  }
  disconnect(): void {
    watched = [];
  }
}

function gateIn({ framed, reports }: Surroundings, changed = () => {}): ConsentGate {
  const listening = {
    addEventListener: (kind: string, listener: () => void, { signal }: { signal: AbortSignal }) => {
      listeners[kind] = listener;
      signal.addEventListener("abort", () => delete listeners[kind]);
    },
  };
  const own = { origin: "https://own.example", ancestorOrigins: framed ? ["https://other.example"] : [] };
  const page = { ...listening, location: own, parent: undefined as unknown };
  page.parent = framed ? { location: {} } : page;
  vi.stubGlobal("window", page);
  vi.stubGlobal("document", listening);
  vi.stubGlobal("IntersectionObserver", Observer);
  class Entry {}
  if (reports) Object.defineProperty(Entry.prototype, "isVisible", { value: false });
  vi.stubGlobal("IntersectionObserverEntry", Entry);
  return new ConsentGate(changed);
}

/** Let the browser paint two frames. */
function paint(): void {
  for (const _ of "12") for (const frame of frames.splice(0)) frame();
}

function wait(milliseconds: number): void {
  vi.advanceTimersByTime(milliseconds);
}

function click(pressed: number | null = null): Event {
  return { timeStamp: pressed ?? performance.now() } as Event;
}

function press(gate: ConsentGate, repeat = false): { prevented: boolean } {
  const pressed = { prevented: false };
  const event = { timeStamp: performance.now(), repeat, preventDefault: () => (pressed.prevented = true) };
  gate.press(event as unknown as KeyboardEvent);
  return pressed;
}

describe("the consent gate", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("requestAnimationFrame", (frame: () => void) => frames.push(frame));
    vi.stubGlobal("cancelAnimationFrame", () => frames.splice(0));
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    frames.splice(0);
    queued = [];
    watched = [];
    for (const kind of Object.keys(listeners)) delete listeners[kind];
  });

  describe("of a page in its own tab", () => {
    const ALONE = { framed: false, reports: true };

    it("opens a second after the code was painted, and notifies the page", () => {
      const changed = vi.fn();
      const gate = gateIn(ALONE, changed);
      gate.watch(BAR);
      wait(10 * VIEWING_MS);
      expect(gate.state).toBe("waiting"); // hidden pages are not painted
      paint();
      wait(VIEWING_MS - 1);
      expect(gate.accepts(click())).toBe(false);
      expect(changed).not.toHaveBeenCalled();
      wait(1);
      expect(changed).toHaveBeenCalledOnce();
      expect(gate.state).toBe("open");
      expect(gate.accepts(click())).toBe(true);
      expect(watched).toEqual([]);
    });

    it("does not wait for a mouse, because nothing moves the page", () => {
      const gate = gateIn(ALONE);
      paint();
      wait(VIEWING_MS);
      gate.enter({ pointerType: "mouse" } as PointerEvent);
      expect(gate.accepts(click())).toBe(true);
    });

    it.each(["other code", "focus", "visibilitychange"])("waits again after %s", (cause) => {
      const gate = gateIn(ALONE);
      paint();
      wait(VIEWING_MS);
      if (cause === "other code") gate.restart();
      else listeners[cause]?.();
      expect(gate.accepts(click())).toBe(false);
      paint();
      expect(gate.accepts(click())).toBe(false);
      wait(VIEWING_MS);
      expect(gate.accepts(click())).toBe(true);
    });

    it("does not open early because of a change before the last one", () => {
      const gate = gateIn(ALONE);
      paint();
      wait(VIEWING_MS / 2);
      gate.restart();
      wait(VIEWING_MS / 2);
      expect(gate.state).toBe("waiting");
      paint();
      wait(VIEWING_MS - 1);
      expect(gate.state).toBe("waiting");
    });

    it("refuses a click made before it opened, even if a busy page handles the click late", () => {
      const gate = gateIn(ALONE);
      paint();
      const early = performance.now() + VIEWING_MS - 1;
      wait(5 * VIEWING_MS);
      expect(gate.accepts(click(early))).toBe(false);
      expect(gate.accepts(click())).toBe(true);
    });

    it("refuses a click that began before the code changed, however long the button was held", () => {
      const gate = gateIn(ALONE);
      paint();
      wait(VIEWING_MS);
      press(gate);
      gate.restart();
      paint();
      wait(10 * VIEWING_MS);
      expect(gate.accepts(click())).toBe(false);
      press(gate);
      expect(gate.accepts(click())).toBe(true);
    });

    it("refuses a click that began while it was waiting", () => {
      const gate = gateIn(ALONE);
      paint();
      press(gate);
      wait(VIEWING_MS);
      expect(gate.accepts(click())).toBe(false);
    });

    it("ignores a key that is held down", () => {
      const gate = gateIn(ALONE);
      expect(press(gate, false).prevented).toBe(false);
      expect(press(gate, true).prevented).toBe(true);
    });

    it("stops when it is closed", () => {
      const changed = vi.fn();
      const gate = gateIn(ALONE, changed);
      gate.watch(BAR);
      gate.close();
      paint();
      wait(VIEWING_MS);
      expect(changed).not.toHaveBeenCalled();
      expect(Object.keys(listeners)).toEqual([]);
    });
  });

  describe("of a page that another site frames", () => {
    const FRAMED = { framed: true, reports: true };

    function openGate(): ConsentGate {
      const gate = gateIn(FRAMED);
      gate.watch(BAR);
      report(true, 1);
      paint();
      wait(VIEWING_MS);
      expect(gate.state).toBe("open");
      return gate;
    }

    it("opens a second after its bar is fully visible", () => {
      const gate = gateIn(FRAMED);
      gate.watch(BAR);
      expect(watched).toEqual([BAR]);
      paint();
      wait(VIEWING_MS);
      expect(gate.state).toBe("covered");
      expect(gate.accepts(click())).toBe(false);
      report(true, 1);
      expect(gate.state).toBe("waiting");
      paint();
      wait(VIEWING_MS);
      expect(gate.accepts(click())).toBe(true);
    });

    it.each([
      ["covered", false, 1],
      ["partly out of view", true, 0.9],
      ["out of view", false, 0],
    ])("closes when the bar is %s, and waits again once it is not", (_, isVisible, ratio) => {
      const gate = openGate();
      report(isVisible, ratio);
      expect(gate.state).toBe("covered");
      expect(gate.accepts(click())).toBe(false);
      report(true, 1);
      expect(gate.accepts(click())).toBe(false);
      paint();
      wait(VIEWING_MS);
      expect(gate.accepts(click())).toBe(true);
    });

    it("considers visibility changes that the browser has not reported yet", () => {
      const gate = openGate();
      queued = [{ isVisible: false, intersectionRatio: 1 }];
      expect(gate.accepts(click())).toBe(false);
    });

    it("waits half a second after a mouse enters the button, which the framing page may have moved", () => {
      const gate = openGate();
      gate.enter({ pointerType: "mouse" } as PointerEvent);
      expect(gate.state).toBe("waiting");
      press(gate);
      expect(gate.accepts(click())).toBe(false);
      wait(POINTING_MS);
      press(gate);
      expect(gate.accepts(click())).toBe(true);
    });

    it("does not open early because a mouse enters", () => {
      const gate = openGate();
      gate.restart();
      gate.enter({ pointerType: "mouse" } as PointerEvent);
      wait(POINTING_MS);
      expect(gate.state).toBe("waiting"); // not painted
      paint();
      gate.enter({ pointerType: "mouse" } as PointerEvent);
      wait(VIEWING_MS - 1);
      expect(gate.state).toBe("waiting");
      wait(1);
      expect(gate.state).toBe("open");
    });

    it("does not wait for a finger, which does not hover", () => {
      const gate = openGate();
      gate.enter({ pointerType: "touch" } as PointerEvent);
      expect(gate.accepts(click())).toBe(true);
    });

    it("stays open if only rounding makes the bar appear partly hidden", () => {
      const gate = openGate();
      report(true, 0.995);
      expect(gate.state).toBe("open");
    });

    it("closes when its bar is removed, and observes the next one", () => {
      const gate = openGate();
      gate.watch(undefined);
      expect(watched).toEqual([]);
      const other = {} as Element;
      gate.watch(other);
      expect(watched).toEqual([other]);
      expect(gate.state).toBe("covered");
    });

    it("ignores the focus, which a frame gets from the click itself", () => {
      openGate();
      expect(listeners["focus"]).toBeUndefined();
    });

    it("never opens if the browser does not report the visibility of the bar", () => {
      const gate = gateIn({ framed: true, reports: false });
      gate.watch(BAR);
      paint();
      wait(VIEWING_MS);
      expect(watched).toEqual([]);
      expect(gate.state).toBe("closed");
      expect(gate.accepts(click())).toBe(false);
    });
  });
});
