#include "host-sdk/src/json/writer.hpp"

#include "host-sdk/src/text.hpp"

namespace parley::host {

namespace {

// Bytes that are no UTF-8, which JSON cannot hold, become U+FFFD.
std::string mended(std::string_view text) {
  std::string good;
  while (!text.empty()) {
    std::size_t length = 1;
    while (length <= 4 && length <= text.size() && !is_utf8(text.substr(0, length))) {
      ++length;
    }
    if (length <= 4 && length <= text.size()) {
      good += text.substr(0, length);
      text.remove_prefix(length);
    } else {
      good += "\xEF\xBF\xBD";
      text.remove_prefix(1);
    }
  }
  return good;
}

} // namespace

void append_json_string(std::string &out, std::string_view text) {
  if (!is_utf8(text)) {
    append_json_string(out, mended(text));
    return;
  }
  const char *const hex = "0123456789abcdef";
  out.push_back('"');
  for (const char c : text) {
    switch (c) {
    case '"':
      out += "\\\"";
      break;
    case '\\':
      out += "\\\\";
      break;
    case '\n':
      out += "\\n";
      break;
    case '\r':
      out += "\\r";
      break;
    case '\t':
      out += "\\t";
      break;
    default:
      if (static_cast<unsigned char>(c) < 0x20) {
        out += "\\u00";
        out.push_back(hex[static_cast<unsigned char>(c) >> 4]);
        out.push_back(hex[static_cast<unsigned char>(c) & 15]);
      } else {
        out.push_back(c);
      }
    }
  }
  out.push_back('"');
}

void JsonWriter::separate() {
  if (comma_) {
    out_.push_back(',');
  }
  comma_ = true;
}

JsonWriter &JsonWriter::open(char bracket) {
  separate();
  out_.push_back(bracket);
  comma_ = false;
  return *this;
}

JsonWriter &JsonWriter::close(char bracket) {
  out_.push_back(bracket);
  comma_ = true;
  return *this;
}

JsonWriter &JsonWriter::key(std::string_view name) {
  separate();
  append_json_string(out_, name);
  out_.push_back(':');
  comma_ = false;
  return *this;
}

JsonWriter &JsonWriter::string(std::string_view text) {
  separate();
  append_json_string(out_, text);
  return *this;
}

JsonWriter &JsonWriter::raw(std::string_view json) {
  separate();
  out_.append(json);
  return *this;
}

} // namespace parley::host
