// Writes JSON into a string, without a document in between.
#ifndef PARLEY_HOST_JSON_WRITER_HPP
#define PARLEY_HOST_JSON_WRITER_HPP

#include <cstdint>
#include <string>
#include <string_view>

namespace parley::host {

class JsonWriter {
public:
  explicit JsonWriter(std::string &out) : out_(out) {}

  JsonWriter &begin_object() { return open('{'); }
  JsonWriter &end_object() { return close('}'); }
  JsonWriter &begin_array() { return open('['); }
  JsonWriter &end_array() { return close(']'); }
  JsonWriter &key(std::string_view name);

  JsonWriter &string(std::string_view text);
  JsonWriter &boolean(bool value) { return raw(value ? "true" : "false"); }
  JsonWriter &number(std::uint64_t value) { return raw(std::to_string(value)); }
  JsonWriter &integer(std::int64_t value) { return raw(std::to_string(value)); }
  JsonWriter &null() { return raw("null"); }
  // Puts bytes that are JSON already.
  JsonWriter &raw(std::string_view json);

  JsonWriter &member(std::string_view name, std::string_view text) { return key(name).string(text); }

private:
  JsonWriter &open(char bracket);
  JsonWriter &close(char bracket);
  void separate();

  std::string &out_;
  bool comma_ = false;
};

void append_json_string(std::string &out, std::string_view text);

} // namespace parley::host

#endif
