import { nothing } from "lit";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type DialogBox, Dialogs } from "../../src/dialogs/dialogs.ts";

/** The parts of a dialog that the code under test uses. */
class FakeDialog extends EventTarget {
  readonly classList: readonly string[];
  open = false;
  isConnected = true;
  showModal = vi.fn(() => {
    this.open = true;
  });

  constructor(kind: string) {
    super();
    this.classList = [kind];
  }
}

function boxOf(...kinds: string[]) {
  return { kinds, template: (): typeof nothing => nothing, reopen: vi.fn<(kind: string) => void>(), rendered: vi.fn() };
}

const shown: FakeDialog[] = [];
const button = { focus: vi.fn() };
const root = {
  activeElement: button,
  querySelectorAll: (selector: string) => shown.filter(({ open }) => open || selector === "dialog"),
} as unknown as ShadowRoot;

function dialogsOf(boxes: readonly DialogBox[]): Dialogs {
  return new Dialogs({ root, element: "play-1", ownsUrl: true, disconnectSignal: new AbortController().signal }, boxes);
}

beforeEach(() => {
  shown.length = 0;
  const listeners: ((event: unknown) => void)[] = [];
  const history = { state: null as unknown, pushState: vi.fn(), replaceState: vi.fn(), back: vi.fn() };
  history.pushState.mockImplementation((state: unknown) => {
    history.state = state;
  });
  vi.stubGlobal("window", {
    history,
    location: { href: "https://site.example/play/", pathname: "/play/" },
    addEventListener: (_: string, listener: (event: unknown) => void) => listeners.push(listener),
    popTo: (state: unknown) => {
      const event = { state, stopImmediatePropagation() {} };
      for (const hear of listeners) hear(event);
    },
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

it("shows each rendered dialog once, and notifies every box", () => {
  const [share, drafts] = [boxOf("share"), boxOf("drafts")];
  const dialogs = dialogsOf([share, drafts]);
  const dialog = new FakeDialog("share");
  shown.push(dialog);
  dialogs.rendered();
  dialogs.rendered();
  expect(dialog.showModal).toHaveBeenCalledTimes(1);
  expect(share.rendered).toHaveBeenCalledTimes(2);
  expect(drafts.rendered).toHaveBeenCalledTimes(2);
});

it("reopens a dialog through its box when the visitor goes forward", () => {
  const [share, compare] = [boxOf("share"), boxOf("compare", "compare-with")];
  dialogsOf([share, compare]);
  (window as unknown as { popTo(state: unknown): void }).popTo({ headwaterDialog: "play-1 compare-with" });
  expect(compare.reopen).toHaveBeenCalledWith("compare-with");
  expect(share.reopen).not.toHaveBeenCalled();
});

it("waits until the dialog that was just closed has fired its close event", () => {
  const share = boxOf("share");
  const dialogs = dialogsOf([share]);
  const dialog = new FakeDialog("share");
  shown.push(dialog);
  dialogs.rendered();
  dialog.open = false; // the `close` event has not been fired yet
  (window as unknown as { popTo(state: unknown): void }).popTo({ headwaterDialog: "play-1 share" });
  expect(share.reopen).not.toHaveBeenCalled();
  dialog.dispatchEvent(new Event("close"));
  expect(share.reopen).toHaveBeenCalledTimes(1);
});

it("returns the templates of all boxes in order", () => {
  const dialogs = dialogsOf([boxOf("share"), boxOf("drafts")]);
  expect(dialogs.templates()).toEqual([nothing, nothing]);
});

it.each([
  ["to the element that had it", "the body", 1],
  ["unless another element has it", "another element", 0],
])("returns the focus from a dialog that is removed while it is open, %s", (_, active, times) => {
  const body = {};
  vi.stubGlobal("document", { body, activeElement: active === "the body" ? body : {} });
  const dialogs = dialogsOf([boxOf("drafts")]);
  const dialog = new FakeDialog("drafts");
  shown.push(dialog);
  dialogs.rendered();
  shown.length = 0;
  dialog.isConnected = false;
  button.focus.mockClear();
  dialogs.rendered();
  dialogs.rendered();
  expect(button.focus).toHaveBeenCalledTimes(times);
});
