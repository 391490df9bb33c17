"""The meanings of weekdays and of today's neighbours: "Thursday", "last Friday", "yesterday", "overnight"."""

from datetime import date, timedelta

from dateline.extractors.dates import intervals, values
from dateline.extractors.dates.find import Expression
from dateline.extractors.dates.intervals import Interval
from dateline.extractors.dates.setting import Reading, Setting, from_day, just_told
from dateline.extractors.dates.tense import Direction


def weekday(found: Expression, setting: Setting) -> Reading | None:
    """ "Thursday": the latest not after publication, or the first not before it where tense points ahead.

    "Last Thursday" is never the day of publication itself, "next Thursday" lies in the week after, "this Thursday" in
    the week of publication as far as tense allows.
    """
    wanted, rel = values.weekday(found), found.word("rel")
    week = just_told(found, setting, "week")
    if rel is None and week is not None:  # "last week, on Monday"
        return Reading(intervals.day(week.interval.first + timedelta(days=wanted)), week)
    return from_day(setting.published, lambda day: intervals.day(_weekday_from(day, wanted, rel, setting.direction())))


def _weekday_from(day: date, wanted: int, rel: str | None, direction: Direction | None) -> date:
    in_week = intervals.week(day).first + timedelta(days=wanted)
    if rel == "next":
        return in_week + timedelta(days=7)
    if rel == "coming":
        return values.next_weekday(day, wanted, same=False)
    if rel == "this" and direction is None:
        return in_week
    back = rel in ("last", "past")
    if not back and direction == "future":
        return values.next_weekday(day, wanted, same=True)
    return values.last_weekday(day, wanted, same=not back)


def weeks_from_weekday(found: Expression, setting: Setting) -> Reading | None:
    """ "Tuesday week", "a week on Tuesday", "two weeks from Tuesday": that long after the first Tuesday to come. In
    "closed for a week on Tuesday", which is over, the week is a length."""
    name, count, wanted = values.unit(found), values.count(found), values.weekday(found)
    if "count" in found.parts and setting.direction() == "past":
        return weekday(found, setting)
    return from_day(
        setting.published,
        lambda day: intervals.day(intervals.moved(values.next_weekday(day, wanted, same=False), name, count)),
    )


def weekday_of_week(found: Expression, setting: Setting) -> Reading | None:
    """ "Friday last week"."""
    days = 7 * values.SHIFTS[found.word("rel") or "this"] + values.weekday(found)
    return from_day(setting.published, lambda day: intervals.day(intervals.week(day).first + timedelta(days=days)))


def weekday_near(found: Expression, setting: Setting) -> Reading | None:
    """ "the following Sunday", counted from the day told of before; "on that Sunday": that day or the first after."""
    if found.word("near") == "that":
        wanted = values.weekday(found)
        return from_day(setting.before("day"), lambda day: intervals.day(values.next_weekday(day, wanted, same=True)))
    wanted, ahead = values.weekday(found), values.SHIFTS[found.word("near") or "next"] > 0
    move = values.next_weekday if ahead else values.last_weekday
    told = setting.before("day") or setting.published
    return from_day(told, lambda day: intervals.day(move(day, wanted, same=False)))


def days_off(found: Expression, setting: Setting) -> Reading | None:
    """ "today", "last night": so many days (`off` in rules.yml) from the anchor."""
    off = timedelta(days=int(found.rule.values["off"]))
    return from_day(setting.published, lambda day: intervals.day(day + off))


def overnight(found: Expression, setting: Setting) -> Reading | None:
    """ "overnight": the day before and the anchor; "overnight Monday": that day and the next; "an overnight raid on
    Monday": nobody says which of its two nights."""
    if "weekday" not in found.parts:
        following = setting.following()
        if following is not None and following.day is not None:
            first, last = (following.day + timedelta(days=off) for off in (-1, 1))
            return Reading(Interval(first, last, "span"), following)
        return from_day(setting.published, lambda day: Interval(day - timedelta(days=1), day, "span"))
    reading = weekday(found, setting)
    if reading is None or reading.interval is None:
        return reading
    first = reading.interval.first
    return Reading(Interval(first, first + timedelta(days=1), "span"), reading.anchor)


def weekend(found: Expression, setting: Setting) -> Reading | None:
    """ "at the weekend", "this weekend": the one past or under way, or by tense the one ahead."""
    rel = found.word("rel")
    ahead = rel == "coming" or (rel != "past" and setting.direction() == "future")

    def chosen(day: date) -> Interval:
        here = intervals.weekend(day)
        return here if ahead or here.first <= day else intervals.weekend(day - timedelta(days=7))

    return from_day(setting.published, chosen)
