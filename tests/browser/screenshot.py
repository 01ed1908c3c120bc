"""A report.html in, the picture that the README shows out: `python -m tests.browser.screenshot PAGE PICTURE`."""

import argparse
from pathlib import Path

from tests.browser.chromium import chromium

WIDTH, HEIGHT = 1440, 1280


def take(page: Path, picture: Path, *, width: int = WIDTH, height: int = HEIGHT, theme: str = "light") -> None:
    """Photograph the top of `page` as PNG, `width` by `height` CSS pixels; `theme` is "light" or "dark"."""
    with chromium() as browser:
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if theme == "dark" else "light"
        )
        view = context.new_page()
        view.goto(page.resolve().as_uri())
        view.locator("#matrix-body tr").first.wait_for()
        view.screenshot(path=picture)


def main() -> None:
    """Read the command line and take the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", type=Path)
    parser.add_argument("picture", type=Path)
    parser.add_argument("--width", type=int, default=WIDTH)
    parser.add_argument("--height", type=int, default=HEIGHT)
    parser.add_argument("--theme", choices=["light", "dark"], default="light")
    args = parser.parse_args()
    take(args.page, args.picture, width=args.width, height=args.height, theme=args.theme)


if __name__ == "__main__":
    main()
