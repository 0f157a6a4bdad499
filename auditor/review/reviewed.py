"""An audit in the light of the files that remember: waivers and a baseline."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from auditor.model.check import Audit
from auditor.review import baseline, judged, waivers


def reviewed(audit: Audit, waived: Path | None, known: Path | None, today: date) -> Audit:
    """The audit with its findings marked as waived, new or known. Raises ConfigError for a faulty file."""
    if waived is not None:
        audit = judged.decided(audit, *waivers.load(waived), today)
    return audit if known is None else baseline.compared(audit, baseline.load(known)[0])
