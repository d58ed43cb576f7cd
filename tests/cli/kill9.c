/* SPDX-License-Identifier: MIT */
/*
 * kill9.c: builds are killed at random moments, and whoever serves the folder never notices.
 *
 *     kill9 SIGNPOST PORTAL-A PORTAL-B TREE-A TREE-B SERVED COUNT SEED
 *
 * The two portals differ in every page; the trees are what each becomes. COUNT times a build of the one that is not
 * served begins and is killed -9 after a random part of the time that a build takes. All the while a second process
 * reads the served folder as a web server would: each page must be there at every moment, and whenever the folder
 * was the same before and after a reading, all of it must have been one of the two trees, whole. Prints what it saw;
 * gives 1 when something was wrong, which has been said.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define FILES_MAX 4096
#define PATH_SIZE 4096

/* One of the two trees. */
struct tree {
    char *names[FILES_MAX];
    char *bytes[FILES_MAX];
    size_t sizes[FILES_MAX];
    size_t twin[FILES_MAX]; /* the file of the same name in the other tree, whose order is another */
    size_t count;
};

/* What a reading found; zero: neither tree, or a mixture. */
enum found { WRONG = 0, WAS_A = 1, WAS_B = 2, EXCHANGED = 4, MISSING = 8 };

/* What the reading process tells the other. */
struct seen {
    volatile unsigned long readings, undisturbed, of[2], wrong;
    volatile bool stop;
};

static _Noreturn void give_up(const char *what) {
    fprintf(stderr, "kill9: %s: %s\n", what, strerror(errno));
    exit(2);
}

/* ---- trees ---- */

/* The whole of a file, or NULL with errno. */
static char *read_whole(const char *path, size_t *size) {
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    if (fstat(fd, &st) != 0)
        give_up(path);
    char *bytes = malloc((size_t)st.st_size + 1);
    *size = 0;
    for (ssize_t n; bytes && (n = read(fd, bytes + *size, (size_t)st.st_size + 1 - *size)) > 0;)
        *size += (size_t)n;
    close(fd);
    return bytes;
}

static bool is_entry(const struct dirent *e) {
    return strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
}

static void read_tree(struct tree *tree, const char *root, const char *inside) {
    char path[PATH_SIZE], name[PATH_SIZE / 2];
    snprintf(path, sizeof(path), "%s/%s", root, inside);
    DIR *dir = opendir(path);
    if (!dir)
        give_up(path);
    for (struct dirent *e; (e = readdir(dir));) {
        if (!is_entry(e))
            continue;
        snprintf(name, sizeof(name), "%s%s%s", inside, *inside ? "/" : "", e->d_name);
        if (e->d_type == DT_DIR) {
            read_tree(tree, root, name);
            continue;
        }
        snprintf(path, sizeof(path), "%s/%s", root, name);
        size_t i = tree->count++;
        if (tree->count > FILES_MAX)
            give_up("too many files");
        tree->names[i] = strdup(name);
        tree->bytes[i] = read_whole(path, &tree->sizes[i]);
        if (!tree->bytes[i])
            give_up(path);
    }
    closedir(dir);
}

static void pair(struct tree *a, struct tree *b) {
    for (size_t i = 0; i < a->count; i++) {
        size_t j = 0;
        while (j < b->count && strcmp(a->names[i], b->names[j]) != 0)
            j++;
        if (j == b->count || a->count != b->count)
            give_up("the trees must have the same files");
        a->twin[i] = j;
    }
}

static size_t count_files(const char *root) {
    char path[PATH_SIZE];
    size_t n = 0;
    DIR *dir = opendir(root);
    for (struct dirent *e; dir && (e = readdir(dir));) {
        snprintf(path, sizeof(path), "%s/%s", root, e->d_name);
        if (is_entry(e))
            n += e->d_type == DT_DIR ? count_files(path) : 1;
    }
    if (dir)
        closedir(dir);
    return n;
}

static bool equals(const struct tree *tree, size_t i, const char *bytes, size_t size) {
    return size == tree->sizes[i] && memcmp(bytes, tree->bytes[i], size) == 0;
}

/* ---- reading what is served ---- */

