/* SPDX-License-Identifier: MIT */
/* test_pool.c: every task once, by a worker of its own number, whatever the number of threads. */
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/pool.h"

#define TASKS 1000

struct tally {
    unsigned char
        done[TASKS]; /* plain bytes: two workers on one task would be a race that a sanitizer sees */
    size_t by[POOL_THREADS_MAX];
    pthread_t who[POOL_THREADS_MAX];
    size_t limit;
    atomic_bool bad_worker;
};

static void count(void *context, size_t task, size_t worker) {
    struct tally *t = context;
    if (worker >= t->limit || (t->by[worker] && !pthread_equal(t->who[worker], pthread_self()))) {
        t->bad_worker = true;
        return;
    }
    t->who[worker] = pthread_self();
    t->by[worker]++;
    t->done[task]++;
}

static void check_run(size_t threads, size_t tasks, size_t limit) {
    struct tally t = {.limit = limit};
    size_t sum = 0;
    pool_run(threads, tasks, count, &t);
    assert_false(t.bad_worker);
    for (size_t i = 0; i < TASKS; i++)
        assert_int_equal(t.done[i], i < tasks);
    for (size_t i = 0; i < POOL_THREADS_MAX; i++)
        sum += t.by[i];
    assert_int_equal(sum, tasks);
}

static void each_task_is_done_once_with_any_number_of_threads(void **state) {
    (void)state;
    const size_t threads[] = {0, 1, 2, 3, 8, 64, POOL_THREADS_MAX};
    for (size_t i = 0; i < sizeof(threads) / sizeof(*threads); i++)
        check_run(threads[i], TASKS, threads[i] ? threads[i] : 1);
}

static void no_more_threads_than_tasks_are_numbered(void **state) {
    (void)state;
    check_run(8, 3, 3);
    check_run(8, 1, 1);
    check_run(8, 0, 0);
}

static void more_threads_than_the_maximum_are_cut_to_it(void **state) {
    (void)state;
    check_run(POOL_THREADS_MAX + 100, TASKS, POOL_THREADS_MAX);
    check_run(SIZE_MAX, TASKS, POOL_THREADS_MAX);
}

static void note_thread(void *context, size_t task, size_t worker) {
    (void)task, (void)worker;
    *(pthread_t *)context = pthread_self();
}

static void one_thread_is_the_callers_own(void **state) {
    (void)state;
    pthread_t who;
    pool_run(1, 1, note_thread, &who);
    assert_true(pthread_equal(who, pthread_self()));
}

/* Two tasks that each wait for the other can only end when two threads have them. */
static void meet(void *context, size_t task, size_t worker) {
    atomic_int *here = context;
    (void)task, (void)worker;
    atomic_fetch_add(here, 1);
    while (atomic_load(here) < 2)
        sched_yield();
}

static void two_threads_work_at_the_same_time(void **state) {
    (void)state;
    atomic_int here = 0;
    pool_run(2, 2, meet, &here);
    assert_int_equal(here, 2);
}

/* A default stack larger than any address space: no thread can start, and the caller is left with the work.
 * */
static void the_work_is_done_when_the_machine_gives_no_threads(void **state) {
    (void)state;
    pthread_attr_t usual, vast;
    struct tally t = {.limit = 8};
    assert_int_equal(pthread_getattr_default_np(&usual), 0);
    assert_int_equal(pthread_attr_init(&vast), 0);
    assert_int_equal(pthread_attr_setstacksize(&vast, (size_t)1 << 50), 0);
    assert_int_equal(pthread_setattr_default_np(&vast), 0);
    pool_run(8, TASKS, count, &t);
    assert_int_equal(pthread_setattr_default_np(&usual), 0);
    assert_false(t.bad_worker);
    assert_int_equal(t.by[0], TASKS);
}

struct shared {
    struct pool_lock lock;
    size_t sum;
};

static void add_under_lock(void *context, size_t task, size_t worker) {
    struct shared *s = context;
    (void)worker;
    pool_lock_take(&s->lock);
    s->sum += task;
    pool_lock_give(&s->lock);
}

static void a_lock_lets_one_worker_in_at_a_time(void **state) {
    (void)state;
    struct shared s = {0};
    pool_run(8, TASKS, add_under_lock, &s);
    assert_int_equal(s.sum, TASKS * (TASKS - 1) / 2);
}

static void pin_and_count(cpu_set_t *set, size_t *cores) {
    assert_int_equal(sched_setaffinity(0, sizeof(*set), set), 0);
    *cores = pool_cores();
}

static void the_cores_are_those_this_process_may_use(void **state) {
    (void)state;
    cpu_set_t all, one;
    size_t cores;
    assert_int_equal(sched_getaffinity(0, sizeof(all), &all), 0);
    assert_int_equal(pool_cores(), CPU_COUNT(&all) < POOL_THREADS_MAX ? CPU_COUNT(&all) : POOL_THREADS_MAX);
    CPU_ZERO(&one);
    for (size_t i = 0; i < CPU_SETSIZE && !CPU_COUNT(&one); i++)
        if (CPU_ISSET(i, &all))
            CPU_SET(i, &one);
    pin_and_count(&one, &cores);
    assert_int_equal(cores, 1);
    pin_and_count(&all, &cores);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_task_is_done_once_with_any_number_of_threads),
        cmocka_unit_test(no_more_threads_than_tasks_are_numbered),
        cmocka_unit_test(more_threads_than_the_maximum_are_cut_to_it),
        cmocka_unit_test(one_thread_is_the_callers_own),
        cmocka_unit_test(two_threads_work_at_the_same_time),
        cmocka_unit_test(the_work_is_done_when_the_machine_gives_no_threads),
        cmocka_unit_test(a_lock_lets_one_worker_in_at_a_time),
        cmocka_unit_test(the_cores_are_those_this_process_may_use),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
