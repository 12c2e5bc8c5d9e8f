"""Word files as the XML that Word writes, for tests."""

import io
import zipfile
from collections.abc import Mapping

from extractors.formats.word.document import read_docx
from extractors.records import Block

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PARTS = ("document.main", "numbering", "styles", "footnotes", "endnotes", "header", "footer")
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Chapter head"/><w:basedOn w:val="H2"/></w:style>
<w:style w:type="paragraph" w:styleId="Cap"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Numbered"><w:name w:val="Numbered para"/>
  <w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Says"><w:name w:val="Recommendation"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>
"""
LEVELS = """
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%3)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
 <w:lvlText w:val="Recommendation %1:"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
"""
SENTENCE = "The inquiry found that the force kept no record of the stops."


def xml(name: str, inner: str) -> bytes:
    return f'<?xml version="1.0"?><w:{name} xmlns:w="{W}" xmlns:r="{R}">{inner}</w:{name}>'.encode()


def made(body: str, **parts: str) -> bytes:
    """A DOCX with this body; *parts* by name: numbering, styles, footnotes, endnotes, header, footer."""
    files: dict[str, bytes] = {"word/styles.xml": xml("styles", parts.pop("styles", STYLES))}
    files["word/numbering.xml"] = xml("numbering", parts.pop("numbering", LEVELS))
    roots = {"header": "hdr", "footer": "ftr"}
    files |= {f"word/{n}.xml": xml(roots.get(n, n), inner) for n, inner in parts.items()}
    names = [f.removeprefix("word/").removesuffix(".xml") for f in files]
    section = "".join(f'<w:{n}Reference w:type="default" r:id="r{n}"/>' for n in ("header", "footer") if n in parts)
    files["word/document.xml"] = xml("document", f"<w:body>{body}<w:sectPr>{section}</w:sectPr></w:body>")
    files["word/_rels/document.xml.rels"] = relations({n: (n, f"{n}.xml") for n in names})
    return zipped(files)


def relations(of: Mapping[str, tuple[str, str]]) -> bytes:
    lines = "".join(f'<Relationship Id="r{i}" Type="{R}/{kind}" Target="{to}"/>' for i, (kind, to) in of.items())
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{lines}</Relationships>'.encode()


def zipped(files: Mapping[str, bytes], main: str = "document.main+xml") -> bytes:
    kinds = "".join(
        f'<Override PartName="/{n}" ContentType="{MIME}.{main if "document" in n else n[5:-4] + "+xml"}"/>'
        for n in files
        if n.endswith(".xml")
    )
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    whole = {
        "[Content_Types].xml": f'<Types xmlns="{space}">{rels}{kinds}</Types>'.encode(),
        "_rels/.rels": relations({"1": ("officeDocument", "word/document.xml")}),
        **files,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in whole.items():
            archive.writestr(name, data)
    return out.getvalue()


def p(text: str, style: str = "", *, num: tuple[int, int] | None = None, run: str = "", more: str = "") -> str:
    marks = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num is not None:
        marks += f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>'
    words = "<w:tab/>".join(f'<w:t xml:space="preserve">{t}</w:t>' for t in text.split("\t"))
    return f"<w:p><w:pPr>{marks}</w:pPr><w:r><w:rPr>{run}</w:rPr>{words}</w:r>{more}</w:p>"


def table(*rows: list[str]) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(f'<w:tc>{c}</w:tc>' for c in row)}</w:tr>" for row in rows) + "</w:tbl>"


def seen(data: bytes) -> list[tuple[str, str | None, str]]:
    """Kind, number or marker, and text of each block."""
    return [(b.kind.value, b.number or b.marker, b.text) for b in read_docx(data, "a.docx").blocks]


def one(data: bytes) -> Block:
    (block,) = read_docx(data, "a.docx").blocks
    return block


def run(inner: str, marks: str = "") -> str:
    return f"<w:r><w:rPr>{marks}</w:rPr>{inner}</w:r>"


def field(instruction: str, shown: str) -> str:
    def sign(kind: str) -> str:
        return run(f'<w:fldChar w:fldCharType="{kind}"/>')

    return sign("begin") + run(f"<w:instrText>{instruction}</w:instrText>") + sign("separate") + shown + sign("end")
