"""Writes ke-hoach-2025-thanh-lam.docx from the text beside it, the way an office would: head and signature in tables, the
levels below the parts numbered by Word itself instead of typed. Standard library only: python3 make_docx.py"""

import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).parent
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
# Level in the list by what the text has typed; `1.1.` is counted from the level above.
LEVELS = [(r"[IVX]+\. ", 0), (r"\d+\.\d+\. ", 2), (r"\d+\. ", 1), (r"[a-z]\) ", 3), (r"- ", 4), (r"\+ ", 5), (r"• ", 6)]
FORMATS = [("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3."), ("lowerLetter", "%4)"),
           ("bullet", "-"), ("bullet", "+"), ("bullet", "\uf0b7")]


def paragraph(text, level=None, list_id=1):
    number = "" if level is None else f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr></w:pPr>'
    # Word splits runs anywhere; so does this.
    cut = len(text) // 2
    runs = "".join(f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>' for part in (text[:cut], text[cut:]) if part)
    return f"<w:p>{number}{runs}</w:p>"


def table(*cells):
    return "<w:tbl><w:tr>" + "".join(f"<w:tc>{''.join(cell)}</w:tc>" for cell in cells) + "</w:tr></w:tbl>"


def main():
    text = (HERE / "ke-hoach-2025-thanh-lam.txt").read_text(encoding="utf-8")
    head, rest = text.split("\n\n", 1)
    body, end = rest.split("\nNơi nhận:\n", 1)
    receivers, signature, appendix = end.split("\n\n", 2)
    out = [table([paragraph(line) for line in head.splitlines()[:3]], [paragraph(line) for line in head.splitlines()[3:]])]
    list_id, blocks = 0, [re.sub(r"\s*\n(?!- |\+ |• |[A-Z]|Căn|Xét|Đã)", " ", block) for block in body.split("\n\n")]
    for line in "\n".join(blocks).splitlines():
        if line.startswith("Phần thứ"):
            list_id += 1
        found = next(((pattern, level) for pattern, level in LEVELS if re.match(pattern, line)), None)
        if found and list_id:
            out.append(paragraph(re.sub(found[0], "", line, count=1), found[1], list_id))
        else:
            out.append(paragraph(line))
    out.append(table([paragraph("Nơi nhận:")] + [paragraph(line) for line in receivers.splitlines()],
                     [paragraph(line) for line in signature.splitlines()]))
    out += [paragraph(line.replace("\t", " ")) for line in appendix.splitlines()]
    levels = "".join(f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{written}"/></w:lvl>'
                     for n, (kind, written) in enumerate(FORMATS))
    lists = "".join(f'<w:abstractNum w:abstractNumId="{n}">{levels}</w:abstractNum>' for n in (0, 1))
    lists += "".join(f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (0, 1))
    parts = {
        "[Content_Types].xml": '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/></Types>',
        "_rels/.rels": '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/></Relationships>',
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?><w:document {W}><w:body>{"".join(out)}</w:body></w:document>',
        "word/numbering.xml": f'<?xml version="1.0" encoding="UTF-8"?><w:numbering {W}>{lists}</w:numbering>',
    }
    with zipfile.ZipFile(HERE / "ke-hoach-2025-thanh-lam.docx", "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(zipfile.ZipInfo(name, (2025, 2, 5, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


main()
