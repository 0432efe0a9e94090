#include "sixteen_sha256.h"
#include "sha256_constants.h"

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>
#include <stdint.h>

#define LANES SIXTEEN_SHA256_LANES
#define WIDE __attribute__((target("avx512f,avx512bw")))

/* The eight words of sixteen states: lane i of each register belongs to message i. */
typedef struct {
    __m512i words[8];
} States;

/* FIPS 180-4, 4.1.2; the numbers are the truth tables of three bits. */
WIDE static inline __m512i parity(__m512i x, __m512i y, __m512i z) {
    return _mm512_ternarylogic_epi32(x, y, z, 0x96);
}
WIDE static inline __m512i choice(__m512i x, __m512i y, __m512i z) {
    return _mm512_ternarylogic_epi32(x, y, z, 0xCA);
}
WIDE static inline __m512i majority(__m512i x, __m512i y, __m512i z) {
    return _mm512_ternarylogic_epi32(x, y, z, 0xE8);
}

/* The next word of the message schedule; `words` are the sixteen before it. */
WIDE static inline __m512i schedule(const __m512i words[16], int round) {
    __m512i early = words[(round + 1) & 15], late = words[(round + 14) & 15];
    __m512i first = parity(_mm512_ror_epi32(early, 7), _mm512_ror_epi32(early, 18), _mm512_srli_epi32(early, 3));
    __m512i second = parity(_mm512_ror_epi32(late, 17), _mm512_ror_epi32(late, 19), _mm512_srli_epi32(late, 10));
    return _mm512_add_epi32(_mm512_add_epi32(words[round & 15], first),
                            _mm512_add_epi32(words[(round + 9) & 15], second));
}

/* Sums before this are done before it: a compiler may otherwise put the parts of a sum in an order of its own. */
#define SUMMED(x) __asm__("" : "+v"(x))

/*
 * One block of each message, given word by word; the words are used up. Never a call of its own: the words then stay in registers,
 * and what is known of a block of padding is computed beforehand.
 *
 * A round waits for e and a of the round before, and each step on the way from e to e costs a wait: what does not depend on them is
 * summed before them, and a is reached from the new e, which already holds d and what a needs besides.
 */
WIDE __attribute__((always_inline)) static inline void take_block(States *states, __m512i words[16]) {
    __m512i a = states->words[0], b = states->words[1], c = states->words[2], d = states->words[3];
    __m512i e = states->words[4], f = states->words[5], g = states->words[6], h = states->words[7];
#pragma clang loop unroll(full)
    for (int round = 0; round < 64; round++) {
        if (round >= 16) words[round & 15] = schedule(words, round);
        __m512i known = _mm512_add_epi32(words[round & 15], _mm512_set1_epi32((int)sha256_constants[round]));
        known = _mm512_add_epi32(_mm512_add_epi32(known, h), d);
        SUMMED(known);
        __m512i chosen = _mm512_add_epi32(known, choice(e, f, g));
        SUMMED(chosen);
        __m512i most = _mm512_sub_epi32(majority(a, b, c), d);
        SUMMED(most);
        __m512i turned_e = parity(_mm512_ror_epi32(e, 6), _mm512_ror_epi32(e, 11), _mm512_ror_epi32(e, 25));
        __m512i turned_a = parity(_mm512_ror_epi32(a, 2), _mm512_ror_epi32(a, 13), _mm512_ror_epi32(a, 22));
        h = g, g = f, f = e, e = _mm512_add_epi32(chosen, turned_e);
        most = _mm512_add_epi32(e, most);
        SUMMED(most);
        d = c, c = b, b = a, a = _mm512_add_epi32(most, turned_a);
    }
    const __m512i ends[8] = {a, b, c, d, e, f, g, h};
#pragma clang loop unroll(full)
    for (int word = 0; word < 8; word++) states->words[word] = _mm512_add_epi32(states->words[word], ends[word]);
}

/* FIPS 180-4, 5.3.3. */
WIDE static inline States start(void) {
    static const uint32_t words[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    States states;
    for (int word = 0; word < 8; word++) states.words[word] = _mm512_set1_epi32((int)words[word]);
    return states;
}

/* Messages are big-endian. */
WIDE static inline __m512i swap_bytes(__m512i words) {
    const __m128i order = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    return _mm512_shuffle_epi8(words, _mm512_broadcast_i32x4(order));
}

/* Row i, column j becomes row j, column i. */
WIDE static inline void transpose(__m512i rows[16]) {
    __m512i other[16];
#pragma clang loop unroll(full)
    for (int row = 0; row < 16; row += 2) {
        other[row] = _mm512_unpacklo_epi32(rows[row], rows[row + 1]);
        other[row + 1] = _mm512_unpackhi_epi32(rows[row], rows[row + 1]);
    }
#pragma clang loop unroll(full)
    for (int row = 0; row < 16; row += 4) {
        rows[row] = _mm512_unpacklo_epi64(other[row], other[row + 2]);
        rows[row + 1] = _mm512_unpackhi_epi64(other[row], other[row + 2]);
        rows[row + 2] = _mm512_unpacklo_epi64(other[row + 1], other[row + 3]);
        rows[row + 3] = _mm512_unpackhi_epi64(other[row + 1], other[row + 3]);
    }
#pragma clang loop unroll(full)
    for (int row = 0; row < 4; row++) {
        other[row] = _mm512_shuffle_i32x4(rows[row], rows[row + 4], 0x88);
        other[row + 4] = _mm512_shuffle_i32x4(rows[row], rows[row + 4], 0xdd);
        other[row + 8] = _mm512_shuffle_i32x4(rows[row + 8], rows[row + 12], 0x88);
        other[row + 12] = _mm512_shuffle_i32x4(rows[row + 8], rows[row + 12], 0xdd);
    }
#pragma clang loop unroll(full)
    for (int row = 0; row < 4; row++) {
        rows[row] = _mm512_shuffle_i32x4(other[row], other[row + 8], 0x88);
        rows[row + 8] = _mm512_shuffle_i32x4(other[row], other[row + 8], 0xdd);
        rows[row + 4] = _mm512_shuffle_i32x4(other[row + 4], other[row + 12], 0x88);
        rows[row + 12] = _mm512_shuffle_i32x4(other[row + 4], other[row + 12], 0xdd);
    }
}

/* Leaves the hash of message i in the lower half of row i. */
WIDE static inline void finish(const States *states, __m512i rows[16]) {
    for (int word = 0; word < 8; word++) {
        rows[word] = states->words[word];
        rows[word + 8] = _mm512_setzero_si512();
    }
    transpose(rows);
#pragma clang loop unroll(full)
    for (int row = 0; row < 16; row++) rows[row] = swap_bytes(rows[row]);
}

static bool keeps_wide_registers(void) {
    unsigned int low, high;
    /* What the system saves of a thread: XMM, YMM, and the three parts of ZMM. */
    __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return (low & 0xE6) == 0xE6;
}

bool sixteen_sha256_is_there(void) {
    unsigned int a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_OSXSAVE) || !keeps_wide_registers()) return false;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_AVX512F) && (b & bit_AVX512BW);
}

