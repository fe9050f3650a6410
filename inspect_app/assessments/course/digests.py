"""What a sheet says, in one canonical form, and its digest: SHA-256 over JSON with sorted keys."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from inspect_app.assessments.models import Assessment, AssessmentLine, CountySheet, ScoreSnapshot
from inspect_app.core.frozen import plain as digits
from inspect_app.core.lifecycle import plain
from inspect_app.evidence.models import Evidence

LINE_FIELDS = (
    "code",
    "computed",
    "computed_points",
    "reported",
    "reported_points",
    "note",
    "decision",
    "decision_reason",
    "change",
    "proposal_reason",
    "proposed_by_name",
    "confirmed_by_name",
    "points",
    "full",
    "why",
)


def content_of(assessment: Assessment, sheet: CountySheet, proofs: Mapping[int, Sequence[Evidence]]) -> dict[str, Any]:
    """Return everything a county is shown of its sheet."""
    return {
        "reference": assessment.reference,
        "scheme": [assessment.scheme_code, assessment.scheme_version, assessment.scheme_hash],
        "period": assessment.period,
        "frozen_at": None if assessment.frozen_at is None else assessment.frozen_at.isoformat(),
        "county": sheet.county.code,
        "score": _text(sheet.score),
        "full": _text(sheet.full),
        "grade": sheet.grade,
        "rank": sheet.rank,
        "result": sheet.result,
        "lines": [_line(line, proofs.get(line.id, ())) for line in sheet.lines],
    }


def published_content(shown: Mapping[str, Any], snapshot: ScoreSnapshot, before: str | None) -> dict[str, Any]:
    """Return what the digest of a published sheet covers: what is shown, what the snapshot keeps, what it corrects."""
    kept = {"lines": snapshot.lines, "facts": snapshot.facts, "score": _text(snapshot.score)}
    return {**shown, "kept": {**kept, "full": _text(snapshot.full), "grade": snapshot.grade}, "corrects": before}


def digest_of(content: Mapping[str, Any]) -> str:
    """Return the digest of content."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def joint_digest(digests: Iterable[str]) -> str:
    """Return one digest for many sheets, whatever their order."""
    return digest_of({"sheets": sorted(digests)})


def _line(line: AssessmentLine, proofs: Iterable[Evidence]) -> dict[str, Any]:
    told = {name: _text(getattr(line, name)) for name in LINE_FIELDS}
    return told | {"proofs": sorted(each.sha256 for each in proofs)}


def _text(value: object) -> object:
    return digits(value) if isinstance(value, Decimal) else plain(value)
