"""A virtual patient as the standard's three files, in the order its schemas ask for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement

from pallkit_app.exchange.medbiq.model import (
    Action,
    Counter,
    CounterRule,
    Extension,
    Fields,
    Item,
    Link,
    Node,
    Patient,
    Text,
    VirtualPatient,
    Visited,
)
from pallkit_app.exchange.medbiq.names import (
    DATA,
    DATA_FILE,
    MODEL,
    MODEL_FILE,
    OWN,
    SHOWN,
    SHOWN_FILE,
    q,
)
from pallkit_app.exchange.medbiq.serial import to_bytes

_ORDER = (
    "Medication",
    "InterviewItem",
    "PhysicalExam",
    "DiagnosticTest",
    "Diagnosis",
    "Intervention",
)


def to_files(patient: VirtualPatient) -> dict[str, bytes]:
    """The three files by name, with the extension where there is one."""
    files = {
        MODEL_FILE: to_bytes(_model(patient, patient.extension)),
        SHOWN_FILE: to_bytes(_shown(patient)),
        DATA_FILE: to_bytes(_data(patient)),
    }
    return dict(sorted(files.items()))


def digest(patient: VirtualPatient) -> str:
    """What tells whether the standard's part of a package is as it was written."""
    found = hashlib.sha256(to_bytes(_model(patient, None)))
    found.update(to_bytes(_shown(patient)))
    found.update(to_bytes(_data(patient)))
    return found.hexdigest()


def node_path(id_: str) -> str:
    """Where a node stands, as the standard points to it."""
    return f"/ActivityModel/ActivityNodes/NodeSection/ActivityNode[@id='{id_}']"


def _model(patient: VirtualPatient, extension: Extension | None) -> Element:
    root = Element(q(MODEL, "ActivityModel"))
    if patient.counters:
        counters = SubElement(SubElement(root, q(MODEL, "Properties")), q(MODEL, "Counters"))
        for counter in patient.counters:
            _counter(counters, counter)
    nodes = SubElement(root, q(MODEL, "ActivityNodes"))
    section = SubElement(nodes, q(MODEL, "NodeSection"), {"id": "case", "label": patient.title})
    for node in patient.nodes:
        _node(section, node)
    if patient.links:
        links = SubElement(root, q(MODEL, "Links"))
        for link in patient.links:
            _link(links, link)
    if extension is not None:
        _extension(SubElement(root, q(MODEL, "XtensibleInfo")), extension)
    return root


def _counter(below: Element, counter: Counter) -> None:
    visible = "true" if counter.visible else "false"
    made = SubElement(below, q(MODEL, "Counter"), {"id": counter.id, "isVisible": visible})
    SubElement(made, q(MODEL, "CounterLabel")).text = counter.label
    SubElement(made, q(MODEL, "CounterInitValue")).text = str(counter.start)
    if counter.rules:
        rules = SubElement(made, q(MODEL, "CounterRules"))
        for rule in counter.rules:
            _rule(rules, rule)


def _rule(below: Element, rule: CounterRule) -> None:
    made = SubElement(below, q(MODEL, "Rule"))
    SubElement(made, q(MODEL, "Relation")).text = rule.relation
    SubElement(made, q(MODEL, "Value")).text = str(rule.value)
    if rule.redirect is not None:
        SubElement(made, q(MODEL, "RuleRedirect")).text = node_path(rule.redirect)
    if rule.message:
        SubElement(made, q(MODEL, "RuleMessage")).text = rule.message


def _node(below: Element, node: Node) -> None:
    made = SubElement(below, q(MODEL, "ActivityNode"), {"id": node.id, "label": node.label})
    content = SubElement(made, q(MODEL, "Content"))
    content.text = f"/DataAvailabilityModel/DAMNode[@id='{node.shows}']"
    if not node.actions and node.when is None:
        return
    rules = SubElement(made, q(MODEL, "Rules"))
    _actions(rules, node.actions)
    if node.when is not None:
        rule = SubElement(rules, q(MODEL, "ConditionalRule"))
        _visited(SubElement(rule, q(MODEL, "Operator")), node.when)
        if node.redirect is not None:
            SubElement(rule, q(MODEL, "RuleRedirect")).text = node_path(node.redirect)
        if node.message:
            SubElement(rule, q(MODEL, "RuleMessage")).text = node.message


