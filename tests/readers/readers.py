"""The text of documents as programs that are not ours read it.

Every reader takes a list of paths and gives {path: text}; a file it cannot
read is absent.  Used by compare.py.
"""

import email
import email.policy
import html.parser
import os
import re
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree as ET
import zipfile

TEXT_NS = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE_NS = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
SVG_NS = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
PRESENTATION_NS = \
    "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}"

# What of flat OpenDocument is no text of the document.
OFFICE_DROP = {
    TEXT_NS + "tracked-changes", TEXT_NS + "note-citation",
    TEXT_NS + "page-number", OFFICE_NS + "document",	# a chart, a formula
    OFFICE_NS + "forms", OFFICE_NS + "scripts",
    OFFICE_NS + "binary-data", OFFICE_NS + "event-listeners",
    SVG_NS + "title", SVG_NS + "desc",
    TEXT_NS + "bookmark-start", TEXT_NS + "sequence-decls",
    PRESENTATION_NS + "footer-decl", PRESENTATION_NS + "header-decl",
    PRESENTATION_NS + "date-time-decl",
}
OFFICE_SPACE = {TEXT_NS + "s", TEXT_NS + "tab", TEXT_NS + "line-break"}
OFFICE_BLOCK = {TEXT_NS + "p", TEXT_NS + "h"}

# A cell or row that stands for many is written once; not more than this.
TABLE_NS = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
REPEATS = {TABLE_NS + "table-cell": TABLE_NS + "number-columns-repeated",
           TABLE_NS + "table-row": TABLE_NS + "number-rows-repeated"}
MAX_REPEATS = 1000

# The number of a paragraph has no more words: "Hoofdstuk 1 a)".
MAX_NUMBER_WORDS = 4

# One process of LibreOffice converts this many files.
BATCH = 40
BATCH_SECONDS = 300


def pdf(paths):
    """pdftotext, in reading order."""
    texts = {}
    for path in paths:
        try:
            run = subprocess.run(
                ["pdftotext", "-q", "-enc", "UTF-8", path, "-"],
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                timeout=60)
        except subprocess.TimeoutExpired:
            continue
        if run.returncode == 0:
            texts[path] = run.stdout.decode("utf-8", "replace")
    return texts


def office_text(element, parts):
    """Append the text of an element of OpenDocument to parts."""
    if element.tag in OFFICE_DROP:
        return
    if element.tag in REPEATS:
        cell = []
        for child in element:
            office_text(child, cell)
        number = int(element.get(REPEATS[element.tag], "1"))
        if any(cell):
            parts.extend(cell * min(number, MAX_REPEATS))
        return
    if element.tag == TABLE_NS + "table":
        parts.append("\n")
    if element.tag in OFFICE_SPACE:
        parts.append(" ")
    if element.tag in OFFICE_BLOCK:
        parts.append("\n")
    inside = element.tag.startswith(TEXT_NS)
    if inside and element.text:
        parts.append(element.text)
    for child in element:
        office_text(child, parts)
        if inside and child.tail:
            parts.append(child.tail)
    if element.tag in OFFICE_BLOCK:
        parts.append("\n")


def flat_text(path):
    """The text of the body of flat OpenDocument."""
    parts = []
    for _, element in ET.iterparse(path):
        if element.tag == OFFICE_NS + "body":
            office_text(element, parts)
    return "".join(parts)


def convert(paths, target, work):
    """Convert with one LibreOffice; {path: file of the target format}."""
    inbox, outbox = os.path.join(work, "in"), os.path.join(work, "out")
    for folder in (inbox, outbox):
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
    copies = {}
    for number, path in enumerate(paths):
        name = "%06d" % number
        copy = os.path.join(inbox, name + os.path.splitext(path)[1])
        shutil.copyfile(path, copy)
        copies[path] = (copy, os.path.join(
            outbox, name + "." + target.partition(":")[0]))
    try:
        subprocess.run(
            ["nice", "-n", "15", "soffice", "--headless", "--norestore",
             "-env:UserInstallation=file://" + os.path.join(work, "profile"),
             "--convert-to", target, "--outdir", outbox]
            + [copy for copy, _ in copies.values()],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, timeout=BATCH_SECONDS)
    except subprocess.TimeoutExpired:
        pass
    return {path: flat for path, (_, flat) in copies.items()
            if os.path.exists(flat)}


def squeezed(line):
    return " ".join(line.split())


def list_numbers(plain, flat):
    """The numbers before the paragraphs of a plain text.

    They are what stands in it before a paragraph that the other text has."""
    paragraphs = {squeezed(line) for line in flat.split("\n")}
    numbers = []
    for line in plain.split("\n"):
        line = squeezed(line)
        first = ""
        for _ in range(MAX_NUMBER_WORDS):
            if not line or line in paragraphs:
                break
            word, _, line = line.partition(" ")
            first += " " + word
        if first and line in paragraphs:
            numbers.append(first)
    return "\n".join(numbers)


def add_list_numbers(texts, paths, work):
    """Add what only LibreOffice's plain text has: the numbers of lists."""
    for path, plain in convert(paths, "txt:Text (encoded):UTF8",
                               work).items():
        if path in texts:
            texts[path] += "\n" + list_numbers(
                bytes_of(plain).decode("utf-8-sig", "replace"), texts[path])


