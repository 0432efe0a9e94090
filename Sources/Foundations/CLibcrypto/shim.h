/* SHA-256 as libcrypto computes it, without its object for every call: docs/decisions says what that costs. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
#include <string.h>

/* SHA-256 of the bytes; 32 bytes are written. */
static inline void sundial_sha256(const void *bytes, size_t length, unsigned char *hash) {
    SHA256_CTX context;
    SHA256_Init(&context);
    if (length > 0) SHA256_Update(&context, bytes, length);
    SHA256_Final(hash, &context);
}

/* SHA-256 of one byte and the bytes after it; 32 bytes are written. */
static inline void sundial_sha256_prefixed(
    unsigned char prefix, const void *bytes, size_t length, unsigned char *hash) {
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, &prefix, 1);
    if (length > 0) SHA256_Update(&context, bytes, length);
    SHA256_Final(hash, &context);
}

/* SHA-256 of 0x01, 32 bytes and 32 more: 65 bytes are always two blocks, so the padding is a constant. */
static inline void sundial_sha256_node(const void *left, const void *right, unsigned char *hash) {
    unsigned char blocks[128] = {0x01};
    memcpy(blocks + 1, left, 32);
    memcpy(blocks + 33, right, 32);
    blocks[65] = 0x80;
    blocks[126] = 0x02; /* 520 bits */
    blocks[127] = 0x08;
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Transform(&context, blocks);
    SHA256_Transform(&context, blocks + 64);
    for (int word = 0; word < 8; word++) {
        unsigned int value = context.h[word];
        hash[4 * word] = (unsigned char)(value >> 24);
        hash[4 * word + 1] = (unsigned char)(value >> 16);
        hash[4 * word + 2] = (unsigned char)(value >> 8);
        hash[4 * word + 3] = (unsigned char)value;
    }
}