def _visited(below: Element, when: Visited) -> None:
    made = SubElement(below, q(MODEL, when.word))
    for node in when.nodes:
        SubElement(made, q(MODEL, "Operand")).text = node_path(node)
    for word in ("And", "Or", "Nand", "Nor"):
        for part in when.parts:
            if part.word == word:
                _visited(made, part)


def _link(below: Element, link: Link) -> None:
    display = "true" if link.display else "false"
    made = SubElement(below, q(MODEL, "Link"), {"label": link.label, "display": display})
    SubElement(made, q(MODEL, "ActivityNodeA")).text = node_path(link.a)
    SubElement(made, q(MODEL, "ActivityNodeB")).text = node_path(link.b)
    if link.weighting is not None:
        SubElement(made, q(MODEL, "Weighting")).text = str(link.weighting)
    _actions(made, link.actions)


def _actions(below: Element, actions: Iterable[Action]) -> None:
    for action in actions:
        made = SubElement(below, q(MODEL, "CounterActionRule"))
        SubElement(made, q(MODEL, "CounterOperator")).text = action.operator
        SubElement(made, q(MODEL, "CounterRuleValue")).text = str(action.value)
        path = f"/ActivityModel/Properties/Counters/Counter[@id='{action.counter}']"
        SubElement(made, q(MODEL, "CounterPath")).text = path


def _extension(below: Element, extension: Extension) -> None:
    made = SubElement(below, q(OWN, "case"), {"native": extension.native})
    SubElement(made, q(OWN, "structure")).text = extension.case
    for lang, text in sorted(extension.texts.items()):
        SubElement(made, q(OWN, "texts"), {"lang": lang}).text = text


def _shown(patient: VirtualPatient) -> Element:
    root = Element(q(SHOWN, "DataAvailabilityModel"))
    labels = {node.shows: node.label for node in patient.nodes}
    for id_, items in patient.shown.items():
        node = SubElement(root, q(SHOWN, "DAMNode"), {"id": id_})
        if labels.get(id_):
            SubElement(node, q(SHOWN, "DAMNodeLabel")).text = labels[id_]
        for order, item in enumerate(items, start=1):
            _item(node, item, order)
    return root


def _item(below: Element, item: Item, order: int) -> None:
    made = SubElement(below, q(SHOWN, "DAMNodeItem"), {"display": item.display})
    data = f"/VirtualPatientData/{item.kind}[@id='{item.id}']"
    files = f"/manifest/resources/resource[@identifier='{item.id}']"
    SubElement(made, q(SHOWN, "ItemPath")).text = files if item.kind == "resource" else data
    SubElement(made, q(SHOWN, "ItemOrder")).text = str(order)


def _data(patient: VirtualPatient) -> Element:
    root = Element(q(DATA, "VirtualPatientData"))
    _patient(root, patient.patient)
    for id_, text in patient.texts.items():
        _text(root, id_, text)
    for kind in _ORDER:
        for id_, fields in patient.fields.items():
            if fields.kind == kind:
                _fields(root, id_, fields)
    return root


def _patient(below: Element, patient: Patient) -> None:
    made = SubElement(below, q(DATA, "PatientDemographics"), {"id": "patient"})
    core = {"Name": patient.name, "Age": patient.age, "Sex": patient.sex}
    if any(core.values()):
        found = SubElement(made, q(DATA, "CoreDemographics"), {"id": "core"})
        for name, value in core.items():
            if value:
                SubElement(found, q(DATA, name)).text = value
    for id_, (title, description) in patient.traits.items():
        trait = SubElement(made, q(DATA, "DemographicCharacteristic"), {"id": id_})
        SubElement(trait, q(DATA, "Title")).text = title
        if description:
            SubElement(trait, q(DATA, "Description")).text = description


def _text(below: Element, id_: str, text: Text) -> None:
    made = SubElement(below, q(DATA, "VPDText"), {"id": id_, "textType": text.sort})
    made.append(text.div)


def _fields(below: Element, id_: str, fields: Fields) -> None:
    made = SubElement(below, q(DATA, fields.kind), {"id": id_})
    for name, value in fields.parts:
        SubElement(made, q(DATA, name)).text = value
