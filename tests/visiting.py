"""A visit to the site in a browser."""

from playwright.sync_api import BrowserContext, Page


class Visit:
    """A page in the browser that notes what must not happen: console errors and requests to other hosts."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.base, self.errors, self.foreign = base, [], []
        self.page: Page = context.new_page()
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: None if request.url.startswith((base, "data:")) else self.foreign.append(request.url))

    def to(self, address: str) -> Page:
        self.page.goto(self.base + address)
        return self.page
