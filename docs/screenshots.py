"""Take screenshots of the home page: `.venv/bin/python docs/screenshots.py FOLDER`. Requires a built site and Chromium."""

import os
import shutil
import sys
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright
from serve import listen

SITE = Path(__file__).parents[1] / "site"
WIDTHS = {1440: 900, 820: 1180, 390: 844}
"""The screen height for each screen width, in pixels: a desktop, a tablet and a phone."""
SCHEMES = ("light", "dark")
DRAWN = """() => !document.querySelector("hw-play").shadowRoot.textContent.includes("Laying out")"""


def main(folder: Path) -> None:
    """Write one image for each width and color scheme."""
    folder.mkdir(parents=True, exist_ok=True)
    with listen(SITE, port=0) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for width, height in WIDTHS.items():
            for scheme in SCHEMES:
                page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
                page.goto(f"http://127.0.0.1:{server.server_address[1]}/", wait_until="networkidle")
                page.wait_for_function(DRAWN)
                page.screenshot(path=folder / f"home-{width}-{scheme}.png")
                page.close()
        browser.close()
        server.shutdown()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
