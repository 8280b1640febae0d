/* Exports something, but no parley_entry. */
#include <parley/types.h>

PARLEY_EXPORT extern const uint32_t another_entry;
const uint32_t another_entry = 1;
