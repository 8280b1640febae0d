/*
 * What NOTE_WITH_PRIORITY adds to a note: the attribute "priority", one of "low", "normal" and "high". It shows what a
 * further attribute takes, and that nothing outside this folder is part of it: the same host loads both.
 */
#ifndef NOTE_PRIORITY_H
#define NOTE_PRIORITY_H

#include "buffer.h"

#define PRIORITY_LOW 0
#define PRIORITY_NORMAL 1 /* of a note that says none */
#define PRIORITY_HIGH 2

/* What stands in the document for one of PRIORITY_*. */
const char *priority_name(int priority);

/* 1 and one of PRIORITY_* where the text is the name of one. */
int priority_parse(const parley_str *name, int *priority);

#endif
