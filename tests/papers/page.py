"""The source pages: a small tree, the grid of a table, and the text extract made from it."""

import html.parser
import pathlib
import re

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE / "source"
FIXTURES = HERE.parent.parent / "fixtures"


class Node:
    """An element of a source page."""

    def __init__(self, tag, attrs, parent):
        self.tag, self.attrs, self.parent, self.children = tag, dict(attrs), parent, []

    def find(self, *tags):
        for child in self.children:
            if isinstance(child, Node):
                if child.tag in tags:
                    yield child
                else:
                    yield from child.find(*tags)

    def has(self, name):
        return name in self.attrs.get("class", "").split()


class Reader(html.parser.HTMLParser):
    """The source pages are well-formed; void elements are `br` and `meta` only."""

    def __init__(self):
        super().__init__()
        self.root = self.at = Node("root", [], None)

    def handle_starttag(self, tag, attrs):
        node = Node(tag, attrs, self.at)
        self.at.children.append(node)
        if tag not in ("br", "meta"):
            self.at = node

    def handle_endtag(self, tag):
        if tag not in ("br", "meta"):
            self.at = self.at.parent

    def handle_data(self, data):
        self.at.children.append(data)


def read(stem):
    reader = Reader()
    reader.feed((SOURCE / f"{stem}.html").read_text(encoding="utf-8"))
    return next(reader.root.find("body"))


def plain(node, mark="", line="\n"):
    """The text of a node; `mark` = "fragments" keeps <u> and ^{…} as text extracts of published pages have them."""
    if isinstance(node, str):
        return node.replace("\n", "")
    inner = line if node.tag == "br" else "".join(plain(c, mark, line) for c in node.children)
    if mark == "fragments" and node.tag == "u":
        return f"<u>{inner}</u>"
    if mark == "fragments" and node.tag == "sup":
        return f"^{{{inner}}}"
    if mark == "markdown" and node.tag == "b":
        return f"**{inner}**"
    return inner


def rows_of(table):
    """Rows of (cell, row, column, row span, column span)."""
    taken, rows = set(), []
    for r, tr in enumerate(table.find("tr")):
        c, row = 0, []
        for cell in tr.find("td", "th"):
            while (r, c) in taken:
                c += 1
            down, across = int(cell.attrs.get("rowspan", 1)), int(cell.attrs.get("colspan", 1))
            taken |= {(r + i, c + j) for i in range(down) for j in range(across)}
            row.append((cell, r, c, down, across))
            c += across
        rows.append(row)
    return rows


def width_of(table):
    return max(c + across for row in rows_of(table) for _, _, c, _, across in row)


def text_lines(node, mark):
    """The lines of a text extract with tab-separated tables; in a cell, a space stands for a line break."""
    for child in node.children:
        if isinstance(child, str):
            if child.strip():
                yield child.strip()
            continue
        if child.tag == "table":
            for caption in child.find("caption"):
                yield plain(caption, mark)
            for row in rows_of(child):
                cells = [""] * width_of(child)
                for cell, _, c, _, across in row:
                    text = plain(cell, mark, " ")
                    if mark == "fragments" and across == len(cells):
                        text = f"<p>{text}</p>"
                    cells[c] = text
                yield "\t".join(cells)
            yield ""
        elif child.tag in ("h1", "h2"):
            sign = {"h1": "# ", "h2": "## "}[child.tag] if mark == "markdown" else ""
            yield sign + plain(child, mark)
            yield ""
        elif child.tag == "li":
            yield ("- " if mark == "markdown" else "・") + plain(child, mark)
        elif child.tag == "p":
            yield from plain(child, mark, "  \n" if mark == "markdown" else "\n").split("\n")
            yield ""
        else:
            yield from text_lines(child, mark)
            if child.tag == "ul":
                yield ""


def text(stem, mark=""):
    joined = "\n".join(text_lines(read(stem), mark))
    return re.sub(r"\n{3,}", "\n\n", joined).strip() + "\n"


def write_text(name, content, encoding="utf-8", newline="\n"):
    path = FIXTURES / "text" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.replace("\n", newline).encode(encoding))
