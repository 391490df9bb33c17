"""The Prefect flow `export`: what the store holds, as one file.

The store is imported inside the function, for the reason given in `ingest.py`.
"""

from prefect import flow, get_run_logger

from dateline.flows.request import ExportRequest

PATIENCE = 600.0  # seconds that an export waits for a run to finish writing


@flow(name="export", validate_parameters=True, persist_result=False)
def export(request: ExportRequest) -> int:
    """Write sheets, a batch page, tasks, records, annotations or events to a file; returns how many."""
    from dateline.flows.exporting import export_store
    from dateline.flows.leaving import guard_servers
    from dateline.models.store import Store

    guard_servers()
    with Store.open(request.db, read_only=True, patience=PATIENCE) as store:
        done = export_store(
            store,
            request.out,
            kind=request.format,
            what=request.what,
            order=request.order,
            place=request.place,
            limit=request.limit,
        )
    get_run_logger().info("%s %s to %s", f"{done.count:,}", done.what, request.out)
    return done.count
