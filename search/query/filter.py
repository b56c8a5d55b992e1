"""Which documents are kept whatever their score: by language, source and date; named, or excluded."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from search.dates import date_number

Days = tuple[int, int]
"""A range of dates as yyyymmdd, both included."""

_LAST_DAY = 99_999_999


def days(since: str, until: str) -> Days:
    """The range between two ISO dates, whole or partial; an empty one leaves its end open."""
    return date_number(since) or 1, date_number(until, last=True) or _LAST_DAY


@dataclass(frozen=True, slots=True)
class Filter:
    """Documents with one of the values named, where any is, and with none of those excluded.

    A document without a date is in no range: it is left out where ranges are named, never where some are
    excluded.
    """

    languages: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    dates: frozenset[Days] = frozenset()
    excluded_languages: frozenset[str] = frozenset()
    excluded_sources: frozenset[str] = frozenset()
    excluded_dates: frozenset[Days] = frozenset()

    @classmethod
    def of(cls, languages: Iterable[str], sources: Iterable[str], since: str, until: str) -> "Filter":
        """The filter of some values and of ISO dates, whole or partial, both included."""
        dates = [days(since, until)] if date_number(since) or date_number(until) else []
        return cls(frozenset(languages), frozenset(sources), frozenset(dates))

    def joined(self, typed: "Filter") -> "Filter":
        """What was chosen together with what was typed; what was chosen where they contradict."""
        return Filter(
            _both(self.languages, typed.languages) or self.languages,
            _both(self.sources, typed.sources) or self.sources,
            _overlap(self.dates, typed.dates) or self.dates,
            self.excluded_languages | typed.excluded_languages - self.languages,
            self.excluded_sources | typed.excluded_sources - self.sources,
            self.excluded_dates | {days for days in typed.excluded_dates if not self._lies_in(days)},
        )

    def beside(self, other: "Filter") -> "Filter":
        """Two filters side by side: both; either where no document can have both, as in `lang:vi lang:fr`."""
        return Filter(
            _both(self.languages, other.languages) or self.languages | other.languages,
            _both(self.sources, other.sources) or self.sources | other.sources,
            _overlap(self.dates, other.dates) or self.dates | other.dates,
            self.excluded_languages | other.excluded_languages,
            self.excluded_sources | other.excluded_sources,
            self.excluded_dates | other.excluded_dates,
        )

    def either(self, other: "Filter") -> "Filter | None":
        """Documents that one of two filters keeps; None unless both name values of the same field."""
        if self._named() != other._named() or len(self._named()) != 1 or "excluded" in self._named()[0]:
            return None
        return Filter(
            self.languages | other.languages, self.sources | other.sources, self.dates | other.dates
        )

    def within(self, language: str) -> "Filter | None":
        """The documents in one language; None if the filter keeps none of them."""
        if language in self.excluded_languages or (self.languages and language not in self.languages):
            return None
        return replace(self, languages=frozenset([language]))

    def negated(self) -> "Filter | None":
        """The documents that a filter does not keep; None if it has several conditions."""
        if len(self._named()) != 1:
            return None
        return Filter(
            self.excluded_languages,
            self.excluded_sources,
            self.excluded_dates,
            self.languages,
            self.sources,
            self.dates,
        )

    def _lies_in(self, days: Days) -> bool:
        """Whether a range holds all dates that are kept."""
        return bool(self.dates) and all(days[0] <= since and until <= days[1] for since, until in self.dates)

    def _named(self) -> list[str]:
        return [field.name for field in fields(self) if getattr(self, field.name)]


def _both(some: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    """What both allow, if anything is; no value allows all."""
    return some & others if some and others else some | others


def _overlap(some: frozenset[Days], others: frozenset[Days]) -> frozenset[Days]:
    """The days that both allow, if there are any; no range allows all."""
    if not some or not others:
        return some | others
    shared = ((max(a[0], b[0]), min(a[1], b[1])) for a in some for b in others)
    return frozenset(days for days in shared if days[0] <= days[1])
