"""What the modules of this field hand on: counted people, people spoken of together, and people linked to a cue."""

from dataclasses import dataclass, field
from typing import Literal

from dateline.extractors.casualties.cues import Cue
from dateline.extractors.casualties.figures import Figure
from dateline.models.fields.casualties import GroupClass

Kind = Literal["number", "one", "the", "bare", "plural", "pronoun", "zero", "name"]
Stretch = tuple[int, int]  # the tokens from the first up to, not including, the second
PLURAL = "plural"  # the `vague` of people without any number: "killing civilians"


@dataclass(frozen=True, slots=True)
class Count:
    """People counted in tokens `start:stop`. `many` is what a verb must agree with (None: either); `weak` counts
    have no noun for people, or no number, and mean something only right beside a cue. Reading goes on at `until`
    where the figure is completed behind the people ("8 people dead — 13 by some counts")."""

    start: int
    stop: int
    figure: Figure
    kind: Kind
    number: Stretch | None = None
    group: Stretch | None = None
    group_class: GroupClass = "unspecified"
    many: bool | None = None
    weak: bool = False
    until: int = 0


@dataclass(slots=True)
class People:
    """Counts spoken of together. `part_of` is the position, among the sentence's, of those they are a subset of;
    `reach` is where the last of their subsets ends. An `aside` says only what those before it were ("eight people,
    possibly militants"). `linked` holds the outcomes found so far, each with its rule."""

    counts: list[Count]
    part_of: int | None = None
    reach: int = 0
    aside: bool = False
    linked: dict[str, str] = field(default_factory=dict)

    @property
    def start(self) -> int:
        """The first token."""
        return self.counts[0].start

    @property
    def stop(self) -> int:
        """The token after the last."""
        return self.counts[-1].stop


@dataclass(frozen=True, slots=True)
class Link:
    """Cue and people. `rule` names the construction; `extra` are people joined by "along with"; `index` is the
    people's position in the sentence's list (None for a name, and for a cue that itself says nobody)."""

    cue: Cue
    people: People
    rule: str
    index: int | None
    extra: People | None = None

    @property
    def counts(self) -> list[Count]:
        """The counts of the people and of those joined on."""
        return [*self.people.counts, *(self.extra.counts if self.extra else [])]
