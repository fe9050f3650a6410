"""The work of a job, in a process of its own: everything that only reads first, then one short transaction.

The transaction that carries out the work is the one that ends the job. A process that is killed has therefore done all
or nothing, and one that was given up and goes on after all finds that the job has another version.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import structlog
from sqlalchemy.orm import Session

from inspect_app.access.actor import SYSTEM, Actor
from inspect_app.core.collector import collector_paused
from inspect_app.core.database import db, staging, transaction
from inspect_app.core.errors import DomainError, Stale, StepRefused
from inspect_app.core.labels import Sentence, mark, say
from inspect_app.hazards.bulk import stage_many
from inspect_app.hazards.staging import clear
from inspect_app.hazards.text_index import take_in_new
from inspect_app.returns import receiving, service, undoing
from inspect_app.returns.applying import Outrun, Ready, make_ready
from inspect_app.returns.comparing import plan_for
from inspect_app.returns.jobs import queries
from inspect_app.returns.jobs.folder import Folder, Progress
from inspect_app.returns.jobs.service import Kind, end, sentence_of, step
from inspect_app.returns.keeping import restore
from inspect_app.returns.models import ReturnBatch, ReturnJob

PHASES: Mapping[str, str] = {
    "waiting": mark("等待开始"),
    "reading": mark("读取文件"),
    "comparing": mark("与清单逐行比对"),
    "storing": mark("保存结果"),
    "preparing": mark("准备写入"),
    "writing": mark("写入清单"),
    "undoing": mark("撤回"),
}
TRIES = 3
TURN = 0.5
"""Seconds in which those who waited for a publication write before the index of words takes the new rows."""
READ, COMPARED, PREPARED, WRITTEN = 5, 45, 60, 95
UNEXPECTED = mark("处理过程中发生意外错误，没有改变任何内容。请重试；仍不成功的，请联系系统管理员。")
log = structlog.get_logger("inspect_app")


class Stopped(Exception):
    """Somebody asked that this work be stopped."""


@dataclass(frozen=True)
class Task:
    """A job under way: for whom, since which version, with what, and where progress is told."""

    session: Session
    actor: Actor
    job_id: int
    version: int
    folder: Folder

    @property
    def job(self) -> ReturnJob:
        """The job as it stands now."""
        return self.session.get_one(ReturnJob, self.job_id)

    @property
    def batch(self) -> ReturnBatch:
        """The return that the job is about."""
        return self.session.get_one(ReturnBatch, self.job.batch_id)

    def say(self, phase: str, percent: int) -> None:
        """Tell how far the work has come, and stop where somebody asked for it."""
        if self.folder.is_asked_to_stop():
            raise Stopped
        self.folder.say(Progress(phase, percent))

    def finish(self, batch: ReturnBatch) -> None:
        """End the job well, in the transaction of its work."""
        end(self.session, self.actor, self.job, "finish", version=self.version, batch=batch)


@collector_paused()
def work(uuid: str, folder: Folder) -> None:
    """Do a job that waits, and end it; whatever goes wrong is told by its message."""
    task = _begin(uuid, folder)
    with folder.beating():
        _do(task)
    folder.remove()


def _begin(uuid: str, folder: Folder) -> Task:
    session = db.session()
    with transaction():
        job = queries.by_uuid(session, SYSTEM, uuid)
        actor = queries.asker(session, job)
        version = step(session, actor, job, "start").version
        return Task(session, actor, job.id, version, folder)


def _do(task: Task) -> None:
    try:
        WORK[Kind(task.job.kind)](task)
    except Stopped:
        _end(task, "cancel")
    except DomainError as error:
        _end(task, "fail", sentence_of(error))
    except Exception:
        log.exception("job failed", job=task.job_id)
        _end(task, "fail", say(UNEXPECTED))
        raise


def _end(task: Task, action: str, message: Sentence | None = None) -> None:
    """End a job without a result, unless it was begun anew or ended meanwhile."""
    try:
        with transaction():
            end(task.session, task.actor, task.job, action, message, version=task.version)
    except (Stale, StepRefused):
        log.warning("job was taken over", job=task.job_id)


def _receive(task: Task) -> None:
    sending = receiving.Sending.from_json(task.job.options)
    task.say("reading", READ)
    taken = receiving.look_into(task.session, task.actor, task.folder.upload, sending)
    task.say("comparing", COMPARED)
    plan = plan_for(task.session, task.actor, taken, taken.read)
    task.say("storing", PREPARED)
    with transaction():
        batch = receiving.take_in(task.session, task.actor, taken, plan)
        task.finish(batch)


def _check(task: Task) -> None:
    task.say("comparing", READ)
    batch, version = task.batch, int(task.job.options["version"])
    plan = plan_for(task.session, task.actor, batch, restore(batch.rows or {}))
    task.say("storing", PREPARED)
    with transaction():
        task.finish(service.check(task.session, task.actor, task.batch, version=version, plan=plan))


def _apply(task: Task) -> None:
    for turn in range(TRIES):
        task.say("comparing", READ)
        ready = make_ready(task.session, task.actor, task.batch)
        try:
            _publish(task, ready)
        except Outrun:
            if turn == TRIES - 1:
                raise
        else:
            return


def _publish(task: Task, ready: Ready) -> None:
    number = max(len(ready.plan.create), 1)

    def tick(rows: int) -> None:
        task.say("writing", PREPARED + (WRITTEN - PREPARED) * rows // number)

    task.say("preparing", PREPARED)
    with staging():
        ready = ready._replace(many=stage_many(task.session, ready.many))
    choices = {"accept_good_rows": bool(task.job.options.get("accept_good_rows"))}
    version = int(task.job.options["version"])
    with transaction():
        batch = service.apply(task.session, task.actor, task.batch, version=version, ready=ready, tick=tick, **choices)
        task.finish(batch)
    time.sleep(TURN)
    with transaction():
        take_in_new(task.session.connection())
    with staging():
        clear(task.session.connection())


def _undo(task: Task) -> None:
    task.say("undoing", READ)
    reason, version = str(task.job.options["reason"]), int(task.job.options["version"])
    with transaction():
        task.finish(undoing.undo(task.session, task.actor, task.batch, reason=reason, version=version))


WORK: Mapping[Kind, Callable[[Task], None]] = {
    Kind.RECEIVE: _receive,
    Kind.CHECK: _check,
    Kind.APPLY: _apply,
    Kind.UNDO: _undo,
}
