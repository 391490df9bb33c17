"""Figures in few characters, for tables and lines that people read."""

from dateline.models.fields.casualties import CasualtyFact
from dateline.models.incident import GroupToll, Incident, Toll


def figure(toll: Toll | GroupToll | CasualtyFact | None) -> str:
    """An interval as people write it: "5", "10–16", "≥39", "≤3,735", "≈12"; "" where nobody gives a number."""
    if toll is None:
        return ""
    low, best, high = toll.low, toll.best, toll.high
    if low is not None and high is not None:
        return f"{low:,}" if low == high else f"{low:,}–{high:,}"
    if low is not None:
        return f"≥{low:,}"
    if high is not None:
        return f"≤{high:,}"
    return f"≈{best:,}" if best is not None else ""


def claim_figure(claim: CasualtyFact) -> str:
    """A claim's interval, or its vague word in quotes."""
    return figure(claim) or (f"“{claim.vague}”" if claim.vague else "?")


def when(incident: Incident) -> str:
    """The day or days of an incident: "2014-06-11 – 06-12"; "" where not known."""
    if not incident.earliest:
        return ""
    if incident.earliest == incident.latest or not incident.latest:
        return incident.earliest
    same_year = incident.earliest[:5] == incident.latest[:5]
    return f"{incident.earliest} – {incident.latest[5:] if same_year else incident.latest}"


def where(incident: Incident) -> str:
    """The place of an incident with its province and country, as far as known."""
    place = incident.place
    if place is None:
        return ""
    near = "near " if place.precision == 2 else ""
    parts = dict.fromkeys(part for part in (place.name, place.admin1, place.country) if part)
    return near + ", ".join(parts)
