from itertools import combinations

import pytest

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.access.permissions import GRANTS, ROLE_LABELS, Permission, Role

P = Permission
ADMINISTRATORS = (Role.SECURITY_ADMINISTRATOR, Role.AUDITOR, Role.SYSTEM_ADMINISTRATOR)


def test_every_role_is_granted_something_and_has_a_label() -> None:
    assert set(GRANTS) == set(Role) == set(ROLE_LABELS)
    assert all(GRANTS.values())


def test_every_permission_belongs_to_somebody() -> None:
    assert set().union(*GRANTS.values()) == set(Permission)


@pytest.mark.parametrize(("one", "other"), list(combinations(ADMINISTRATORS, 2)))
def test_no_administrator_can_do_the_work_of_another(one: Role, other: Role) -> None:
    assert not GRANTS[one] & GRANTS[other]


@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_administrators_see_no_hazards(role: Role) -> None:
    assert P.VIEW_HAZARDS not in GRANTS[role]


@pytest.mark.parametrize("role", Role)
def test_nobody_who_rectifies_also_rechecks_or_decides(role: Role) -> None:
    if P.RECTIFY_HAZARD in GRANTS[role]:
        assert not GRANTS[role] & {P.RECHECK_HAZARD, P.DECIDE_HAZARD, P.CLOSE_HAZARD}


def test_who_computes_scores_does_not_publish_them() -> None:
    assert not [role for role in Role if {P.RUN_ASSESSMENT, P.PUBLISH_ASSESSMENT} <= GRANTS[role]]


def test_the_system_itself_may_do_everything_and_a_person_only_what_the_role_grants() -> None:
    assert all(SYSTEM.can(permission) for permission in Permission)
    clerk = Actor(1, "甲", Role.COUNTY_CLERK, 1, 1)
    assert clerk.can(P.SEND_RETURN)
    assert not clerk.can(P.RECHECK_HAZARD)
