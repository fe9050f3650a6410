"""Limits that a process puts upon itself before it opens somebody else's file."""


def confine(memory_bytes: int, processor_seconds: int, file_bytes: int) -> None:
    """Where the system can, bound memory and processor time, and how large a file may be written (0: none at all)."""
    try:
        import resource  # noqa: PLC0415 - POSIX only
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, processor_seconds),
        (resource.RLIMIT_FSIZE, file_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
