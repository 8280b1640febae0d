/* The same numbers hold in C++. */
#include "layout.c" // NOLINT(bugprone-suspicious-include)
