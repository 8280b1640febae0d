// The value of a setting as a field of a form, by its JSON Schema: booleans, numbers, choices, lists of choices, texts; what
// is none of these is edited as JSON.
#ifndef PARLEY_SAMPLE_HOST_WEB_SETTING_FIELDS_H
#define PARLEY_SAMPLE_HOST_WEB_SETTING_FIELDS_H

#include <functional>
#include <memory>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "sample-host/src/text.h"

namespace host {

// Lives as long as the schema that it was made of. [thread-safe]
class SettingField {
public:
  // How a value of a choice is called; empty: as itself.
  using Names = std::function<std::string(const std::string &value)>;

  // locale: of what it says.
  SettingField(const nlohmann::json &schema, Names names, std::string locale);

  // What the field holds for a value, and what a form brought. An entry is true or false, a list of texts, or a text, as
  // somebody wrote it.
  nlohmann::json entry_of(const nlohmann::json &value) const;
  nlohmann::json entry_from(const Fields &form, const std::string &name) const;
  // The value of an entry; where it has none, a null, and `fault` says why.
  nlohmann::json value_of(const nlohmann::json &entry, std::string &fault) const;
  // Members for configuration.mustache. usual: the entry that holds without one of its own.
  nlohmann::json model(const nlohmann::json &entry, const nlohmann::json &usual) const;
  // A value in words.
  std::string words(const nlohmann::json &value) const;

private:
  enum class Kind { flag, whole, number, choice, choices, line, json };
  nlohmann::json options(const nlohmann::json &entry, const nlohmann::json &usual) const;
  std::string name_of(const std::string &text) const;

  const nlohmann::json &schema_;
  Names names_;
  std::string locale_;
  Kind kind_;
};

} // namespace host

#endif
