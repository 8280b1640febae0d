#include "json.h"

#define DEPTH_MAX 64u

typedef struct reader {
  const char *at;
  const char *end;
} reader;

static void skip_space(reader *self) {
  while (self->at < self->end && (*self->at == ' ' || *self->at == '\t' || *self->at == '\n' || *self->at == '\r')) {
    ++self->at;
  }
}

static int take(reader *self, char byte) {
  if (self->at < self->end && *self->at == byte) {
    ++self->at;
    return 1;
  }
  return 0;
}

static int hex_digit(char byte) {
  if (byte >= '0' && byte <= '9') {
    return byte - '0';
  }
  if (byte >= 'a' && byte <= 'f') {
    return byte - 'a' + 10;
  }
  return byte >= 'A' && byte <= 'F' ? byte - 'A' + 10 : -1;
}

static int skip_string(reader *self) {
  if (!take(self, '"')) {
    return 0;
  }
  while (self->at < self->end) {
    const char byte = *self->at++;
    if (byte == '"') {
      return 1;
    }
    if ((unsigned char)byte < 0x20) {
      return 0;
    }
    if (byte != '\\') {
      continue;
    }
    if (self->at == self->end || *self->at == '\0' || strchr("\"\\/bfnrtu", *self->at) == NULL) {
      return 0;
    }
    if (*self->at++ != 'u') {
      continue;
    }
    for (int i = 0; i < 4; ++i) {
      if (self->at == self->end || hex_digit(*self->at++) < 0) {
        return 0;
      }
    }
  }
  return 0;
}

static int skip_digits(reader *self) {
  const char *start = self->at;
  while (self->at < self->end && *self->at >= '0' && *self->at <= '9') {
    ++self->at;
  }
  return self->at > start;
}

static int skip_number(reader *self) {
  take(self, '-');
  if (!take(self, '0') && !skip_digits(self)) {
    return 0;
  }
  if (take(self, '.') && !skip_digits(self)) {
    return 0;
  }
  if (take(self, 'e') || take(self, 'E')) {
    if (!take(self, '+')) {
      take(self, '-');
    }
    return skip_digits(self);
  }
  return 1;
}

static int skip_word(reader *self, const char *word) {
  const size_t size = strlen(word);
  if ((size_t)(self->end - self->at) < size || memcmp(self->at, word, size) != 0) {
    return 0;
  }
  self->at += size;
  return 1;
}

static int skip_value(reader *self, unsigned depth);

static int skip_members(reader *self, unsigned depth, char close) {
  ++self->at;
  skip_space(self);
  if (take(self, close)) {
    return 1;
  }
  do {
    skip_space(self);
    if (close == '}') {
      if (!skip_string(self)) {
        return 0;
      }
      skip_space(self);
      if (!take(self, ':')) {
        return 0;
      }
      skip_space(self);
    }
    if (!skip_value(self, depth + 1)) {
      return 0;
    }
    skip_space(self);
  } while (take(self, ','));
  return take(self, close);
}

static int skip_value(reader *self, unsigned depth) {
  if (self->at == self->end || depth > DEPTH_MAX) {
    return 0;
  }
  switch (*self->at) {
  case '{':
    return skip_members(self, depth, '}');
  case '[':
    return skip_members(self, depth, ']');
  case '"':
    return skip_string(self);
  case 't':
    return skip_word(self, "true");
  case 'f':
    return skip_word(self, "false");
  case 'n':
    return skip_word(self, "null");
  default:
    return skip_number(self);
  }
}

static reader reader_of(const parley_str *text) {
  static const char nothing[1] = "";
  const char *data = text->size > 0 ? text->data : nothing;
  reader result = {data, data + text->size};
  return result;
}

int json_valid(const parley_str *text) {
  reader reading = reader_of(text);
  skip_space(&reading);
  if (!skip_value(&reading, 0)) {
    return 0;
  }
  skip_space(&reading);
  return reading.at == reading.end;
}

