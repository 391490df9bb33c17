"""robots.txt, as RFC 9309 has it: no such file allows all, a server that cannot say allows nothing."""

from dataclasses import dataclass, replace

from protego import Protego

from dateline.sources.fetch import USER_AGENT, Fetched, Limits, fetch

LARGEST = 512_000  # bytes; RFC 9309 asks for at least 500 KiB
SLOWEST = 60.0  # seconds between pages that we still wait for; a site that asks for more is not ours to fetch


@dataclass(frozen=True)
class Robots:
    """What a host's robots.txt says to us. `problem` is set where it says nothing may be fetched."""

    rules: Protego | None
    problem: str | None = None

    def refusal(self, url: str) -> str | None:
        """Why this URL may not be fetched; None where it may."""
        if self.problem:
            return self.problem
        if self.rules is not None and not self.rules.can_fetch(url, USER_AGENT):
            return "the site's robots.txt does not allow it"
        if self.delay() > SLOWEST:
            return f"the site's robots.txt asks for {self.delay():g} s between pages"
        return None

    def delay(self) -> float:
        """Seconds that the site wants between two requests; 0 where it does not say."""
        wanted = self.rules.crawl_delay(USER_AGENT) if self.rules is not None else None
        return float(wanted or 0.0)


def read_robots(host: str, limits: Limits) -> Robots:
    """The rules of a host ("https://example.org"), fetched now."""
    found = fetch(f"{host}/robots.txt", replace(limits, largest=LARGEST))
    status = found.response.status if found.response else None
    if status == 200 and found.problem is None:
        return Robots(Protego.parse(found.body.decode("utf-8", "replace")))
    if status is not None and 400 <= status < 500 and status != 429:
        return Robots(None)
    return Robots(None, f"the site's robots.txt could not be read ({_why(found)})")


def _why(found: Fetched) -> str:
    return found.problem or "no answer"
