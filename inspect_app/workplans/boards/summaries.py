"""The half-year and year-end summary: one row a task in the order of the notice, its figures as they are today."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from inspect_app.core.labels import Sentence, mark, say
from inspect_app.core.rates import rate
from inspect_app.documents.definition import day_text
from inspect_app.workplans.boards.matrix import GROUP_OF, GROUPS, Group, Wish, chosen
from inspect_app.workplans.boards.owed import Owed
from inspect_app.workplans.boards.reading import Known, Task
from inspect_app.workplans.boards.stuck import Stuck, grouped, stuck_among
from inspect_app.workplans.boards.urging import name_of
from inspect_app.workplans.words import Look

SUMMARY = "work_summary"


@dataclass(frozen=True)
class Line:
    """A task in a summary: `sums` count what is owed, `stuck` tells what is late.

    `counties` counts each county once: late when anything is late, done when everything is accepted or waived.
    """

    task: Task
    sums: Counter[Group]
    counties: Counter[Group]
    stuck: Sequence[Stuck]

    @property
    def total(self) -> int:
        """Count what is owed, waived or not."""
        return self.sums.total()

    @property
    def owing_counties(self) -> int:
        """Count the counties for which not everything is waived."""
        return self.counties.total() - self.counties[Group.WAIVED]


@dataclass(frozen=True)
class Summary:
    """A summary up to a reporting date, or of all so far; on-time figures as `rules.on_time` counts them."""

    known: Known
    wish: Wish
    lines: Sequence[Line]
    sums: Counter[Group]
    on_time: int
    decided: int

    @property
    def total(self) -> int:
        """Count what is owed, waived or not."""
        return self.sums.total()

    @property
    def rate(self) -> Decimal | None:
        """Return the share that came on time; None while nothing is decided."""
        return rate(self.on_time, self.decided)


def summary_of(known: Known, wish: Wish) -> Summary:
    """Sum a plan up as it is today."""
    owed = chosen(known.owed, wish, known.dates, known.today)
    tasks = {each.task_id for each in owed}
    lines = [_line(known, task, owed) for task in known.tasks if task.id in tasks]
    decided = [timely for each in owed if (timely := each.on_time(known.today)) is not None]
    return Summary(known, wish, lines, _groups(known, owed), sum(decided), len(decided))


def summary_data(known: Known, wish: Wish | None = None) -> dict[str, object]:
    """Return a summary as the document takes it; without a wish, up to the last reporting date that has begun."""
    summary = summary_of(known, wish or Wish(latest(known)))
    return {
        "addressee": f"{known.plan.region.name}抗震救灾指挥部",
        "plan": name_of(known.plan),
        "period": period_of(summary),
        "figures": "\n".join(str(each) for each in figures_of(summary)),
        "tasks": [row_of(known, line) for line in summary.lines],
    }


def latest(known: Known) -> int | None:
    """Return the number of the newest reporting date that is over, else of the first one."""
    over = [on.number for on in known.dates if on.due_on <= known.today]
    return max(over) if over else known.dates[0].number if known.dates else None


def period_of(summary: Summary) -> str:
    """Name the period: the year or its reporting date, and the day of the figures."""
    dates = {on.number: on.title for on in summary.known.dates}
    title = dates.get(summary.wish.number or 0, "")
    return f"{summary.known.plan.year}年{title}（截至{day_text(summary.known.today)}）"


def figures_of(summary: Summary) -> list[Sentence]:
    """Say in sentences what came of the whole."""
    sums, share = summary.sums, summary.rate
    told = [
        say(
            mark(
                "共 %(tasks)s 项任务，应报 %(total)s 件，其中已认可 %(done)s 件，待审核 %(reported)s 件，"
                "逾期未报或退回未重报 %(late)s 件，未到期 %(open)s 件，免报 %(waived)s 件。"
            ),
            tasks=len(summary.lines), total=summary.total, **{group.value: sums[group] for group in Group},
        )
    ]  # fmt: skip
    if share is None:
        return [*told, say(mark("还没有到期或已报的事项，按时率不作计算。"))]
    known = {"on_time": summary.on_time, "decided": summary.decided, "rate": f"{round(share * 100, 1)}%"}
    return [*told, say(mark("应判定 %(decided)s 件，按时 %(on_time)s 件，按时率 %(rate)s。"), **known)]


def row_of(known: Known, line: Line) -> dict[str, str]:
    """Return a task as a row of the document."""
    return {
        "task": f"{line.task.number}{line.task.title}",
        "lead": "、".join(line.task.leads),
        "progress": str(progress_of(line)),
        "counties": str(counties_of(line)),
        "problems": problems_of(known, line),
    }


def progress_of(line: Line) -> Sentence:
    """Say how far a task is."""
    parts = "，".join(f"{GROUPS[group]} {line.sums[group]}" for group in Group if line.sums[group])
    return say(mark("应报 %(total)s：%(parts)s"), total=line.total, parts=parts)


def counties_of(line: Line) -> Sentence | str:
    """Say how many counties are done and how many are late; a dash where none owes anything."""
    whole = line.owing_counties
    if not whole:
        return "—"
    counted = {"done": line.counties[Group.DONE], "late": line.counties[Group.LATE], "whole": whole}
    return say(mark("完成 %(done)s／%(whole)s，逾期 %(late)s"), **counted)


def problems_of(known: Known, line: Line) -> str:
    """Name who is late with a task and since when; "" when nobody is."""
    told = []
    for place, rows in grouped(line.stuck, lambda owed: owed.owner).items():
        back = mark("%(owner)s退回后 %(days)s 天未重报")
        late = mark("%(owner)s逾期 %(days)s 天未报")
        sentence = back if rows[0].look is Look.RETURNED else late
        told.append(str(say(sentence, owner=known.owners[place].name, days=rows[0].days)))
    return "；".join(told)


def _line(known: Known, task: Task, owed: Iterable[Owed]) -> Line:
    own = [each for each in owed if each.task_id == task.id]
    each_county = ([one for one in own if one.owner == owner.place] for owner in known.counties)
    counties = Counter(_county(theirs, known) for theirs in each_county if theirs)
    return Line(task, _groups(known, own), counties, stuck_among(own, known.today))


def _county(own: Sequence[Owed], known: Known) -> Group:
    """Return how a county stands in a task: late before all, waived only when everything is."""
    found = {GROUP_OF[each.look(known.today)] for each in own}
    order = (Group.LATE, Group.OPEN, Group.REPORTED, Group.DONE, Group.WAIVED)
    return next(group for group in order if group in found)


def _groups(known: Known, owed: Iterable[Owed]) -> Counter[Group]:
    return Counter(GROUP_OF[each.look(known.today)] for each in owed)
