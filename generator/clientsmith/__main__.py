"""`clientsmith`, which is also `python -m clientsmith`."""

from __future__ import annotations

import signal


def main() -> None:
    """Run the command line. While it is being imported, Ctrl+C ends the program without a traceback."""
    is_ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if is_ours:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from .cli import main as commands

    if is_ours:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    commands(prog_name="clientsmith")


if __name__ == "__main__":
    main()
