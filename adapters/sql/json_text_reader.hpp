#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace parley::adapters::sql {

/// Reads the JSON that this folder writes into columns, or that databases make of columns, from left to right. Throws DatabaseError (schema) where
/// something else stands.
class JsonTextReader {
public:
  explicit JsonTextReader(std::string_view text) : text_(text) {}

  /// Goes over a punctuation mark that must stand here.
  void expect(char mark);
  /// Goes over it if it stands here.
  bool take(char mark);
  std::string string();
  /// Without a sign.
  std::int64_t number();
  /// Nothing may follow.
  void end();

private:
  void skip_space();
  void append_escaped(std::string &text);

  std::string_view text_;
  std::size_t at_ = 0;
};

} // namespace parley::adapters::sql
