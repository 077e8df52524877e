"""once.py COMMAND…: runs a command once and prints what it cost, as JSON.

A process of its own, as small as can be: the kernel counts the memory of whoever starts a program as the program's, so a
measuring script that holds a large corpus would add to every figure.
"""

import os
import sys
import time

started = time.monotonic()
pid = os.fork()
if pid == 0:
    os.dup2(2, 1)
    os.execvp(sys.argv[1], sys.argv[1:])
_, status, used = os.wait4(pid, 0)
wall = time.monotonic() - started
code = os.waitstatus_to_exitcode(status)
print(f'{{"wall": {wall}, "cpu": {used.ru_utime + used.ru_stime}, "peak": {used.ru_maxrss / 1024}, "code": {code}}}')