/* Folders are told apart by number and time of change, since a number may be given anew. */
static bool same_folder(const struct stat *a, const struct stat *b) {
    return a->st_ino == b->st_ino && a->st_dev == b->st_dev && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
           a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static unsigned read_served(const struct tree *trees, const char *served) {
    struct stat before, after;
    unsigned may = WAS_A | WAS_B;
    if (stat(served, &before) != 0)
        return MISSING;
    for (size_t i = 0; i < trees[0].count; i++) {
        char path[PATH_SIZE];
        size_t size;
        snprintf(path, sizeof(path), "%s/%s", served, trees[0].names[i]);
        char *bytes = read_whole(path, &size);
        if (!bytes)
            return MISSING;
        if (!equals(&trees[0], i, bytes, size))
            may &= ~(unsigned)WAS_A;
        if (!equals(&trees[1], trees[0].twin[i], bytes, size))
            may &= ~(unsigned)WAS_B;
        free(bytes);
    }
    size_t count = count_files(served);
    if (stat(served, &after) != 0)
        return MISSING;
    if (!same_folder(&before, &after))
        return EXCHANGED;
    return count == trees[0].count ? may : WRONG;
}

static void watch(struct seen *seen, const struct tree *trees, const char *served) {
    while (!seen->stop) {
        unsigned found = read_served(trees, served);
        seen->readings++;
        seen->wrong += found == WRONG || found == MISSING;
        seen->undisturbed += found != EXCHANGED;
        if (found == WAS_A || found == WAS_B)
            seen->of[found - 1]++;
    }
}

/* ---- building and killing ---- */

struct run {
    char **argv;
    const struct tree *trees;
    double duration; /* of a build, in seconds */
    unsigned long long chance;
    unsigned served; /* WAS_A or WAS_B */
    unsigned killed, late, changed, wrong;
};

static pid_t start(const struct run *run, unsigned which) {
    pid_t pid = fork();
    if (pid < 0)
        give_up("fork");
    if (pid == 0) {
        dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
        execl(run->argv[1], run->argv[1], "build", "-C", run->argv[which + 1], "-o", run->argv[6],
              "--no-sync", (char *)NULL);
        _exit(127);
    }
    return pid;
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* A build that nobody kills; how long it took. */
static double build(struct run *run, unsigned which) {
    int status;
    double began = now();
    waitpid(start(run, which), &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "kill9: a build that nobody killed failed, status %d\n", status);
        exit(1);
    }
    run->served = which;
    return now() - began;
}

/* From 0 to 1; the same numbers from the same seed on every machine. */
static double chance(struct run *run) {
    run->chance = run->chance * 6364136223846793005u + 1442695040888963407u;
    return (double)(run->chance >> 40) / (double)(1u << 24);
}

static void kill_one(struct run *run) {
    unsigned next = run->served == WAS_A ? WAS_B : WAS_A;
    pid_t pid = start(run, next);
    long long wait = (long long)(chance(run) * run->duration * 1.2 * 1e9);
    nanosleep(&(struct timespec){wait / 1000000000, wait % 1000000000}, NULL);
    kill(pid, SIGKILL);
    int status;
    waitpid(pid, &status, 0);
    run->killed += WIFSIGNALED(status);
    run->late += WIFEXITED(status);
    unsigned found = read_served(run->trees, run->argv[6]);
    if (found != WAS_A && found != WAS_B) {
        fprintf(stderr, "kill9: after a kill the folder is no whole portal (%u)\n", found);
        run->wrong++;
        return;
    }
    run->changed += WIFSIGNALED(status) && found == next;
    run->served = found;
}

static bool report(const struct run *run, const struct seen *seen, long count) {
    printf("%ld builds of %.0f ms: %u killed, %u of them after they had published, %u ended before; "
           "%lu readings, %lu undisturbed, %lu and %lu of each tree, %lu wrong\n",
           count, run->duration * 1e3, run->killed, run->changed, run->late, seen->readings,
           seen->undisturbed, seen->of[0], seen->of[1], seen->wrong);
    bool enough = run->killed * 4 > (unsigned long)count && seen->of[0] && seen->of[1];
    if (!enough)
        fputs("kill9: too little was killed or read for this to prove anything\n", stderr);
    return enough && !run->wrong && !seen->wrong;
}

int main(int argc, char **argv) {
    static struct tree trees[2];
    if (argc != 9) {
        fputs("usage: kill9 SIGNPOST PORTAL-A PORTAL-B TREE-A TREE-B SERVED COUNT SEED\n", stderr);
        return 2;
    }
    for (int i = 0; i < 2; i++)
        read_tree(&trees[i], argv[4 + i], "");
    pair(&trees[0], &trees[1]);
    pair(&trees[1], &trees[0]);
    struct seen *seen = mmap(NULL, sizeof(*seen), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    struct run run = {.argv = argv, .trees = trees, .chance = strtoull(argv[8], NULL, 10)};
    build(&run, WAS_A);
    pid_t reader = fork();
    if (reader == 0) {
        watch(seen, trees, argv[6]);
        _exit(0);
    }
    for (unsigned i = 0; i < 8; i++)
        run.duration += build(&run, i % 2 ? WAS_A : WAS_B) / 8;
    long count = strtol(argv[7], NULL, 10);
    for (long i = 0; i < count; i++)
        kill_one(&run);
    build(&run, run.served == WAS_A ? WAS_B : WAS_A); /* the next build succeeds, and sweeps up */
    seen->stop = true;
    waitpid(reader, NULL, 0);
    return !report(&run, seen, count);
}
