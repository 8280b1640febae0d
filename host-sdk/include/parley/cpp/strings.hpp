/// Strings of the contract in C++: parley_str and parley_ref, to and fro. Nothing here copies unless it says so.
#pragma once

#include <parley/types.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley::cpp {

/// Borrows; valid as long as the bytes that `text` shows.
inline parley_str str(std::string_view text) noexcept {
  return parley_str{text.data(), text.size()};
}

/// Borrows. A string with size 0 may have no data at all.
inline std::string_view view(const parley_str &text) noexcept {
  return text.size == 0 ? std::string_view() : std::string_view(text.data, text.size);
}

/// Copies.
inline std::string text(const parley_str &borrowed) {
  return std::string(view(borrowed));
}

/// Borrows from both strings.
inline parley_ref ref(std::string_view type, std::string_view id) noexcept {
  return parley_ref{str(type), str(id)};
}

/// An optional string of a struct whose writer may be older: the empty string where the member does not fit.
#define PARLEY_TEXT(pointer, type, member) \
  (PARLEY_HAS(pointer, type, member) ? ::parley::cpp::view((pointer)->member) : ::std::string_view())

/// A list of strings together with the parley_str array that shows them. Not copied, since the array points into it.
class StringArray {
public:
  explicit StringArray(std::vector<std::string> texts) : texts_(std::move(texts)) {
    shown_.reserve(texts_.size());
    for (const std::string &each : texts_) {
      shown_.push_back(str(each));
    }
  }
  StringArray(const StringArray &) = delete;
  StringArray &operator=(const StringArray &) = delete;
  StringArray(StringArray &&) = delete;
  StringArray &operator=(StringArray &&) = delete;
  ~StringArray() = default;

  [[nodiscard]] const parley_str *data() const noexcept { return shown_.data(); }
  [[nodiscard]] std::size_t size() const noexcept { return shown_.size(); }
  [[nodiscard]] const std::vector<std::string> &texts() const noexcept { return texts_; }

private:
  std::vector<std::string> texts_;
  std::vector<parley_str> shown_;
};

} // namespace parley::cpp
