#include "confined_gumbo.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

/* Block sizes are powers of two: freed ones are given again to whoever asks for their size. */
enum { SMALLEST_CLASS = 5, CLASSES = 48, HEADER_BYTES = 16 };
enum { EXIT_TOO_MUCH = 3 };

/* At the start of the shared memory; the blocks follow it. */
struct arena {
    size_t used;
    size_t size;
    GumboNode *root;
    void *free_blocks[CLASSES];
};

/* Ends the copy, and with it the parsing, when the memory is used up: gumbo never sees a null. */
static void *allocate(void *userdata, size_t bytes) {
    struct arena *arena = userdata;
    unsigned class = SMALLEST_CLASS;
    while (class < CLASSES - 1 && ((size_t)1 << class) < bytes + HEADER_BYTES) class++;
    void *block = arena->free_blocks[class];
    if (block) {
        arena->free_blocks[class] = *(void **)block;
        return block;
    }
    size_t whole = (size_t)1 << class;
    if (whole < bytes + HEADER_BYTES || whole > arena->size - arena->used) _exit(EXIT_TOO_MUCH);
    char *start = (char *)arena + arena->used;
    arena->used += whole;
    *(uint64_t *)start = class;
    return start + HEADER_BYTES;
}

static void deallocate(void *userdata, void *block) {
    if (!block) return;
    struct arena *arena = userdata;
    uint64_t class = *(uint64_t *)((char *)block - HEADER_BYTES);
    *(void **)block = arena->free_blocks[class];
    arena->free_blocks[class] = block;
}

static void limit(int resource, rlim_t most) {
    struct rlimit both = {most, most};
    if (setrlimit(resource, &both) != 0) _exit(1);
}

/* What the copy does, and all that it does. */
static void parse(struct arena *arena, const char *page, size_t page_bytes, unsigned seconds) {
#ifdef __linux__
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) _exit(1);
#endif
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_CPU, seconds);
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = allocate;
    options.deallocator = deallocate;
    options.userdata = arena;
    options.max_errors = 0;
    GumboOutput *output = gumbo_parse_with_options(&options, page, page_bytes);
    arena->root = output->root;
    _exit(0);
}

static enum confined_gumbo_outcome outcome(pid_t copy) {
    int status;
    pid_t ended;
    do ended = waitpid(copy, &status, 0);
    while (ended < 0 && errno == EINTR);
    if (ended != copy) return CONFINED_GUMBO_FAILED;
    if (WIFSIGNALED(status)) {
        int sign = WTERMSIG(status);
        return sign == SIGKILL || sign == SIGXCPU ? CONFINED_GUMBO_TOO_LONG : CONFINED_GUMBO_FAILED;
    }
    if (WEXITSTATUS(status) == EXIT_TOO_MUCH) return CONFINED_GUMBO_TOO_MUCH;
    return WEXITSTATUS(status) == 0 ? CONFINED_GUMBO_PARSED : CONFINED_GUMBO_FAILED;
}

enum confined_gumbo_outcome confined_gumbo_parse(const char *page, size_t page_bytes, unsigned seconds,
                                                 size_t memory_bytes, struct confined_gumbo *parsed) {
    int flags = MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE;
    void *memory = mmap(NULL, memory_bytes, PROT_READ | PROT_WRITE, flags, -1, 0);
    if (memory == MAP_FAILED) return CONFINED_GUMBO_FAILED;
    struct arena *arena = memory;
    arena->used = (sizeof(struct arena) + HEADER_BYTES - 1) / HEADER_BYTES * HEADER_BYTES;
    arena->size = memory_bytes;
    *parsed = (struct confined_gumbo){NULL, memory, memory_bytes};
    pid_t copy = fork();
    if (copy == 0) parse(arena, page, page_bytes, seconds);
    enum confined_gumbo_outcome found = copy < 0 ? CONFINED_GUMBO_FAILED : outcome(copy);
    if (found == CONFINED_GUMBO_PARSED) parsed->root = arena->root;
    else confined_gumbo_release(parsed);
    return found;
}

void confined_gumbo_release(struct confined_gumbo *parsed) {
    munmap(parsed->memory, parsed->memory_bytes);
    parsed->memory = NULL;
}
