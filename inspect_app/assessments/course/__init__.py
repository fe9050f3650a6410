"""The year's course of an assessment: self-report, review, appeals, publication, correction."""
