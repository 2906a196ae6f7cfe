"""Small packages as other programs write them: the dialects are theirs, the patients ours.

``labyrinth`` is written as OpenLabyrinth 3 writes: numbered nodes in a section called
“unallocated”, HTML packed as base64, points on the nodes, the root told in its own extension.
``pathways`` as the Bit Pathways editor writes: one section, ids with prefixes, experts'
comments and questions beside the text, an extension with QTI. ``by_hand`` uses what the
standard has and neither of them does: sections in sections, conditions, rules of counters,
chance, timers, findings and tests.
"""

from __future__ import annotations

import base64
import zipfile
from collections.abc import Mapping
from pathlib import Path

AM = "http://ns.medbiq.org/activitymodel/v1/"
DAM = "http://ns.medbiq.org/dataavailabilitymodel/v1/"
VPD = "http://ns.medbiq.org/virtualpatientdata/v1/"
XHTML = "http://www.w3.org/1999/xhtml"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
NODE = "/ActivityModel/ActivityNodes/NodeSection/ActivityNode[@id='{}']"
COUNTER = "/ActivityModel/Properties/Counters/Counter[@id='{}']"

Files = dict[str, bytes]


def packed(path: Path, files: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def link(a: str, b: str, label: str, more: str = "", display: str = "true") -> str:
    return (
        f'<Link label="{label}" display="{display}"><ActivityNodeA>{NODE.format(a)}'
        f"</ActivityNodeA><ActivityNodeB>{NODE.format(b)}</ActivityNodeB>{more}</Link>"
    )


def rule(counter: str, value: int, operator: str = "+", more: str = "") -> str:
    return (
        f"<CounterActionRule><CounterOperator>{operator}</CounterOperator><CounterRuleValue>"
        f"{value}</CounterRuleValue><CounterPath>{COUNTER.format(counter)}</CounterPath>{more}"
        "</CounterActionRule>"
    )


def node(id_: str, label: str, shows: str, rules: str = "") -> str:
    inside = f"<Rules>{rules}</Rules>" if rules else ""
    return (
        f'<ActivityNode id="{id_}" label="{label}"><Content>/DataAvailabilityModel/'
        f"DAMNode[@id='{shows}']</Content>{inside}</ActivityNode>"
    )


def shows(id_: str, *paths: str, display: str = "immediately") -> str:
    items = "".join(
        f'<DAMNodeItem display="{display}"><ItemPath>{path}</ItemPath></DAMNodeItem>'
        for path in paths
    )
    return f'<DAMNode id="{id_}">{items}</DAMNode>'


def said(id_: str, html: str) -> str:
    return f'<VPDText id="{id_}" textType="narrative"><div xmlns="{XHTML}">{html}</div></VPDText>'


def text(id_: str) -> str:
    return f"/VirtualPatientData/VPDText[@id='{id_}']"


def model(inside: str, more: str = "") -> bytes:
    return f'<ActivityModel xmlns="{AM}" {more}>{inside}</ActivityModel>'.encode()


def availability(inside: str) -> bytes:
    return f'<DataAvailabilityModel xmlns="{DAM}">{inside}</DataAvailabilityModel>'.encode()


def data(inside: str, more: str = "") -> bytes:
    return f'<VirtualPatientData xmlns="{VPD}" {more}>{inside}</VirtualPatientData>'.encode()


def metadata(title: str, lang: str) -> bytes:
    return (
        f'<lom xmlns="http://ltsc.ieee.org/xsd/LOM"><general><title><string language="{lang}">'
        f"{title}</string></title><language>{lang}</language></general></lom>"
    ).encode()


def manifest(*names: str) -> bytes:
    resources = "".join(
        f'<resource identifier="{number}" type="webcontent" href="{name}"><file href="{name}"/>'
        "</resource>"
        for number, name in enumerate(names, start=1)
    )
    return (
        '<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="m">'
        f"<organizations/><resources>{resources}</resources></manifest>"
    ).encode()


def labyrinth() -> Files:
    def html(words: str) -> str:
        return base64.b64encode(words.encode()).decode()

    on = "<Probability>off</Probability><NavigateGlobal>on</NavigateGlobal>"
    nodes = (
        ("212", "Kvelden", "", "<p>Ragnhild, 81, ligger <b>urolig</b>.</p><ul><li>varm</li></ul>"),
        ("211", "Vaktrommet", "", "<p>Telefonen ringer.<br>Hva gjør du?</p><img src='x.png'>"),
        ("213", "Du går inn", rule("7", 5), "<h2>Rommet</h2><p>Hun ser på deg.</p>"),
        ("214", "Du venter", rule("7", 3, "-"), "<p>Det blir stille.</p>"),
        ("215", "Morgen", "", "<p>Natta er over.</p>"),
    )
    section = "".join(
        node(id_, label, f"OLNode_{id_}", rules + on) for id_, label, rules, _words in nodes
    )
    own = "".join(
        f'<ol:OL_node ID="{id_}" mnodeType="{"root" if id_ == "211" else "child"}" undoLinks="n"/>'
        for id_, *_rest in nodes
    )
    return {
        "metadata.xml": metadata("Ragnhild om natta", "nb"),
        "activitymodel.xml": model(
            '<Properties><Counters><Counter id="7" isVisible="true"><CounterLabel>Poeng'
            "</CounterLabel><CounterInitValue>0</CounterInitValue></Counter></Counters>"
            '</Properties><ActivityNodes><NodeSection id="9" label="natt">'
            f"{node('', 'Kvelden', 'OLNode_212')}</NodeSection>"
            f'<NodeSection id="" label="unallocated">{section}</NodeSection></ActivityNodes><Links>'
            f"{link('211', '212', 'Les journalen')}{link('211', '213', 'Gå inn')}"
            f"{link('212', '213', 'Gå inn likevel')}{link('212', '214', 'Vent')}"
            f"{link('213', '215', 'videre')}{link('214', '215', 'videre')}</Links>"
            f'<XtensibleInfo><ol:OL_xtensible xmlns:ol="{XSI}">{own}</ol:OL_xtensible>'
            "</XtensibleInfo>",
            f'xmlns:xsi="{XSI}" xsi:schemaLocation="{AM}activitymodel.xsd"',
        ),
        "dataavailabilitymodel.xml": availability(
            "".join(shows(f"OLNode_{id_}", text(f"NGR_{id_}")) for id_, *_rest in nodes)
        ),
        "virtualpatientdata.xml": data(
            "".join(said(f"NGR_{id_}", html(words)) for id_, _l, _r, words in nodes)
        ),
        "media/bilde.png": b"\x89PNG",
        "imsmanifest.xml": manifest("media/bilde.png"),
    }


def pathways() -> Files:
    cards = (("1", "Start"), ("2", "Samtalen"), ("3", "Ring legen"), ("4", "Slutt"))
    nodes = "".join(
        f'<ActivityNode id="AN_{id_}" label="{label}"><Content>/DataAvailabilityModel/DAMNode'
        f"[@id = 'CARD_{id_}']</Content></ActivityNode>"
        for id_, label in cards
    )
    return {
        "MVP/activitymodel.xml": model(
            f'<ActivityNodes><NodeSection id="NS_1" label="Virtual Patient">{nodes}</NodeSection>'
            f"</ActivityNodes><Links>{link('AN_1', 'AN_2', 'next')}"
            f"{link('AN_2', 'AN_3', 'Ja, ring nå')}{link('AN_2', 'AN_4', 'Nei, vent')}"
            f"{link('AN_3', 'AN_4', 'next')}</Links>",
            f'xmlns:xsi="{XSI}" xsi:schemaLocation="{AM} activitymodel.xsd"',
        ),
        "MVP/dataavailabilitymodel.xml": availability(
            shows("CARD_1", text("INFO_1"), text("EXPT_1"))
            + shows("CARD_2", text("INFO_2"), text("QEST_2_0"))
            + shows("CARD_3", text("INFO_3"))
            + shows("CARD_4", text("INFO_4"), text("ANSWERCOMMENT_2_0"), display="ontrigger")
        ),
        "MVP/virtualpatientdata.xml": data(
            said("INFO_1", "<p>Arne er 70 år og tungpustet.</p>")
            + said("EXPT_1", "<p>Se på frekvensen <em>først</em>.</p>")
            + said("INFO_2", "Du sitter ved senga.")
            + said("QEST_2_0", "Ringer du legen?")
            + said("INFO_3", "<p>Legen kommer.</p>")
            + said("INFO_4", "<p>Han sover.</p>")
            + said("ANSWERCOMMENT_2_0", "Det finnes ikke ett svar.")
            + '<XtensibleInfo><qti:assessmentItem xmlns:qti="http://www.imsglobal.org/xsd/'
            'imsqti_v2p1" identifier="q"/></XtensibleInfo>'
        ),
        "imsmanifest.xml": manifest("MVP/activitymodel.xml"),
    }


def by_hand() -> Files:
    """Points on links; a node that asks for another first; a counter that sends elsewhere."""
    asks = (
        f"<ConditionalRule><Operator><And><Operand>{NODE.format('exam')}</Operand></And></Operator>"
        f"<RuleRedirect>{NODE.format('exam')}</RuleRedirect><RuleMessage>Undersøk først."
        "</RuleMessage></ConditionalRule>"
    )
    counters = (
        '<Counter id="s"><CounterLabel>Safety</CounterLabel><CounterInitValue>10</CounterInitValue>'
        f"<CounterRules><Rule><Relation>lt</Relation><Value>9</Value><RuleRedirect>"
        f"{NODE.format('stop')}</RuleRedirect></Rule></CounterRules></Counter>"
        '<Counter id="p"><CounterLabel>Smerte</CounterLabel><CounterInitValue>6</CounterInitValue>'
        '</Counter><Counter id="x" isVisible="false"><CounterLabel>internal</CounterLabel>'
        "<CounterInitValue>0</CounterInitValue></Counter>"
    )
    timer = (
        "<Timer><TimerDeltaSeconds>60</TimerDeltaSeconds><TimerDirection>down</TimerDirection>"
        "</Timer>"
    )
    timed = node("start", "Visitten", "d-start").replace(
        "</ActivityNode>", f"<Services>{timer}</Services></ActivityNode>"
    )
    return {
        "activitymodel.xml": model(
            f"<Properties><Counters>{counters}</Counters></Properties><ActivityNodes>"
            '<NodeSection id="s1" label="alt"><NodeSection id="s2" label="dag">'
            f"{timed}{node('exam', 'Undersøk', 'd-exam')}"
            f"{node('treat', 'Behandle', 'd-treat', asks)}</NodeSection>"
            f'<NodeSection id="s3" label="kveld">{node("end", "Slutt", "d-end")}'
            f"{node('stop', 'Stopp', 'd-end')}{node('lost', 'Ingen vei', 'd-end')}</NodeSection>"
            "</NodeSection></ActivityNodes><Links>"
            f"{link('start', 'exam', 'Undersøk', rule('s', 2))}"
            f"{link('start', 'treat', 'Behandle straks', rule('s', 2, '-') + rule('p', 2, '-'))}"
            f"{link('start', 'treat', 'Vent og se')}"
            f"{link('exam', 'treat', 'Behandle', '<Weighting>50</Weighting>' + rule('x', 1))}"
            f"{link('exam', 'start', 'Gå tilbake')}"
            f"{link('treat', 'end', 'Ferdig', rule('s', 1, '='))}"
            f"{link('treat', 'start', 'En gang til', rule('s', 1))}"
            f"{link('treat', 'end', 'Skjult', '', 'false')}</Links>"
        ),
        "dataavailabilitymodel.xml": availability(
            shows("d-start", "/VirtualPatientData/PatientDemographics[@id='p']", text("t"))
            + shows(
                "d-exam",
                "/VirtualPatientData/PhysicalExam[@id='e']",
                "/VirtualPatientData/DiagnosticTest[@id='b']",
                "/VirtualPatientData/InterviewItem[@id='i']",
                "/VirtualPatientData/Medication[@id='m']",
                "/manifest/resources/resource[@identifier='1']",
            )
            + shows("d-treat", text("table"))
            + shows("d-end", text("slutt"), "/VirtualPatientData/VPDText[1]")
        ),
        "virtualpatientdata.xml": data(
            '<PatientDemographics id="p"><CoreDemographics id="c"><PatientID>17</PatientID>'
            "<Name>Solveig Etternavn</Name><Age>P77Y</Age><Sex>Female</Sex></CoreDemographics>"
            '<DemographicCharacteristic id="d"><Title>Bor alene</Title></DemographicCharacteristic>'
            "</PatientDemographics>"
            + said("t", "<p>Hun har 3 * 2 [vondt] og skriver <i>«au»</i>.</p>")
            + said("table", "<table><tr><td>puls</td><td>92</td></tr></table>")
            + said("slutt", "<p>Takk.</p>")
            + '<Medication id="m"><MedicationName>morfin</MedicationName><Dose>10 mg</Dose>'
            "<Route>po</Route><Frequency>x 2</Frequency></Medication>"
            '<InterviewItem id="i"><Question>Sover du?</Question><Response>Lite.</Response>'
            '</InterviewItem><PhysicalExam id="e"><ExamName>Buk</ExamName><Finding>Myk</Finding>'
            '<Description>Ingen motstand</Description></PhysicalExam><DiagnosticTest id="b">'
            "<TestName>CRP</TestName><Unit>mg/l</Unit><Result>40</Result><Normal>5</Normal>"
            "</DiagnosticTest>"
        ),
        "imsmanifest.xml": manifest("activitymodel.xml"),
    }
