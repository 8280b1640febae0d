#include "plugin/jsonapi/json_reader.hpp"

#include <set>
#include <string>
#include <vector>

#include "plugin/jsonapi/utf8.hpp"

namespace parley::jsonapi {
namespace {

using nlohmann::json;

/// Looks at a text without building a tree, so that no depth can hurt, and no member hide behind its namesake.
class Gauge final : public nlohmann::json_sax<json> {
public:
  [[nodiscard]] bool too_deep() const { return too_deep_; }
  [[nodiscard]] bool twice() const { return twice_; }

  bool null() override { return true; }
  bool boolean(bool /*value*/) override { return true; }
  bool number_integer(number_integer_t /*value*/) override { return true; }
  bool number_unsigned(number_unsigned_t /*value*/) override { return true; }
  bool number_float(number_float_t /*value*/, const string_t & /*text*/) override { return true; }
  bool string(string_t & /*value*/) override { return true; }
  bool binary(binary_t & /*value*/) override { return true; }
  bool key(string_t &value) override {
    twice_ = !members_.back().insert(value).second;
    return !twice_;
  }
  bool start_object(std::size_t /*elements*/) override { return enter(); }
  bool start_array(std::size_t /*elements*/) override { return enter(); }
  bool end_object() override { return leave(); }
  bool end_array() override { return leave(); }
  bool parse_error(std::size_t /*position*/, const std::string & /*token*/,
                   const nlohmann::detail::exception & /*error*/) override {
    return false;
  }

private:
  bool enter() {
    members_.emplace_back();
    too_deep_ = members_.size() > static_cast<std::size_t>(deepest_nesting);
    return !too_deep_;
  }
  bool leave() {
    members_.pop_back();
    return true;
  }

  std::vector<std::set<string_t>> members_; ///< names so far, of each object or array that is open
  bool too_deep_ = false;
  bool twice_ = false;
};

domain::Failure malformed(std::string code, std::string detail) {
  return domain::failure(domain::Code::malformed, std::move(code), std::move(detail));
}

} // namespace

domain::Result<json> parse_json(std::string_view text) {
  if (!valid_utf8(text)) {
    return malformed("invalid-utf8", "The JSON holds bytes that are not UTF-8.");
  }
  // The parser would take a NUL byte for the end of the text.
  if (text.find('\0') != std::string_view::npos) {
    return malformed("unreadable-json", "The JSON cannot be read.");
  }
  Gauge gauge;
  if (!json::sax_parse(text.begin(), text.end(), &gauge)) {
    return gauge.too_deep() ? malformed("too-deep", "The JSON is nested more deeply than 64 levels.")
           : gauge.twice()  ? malformed("duplicate-member", "The JSON has an object with the same member twice.")
                            : malformed("unreadable-json", "The JSON cannot be read.");
  }
  return json::parse(text.begin(), text.end());
}

} // namespace parley::jsonapi
