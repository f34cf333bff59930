"""A function's output, written to its log file at once and kept for the log of the invocation."""

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
        """Start reading, and close the write end, of which the process has a copy."""
        os.close(self.write_end)
        Thread(target=self._follow, name="function-output", daemon=True).start()

    def note(self, text: str) -> None:
        """Add a line after everything that the function has printed."""
        with self._lock:
            self._drain()
            self._end_line()
            self._keep(f"{text}\n".encode())

    def take(self) -> str:
        """Return everything printed since the last call."""
        with self._lock:
            self._drain()
            self._end_line()
            text = self._kept.decode(errors="replace")
            self._kept.clear()
            return text

    def _follow(self) -> None:
        """Read what is printed, until the last process with the pipe has ended."""
        readable = select.poll()
        readable.register(self._read_end, select.POLLIN)
        while self._open:
            readable.poll()
            with self._lock:
                self._drain()

    def _drain(self) -> None:
        """Read what is available, without waiting."""
        for _ in range(MOST_READS):
            if not self._open or not self._read():
                return

    def _read(self) -> bool:
        """Read one piece; return whether there may be more."""
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
        """End an unfinished line."""
        if self._line:
            self._keep(b"\n")

    def _keep(self, piece: bytes) -> None:
        """Write whole lines to the file, so that environments do not break each other's lines."""
        self._kept += piece
        del self._kept[:-MOST_KEPT]
        self._line += piece
        whole = self._line.rfind(b"\n") + 1
        if whole:
            with self._log_file.open("ab", buffering=0) as log:
                log.write(self._line[:whole])
            del self._line[:whole]
