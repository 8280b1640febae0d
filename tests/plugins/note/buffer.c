#include "buffer.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

void buffer_bytes(buffer *self, const void *bytes, size_t size) {
  if (self->failed || size == 0) {
    return;
  }
  if (size > self->capacity - self->size) {
    size_t capacity = self->capacity < 256 ? 256 : self->capacity;
    while (capacity - self->size < size && capacity < SIZE_MAX / 2) {
      capacity *= 2;
    }
    char *data = capacity - self->size < size ? NULL : realloc(self->data, capacity);
    if (data == NULL) {
      self->failed = 1;
      return;
    }
    self->data = data;
    self->capacity = capacity;
  }
  memcpy(self->data + self->size, bytes, size);
  self->size += size;
}

void buffer_text(buffer *self, const char *text) {
  buffer_bytes(self, text, strlen(text));
}

void buffer_number(buffer *self, uint64_t number) {
  char digits[24];
  const int size = snprintf(digits, sizeof digits, "%" PRIu64, number);
  buffer_bytes(self, digits, size > 0 ? (size_t)size : 0);
}

void buffer_string(buffer *self, const parley_str *text) {
  buffer_text(self, "\"");
  size_t written = 0;
  for (size_t i = 0; i < text->size; ++i) {
    const unsigned char byte = (unsigned char)text->data[i];
    if (byte >= 0x20 && byte != '"' && byte != '\\') {
      continue;
    }
    char escaped[8];
    const int size = snprintf(escaped, sizeof escaped, byte < 0x20 ? "\\u%04x" : "\\%c", byte);
    buffer_bytes(self, text->data + written, i - written);
    buffer_bytes(self, escaped, size > 0 ? (size_t)size : 0);
    written = i + 1;
  }
  if (written < text->size) {
    buffer_bytes(self, text->data + written, text->size - written);
  }
  buffer_text(self, "\"");
}

/* Year, month and day of a day number; 0 is 1970-01-01. The calendar is counted from March, in eras of 400 years. */
static void civil_date(int64_t days, int64_t *year, int64_t *month, int64_t *day) {
  days += 719468;
  const int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const int64_t day_of_era = days - era * 146097;
  const int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t from_march = (5 * day_of_year + 2) / 153;
  *day = day_of_year - (153 * from_march + 2) / 5 + 1;
  *month = from_march < 10 ? from_march + 3 : from_march - 9;
  *year = year_of_era + era * 400 + (*month <= 2 ? 1 : 0);
}

void buffer_time(buffer *self, int64_t microseconds) {
  const int64_t a_day = INT64_C(86400000000);
  int64_t days = microseconds / a_day;
  int64_t rest = microseconds % a_day;
  if (rest < 0) {
    rest += a_day;
    --days;
  }
  int64_t year = 0;
  int64_t month = 0;
  int64_t day = 0;
  civil_date(days, &year, &month, &day);
  char text[96];
  const int size = snprintf(text, sizeof text, "\"%04d-%02d-%02dT%02d:%02d:%02d.%06dZ\"", (int)year, (int)month,
                            (int)day, (int)(rest / INT64_C(3600000000)), (int)(rest / 60000000 % 60),
                            (int)(rest / 1000000 % 60), (int)(rest % 1000000));
  buffer_bytes(self, text, size > 0 ? (size_t)size : 0);
}

void buffer_ref(buffer *self, const parley_ref *ref) {
  buffer_text(self, "{\"type\":");
  buffer_string(self, &ref->type);
  buffer_text(self, ",\"id\":");
  buffer_string(self, &ref->id);
  buffer_text(self, "}");
}

parley_str buffer_view(const buffer *self) {
  parley_str view = {self->data, self->size};
  return view;
}

void buffer_free(buffer *self) {
  free(self->data);
  memset(self, 0, sizeof *self);
}
