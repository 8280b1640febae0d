#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace parley::jsonapi {

/// Writes JSON into a buffer as it is told, without building a tree first. Commas are its business, nesting is the
/// caller's: every begin has its end, and a key stands before each value of an object.
///
/// Strings come out as valid JSON whatever comes in: bytes that are not UTF-8 become U+FFFD.
class JsonWriter {
public:
  explicit JsonWriter(std::string &out) : out_(out) {}

  void begin_object();
  void end_object();
  void begin_array();
  void end_array();
  void key(std::string_view name);

  void string(std::string_view text);
  void integer(std::int64_t number);
  void boolean(bool value);
  void null();

  void member(std::string_view name, std::string_view text) {
    key(name);
    string(text);
  }

private:
  void separate();

  std::string &out_;
  bool first_ = true; ///< nothing stands before the next value or key in its object or array
};

/// Appends `text` as a JSON string, quotes included.
void append_json_string(std::string &out, std::string_view text);

} // namespace parley::jsonapi
