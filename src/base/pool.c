/* SPDX-License-Identifier: MIT */
/* pool.c: threads that draw numbers from one counter until none is left. */
#include "base/pool.h"

#include <assert.h>
#include <sched.h>
#include <stdatomic.h>
#include <unistd.h>

/* What all workers of one run share; only `next` changes. */
struct run {
    pool_work *work;
    void *context;
    size_t tasks;
    atomic_size_t next;
};

struct worker {
    struct run *run;
    size_t number;
};

static size_t at_most(size_t n, size_t most) {
    return n < most ? n : most;
}

/* Affinity rather than the number of cores of the machine: a build in a container or under taskset may have
 * fewer. */
size_t pool_cores(void) {
    cpu_set_t set;
    long online;
    if (!sched_getaffinity(0, sizeof(set), &set))
        return at_most((size_t)CPU_COUNT(&set), POOL_THREADS_MAX);
    online = sysconf(_SC_NPROCESSORS_ONLN); /* more cores than a cpu_set_t has bits */
    return online > 0 ? at_most((size_t)online, POOL_THREADS_MAX) : 1;
}

/* One counter instead of a share for each worker: pages differ in size, and nobody should wait for the
 * slowest share. Its order needs no more than atomicity, since results are only read after the threads were
 * joined. */
static void *draw(void *context) {
    const struct worker *worker = context;
    struct run *run = worker->run;
    for (;;) {
        size_t task = atomic_fetch_add_explicit(&run->next, 1, memory_order_relaxed);
        if (task >= run->tasks)
            return NULL;
        run->work(run->context, task, worker->number);
    }
}

void pool_run(size_t threads, size_t tasks, pool_work *work, void *context) {
    struct run run = {.work = work, .context = context, .tasks = tasks};
    struct worker workers[POOL_THREADS_MAX];
    pthread_t ids[POOL_THREADS_MAX];
    size_t started = 1;
    threads = at_most(at_most(threads, tasks), POOL_THREADS_MAX);
    workers[0] = (struct worker){&run, 0};
    for (; started < threads; started++) {
        workers[started] = (struct worker){&run, started};
        if (pthread_create(&ids[started], NULL, draw, &workers[started]))
            break;
    }
    draw(&workers[0]);
    while (started-- > 1)
        pthread_join(ids[started], NULL);
}

void pool_lock_take(struct pool_lock *lock) {
    int error = pthread_mutex_lock(&lock->mutex);
    assert(!error);
    (void)error;
}

void pool_lock_give(struct pool_lock *lock) {
    int error = pthread_mutex_unlock(&lock->mutex);
    assert(!error);
    (void)error;
}
