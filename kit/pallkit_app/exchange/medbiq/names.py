"""What the files, namespaces and ids of a package are called.

PallKit's ids tell a reader of the package what is what without the extension: the node of a
step has the step's id, the node that follows an answer is ``step--answer``, and what a node
shows is ``kind.step``. So the package can be read back as a case when another program has
taken the extension away.
"""

from __future__ import annotations

import re
from typing import Final

MODEL: Final = "http://ns.medbiq.org/activitymodel/v1/"
SHOWN: Final = "http://ns.medbiq.org/dataavailabilitymodel/v1/"
DATA: Final = "http://ns.medbiq.org/virtualpatientdata/v1/"
XHTML: Final = "http://www.w3.org/1999/xhtml"
LOM: Final = "http://ltsc.ieee.org/xsd/LOM"
IMSCP: Final = "http://www.imsglobal.org/xsd/imscp_v1p1"
ADLCP: Final = "http://www.adlnet.org/xsd/adlcp_v1p3"
OWN: Final = "urn:pallkit:medbiq:1"

MODEL_FILE: Final = "activitymodel.xml"
SHOWN_FILE: Final = "dataavailabilitymodel.xml"
DATA_FILE: Final = "virtualpatientdata.xml"
MANIFEST_FILE: Final = "imsmanifest.xml"
METADATA_FILE: Final = "metadata.xml"
LOSS_FILE: Final = "loss.txt"
CASE_FILES: Final = (MODEL_FILE, SHOWN_FILE, DATA_FILE)

DANGER: Final = "danger"
CLOCK: Final = "clock"
INVENTED: Final = "invented"
EXPERT: Final = "expert"
BETWEEN: Final = "--"
"""Between a step's id and an answer's: no id of ours has two hyphens in a row."""

_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
STEP: Final = re.compile(rf"({_SLUG})")
FOLLOWS: Final = re.compile(rf"({_SLUG})--({_SLUG})")
KIND: Final = re.compile(rf"(info|gather|reflect|choice|consult)(?:\.([0-9]{{1,2}}))?\.({_SLUG})")
"""What a node shows: the kind, how many questions may be asked, and the step."""


def follows(step: str, answer: str) -> str:
    """The id of the node that tells what follows ``answer`` at ``step``."""
    return f"{step}{BETWEEN}{answer}"


def q(space: str, local: str) -> str:
    """A name as the XML library writes it."""
    return f"{{{space}}}{local}"
