"""Which documents match the nodes of a Plan, and their scores; for one search."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.engines.arrays.evidence import passages, title_shares
from search.engines.arrays.impacts import Docs, Floats, Impacts
from search.engines.arrays.positions import Places
from search.engines.arrays.scoring import Scorer
from search.query.plan import Best, Combine, Named, Node, Passage, Phrase, Term, TitleShare

Mask = NDArray[np.bool_]


class Matching:
    """Scores nodes over all documents or some of them.

    Which documents match a child of `counted` is remembered while the query is scored: counting asks again.
    """

    def __init__(self, scorer: Scorer, counted: Node | None = None) -> None:
        self._scorer = scorer
        children = counted.must if isinstance(counted, Combine) else ()
        self._masks: dict[int, Mask | None] = {id(child): None for child in children}

    def complete(self, node: Node) -> Mask:
        """The documents that match a node."""
        known = self._masks.get(id(node))
        if known is not None:
            return known
        if isinstance(node, Combine) and node.must and not node.should and not node.exclude:
            masks = [self.complete(child) for child in node.must]
            all_of: Mask = np.logical_and.reduce(masks)
            return all_of
        matched: Mask = self.scores(node) > 0
        return matched

    # scores of all documents

    def scores(self, node: Node) -> Floats:
        """The score of every document, 0 where the node does not match."""
        total = np.zeros(self._scorer.size, np.float32)
        self._add(node, total)
        if id(node) in self._masks:
            self._masks[id(node)] = total > 0
        return total

    def _add(self, node: Node, total: Floats) -> None:
        match node:
            case Term() | Named() | Phrase():
                self._impacts(node).add_to(total, node.weight)
            case Passage() | TitleShare():
                everything = np.flatnonzero(self._scorer.live)
                total[everything] += self._of(node, Places(self._scorer.segments, everything))
            case Best():
                total += self._best(node)
            case Combine():
                total += self._combined(node)

    def _impacts(self, node: Term | Named | Phrase, places: Places | None = None) -> Impacts:
        match node:
            case Term():
                return self._scorer.term(node.field, node.text)
            case Named():
                return self._scorer.named(node.name, node.text)
            case Phrase():
                return self._scorer.phrase(node, places)

    def _best(self, node: Best) -> Floats:
        best = np.zeros(self._scorer.size, np.float32)
        summed = np.zeros(self._scorer.size, np.float32) if node.tie_breaker else None
        for member in node.members:
            match member:
                case Term() | Named() | Phrase():
                    impacts = self._impacts(member)
                    impacts.raise_to(best, member.weight)
                    if summed is not None:
                        impacts.add_to(summed, member.weight)
                case _:
                    scores = self.scores(member)
                    np.maximum(best, scores, out=best)
                    if summed is not None:
                        summed += scores
        if summed is not None:
            summed -= best
            summed *= np.float32(node.tie_breaker)
            best += summed
        return best

    def _combined(self, node: Combine) -> Floats:
        if not node.must and not node.should:
            total = self._scorer.live.astype(np.float32)
        else:
            total = np.zeros(self._scorer.size, np.float32)
        allowed: Mask | None = None
        for child in node.must:
            scores = self.scores(child)
            matched = scores > 0
            allowed = matched if allowed is None else allowed & matched
            total += scores
        if node.minimum <= (0 if node.must else 1):
            for child in node.should:
                if id(child) in self._masks:
                    total += self.scores(child)
                else:
                    self._add(child, total)
        else:
            count = np.zeros(self._scorer.size, np.uint16)
            for child in node.should:
                scores = self.scores(child)
                count += scores > 0
                total += scores
            enough = count >= node.minimum
            allowed = enough if allowed is None else allowed & enough
        for child in node.exclude:
            kept = self.scores(child) == 0
            allowed = kept if allowed is None else allowed & kept
        if allowed is not None:
            total *= allowed
        return total

    # scores of a few documents

    def added(self, nodes: Sequence[Node], docs: Docs) -> Floats:
        """What the nodes of a re-score add to some documents, ascending."""
        places = Places(self._scorer.segments, docs)
        total = np.zeros(len(docs), np.float32)
        for node in nodes:
            total += self._of(node, places)
        return total

    def _of(self, node: Node, places: Places) -> Floats:
        match node:
            case Term() | Named() | Phrase():
                return self._impacts(node, places).of(places.docs) * np.float32(node.weight)
            case Passage():
                return passages(self._scorer, node, places)
            case TitleShare():
                return title_shares(self._scorer, node, places)
            case Best(members=()):
                return np.zeros(len(places.docs), np.float32)
            case Best():
                scores = np.stack([self._of(member, places) for member in node.members])
                best: Floats = scores.max(axis=0)
                rest: Floats = scores.sum(axis=0) - best
                return best + np.float32(node.tie_breaker) * rest
            case Combine():
                return self._combined(node)[places.docs]
