/* SPDX-License-Identifier: MIT */
/*
 * pool.h: the same work on many things, on every core.
 *
 * pool_run calls work(context, task, worker) once for each task in 0..tasks-1 and returns when all are done.
 * Tasks are taken in order by whoever is free; a result goes into the slot of its task, so the outcome does
 * not depend on who took it. `worker` is in 0..threads-1 and names the caller's own arena and buffers. Only
 * pool.c has threads.
 */
#ifndef SIGNPOST_BASE_POOL_H
#define SIGNPOST_BASE_POOL_H

#include <pthread.h>
#include <stddef.h>

typedef void pool_work(void *context, size_t task, size_t worker);

#define POOL_THREADS_MAX 256

/* How many threads to use when nobody said: the cores this process may run on, at most POOL_THREADS_MAX. */
size_t pool_cores(void);

/* Threads beyond tasks are not started; with one thread the work runs on the caller's. Where the machine
 * gives fewer threads than asked, those that started do all the work. */
void pool_run(size_t threads, size_t tasks, pool_work *work, void *context);

/* For the little that workers share: one at a time between take and give. Zero is a lock that nobody holds
 * (as it is of a mutex on every system with the calls that file.c makes). Never held while waiting for the
 * disk. */
struct pool_lock {
    pthread_mutex_t mutex;
};

void pool_lock_take(struct pool_lock *lock);
void pool_lock_give(struct pool_lock *lock);

#endif
