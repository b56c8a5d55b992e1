"""Which page numbers to offer below the results."""

from dataclasses import dataclass

from search import Page
from web.live import live_index
from web.requests import PAGE_SIZE, Search


@dataclass(frozen=True, slots=True)
class Pager:
    """The pages of one search. `numbers` has 0 where some are left out: 1 … 4 5 6 … 12."""

    current: int
    last: int

    @classmethod
    def of(cls, page: Page, asked: Search) -> "Pager":
        """The pages that hold all the hits of a search."""
        ranked = min(page.total - page.collapsed, live_index().caps.results)  # the engine ranks no deeper
        return cls(asked.page, -(-ranked // PAGE_SIZE))

    @property
    def past_end(self) -> bool:
        """Whether there are results, but before this page."""
        return 0 < self.last < self.current

    @property
    def numbers(self) -> list[int]:
        """The first page, the last one, and those around the current one."""
        near = {self.current + step for step in (-1, 0, 1)}
        shown = sorted(number for number in near | {1, self.last} if 1 <= number <= self.last)
        numbers: list[int] = []
        for number in shown:
            left_out = number - (numbers[-1] if numbers else 0) - 1
            if left_out:
                # One left out takes no more room as itself than as “…”.
                numbers.append(number - 1 if left_out == 1 else 0)
            numbers.append(number)
        return numbers
