#include "sample-host/src/web/setting_fields.h"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>

#include <nlohmann/json.hpp>

#include "sample-host/src/words.h"

namespace host {
namespace {

using Json = nlohmann::json;

// What a value looks like in a text field or an option.
std::string text_of(const Json &value) {
  return value.is_string() ? value.get<std::string>() : value.is_null() ? std::string() : value.dump();
}

bool lists(const Json &schema) {
  return schema.contains("enum") && schema["enum"].is_array();
}

std::string type_of(const Json &schema) {
  const auto found = schema.find("type");
  return found != schema.end() && found->is_string() ? found->get<std::string>() : std::string();
}

const Json &choices_of(const Json &schema) {
  return lists(schema) ? schema.at("enum") : schema.at("items").at("enum");
}

// The one with this text; nullptr: there is none.
const Json *chosen(const Json &choices, const std::string &text) {
  for (const Json &choice : choices) {
    if (text_of(choice) == text) {
      return &choice;
    }
  }
  return nullptr;
}

bool is_among(const Json &entry, const std::string &text) {
  if (!entry.is_array()) {
    return entry == text;
  }
  for (const Json &one : entry) {
    if (one == text) {
      return true;
    }
  }
  return false;
}

std::optional<double> bound(const Json &schema, const char *name) {
  const auto found = schema.find(name);
  return found != schema.end() && found->is_number() ? std::optional(found->get<double>()) : std::nullopt;
}

// Why a number is none that can be taken: what it should be, and within which bounds.
std::string number_fault(const Json &schema, bool whole, const std::string &locale) {
  const bool least = bound(schema, "minimum").has_value();
  const bool most = bound(schema, "maximum").has_value();
  const Places places{{"least", least ? schema.at("minimum").dump() : ""},
                      {"most", most ? schema.at("maximum").dump() : ""}};
  if (least && most) {
    return whole ? words(locale, "This value should be a whole number from {least} to {most}.", places)
                 : words(locale, "This value should be a number from {least} to {most}.", places);
  }
  if (least) {
    return whole ? words(locale, "This value should be a whole number of at least {least}.", places)
                 : words(locale, "This value should be a number of at least {least}.", places);
  }
  if (most) {
    return whole ? words(locale, "This value should be a whole number of at most {most}.", places)
                 : words(locale, "This value should be a number of at most {most}.", places);
  }
  return whole ? words(locale, "This value should be a whole number.")
               : words(locale, "This value should be a number.");
}

bool is_within(const Json &schema, double number) {
  return number >= bound(schema, "minimum").value_or(number) && number <= bound(schema, "maximum").value_or(number);
}

template <class Number>
std::optional<Number> parsed(const std::string &text) {
  Number number{};
  const char *end = text.data() + text.size();
  const auto [last, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && last == end ? std::optional(number) : std::nullopt;
}

std::size_t characters(const std::string &text) {
  std::size_t count = 0;
  for (const char byte : text) {
    count += (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U ? 1 : 0;
  }
  return count;
}

Json whole_number(const Json &schema, const std::string &text, const std::string &locale, std::string &fault) {
  const auto number = parsed<std::int64_t>(text);
  if (!number || !is_within(schema, static_cast<double>(*number))) {
    fault = number_fault(schema, true, locale);
    return nullptr;
  }
  return *number;
}

Json any_number(const Json &schema, const std::string &text, const std::string &locale, std::string &fault) {
  const auto number = parsed<double>(text);
  if (!number || !std::isfinite(*number) || !is_within(schema, *number)) {
    fault = number_fault(schema, false, locale);
    return nullptr;
  }
  return *number;
}

Json line(const Json &schema, const std::string &text, const std::string &locale, std::string &fault) {
  const auto size = static_cast<double>(characters(text));
  if (size < bound(schema, "minLength").value_or(size)) {
    fault = text.empty() ? words(locale, "This value should not be blank.") : words(locale, "This value is too short.");
  } else if (size > bound(schema, "maxLength").value_or(size)) {
    fault =
        words(locale, "This value should have {most} characters or less.", {{"most", schema.at("maxLength").dump()}});
  }
  return fault.empty() ? Json(text) : Json(nullptr);
}

Json one_of(const Json &schema, const std::string &text, const std::string &locale, std::string &fault) {
  const Json *choice = chosen(choices_of(schema), text);
  if (choice == nullptr) {
    fault = words(locale, "Choose one of the values.");
    return nullptr;
  }
  return *choice;
}

Json some_of(const Json &schema, const Json &texts, const std::string &locale, std::string &fault) {
  Json values = Json::array();
  for (const Json &text : texts) {
    const Json *choice = chosen(choices_of(schema), text_of(text));
    if (choice == nullptr) {
      fault = words(locale, "Choose among the values.");
      return nullptr;
    }
    values.push_back(*choice);
  }
  const auto size = static_cast<double>(values.size());
  if (size < bound(schema, "minItems").value_or(size)) {
    fault = words(locale, "Choose at least {least}.", {{"least", schema.at("minItems").dump()}});
    return nullptr;
  }
  return values;
}

} // namespace

SettingField::SettingField(const Json &schema, Names names, std::string locale)
    : schema_(schema), names_(std::move(names)), locale_(std::move(locale)) {
  const std::string type = type_of(schema);
  const auto items = schema.find("items");
  kind_ = lists(schema)                                                                     ? Kind::choice
          : type == "boolean"                                                               ? Kind::flag
          : type == "integer"                                                               ? Kind::whole
          : type == "number"                                                                ? Kind::number
          : type == "string"                                                                ? Kind::line
          : type == "array" && items != schema.end() && items->is_object() && lists(*items) ? Kind::choices
                                                                                            : Kind::json;
}

Json SettingField::entry_of(const Json &value) const {
  if (kind_ == Kind::flag) {
    return value == true;
  }
  if (kind_ == Kind::choices) {
    Json texts = Json::array();
    for (const Json &one : value.is_array() ? value : Json::array()) {
      texts.push_back(text_of(one));
    }
    return texts;
  }
  return kind_ == Kind::json ? value.dump() : text_of(value);
}

Json SettingField::entry_from(const Fields &form, const std::string &name) const {
  if (kind_ == Kind::flag) {
    return field(form, name) == "on";
  }
  if (kind_ == Kind::choices) {
    Json texts = Json::array();
    for (const auto &[key, value] : form) {
      if (key == name) {
        texts.push_back(value);
      }
    }
    return texts;
  }
  return kind_ == Kind::line ? field(form, name) : trim(field(form, name));
}

Json SettingField::value_of(const Json &entry, std::string &fault) const {
  switch (kind_) {
  case Kind::flag:
    return entry;
  case Kind::choices:
    return some_of(schema_, entry, locale_, fault);
  case Kind::choice:
    return one_of(schema_, text_of(entry), locale_, fault);
  case Kind::whole:
    return whole_number(schema_, text_of(entry), locale_, fault);
  case Kind::number:
    return any_number(schema_, text_of(entry), locale_, fault);
  case Kind::line:
    return line(schema_, text_of(entry), locale_, fault);
  case Kind::json:
    break;
  }
  Json value = Json::parse(text_of(entry), nullptr, false);
  if (value.is_discarded()) {
    fault = host::words(locale_, "This value should be JSON.");
    return nullptr;
  }
  return value;
}

std::string SettingField::name_of(const std::string &text) const {
  const std::string name = names_(text);
  return name.empty() ? text : name;
}

Json SettingField::options(const Json &entry, const Json &usual) const {
  Json options = Json::array();
  for (const Json &choice : choices_of(schema_)) {
    const std::string text = text_of(choice);
    options.push_back({{"option", text},
                       {"optionLabel", name_of(text)},
                       {"chosen", is_among(entry, text)},
                       {"usual", is_among(usual, text)}});
  }
  return options;
}

Json SettingField::model(const Json &entry, const Json &usual) const {
  const bool has_options = kind_ == Kind::choice || kind_ == Kind::choices;
  return {{"flag", kind_ == Kind::flag},
          {"checked", kind_ == Kind::flag && entry == true},
          {"usuallyChecked", kind_ == Kind::flag && usual == true},
          {"line", kind_ == Kind::whole || kind_ == Kind::number || kind_ == Kind::line},
          {"keyboard", kind_ == Kind::whole    ? "numeric"
                       : kind_ == Kind::number ? "decimal"
                                               : "text"},
          {"short", kind_ == Kind::whole || kind_ == Kind::number},
          {"lines", kind_ == Kind::json},
          {"value", entry.is_string() ? entry : Json("")},
          {"usualValue", usual.is_string() ? usual : Json("")},
          {"choice", kind_ == Kind::choice},
          {"choices", kind_ == Kind::choices},
          {"options", has_options ? options(entry, usual) : Json::array()}};
}

std::string SettingField::words(const Json &value) const {
  if (kind_ == Kind::flag) {
    return value == true ? host::words(locale_, "On") : host::words(locale_, "Off");
  }
  if (kind_ != Kind::choices || !value.is_array()) {
    return kind_ == Kind::choice ? name_of(text_of(value)) : text_of(value);
  }
  std::string all;
  for (const Json &one : value) {
    all += (all.empty() ? "" : ", ") + name_of(text_of(one));
  }
  return all.empty() ? host::words(locale_, "None") : all;
}

} // namespace host
