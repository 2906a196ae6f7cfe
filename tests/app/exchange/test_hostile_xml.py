"""Hostile XML is refused in one line, and does its harm when the defence is taken away."""

from __future__ import annotations

from pathlib import Path
from xml.sax import make_parser
from xml.sax.handler import feature_external_ges
from xml.sax.xmlreader import XMLReader

import pytest

from pallkit.errors import ContentError
from pallkit.i18n import LANGUAGES, render
from pallkit_app.exchange.markup import Limits, read_count, read_xml

DTD = "it declares a document type or entities"


def trusting_parser() -> XMLReader:
    parser: XMLReader = make_parser()  # noqa: S317  # the danger is what is tested
    parser.setFeature(feature_external_ges, True)  # noqa: FBT003  # the library's signature
    return parser


def laughs(times: int = 4) -> bytes:
    entities = '<!ENTITY a0 "ha ha ha ha ">'
    for number in range(times):
        entities += f'<!ENTITY a{number + 1} "{f"&a{number};" * 10}">'
    return f"<!DOCTYPE c [{entities}]><c>&a{times};</c>".encode()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_text("the key to the cupboard", encoding="utf-8")
    return path


def test_an_external_entity_does_not_read_a_file(secret: Path) -> None:
    hostile = f'<!DOCTYPE c [<!ENTITY x SYSTEM "{secret.as_uri()}">]><c>&x;</c>'.encode()
    with pytest.raises(ContentError, match=DTD):
        read_xml(hostile, "case.xml")
    assert read_xml(hostile, "case.xml", parser=trusting_parser).text == "the key to the cupboard"


def test_a_document_type_elsewhere_is_not_fetched(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.dtd"
    elsewhere.write_text('<!ENTITY x "fetched">', encoding="utf-8")
    hostile = f'<!DOCTYPE c SYSTEM "{elsewhere.as_uri()}"><c>&x;</c>'.encode()
    with pytest.raises(ContentError, match=DTD):
        read_xml(hostile, "case.xml")
    assert read_xml(hostile, "case.xml", parser=trusting_parser).text == "fetched"


def test_a_billion_laughs_are_refused_at_the_first() -> None:
    with pytest.raises(ContentError, match=DTD):
        read_xml(laughs(), "case.xml")
    grown = read_xml(laughs(), "case.xml", parser=trusting_parser).text or ""
    assert len(grown) > 200 * len(laughs())


def test_another_encoding_does_not_hide_a_document_type() -> None:
    hidden = laughs().decode().encode("utf-16")
    with pytest.raises(ContentError, match=DTD):
        read_xml(hidden, "case.xml")
    assert read_xml(hidden, "case.xml", parser=trusting_parser).text


def test_elements_too_deep_are_refused() -> None:
    deep = b"<a>" * 101 + b"</a>" * 101
    with pytest.raises(ContentError, match="more than 100 deep"):
        read_xml(deep, "case.xml")
    assert read_xml(deep, "case.xml", limits=Limits(depth=1000)).tag == "a"


def test_too_many_elements_are_refused() -> None:
    many = b"<a>" + b"<b/>" * 100_000 + b"</a>"
    with pytest.raises(ContentError, match="more than 100000 elements"):
        read_xml(many, "case.xml")
    assert len(read_xml(many, "case.xml", limits=Limits(elements=200_000))) == 100_000


def test_a_document_too_large_is_refused() -> None:
    large = b"<a>" + b" " * 8 * 1024 * 1024 + b"</a>"
    with pytest.raises(ContentError, match="larger than 8 MB"):
        read_xml(large, "case.xml")
    assert read_xml(large, "case.xml", limits=Limits(megabytes=10)).tag == "a"


@pytest.mark.parametrize("text", ["9" * 300, "-1", "1000001"])
def test_a_huge_counter_is_refused(text: str) -> None:
    with pytest.raises(ContentError, match="is not between 0 and 1000000") as raised:
        read_count(text, "Counter")
    assert all(len(render(raised.value.message, lang)) < 200 for lang in LANGUAGES)
    assert read_count(text, "Counter", least=-1, most=10**301) == int(text)


@pytest.mark.parametrize("text", ["", "1e9", "0x10", "٣", "1.0", "--1"])
def test_a_counter_that_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(ContentError, match="not a whole number"):
        read_count(text, "Counter")


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"<a>",
        b"<a></b>",
        b"<a b='1' b='2'/>",
        b"not XML",
        b'<?xml version="1.0" encoding="made-up"?><a/>',
        b'<?xml version="1.0" encoding="big5"?><a/>',
        b"<a>\x00</a>",
        b"<x:a/>",
        b"<a>&x;</a>",
    ],
)
def test_broken_xml_is_refused_with_its_line(broken: bytes) -> None:
    with pytest.raises(ContentError, match=r"“case.xml” was refused: .* \(line \d+\)"):
        read_xml(broken, "case.xml")


def test_ordinary_xml_is_read_with_its_namespaces() -> None:
    root = read_xml(b'<a xmlns="urn:x" xmlns:y="urn:y" y:b="1">t<c/>u</a>', "case.xml")
    assert root.tag == "{urn:x}a"
    assert root.attrib == {"{urn:y}b": "1"}
    assert [child.tag for child in root] == ["{urn:x}c"]
    assert (root.text, root[0].tail) == ("t", "u")
