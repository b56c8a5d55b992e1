"""`.md`: front matter, a `# heading` as title, and the text as a reader sees it, without its markup."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from indexer.readers.formats.article import document
from indexer.readers.metadata import front_matter, source_line
from indexer.readers.metadata.fields import metadata
from indexer.readers.metadata.title import one_line, split_title, without_title
from indexer.readers.record import Found, Item, Record
from indexer.readers.text.decode import read_decoded

_TAG = re.compile(r"<!--.*?(?:-->|\Z)|</?[a-zA-Z][^<>]*>", re.DOTALL)
_MARKDOWN = MarkdownIt("commonmark", {"maxNesting": 100}).enable("table")


def read(item: Item) -> Iterator[Found]:
    """The one document of a Markdown file."""
    decoded = read_decoded(item.stream)
    fields, marked = front_matter.split(decoded.text)
    said = metadata(fields, item.id)
    heading, body = plain(marked)
    said_below, body = source_line.take(body)
    title = said.title or heading
    title, body = (title, without_title(body, title)) if title else split_title(body)
    made = document(item.id, title, body, said, said_below)
    yield Record(made, item.file, repairs=decoded.repairs)


def plain(marked: str) -> tuple[str, str]:
    """The first level-1 heading, and the whole text without links' targets, emphasis and tags."""
    heading, blocks = "", [""]
    tokens = _MARKDOWN.parse(marked)
    for number, token in enumerate(tokens):
        match token.type:
            case "inline":
                text = _inline(token.children or ())
                if not heading and tokens[number - 1].tag == "h1":
                    heading = one_line(text)
                blocks[-1] += text
            case "fence" | "code_block":
                blocks[-1] += token.content.rstrip("\n")
            case "html_block":
                blocks[-1] += _TAG.sub("", token.content).strip()
            case "list_item_open":
                blocks.append(
                    f"{token.info}. " if token.info else "- "
                )  # an ordered item has its number there
            case "th_open" | "td_open":
                blocks[-1] += " " if blocks[-1] else ""
        if _ends_block(token):
            blocks.append("")
    return heading, "\n\n".join(filter(str.strip, blocks))


def _ends_block(token: Token) -> bool:
    leaf = token.type in ("fence", "code_block", "html_block", "hr", "tr_close")
    return leaf or (token.nesting == -1 and token.type in ("paragraph_close", "heading_close"))


def _inline(children: Sequence[Token]) -> str:
    """Text of a paragraph on one line: a break in the source is no break for a reader."""
    parts: list[str] = []
    target = ""
    for child in children:
        match child.type:
            case "text" | "code_inline":
                parts.append(child.content)
            case "image":
                parts.append(_inline(child.children or ()))
            case "softbreak":
                parts.append(" ")
            case "hardbreak":
                parts.append("\n")
            case "html_inline":
                parts.append("\n" if child.content.lower().startswith("<br") else "")
            case "link_open":
                target = str(child.attrGet("href") or "")
            case "link_close" if source_line.starts_source_line("".join(parts)) and target not in parts:
                parts.append(f" {target}")  # `Source : [Le Phare](https://…)`: there, the target is the point
    return "".join(parts)
