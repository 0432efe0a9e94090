/* SHA-256 of two messages at once, with the processor's own instructions for it.
 *
 * One message leaves half of such a processor waiting for the round before; a tree has plenty of them.
 */
#ifndef PAIRED_SHA256_H
#define PAIRED_SHA256_H

#include <stdbool.h>
#include <stddef.h>

/* The longest message that is taken: 16 blocks with their padding. */
#define PAIRED_SHA256_BYTES_MAX 1015

/* Whether this processor has the instructions. Where it has not, nothing else here may be called. */
bool paired_sha256_is_there(void);

/* For two neighbouring nodes: the hashes of 0x01 and 64 bytes, and of 0x01 and the 64 bytes after them.
 * 128 bytes are read, 64 are written. */
void paired_sha256_nodes(const unsigned char *children, unsigned char *hashes);

/* For two leaves: the hashes of 0x00 and the bytes of each. Both must fill as many blocks as the other, with their
 * padding, and with the 0x00 have at most PAIRED_SHA256_BYTES_MAX bytes. */
void paired_sha256_leaves(const void *first, size_t first_bytes, const void *second, size_t second_bytes,
                          unsigned char *first_hash, unsigned char *second_hash);

#endif
