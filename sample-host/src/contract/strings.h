// parley_str and parley_ref from and to our strings.
#ifndef PARLEY_SAMPLE_HOST_CONTRACT_STRINGS_H
#define PARLEY_SAMPLE_HOST_CONTRACT_STRINGS_H

#include <string>
#include <string_view>

#include <parley/types.h>

namespace host {

inline parley_str borrow(std::string_view text) {
  return {text.data(), text.size()};
}
inline std::string_view view(const parley_str &text) {
  return text.size == 0 ? std::string_view() : std::string_view(text.data, text.size);
}
inline std::string copy(const parley_str &text) {
  return std::string(view(text));
}
inline parley_ref borrow_ref(std::string_view type, std::string_view id) {
  return {borrow(type), borrow(id)};
}

} // namespace host

#endif
