"""What `means` in rules.yml names: one function for each kind of expression.

A function gets the expression and what it may be counted from, and returns a Reading, or None where the words turn
out to be no date. Days that no calendar has raise ValueError, which the caller takes for "no date".
"""

from collections.abc import Callable, Mapping

from dateline.extractors.dates import days, feasts, months, units, weekdays, years
from dateline.extractors.dates.find import Expression
from dateline.extractors.dates.setting import Reading, Setting

Meaning = Callable[[Expression, Setting], Reading | None]

MEANINGS: Mapping[str, Meaning] = {
    meaning.__name__: meaning
    for meaning in (
        days.full, days.hyphened, days.glued, days.month_day, days.day_range, days.day_of_month, days.iso, days.slashed,
        feasts.named_day,
        weekdays.days_off, weekdays.overnight, weekdays.weekday, weekdays.weekday_of_week, weekdays.weekday_near,
        weekdays.weeks_from_weekday, weekdays.weekend,
        months.month, months.month_near, months.week_of_month, months.weekday_of_month, months.quarter, months.half,
        months.first_units, months.season,
        years.year, years.year_pair, years.short_year, years.decade, years.fiscal_year,
        units.unit, units.ago, units.counted_on, units.later, units.after, units.before_last, units.neighbour,
        units.same, units.the_day, units.same_of_last_year, units.week_of,
    )
}  # fmt: skip
