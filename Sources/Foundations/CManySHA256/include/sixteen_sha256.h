/* SHA-256 of sixteen messages at once, a message a lane of the processor's widest registers (AVX-512).
 *
 * Where a processor has both, this is faster than its own instructions for SHA-256 with two messages.
 */
#ifndef SIXTEEN_SHA256_H
#define SIXTEEN_SHA256_H

#include <stdbool.h>
#include <stddef.h>

#define SIXTEEN_SHA256_LANES 16

/* The most blocks that a leaf may fill, with its 0x00 and its padding. */
#define SIXTEEN_SHA256_BLOCKS_MAX 64

/* Whether this processor has the instructions. Where it has not, nothing else here may be called. */
bool sixteen_sha256_is_there(void);

/* For sixteen neighbouring nodes: the hashes of 0x01 and 64 bytes each. 1,024 bytes are read, 512 are written. */
void sixteen_sha256_nodes(const unsigned char *children, unsigned char *hashes);

/* For sixteen leaves: the hashes of 0x00 and the bytes of each. All fill the same number of blocks, at most
 * SIXTEEN_SHA256_BLOCKS_MAX. */
void sixteen_sha256_leaves(const unsigned char *const starts[SIXTEEN_SHA256_LANES],
                           const size_t counts[SIXTEEN_SHA256_LANES],
                           unsigned char *const hashes[SIXTEEN_SHA256_LANES]);

#endif
