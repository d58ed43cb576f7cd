/* SPDX-License-Identifier: MIT */
/* test_serve.c: a server that cannot begin says why. What it does once it has begun is in tests/cli/serve.sh. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "deny.h"
#include "edge/serve.h"

static uint64_t now(void *context) {
    (void)context;
    return 0;
}

/* It must not come so far. */
static void ready(void *context, uint16_t port) {
    (void)context, (void)port;
    _exit(2);
}

/* In a child, from which the kernel takes the call. */
static void refused(uint32_t call, int error, enum diag_id id) {
    pid_t child = fork();
    if (child == 0) {
        struct arena arena = {0};
        struct diags diags = {.arena = &arena};
        struct serve_options options = {.folder = STR("/tmp"), .stop = -1, .now = now, .ready = ready};
        if (!deny(call, DENY_ANY, 0, (uint32_t)error))
            _exit(77);
        bool served = serve(&options, &diags);
        bool said = !served && diags.count == 1 && diags.items[0].id == id;
        arena_release(&arena);
        _exit(said ? 0 : 1);
    }
    int status;
    waitpid(child, &status, 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
        skip();
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void a_port_that_it_may_not_have_is_said(void **state) {
    (void)state;
    refused(SYS_bind, EACCES, DIAG_SERVE_PORT);
    refused(SYS_bind, EADDRINUSE, DIAG_SERVE_PORT_USED);
    refused(SYS_listen, EADDRINUSE, DIAG_SERVE_PORT_USED);
}

static void a_system_without_sockets_or_files_left_is_said(void **state) {
    (void)state;
    refused(SYS_socket, EMFILE, DIAG_SERVE_PORT);
    refused(SYS_epoll_create1, EMFILE, DIAG_SERVE_FAILED);
    refused(SYS_inotify_init1, EMFILE, DIAG_WATCH_FAILED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_port_that_it_may_not_have_is_said),
        cmocka_unit_test(a_system_without_sockets_or_files_left_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
