"""``imsmanifest.xml`` of a package with one SCO, as SCORM 1.2 asks for it.

Source: ADL, *SCORM Content Aggregation Model* 1.2 (2001): IMS Content Packaging 1.1.2 with
``adlcp:scormtype``. No ``schemaLocation``: the schemas are not in the package, and platforms
do not fetch them.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from pallkit.about import INTENDED_PURPOSE
from pallkit.cases import Case, Prose
from pallkit.cases.values import Level
from pallkit.cases.view_notices import DRAFT
from pallkit.i18n import Language, render
from pallkit_app.exchange.scorm.files import PAGE

MANIFEST = "imsmanifest.xml"


def manifest(case: Case, texts: Prose, level: Level, lang: Language, files: Iterable[str]) -> str:
    """The manifest, listing every file; what the case is for stands in its description."""
    about = [texts.summary, render(INTENDED_PURPOSE, lang)]
    if case.draft:
        about.append(render(DRAFT, lang))
    return _XML.format(
        identifier=quoteattr(f"pallkit-{case.id}-{level}-{lang}"),
        version=quoteattr(str(case.version)),
        lang=quoteattr(texts.lang),
        lang_text=escape(texts.lang),
        title=escape(texts.title),
        about=escape(" ".join(about)),
        page=quoteattr(PAGE),
        files="\n".join(f"      <file href={quoteattr(name)}/>" for name in files),
    )


_XML = """\
<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier={identifier} version={version}
  xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"
  xmlns:imsmd="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
    <imsmd:lom>
      <imsmd:general>
        <imsmd:title><imsmd:langstring xml:lang={lang}>{title}</imsmd:langstring></imsmd:title>
        <imsmd:language>{lang_text}</imsmd:language>
        <imsmd:description>
          <imsmd:langstring xml:lang={lang}>{about}</imsmd:langstring>
        </imsmd:description>
      </imsmd:general>
    </imsmd:lom>
  </metadata>
  <organizations default="course">
    <organization identifier="course">
      <title>{title}</title>
      <item identifier="case" identifierref="player" isvisible="true">
        <title>{title}</title>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="player" type="webcontent" adlcp:scormtype="sco" href={page}>
{files}
    </resource>
  </resources>
</manifest>
"""
