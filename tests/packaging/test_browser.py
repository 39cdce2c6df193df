"""What runs in a browser starts no thread, opens no socket and runs no other program."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

EXAMPLE = Path(__file__).parents[2] / "examples" / "race_spot.shot"

GUARD = """
import _thread
import sys
from pathlib import Path

BEGINS = ("os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "socket.", "subprocess.")

def refuse(event, *_, **__):
    if not isinstance(event, str) or event.startswith(BEGINS):
        raise RuntimeError(event)

sys.addaudithook(refuse)
_thread.start_new_thread = _thread.start_joinable_thread = refuse
text = Path(sys.argv[1]).read_text(encoding="utf-8")
"""

LIBRARY = """
import promptlang
assert promptlang.check("SHOT 1\\n  @Nobody waves.\\n")
assert promptlang.format(text)
assert promptlang.compile(text)[0].requests
"""

SERVER = """
from promptlang.lsp.channel import Channel
channel = Channel(print)
"""


def run(code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", GUARD + code, str(EXAMPLE)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def test_the_library_does_without() -> None:
    done = run(LIBRARY)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_server_does_without_until_it_is_asked() -> None:
    initialize = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": None})
    done = run(f"{SERVER}\nchannel.receive('''{initialize}''')")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["error"]["code"] == -32602


def test_a_thread_a_socket_or_a_program_would_be_noticed() -> None:
    for begun in (
        "import threading; threading.Thread(target=print).start()",
        "import socket; socket.socket()",
        "import subprocess; subprocess.Popen(['true'])",
    ):
        assert "RuntimeError" in run(begun).stderr, begun
