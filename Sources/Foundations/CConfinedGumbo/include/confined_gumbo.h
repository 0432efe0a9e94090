/* Parses a web page in a process of its own, which can be stopped.
 *
 * Gumbo takes time and memory with the square of some inputs (attributes of one element, formatting elements times
 * paragraphs), and cannot be told to end. So a copy of the process parses, with an upper bound of processor time and of
 * memory that the kernel and the allocator keep; the tree is made in memory that both share, at the same addresses, so that
 * it is read in place when the copy has ended. The copy runs no code but gumbo's and this.
 */
#ifndef CONFINED_GUMBO_H
#define CONFINED_GUMBO_H

#include <gumbo.h>
#include <stddef.h>

enum confined_gumbo_outcome {
    CONFINED_GUMBO_PARSED,
    /* It was stopped at the end of its seconds. */
    CONFINED_GUMBO_TOO_LONG,
    /* It asked for more memory than it may have. */
    CONFINED_GUMBO_TOO_MUCH,
    /* No process or no memory could be had, or it ended in another way. */
    CONFINED_GUMBO_FAILED,
};

struct confined_gumbo {
    /* The root of the tree; it and all below it live until the release, and need the page's bytes. */
    GumboNode *root;
    void *memory;
    size_t memory_bytes;
};

/* Blocks until the page is parsed or given up. Only what was parsed must be released. */
enum confined_gumbo_outcome confined_gumbo_parse(const char *page, size_t page_bytes, unsigned seconds,
                                                 size_t memory_bytes, struct confined_gumbo *parsed);

void confined_gumbo_release(struct confined_gumbo *parsed);

#endif
