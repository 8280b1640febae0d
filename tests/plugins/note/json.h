/* Just enough JSON to read members out of a document. Nothing here copies or allocates but json_text. */
#ifndef NOTE_JSON_H
#define NOTE_JSON_H

#include "buffer.h"

/* 1 where the text is one JSON value and nothing else. */
int json_valid(const parley_str *text);

/*
 * Walks the members of an object: `*at` starts as 0. Answers 1 and the next key (still escaped, without quotes) and value
 * (as written); 0 at the end, or where `object` is no valid JSON object.
 */
int json_next(const parley_str *object, size_t *at, parley_str *key, parley_str *value);

/* 1 and the value as written, where `object` is an object with such a member; of several the last one counts. */
int json_member(const parley_str *object, const char *name, parley_str *value);

/* The same along a path of members; the list ends with NULL. */
int json_path(const parley_str *object, const char *const *names, parley_str *value);

/* 1 where the value is this word: "true", "null". */
int json_is(const parley_str *value, const char *word);

/* 1 and the decoded text where the value is a string. */
int json_text(const parley_str *value, buffer *text);

#endif
