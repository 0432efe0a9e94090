/* The hashes of a log's tree as libcrypto computes them one by one: no tree, no tiles, the same 2n-1 inputs.
 *
 * usage: log_peer LEAVES ENTRY_BYTES RUNS
 *
 * Prints nanoseconds of the processor a leaf, the best of the runs, for each way that libcrypto offers, as JSON.
 */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static unsigned char hash[32];
static EVP_MD *algorithm;
static EVP_MD_CTX *object;

static void with_context(const unsigned char *input, size_t length) {
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, input, length);
    SHA256_Final(hash, &context);
}

static void with_object(const unsigned char *input, size_t length) {
    EVP_DigestInit_ex(object, algorithm, NULL);
    EVP_DigestUpdate(object, input, length);
    EVP_DigestFinal_ex(object, hash, NULL);
}

static void in_one_call(const unsigned char *input, size_t length) { SHA256(input, length, hash); }

static double now(void) { return (double)clock() / CLOCKS_PER_SEC * 1e9; }

static double best(void (*way)(const unsigned char *, size_t), const unsigned char *inputs, long leaves,
                   size_t leaf_bytes, int runs) {
    double least = 1e300;
    for (int run = 0; run < runs; run++) {
        const unsigned char *input = inputs;
        double start = now();
        for (long number = 0; number < 2 * leaves - 1; number++) {
            size_t length = number < leaves ? leaf_bytes : 65;
            way(input, length);
            input += length;
        }
        double taken = now() - start;
        if (taken < least) least = taken;
    }
    return least / leaves;
}

int main(int count, char **arguments) {
    if (count != 4) return 2;
    long leaves = atol(arguments[1]);
    size_t leaf_bytes = 1 + atol(arguments[2]);
    int runs = atoi(arguments[3]);
    if (leaves < 1 || runs < 1) return 2;
    unsigned char *inputs = malloc(leaves * leaf_bytes + (leaves - 1) * 65);
    algorithm = EVP_MD_fetch(NULL, "SHA256", NULL);
    object = EVP_MD_CTX_new();
    if (!inputs || !algorithm || !object) return 1;
    memset(inputs, 7, leaves * leaf_bytes + (leaves - 1) * 65);
    printf("{\"context\":%.1f,\"object\":%.1f,\"oneCall\":%.1f}\n",
           best(with_context, inputs, leaves, leaf_bytes, runs),
           best(with_object, inputs, leaves, leaf_bytes, runs),
           best(in_one_call, inputs, leaves, leaf_bytes, runs));
    return 0;
}
