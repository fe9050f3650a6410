"""The conditions of steps as sentences: what a person reads when a step may not be taken yet (§5.4, §5.6, §5.7).

Facts that the system adds to those of the form (see `circumstances` and `photographs`): `photos_before` and
`photos_after` (SHA-256 of each) and what is known of them, `proofs`, `controls` and `recheck_photos` (numbers of
files), `latest_due_on` and `ask_until` (days), `rechecker_names`, `own_unit`, `open_children`, `open_parts`,
`merged_into_id`, and `corrections` as column -> [before, after].
"""
