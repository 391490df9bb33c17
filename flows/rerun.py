"""The Prefect flow `rerun`: what today's rules read differently, from store and archive, one task a shard.

As with `ingest`, the store is imported inside the functions.
"""

from typing import TYPE_CHECKING

from prefect import flow

from dateline.flows.ingest import as_task
from dateline.flows.request import IngestReport, RerunRequest

if TYPE_CHECKING:
    from dateline.flows.collecting import Progress


@flow(name="rerun", validate_parameters=True, persist_result=False)
def rerun(request: RerunRequest) -> IngestReport:
    """Read again what rules, lexicons or gazetteer have changed for; call it again to go on where it was killed."""
    from dateline.flows import rerunning
    from dateline.flows.artifacts import leave_artifacts
    from dateline.flows.leaving import guard_servers
    from dateline.flows.telling import listener

    guard_servers()
    report = rerunning.rerun(request, read=as_task, progress=listener())
    leave_artifacts(report, request.db)
    return report


def rerun_telling(request: RerunRequest, progress: "Progress") -> None:
    """Run the flow here and tell how it goes."""
    from dateline.flows.telling import telling

    with telling(progress):
        rerun(request)
