#ifndef BUILT_IN_H
#define BUILT_IN_H
#include <stddef.h>

/// A data file compiled into the program. `bytes` is not zero-terminated.
typedef struct {
    const char *name;
    const unsigned char *bytes;
    size_t size;
} BuiltInFile;

/// How many files are built in.
size_t built_in_count(void);

/// The file at that index, 0 ..< built_in_count().
BuiltInFile built_in_file(size_t index);

#endif
