"""The page's script: pans, zooms, and highlights the upstream and downstream nodes of a node.

The script is in a Python file, so the package has no data files and works from a zip archive.
"""

from typing import Final

SCRIPT: Final = r"""
"use strict";
(() => {
  const plane = document.getElementById("plane");
  const scene = document.getElementById("scene");
  const about = document.getElementById("about");
  const facts = JSON.parse(document.getElementById("boxes").textContent);
  const boxes = [...plane.querySelectorAll(".box")];
  const arrows = [...plane.querySelectorAll(".arrow")].map((element) =>
    ({ element, source: +element.dataset.s, target: +element.dataset.t }));
  const above = boxes.map(() => []);
  const below = boxes.map(() => []);
  for (const { source, target } of arrows) {
    below[source].push(target);
    above[target].push(source);
  }

  // --- the view: the visible part of the plane -----------------------------------------------------------------------
  const [width, height] = plane.dataset.size.split(" ").map(Number);
  const view = { x: 0, y: 0, scale: 1 };
  plane.removeAttribute("viewBox");
  const show = () => scene.setAttribute("transform", `translate(${view.x} ${view.y}) scale(${view.scale})`);
  const fit = () => {
    const { clientWidth, clientHeight } = document.documentElement;
    const room = 2 * Math.min(36, clientWidth / 12);
    view.scale = Math.max(0.02, Math.min(1.3, (clientWidth - room) / (width || 1), (clientHeight - room) / (height || 1)));
    view.x = (clientWidth - width * view.scale) / 2;
    view.y = (clientHeight - height * view.scale) / 2;
    moved = false;
    show();
  };
  const zoom = (factor, x = innerWidth / 2, y = innerHeight / 2) => {
    const scale = Math.min(4, Math.max(0.02, view.scale * factor));
    view.x = x - (x - view.x) * (scale / view.scale);
    view.y = y - (y - view.y) * (scale / view.scale);
    view.scale = scale;
    moved = true;
    show();
  };
  let moved = false;
  const isFramed = window.parent !== window;
  plane.addEventListener("wheel", (event) => {
    if (isFramed && !event.ctrlKey && !event.metaKey) return; // the surrounding page scrolls
    event.preventDefault();
    zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0015)), event.clientX, event.clientY);
  }, { passive: false });
  const fingers = new Map();
  let dragged = false;
  plane.addEventListener("pointerdown", (event) => {
    fingers.set(event.pointerId, event);
    dragged = false;
  });
  plane.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    if (!dragged && Math.hypot(event.clientX - before.clientX, event.clientY - before.clientY) < 4) return;
    if (!dragged) plane.setPointerCapture(event.pointerId);
    dragged = moved = true;
    plane.classList.add("moving");
    const others = [...fingers.values()].filter((other) => other.pointerId !== event.pointerId);
    if (others.length) {
      const [other] = others;
      const distance = (finger) => Math.hypot(finger.clientX - other.clientX, finger.clientY - other.clientY) || 1;
      zoom(distance(event) / distance(before), other.clientX, other.clientY);
    } else {
      view.x += event.clientX - before.clientX;
      view.y += event.clientY - before.clientY;
      show();
    }
    fingers.set(event.pointerId, event);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    plane.addEventListener(end, (event) => {
      fingers.delete(event.pointerId);
      plane.classList.remove("moving");
    });
  }
  document.getElementById("closer").addEventListener("click", () => zoom(1.25));
  document.getElementById("further").addEventListener("click", () => zoom(0.8));
  document.getElementById("fit").addEventListener("click", fit);
  addEventListener("resize", () => moved || fit());

  // --- lineage: upstream and downstream nodes ------------------------------------------------------------------------
  let chosen = null;
  const reached = (start, next) => {
    const numbers = new Set([start]);
    const pending = [start];
    while (pending.length) {
      for (const neighbor of next[pending.pop()]) {
        if (!numbers.has(neighbor)) {
          numbers.add(neighbor);
          pending.push(neighbor);
        }
      }
    }
    return numbers;
  };
  const highlight = (number) => {
    plane.classList.toggle("lit", number !== null);
    const up = number === null ? new Set() : reached(number, above);
    const down = number === null ? new Set() : reached(number, below);
    boxes.forEach((box, other) => box.classList.toggle("lit", up.has(other) || down.has(other)));
    for (const { element, source, target } of arrows) {
      element.classList.toggle("lit", (up.has(source) && up.has(target)) || (down.has(source) && down.has(target)));
    }
    describe(number);
  };
  const line = (text, className) => {
    const paragraph = document.createElement("p");
    paragraph.textContent = text;
    paragraph.className = className;
    return paragraph;
  };
  const describe = (number) => {
    about.hidden = number === null;
    if (number === null) return;
    const { name, type, role, doc, location, tags } = facts[number];
    const title = document.createElement("h2");
    title.textContent = name;
    const parts = [title, line(`${type} · ${role}`, "mute")];
    if (doc) parts.push(line(doc, ""));
    const tagged = Object.entries(tags).map(([key, value]) => `${key}: ${value}`).join(" · ");
    if (tagged) parts.push(line(tagged, "mute"));
    if (location) parts.push(line(location, "mute"));
    about.replaceChildren(...parts);
  };
  const choose = (number) => {
    chosen = number;
    boxes.forEach((box, other) => box.setAttribute("aria-pressed", String(other === number)));
    highlight(number);
  };
  boxes.forEach((box, number) => {
    box.setAttribute("aria-label", box.querySelector("title").textContent);
    box.addEventListener("pointerenter", () => chosen === null && highlight(number));
    box.addEventListener("pointerleave", () => chosen === null && highlight(null));
  });
  plane.addEventListener("click", (event) => {
    if (dragged) return;
    const box = event.target.closest(".box");
    const number = box ? +box.dataset.n : null;
    choose(number === chosen ? null : number);
  });

  // --- the keyboard: arrow keys move the focus to the nearest box in that direction ----------------------------------
  const directions = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
  const nearest = (from, [right, down]) => {
    const own = from.getBoundingClientRect();
    let best = null;
    let least = Infinity;
    for (const box of boxes) {
      const other = box.getBoundingClientRect();
      const x = other.x + other.width / 2 - own.x - own.width / 2;
      const y = other.y + other.height / 2 - own.y - own.height / 2;
      const ahead = x * right + y * down;
      const aside = Math.abs(x * down) + Math.abs(y * right);
      if (ahead > 1 && ahead + 2 * aside < least) {
        least = ahead + 2 * aside;
        best = box;
      }
    }
    return best;
  };
  addEventListener("keydown", (event) => {
    const box = document.activeElement?.closest(".box");
    if (event.key === "Escape") choose(null);
    else if (box && (event.key === "Enter" || event.key === " ")) choose(+box.dataset.n === chosen ? null : +box.dataset.n);
    else if (box && directions[event.key]) nearest(box, directions[event.key])?.focus();
    else if (!event.ctrlKey && !event.metaKey && event.key === "+") zoom(1.25);
    else if (!event.ctrlKey && !event.metaKey && event.key === "-") zoom(0.8);
    else if (!event.ctrlKey && !event.metaKey && event.key === "0") fit();
    else return;
    event.preventDefault();
  });
  fit();
})();
"""
