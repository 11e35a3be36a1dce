"""`clientsmith`, which is also `python -m clientsmith`."""

from __future__ import annotations

import gc
import signal


def main() -> None:
    """Run the command line. While it is being imported, Ctrl+C ends the program without a traceback."""
    is_ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if is_ours:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from .cli import main as commands

    if is_ours:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    # A run makes millions of objects and ends: looking for cycles among them, here or when the interpreter ends, takes
    # longer than giving all memory back at once.
    gc.disable()
    try:
        commands(prog_name="clientsmith")
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()
