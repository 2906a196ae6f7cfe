"""Hold the files of a package against the official schemas, which lie beside this module.

lxml cannot load the patient schema; xmlschema can, in about two seconds, so each is loaded
once and only when it is asked for. Nothing is fetched: the schemas are local, and what an
instance says of where its schema lies is not followed.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from xml.etree.ElementTree import Element

import xmlschema

from pallkit.i18n import _
from pallkit_app.exchange.medbiq.names import DATA_FILE, MODEL_FILE, SHOWN_FILE
from pallkit_app.exchange.package import refused, shown

_SCHEMAS = {
    MODEL_FILE: "activitymodel.xsd",
    SHOWN_FILE: "dataavailabilitymodel.xsd",
    DATA_FILE: "virtualpatientdata.xsd",
}


def refuse_invalid(root: Element, name: str) -> None:
    """Raise :class:`pallkit.errors.ContentError`, with the place, unless ``root`` is valid."""
    held = xmlschema.XMLResource(root, allow="none", defuse="always")
    for error in schema_of(name).iter_errors(held, use_location_hints=False):
        path, reason = _local(error.path or "/"), _local(error.reason or "")
        why = _(
            "it does not follow the standard at {path} ({reason})",
            path=shown(path),
            reason=shown(reason),
        )
        raise refused(name, why)


@cache
def schema_of(name: str) -> xmlschema.XMLSchema:
    """The official schema of one of the package's files."""
    with as_file(files(__package__) / "schemas") as folder:
        return xmlschema.XMLSchema(
            str(folder / _SCHEMAS[name]), allow="sandbox", defuse="always", use_fallback=True
        )


def _local(text: str) -> str:
    """Without namespaces, which say nothing to whoever reads the message."""
    parts = text.split("{")
    return parts[0] + "".join(part.rpartition("}")[2] for part in parts[1:])
