# Tries mutants of Python programs. The runner is imported once; each mutant gets a fork of its own, whose whole process
# group is gone before the next begins.
import base64
import os
import shlex
import shutil
import signal
import sys
import time

MARK, PLAN, TREE, ORIGIN = (os.environ["FETTLE_" + each] for each in ("MARK", "PLAN", "TREE", "ORIGIN"))
LIMIT = float(os.environ["FETTLE_LIMIT"]) / 1000
RUNNER = sys.argv[1]
STAGES = [shlex.split(line) for line in os.environ["FETTLE_STAGES"].splitlines() if line]
LEFT_OUT = {".git", "node_modules", ".venv", "venv", "__pycache__", "target"}
MOST_FILES = 5000

out = os.fdopen(os.dup(1), "w")
null = os.open(os.devnull, os.O_RDWR)
os.dup2(null, 1)
os.dup2(null, 2)
os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
sys.dont_write_bytecode = True
if os.getcwd() not in sys.path:
    sys.path.insert(0, os.getcwd())
if RUNNER == "pytest":
    import pytest
else:
    import unittest


def tell(index, verdict):
    print(MARK, index, verdict, file=out, flush=True)


def run(stage):
    if RUNNER == "pytest":
        return pytest.main(stage + ["-x", "-q", "-p", "no:cacheprovider"]) == 0
    result = unittest.main(module=None, argv=["unittest"] + stage + ["-f"], exit=False).result
    return result.wasSuccessful() and result.testsRun > 0


def state():
    found = {}
    for place, directories, files in os.walk(TREE):
        directories[:] = [each for each in directories if each not in LEFT_OUT]
        for each in files:
            path = os.path.join(place, each)
            if len(found) < MOST_FILES:
                status = os.lstat(path)
                found[path] = (status.st_size, status.st_mtime_ns)
    return found


def restore():
    for each in os.listdir(TREE):
        path = os.path.join(TREE, each)
        if each not in LEFT_OUT and not os.path.islink(path):
            shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)
    for each in os.listdir(ORIGIN):
        source, target = os.path.join(ORIGIN, each), os.path.join(TREE, each)
        if each not in LEFT_OUT:
            if os.path.isdir(source):
                shutil.copytree(source, target, symlinks=True, ignore=shutil.ignore_patterns(*LEFT_OUT))
            else:
                shutil.copy2(source, target, follow_symlinks=False)


def child(end):
    os.setsid()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])
    try:
        if all(run(stage) for stage in STAGES):
            os.write(end, b"+")
    finally:
        os._exit(0)


def judged():
    mine, end = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(mine)
        child(end)
    os.close(end)
    until = time.monotonic() + LIMIT
    verdict = None
    while verdict is None:
        if os.waitpid(pid, os.WNOHANG)[0]:
            verdict = "ended"
        elif time.monotonic() > until:
            verdict = "hung"
        else:
            signal.sigtimedwait([signal.SIGCHLD], max(0, until - time.monotonic()) + 0.001)
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    if verdict == "hung":
        os.waitpid(pid, 0)
    os.set_blocking(mine, False)
    try:
        passed = os.read(mine, 1) == b"+"
    except BlockingIOError:
        passed = False
    os.close(mine)
    return "hung" if verdict == "hung" else "pass" if passed else "fail"


signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
pristine = state()
for line in open(PLAN):
    index, path, edits = (line.rstrip("\n").split("\t") + ["", ""])[:3]
    file = os.path.join(TREE, path)
    before = open(file, "rb").read()
    text = before
    for edit in reversed(edits.split(";") if edits else []):
        start, end, new = edit.split(",")
        text = text[: int(start)] + base64.b64decode(new) + text[int(end):]
    try:
        compile(text, path, "exec")
    except (SyntaxError, ValueError):
        tell(index, "broken")
        continue
    status = os.stat(file)
    with open(file, "wb") as target:
        target.write(text)
    verdict = judged()
    tell(index, verdict)
    os.makedirs(os.path.dirname(file), exist_ok=True)
    with open(file, "wb") as target:
        target.write(before)
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    if state() != pristine:
        restore()
        pristine = state()
    if verdict == "pass":
        break
