/* SPDX-License-Identifier: MIT */
/*
 * deny.h: a kernel that says no.
 *
 * What a full, old or odd system would answer to one call, this process and its children get from now on.
 * There is no way back, so a test forks first. Filters are x86-64's and the other little-endian machines'.
 */
#ifndef SIGNPOST_TESTS_DENY_H
#define SIGNPOST_TESTS_DENY_H

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>

#define DENY_ANY UINT32_MAX

/* The call numbered `call` fails with `error`, if its argument `arg` (counted from 0) has the value `value`;
 * or always, for DENY_ANY. False where filters are not permitted. */
static inline bool deny(uint32_t call, uint32_t arg, uint32_t value, uint32_t error) {
    uint32_t arg_at = (uint32_t)offsetof(struct seccomp_data, args) + (arg == DENY_ANY ? 0 : arg) * 8;
    uint8_t on_other = arg == DENY_ANY ? 0 : 1; /* how far to jump when the argument is another */
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, arg_at),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, on_other),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof(code) / sizeof(*code), code};
    return !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) && !prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

#endif