def office(target):
    """LibreOffice, by way of flat OpenDocument: its notes are in there."""
    def read(paths):
        texts = {}
        with tempfile.TemporaryDirectory() as work:
            for i in range(0, len(paths), BATCH):
                batch = paths[i:i + BATCH]
                done = convert(batch, target, work)
                for path, flat in done.items():
                    try:
                        texts[path] = flat_text(flat)
                    except ET.ParseError:
                        pass
                if target == "fodt":
                    add_list_numbers(texts, batch, work)
        return texts
    return read


class Page(html.parser.HTMLParser):
    """The text of a web page, without what leads around the site."""
    DROP = {"script", "style", "template", "nav", "header", "footer",
            "aside", "title", "noscript", "select"}
    INLINE = {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite",
              "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
              "label", "mark", "q", "s", "samp", "small", "span", "strike",
              "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts, self.dropping = [], []

    def handle_starttag(self, tag, attrs):
        if tag in self.DROP:
            self.dropping.append(tag)
        if tag not in self.INLINE:
            self.parts.append(" ")

    def handle_endtag(self, tag):
        if tag in self.dropping:
            while self.dropping.pop() != tag:
                pass
        if tag not in self.INLINE:
            self.parts.append(" ")

    def handle_data(self, data):
        if not self.dropping:
            self.parts.append(data)


def html_text(markup):
    """The text of a page: of its main part, if it says what that is."""
    main = re.search(r"<main\b.*</main>", markup, re.S | re.I)
    page = Page()
    page.feed(main.group() if main else markup)
    page.close()
    return "".join(page.parts)


def decoded(raw):
    """Bytes as text: marked, declared, UTF-8, or Windows' for the west."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    match = re.search(rb"charset=[\"']?([\w-]+)", raw[:2048])
    names = ["utf-8-sig", match.group(1).decode()] if match else ["utf-8-sig"]
    for name in names + ["cp1252"]:
        try:
            return raw.decode(name)
        except (UnicodeDecodeError, LookupError):
            pass
    return raw.decode("cp1252", "replace")


def each(read):
    """A reader of one path as a reader of many."""
    def read_all(paths):
        texts = {}
        for path in paths:
            try:
                texts[path] = read(path)
            except Exception:		# a damaged file is not read, that's all
                pass
        return texts
    return read_all


def bytes_of(path):
    with open(path, "rb") as file:
        return file.read()


def html_page(path):
    return html_text(decoded(bytes_of(path)))


def mail_body(message):
    body = message.get_body(("html", "plain"))
    if body is None:
        return ""
    text = body.get_content()
    return html_text(text) if body.get_content_subtype() == "html" else text


def mail(path):
    message = email.message_from_bytes(bytes_of(path),
                                       policy=email.policy.default)
    parts = [str(message["subject"] or ""), mail_body(message)]
    for part in message.walk():
        if part.get_content_type() == "message/rfc822":
            for inner in part.get_payload():
                parts += [str(inner["subject"] or ""), mail_body(inner)]
    return "\n".join(parts)


def epub(path):
    texts = []
    with zipfile.ZipFile(path) as book:
        container = ET.fromstring(book.read("META-INF/container.xml"))
        opf = container.find(".//{*}rootfile").get("full-path")
        package = ET.fromstring(book.read(opf))
        items = {item.get("id"): item.get("href")
                 for item in package.iterfind(".//{*}item")}
        for ref in package.iterfind(".//{*}itemref"):
            name = os.path.normpath(os.path.join(
                os.path.dirname(opf), items[ref.get("idref")]))
            texts.append(html_text(book.read(name).decode("utf-8")))
    return "\n".join(texts)


def plain(path):
    return decoded(bytes_of(path))


def xml(path):
    """All text but the RDF, which has the properties of a ruling."""
    root = ET.parse(path).getroot()
    for parent in root.iter():
        for child in list(parent):
            if child.tag.endswith("}RDF"):
                parent.remove(child)
    return " ".join(root.itertext())


# format: (the other reader, the program it needs or None, how to read)
READERS = {
    "pdf": ("pdftotext", "pdftotext", pdf),
    "docx": ("LibreOffice", "soffice", office("fodt")),
    "doc": ("LibreOffice", "soffice", office("fodt")),
    "odt": ("LibreOffice", "soffice", office("fodt")),
    "rtf": ("LibreOffice", "soffice", office("fodt")),
    "xlsx": ("LibreOffice", "soffice", office("fods")),
    "xls": ("LibreOffice", "soffice", office("fods")),
    "ods": ("LibreOffice", "soffice", office("fods")),
    "pptx": ("LibreOffice", "soffice", office("fodp")),
    "ppt": ("LibreOffice", "soffice", office("fodp")),
    "odp": ("LibreOffice", "soffice", office("fodp")),
    "odg": ("LibreOffice", "soffice", office("fodg")),
    "html": ("html.parser", None, each(html_page)),
    "epub": ("zipfile", None, each(epub)),
    "eml": ("email", None, each(mail)),
    "xml": ("ElementTree", None, each(xml)),
    "txt": ("codecs", None, each(plain)),
}
