/* Bytes that grow, and JSON written into them. */
#ifndef NOTE_BUFFER_H
#define NOTE_BUFFER_H

#include <parley/types.h>

/* Starts as {0}. Where memory runs out `failed` becomes 1, and what is added later is dropped. */
typedef struct buffer {
  char *data;
  size_t size;
  size_t capacity;
  int failed;
} buffer;

void buffer_bytes(buffer *self, const void *bytes, size_t size);
void buffer_text(buffer *self, const char *text);
void buffer_number(buffer *self, uint64_t number);
/* A JSON string, quoted and escaped. */
void buffer_string(buffer *self, const parley_str *text);
/* A JSON string: the time in RFC 3339, UTC. */
void buffer_time(buffer *self, int64_t microseconds);
/* A JSON object {"type":...,"id":...}. */
void buffer_ref(buffer *self, const parley_ref *ref);
parley_str buffer_view(const buffer *self);
void buffer_free(buffer *self);

#endif
