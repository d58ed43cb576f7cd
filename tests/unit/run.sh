#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh PROGRAM: runs one unit test, of which several may run at a time, and prints what it says in one piece. Ends with
# 255 where it fails, which is how xargs is told to start no more.
said=$("$1" 2>&1) && failed=0 || failed=255
printf '%s\n' "$said"
exit $failed
