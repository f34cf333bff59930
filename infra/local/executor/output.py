"""What a function prints: at once to its log file, and kept for the invocation's own log."""

import os
import select
from pathlib import Path
from threading import Lock, Thread

MOST_KEPT = 1024 * 1024
READ_SIZE = 64 * 1024
MOST_READS = 256


class Output:
    """A pipe to give to a process as its stdout and stderr, and the reader at its other end."""

    def __init__(self, log_file: Path) -> None:
        self._log_file = log_file
        self._read_end, self.write_end = os.pipe()
        os.set_blocking(self._read_end, False)
        self._lock = Lock()
        self._open = True
        self._line = bytearray()
        self._kept = bytearray()

    def follow(self) -> None:
        """Read from now on; the process has its end of the pipe, so ours is closed."""
        os.close(self.write_end)
        Thread(target=self._follow, name="function-output", daemon=True).start()

    def note(self, text: str) -> None:
        """Add a line that the function did not print itself, after all that it did."""
        with self._lock:
            self._drain()
            self._end_line()
            self._keep(f"{text}\n".encode())

    def take(self) -> str:
        """Everything printed since the last time, also what was printed this very moment."""
        with self._lock:
            self._drain()
            self._end_line()
            text = self._kept.decode(errors="replace")
            self._kept.clear()
            return text

    def _follow(self) -> None:
        """Sleep until something is printed; end when the last process that could print is gone."""
        readable = select.poll()
        readable.register(self._read_end, select.POLLIN)
        while self._open:
            readable.poll()
            with self._lock:
                self._drain()

    def _drain(self) -> None:
        """Read what is there without waiting."""
        for _ in range(MOST_READS):
            if not self._open or not self._read():
                return

    def _read(self) -> bool:
        """Read one piece; whether there may be more."""
        try:
            piece = os.read(self._read_end, READ_SIZE)
        except BlockingIOError:
            return False
        if piece:
            self._keep(piece)
        else:
            self._open = False
            os.close(self._read_end)
        return bool(piece)

    def _end_line(self) -> None:
        """What was printed without an end is a line too."""
        if self._line:
            self._keep(b"\n")

    def _keep(self, piece: bytes) -> None:
        """Whole lines go to the file in one write each, so that environments do not cut each other's lines."""
        self._kept += piece
        del self._kept[:-MOST_KEPT]
        self._line += piece
        whole = self._line.rfind(b"\n") + 1
        if whole:
            with self._log_file.open("ab", buffering=0) as log:
                log.write(self._line[:whole])
            del self._line[:whole]