WIDE void sixteen_sha256_nodes(const unsigned char *children, unsigned char *hashes) {
    const __m512i prefix = _mm512_zextsi128_si512(_mm_cvtsi32_si128(0x01));
    const __m512i apart = _mm512_mullo_epi32(
        _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), _mm512_set1_epi32(64));
    States states = start();
    __m512i words[16];
    /* 0x01 and 63 bytes: what a mask leaves out is not read. */
#pragma clang loop unroll(full)
    for (int lane = 0; lane < LANES; lane++) {
        __m512i bytes = _mm512_maskz_loadu_epi8(~(__mmask64)1, children + 64 * lane - 1);
        words[lane] = swap_bytes(_mm512_or_si512(bytes, prefix));
    }
    transpose(words);
    take_block(&states, words);
    /* The last byte, the padding, and the length of 520 bits. */
    __m512i last = _mm512_i32gather_epi32(apart, children + 60, 1);
    last = _mm512_and_si512(last, _mm512_set1_epi32((int)0xFF000000));
    words[0] = _mm512_or_si512(last, _mm512_set1_epi32(0x00800000));
#pragma clang loop unroll(full)
    for (int word = 1; word < 15; word++) words[word] = _mm512_setzero_si512();
    words[15] = _mm512_set1_epi32(520);
    take_block(&states, words);
    finish(&states, words);
#pragma clang loop unroll(full)
    for (int lane = 0; lane < LANES; lane++) {
        _mm256_storeu_si256((__m256i *)(hashes + 32 * lane), _mm512_castsi512_si256(words[lane]));
    }
}

/* A mask for the lowest `count` of 64 bytes. */
static inline uint64_t lowest(size_t count) { return count >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << count) - 1; }

/* Block `block` of 0x00 and the bytes, with padding, as the message has it; `isLast` for the one with the length. */
WIDE static inline __m512i leaf_block(const unsigned char *start, size_t count, size_t block, bool isLast) {
    /* The message is one byte longer than what is read, and begins one byte earlier. */
    size_t length = count + 1, from = 64 * block;
    if (block > 0 && from + 64 <= length) return swap_bytes(_mm512_loadu_si512(start + from - 1));
    size_t here = length > from ? length - from : 0;
    uint64_t read = lowest(here) & (block == 0 ? ~(uint64_t)1 : ~(uint64_t)0);
    __m512i bytes = _mm512_maskz_loadu_epi8(read, start + from - 1);
    if (here < 64 && length >= from) {
        bytes = _mm512_mask_mov_epi8(bytes, (uint64_t)1 << here, _mm512_set1_epi8((char)0x80));
    }
    if (isLast) {
        uint64_t bits = __builtin_bswap64(8 * (uint64_t)length);
        bytes = _mm512_mask_mov_epi64(bytes, 0x80, _mm512_set1_epi64((long long)bits));
    }
    return swap_bytes(bytes);
}

WIDE void sixteen_sha256_leaves(const unsigned char *const starts[LANES], const size_t counts[LANES],
                                unsigned char *const hashes[LANES]) {
    size_t blocks = (counts[0] + 10 + 63) / 64;
    States states = start();
    __m512i words[16];
    for (size_t block = 0; block < blocks; block++) {
        for (int lane = 0; lane < LANES; lane++) {
            words[lane] = leaf_block(starts[lane], counts[lane], block, block + 1 == blocks);
        }
        transpose(words);
        take_block(&states, words);
    }
    finish(&states, words);
    for (int lane = 0; lane < LANES; lane++) {
        _mm256_storeu_si256((__m256i *)hashes[lane], _mm512_castsi512_si256(words[lane]));
    }
}

#else

bool sixteen_sha256_is_there(void) { return false; }

void sixteen_sha256_nodes(const unsigned char *children, unsigned char *hashes) { __builtin_trap(); }

void sixteen_sha256_leaves(const unsigned char *const starts[SIXTEEN_SHA256_LANES],
                           const size_t counts[SIXTEEN_SHA256_LANES],
                           unsigned char *const hashes[SIXTEEN_SHA256_LANES]) {
    __builtin_trap();
}

#endif
