// The data files of the law, the catalogues, the forms and the pages, compiled into the program.
// Each is one constant below and one line in the table; a test compares the table with the folder.
#include "built_in.h"

static const unsigned char form_national_platform[] = {
#embed "files/form-national-platform.json"
};

static const unsigned char time_rules[] = {
#embed "files/time-rules.json"
};

static const BuiltInFile table[] = {
    {"form-national-platform.json", form_national_platform, sizeof form_national_platform},
    {"time-rules.json", time_rules, sizeof time_rules},
};

size_t built_in_count(void) { return sizeof table / sizeof table[0]; }

BuiltInFile built_in_file(size_t index) { return table[index]; }