int json_next(const parley_str *object, size_t *at, parley_str *key, parley_str *value) {
  reader reading = reader_of(object);
  const char *start = reading.at;
  reading.at += *at;
  skip_space(&reading);
  if (!take(&reading, *at == 0 ? '{' : ',')) {
    return 0;
  }
  skip_space(&reading);
  const char *key_start = reading.at;
  if (!skip_string(&reading)) {
    return 0;
  }
  key->data = key_start + 1;
  key->size = (size_t)(reading.at - key_start) - 2;
  skip_space(&reading);
  if (!take(&reading, ':')) {
    return 0;
  }
  skip_space(&reading);
  value->data = reading.at;
  if (!skip_value(&reading, 1)) {
    return 0;
  }
  value->size = (size_t)(reading.at - value->data);
  *at = (size_t)(reading.at - start);
  return 1;
}

static uint32_t four_digits(const char *at) {
  uint32_t unit = 0;
  for (int i = 0; i < 4; ++i) {
    unit = unit * 16u + (uint32_t)hex_digit(at[i]);
  }
  return unit;
}

static void add_code_point(buffer *text, uint32_t point) {
  char bytes[4];
  size_t size = 0;
  if (point < 0x80) {
    bytes[size++] = (char)point;
  } else if (point < 0x800) {
    bytes[size++] = (char)(0xC0 | (point >> 6));
    bytes[size++] = (char)(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    bytes[size++] = (char)(0xE0 | (point >> 12));
    bytes[size++] = (char)(0x80 | ((point >> 6) & 0x3F));
    bytes[size++] = (char)(0x80 | (point & 0x3F));
  } else {
    bytes[size++] = (char)(0xF0 | (point >> 18));
    bytes[size++] = (char)(0x80 | ((point >> 12) & 0x3F));
    bytes[size++] = (char)(0x80 | ((point >> 6) & 0x3F));
    bytes[size++] = (char)(0x80 | (point & 0x3F));
  }
  buffer_bytes(text, bytes, size);
}

/* The text between the quotes of a string that skip_string took. */
static void decode(const parley_str *escaped, buffer *text) {
  static const char names[] = "bfnrt";
  static const char bytes[] = "\b\f\n\r\t";
  for (size_t i = 0; i < escaped->size; ++i) {
    const char *at = escaped->data + i;
    if (*at != '\\') {
      buffer_bytes(text, at, 1);
      continue;
    }
    ++i;
    const char *name = strchr(names, at[1]);
    if (name != NULL) {
      buffer_bytes(text, &bytes[name - names], 1);
    } else if (at[1] != 'u') {
      buffer_bytes(text, at + 1, 1);
    } else {
      uint32_t point = four_digits(at + 2);
      i += 4;
      const int another = i + 6 < escaped->size && at[6] == '\\' && at[7] == 'u';
      const uint32_t low = another ? four_digits(at + 8) : 0;
      if (point >= 0xD800 && point < 0xDC00 && low >= 0xDC00 && low < 0xE000) {
        point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
        i += 6;
      } else if (point >= 0xD800 && point < 0xE000) {
        point = 0xFFFD; /* half a pair: the replacement character */
      }
      add_code_point(text, point);
    }
  }
}

int json_member(const parley_str *object, const char *name, parley_str *value) {
  const parley_str wanted = parley_str_of(name);
  size_t at = 0;
  parley_str key;
  parley_str next;
  parley_str found = {NULL, 0};
  int result = 0;
  while (json_next(object, &at, &key, &next)) {
    int same = (int)parley_str_equal(&key, &wanted);
    if (!same && key.size > wanted.size) {
      buffer text = {0};
      decode(&key, &text);
      const parley_str decoded = buffer_view(&text);
      same = (int)parley_str_equal(&decoded, &wanted);
      buffer_free(&text);
    }
    if (same) {
      found = next;
      result = 1;
    }
  }
  if (result) {
    *value = found; /* only now: `value` may be `object` */
  }
  return result;
}

int json_path(const parley_str *object, const char *const *names, parley_str *value) {
  parley_str inner = *object;
  for (; *names != NULL; ++names) {
    if (!json_member(&inner, *names, &inner)) {
      return 0;
    }
  }
  *value = inner;
  return 1;
}

int json_is(const parley_str *value, const char *word) {
  const parley_str expected = parley_str_of(word);
  return (int)parley_str_equal(value, &expected);
}

int json_text(const parley_str *value, buffer *text) {
  if (value->size < 2 || value->data[0] != '"') {
    return 0;
  }
  const parley_str inner = {value->data + 1, value->size - 2};
  decode(&inner, text);
  return 1;
}
