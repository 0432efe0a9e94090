#include "paired_sha256.h"
#include "sha256_constants.h"

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>
#include <stdint.h>
#include <string.h>

#define WITH_SHA __attribute__((target("sha,sse4.1,ssse3")))

/* The eight words of a state, in the two halves in which the instructions want them. */
typedef struct {
    __m128i abef, cdgh;
} State;

/* FIPS 180-4, 5.3.3. */
WITH_SHA static inline State start(void) {
    return (State){_mm_set_epi32(0x6a09e667, (int)0xbb67ae85, 0x510e527f, (int)0x9b05688c),
                   _mm_set_epi32(0x3c6ef372, (int)0xa54ff53a, 0x1f83d9ab, 0x5be0cd19)};
}

/* The next four words of the message schedule; `words` are the sixteen before them. */
WITH_SHA static inline __m128i schedule(const __m128i words[4], int group) {
    __m128i last = words[(group + 3) & 3];
    __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(words[group & 3], words[(group + 1) & 3]),
                                _mm_alignr_epi8(last, words[(group + 2) & 3], 4));
    return _mm_sha256msg2_epu32(sum, last);
}

WITH_SHA static inline void four_rounds(State *state, __m128i words, int group) {
    __m128i sum = _mm_add_epi32(words, _mm_loadu_si128((const __m128i *)&sha256_constants[4 * group]));
    state->cdgh = _mm_sha256rnds2_epu32(state->cdgh, state->abef, sum);
    state->abef = _mm_sha256rnds2_epu32(state->abef, state->cdgh, _mm_shuffle_epi32(sum, 0x0E));
}

/* One block of each message; what one waits for, the other uses. */
WITH_SHA static inline void take_blocks(State *first, State *second, const unsigned char *first_block,
                                        const unsigned char *second_block) {
    const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    State one = *first, two = *second;
    __m128i ones[4], twos[4];
#pragma clang loop unroll(full)
    for (int group = 0; group < 16; group++) {
        if (group < 4) {
            ones[group] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(first_block + 16 * group)), swap);
            twos[group] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(second_block + 16 * group)), swap);
        } else {
            ones[group & 3] = schedule(ones, group);
            twos[group & 3] = schedule(twos, group);
        }
        four_rounds(&one, ones[group & 3], group);
        four_rounds(&two, twos[group & 3], group);
    }
    first->abef = _mm_add_epi32(first->abef, one.abef);
    first->cdgh = _mm_add_epi32(first->cdgh, one.cdgh);
    second->abef = _mm_add_epi32(second->abef, two.abef);
    second->cdgh = _mm_add_epi32(second->cdgh, two.cdgh);
}

WITH_SHA static inline void write_hash(const State *state, unsigned char *hash) {
    uint32_t halves[8];
    _mm_storeu_si128((__m128i *)halves, state->abef);
    _mm_storeu_si128((__m128i *)(halves + 4), state->cdgh);
    const uint32_t words[8] = {halves[3], halves[2], halves[7], halves[6],
                               halves[1], halves[0], halves[5], halves[4]};
    for (int word = 0; word < 8; word++) {
        uint32_t value = __builtin_bswap32(words[word]);
        memcpy(hash + 4 * word, &value, 4);
    }
}

bool paired_sha256_is_there(void) {
    unsigned int a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSSE3) || !(c & bit_SSE4_1)) return false;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA);
}

/* 65 bytes fill two blocks; the second holds the last byte, the padding and the length of 520 bits. */
static inline void fill_node(unsigned char blocks[128], const unsigned char *children) {
    blocks[0] = 0x01;
    memcpy(blocks + 1, children, 64);
    blocks[65] = 0x80;
    memset(blocks + 66, 0, 60);
    blocks[126] = 0x02;
    blocks[127] = 0x08;
}

WITH_SHA void paired_sha256_nodes(const unsigned char *children, unsigned char *hashes) {
    unsigned char blocks[2][128];
    fill_node(blocks[0], children);
    fill_node(blocks[1], children + 64);
    State first = start(), second = start();
    take_blocks(&first, &second, blocks[0], blocks[1]);
    take_blocks(&first, &second, blocks[0] + 64, blocks[1] + 64);
    write_hash(&first, hashes);
    write_hash(&second, hashes + 32);
}

/* Fills the blocks of 0x00 and the bytes, with padding; gives back how many blocks there are. */
static inline size_t fill_leaf(unsigned char blocks[1024], const void *bytes, size_t count) {
    size_t total = (count + 1 + 9 + 63) / 64 * 64;
    blocks[0] = 0x00;
    if (count > 0) memcpy(blocks + 1, bytes, count);
    blocks[count + 1] = 0x80;
    memset(blocks + count + 2, 0, total - count - 2);
    uint64_t bits = __builtin_bswap64(8 * (uint64_t)(count + 1));
    memcpy(blocks + total - 8, &bits, 8);
    return total / 64;
}

WITH_SHA void paired_sha256_leaves(const void *first_bytes, size_t first_count, const void *second_bytes,
                                   size_t second_count, unsigned char *first_hash, unsigned char *second_hash) {
    unsigned char blocks[2][1024];
    size_t count = fill_leaf(blocks[0], first_bytes, first_count);
    fill_leaf(blocks[1], second_bytes, second_count);
    State first = start(), second = start();
    for (size_t block = 0; block < count; block++) {
        take_blocks(&first, &second, blocks[0] + 64 * block, blocks[1] + 64 * block);
    }
    write_hash(&first, first_hash);
    write_hash(&second, second_hash);
}

#else

bool paired_sha256_is_there(void) { return false; }

void paired_sha256_nodes(const unsigned char *children, unsigned char *hashes) { __builtin_trap(); }

void paired_sha256_leaves(const void *first, size_t first_bytes, const void *second, size_t second_bytes,
                          unsigned char *first_hash, unsigned char *second_hash) {
    __builtin_trap();
}

#endif
