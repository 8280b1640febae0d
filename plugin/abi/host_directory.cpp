#include "plugin/abi/host_directory.hpp"

#include <algorithm>
#include <utility>

#include "plugin/abi/failures.hpp"
#include "plugin/app/messages.hpp"
#include "plugin/app/settings.hpp"
#include "plugin/jsonapi/names.hpp"
#include "plugin/jsonapi/utf8.hpp"

namespace parley::abi {
namespace {

using domain::Level;

Level level_of(std::uint32_t level) {
  switch (level) {
  case PARLEY_LEVEL_USER:
    return Level::user;
  case PARLEY_LEVEL_UNIT:
    return Level::unit;
  case PARLEY_LEVEL_DIVISION:
    return Level::division;
  case PARLEY_LEVEL_ORGANIZATION:
    return Level::organization;
  case PARLEY_LEVEL_GLOBAL:
    return Level::global;
  default:
    return Level::none;
  }
}

std::vector<parley_ref> refs_of(const std::vector<domain::Reference> &references) {
  std::vector<parley_ref> refs;
  refs.reserve(references.size());
  for (const domain::Reference &reference : references) {
    refs.push_back(cpp::ref(reference.type, reference.id));
  }
  return refs;
}

domain::Reference take(cpp::Ref &&ref) {
  return domain::Reference{jsonapi::clean_utf8(std::move(ref.type)), jsonapi::clean_utf8(std::move(ref.id))};
}

/// As it is kept and shown: longer ones help nobody, and every row of a list carries its titles.
std::string title_of(std::string text) {
  constexpr std::size_t longest = 1024; // bytes
  return jsonapi::shortened_utf8(jsonapi::clean_utf8(std::move(text)), longest);
}

/// Units or customers of a scope. What no database could hold names none.
std::vector<std::string> ids_of(std::vector<std::string> ids) {
  const auto no_text = [](const std::string &id) {
    return !jsonapi::valid_utf8(id) || id.find('\0') != std::string::npos;
  };
  ids.erase(std::remove_if(ids.begin(), ids.end(), no_text), ids.end());
  return ids;
}

} // namespace

domain::Scope scope_from(cpp::ScopeAnswer answer) {
  domain::Scope scope;
  scope.level = level_of(answer.level);
  scope.organization = jsonapi::clean_utf8(std::move(answer.organization));
  scope.units = ids_of(std::move(answer.units));
  scope.customers = ids_of(std::move(answer.customers));
  scope.customer = take(std::move(answer.customer));
  return scope;
}

bool OnceTold::first(const std::string &what) {
  constexpr std::size_t most = 256;
  const std::lock_guard lock(mutex_);
  return told_.size() < most && told_.insert(what).second;
}

domain::Failure HostDirectory::failed(std::int32_t status, const char *what) const {
  const domain::Code code = code_of(status);
  host_.log(&call_, PARLEY_LOG_WARNING, "host.failed",
            std::string("The answer of the host's ") + what + " cannot be used: " +
                (status == PARLEY_INCOMPATIBLE ? std::string("it answered another number than was asked")
                                               : "status " + std::to_string(status)));
  const std::string_view locale = request_.locale;
  switch (code) {
  case domain::Code::busy:
    return domain::failure(code, "busy", std::string(app::words(app::Text::busy, locale)));
  case domain::Code::timed_out:
    return domain::failure(code, "timed-out", std::string(app::words(app::Text::timed_out, locale)));
  case domain::Code::cancelled:
    return domain::failure(code, "cancelled", std::string(app::words(app::Text::cancelled, locale)));
  default:
    return domain::failure(code, "unavailable", std::string(app::words(app::Text::unavailable, locale)));
  }
}

domain::Result<std::vector<app::RecordFacts>> HostDirectory::resolve(const std::vector<domain::Reference> &references) {
  std::vector<app::RecordFacts> facts;
  if (references.empty()) {
    return facts;
  }
  std::vector<cpp::RecordFacts> records;
  const std::int32_t status = host_.resolve(&call_, refs_of(references), records, nullptr);
  if (status != PARLEY_OK) {
    return failed(status, "parley.records/1: resolve");
  }
  facts.reserve(records.size());
  for (std::size_t index = 0; index < records.size(); ++index) {
    cpp::RecordFacts &record = records[index];
    app::RecordFacts fact;
    fact.record = references[index];
    fact.exists = record.exists;
    if (record.exists) {
      fact.has_page = record.has_page;
      // Titles are kept in our database, which must not depend on the host's care.
      fact.title = title_of(std::move(record.title));
      fact.full_title = record.full_title.empty() ? fact.title : title_of(std::move(record.full_title));
      fact.sort_key = record.sort_key.empty() ? fact.title : title_of(std::move(record.sort_key));
      fact.owner = take(std::move(record.owner));
      fact.unit = take(std::move(record.unit));
      fact.customer = take(std::move(record.customer));
      fact.customer_user = take(std::move(record.customer_user));
      fact.organization = take(std::move(record.organization));
      fact.website = take(std::move(record.website));
    }
    facts.push_back(std::move(fact));
  }
  return facts;
}

domain::Result<std::vector<bool>> HostDirectory::visible(const std::vector<domain::Reference> &references) {
  if (references.empty()) {
    return std::vector<bool>();
  }
  std::vector<std::uint8_t> answers;
  const std::int32_t status = host_.visible(&call_, refs_of(references), answers, nullptr);
  if (status != PARLEY_OK) {
    return failed(status, "parley.access/1: visible");
  }
  return std::vector<bool>(answers.begin(), answers.end());
}

domain::Result<std::vector<domain::Scope>> HostDirectory::scopes(const std::vector<app::Permission> &permissions) {
  std::vector<domain::Scope> scopes;
  if (permissions.empty()) {
    return scopes;
  }
  std::vector<cpp::HostProxy::Permission> questions;
  questions.reserve(permissions.size());
  for (const app::Permission &permission : permissions) {
    questions.push_back({permission.subject, permission.name});
  }
  std::vector<cpp::ScopeAnswer> answers;
  const std::int32_t status = host_.scopes(&call_, questions, answers, nullptr);
  if (status != PARLEY_OK) {
    return failed(status, "parley.access/1: scopes");
  }
  scopes.reserve(answers.size());
  for (cpp::ScopeAnswer &answer : answers) {
    domain::Scope scope = scope_from(std::move(answer));
    scope.audience = request_.audience;
    scope.actor = request_.actor;
    scopes.push_back(std::move(scope));
  }
  return scopes;
}

domain::Result<std::vector<std::string>> HostDirectory::settings(const std::vector<std::string> &names) {
  if (names.empty()) {
    return std::vector<std::string>();
  }
  std::vector<app::SettingQuestion> here;
  here.reserve(names.size());
  for (const std::string &name : names) {
    here.push_back({name, request_.organization, request_.website});
  }
  return settings_at(here);
}

domain::Result<std::vector<std::string>> HostDirectory::settings_at(const std::vector<app::SettingQuestion> &asked) {
  if (asked.empty()) {
    return std::vector<std::string>();
  }
  std::vector<cpp::HostProxy::Setting> questions;
  questions.reserve(asked.size());
  for (const app::SettingQuestion &each : asked) {
    questions.push_back({each.name, each.organization, each.website});
  }
  std::vector<std::string> values;
  const std::int32_t status = host_.settings(&call_, questions, values, nullptr);
  if (status != PARLEY_OK) {
    return failed(status, "parley.settings: values");
  }
  return values;
}

void HostDirectory::bad_setting(std::string_view name, std::string_view value) {
  constexpr std::size_t shown = 64; // bytes: nobody knows what it is
  const std::string text = jsonapi::clean_utf8(std::string(value.substr(0, shown)));
  if (told_.first(std::string(name) + '=' + text)) {
    host_.log(&call_, PARLEY_LOG_WARNING, "setting.unusable",
              "The value of the setting " + std::string(name) + " cannot be used; its default holds: " + text);
  }
}

domain::Result<std::vector<std::string>> HostDirectory::carrying() {
  const auto values = settings({std::string(app::setting::record_types)});
  if (!values) {
    return values.failure();
  }
  const std::string value = values->empty() ? std::string() : values->front();
  if (value.empty()) {
    return types_.records;
  }
  auto names = jsonapi::read_names(value);
  if (!names) {
    bad_setting(app::setting::record_types, value);
    return types_.records;
  }
  return *std::move(names);
}

domain::Result<std::vector<app::RecordType>> HostDirectory::types() {
  return types_.list();
}

} // namespace parley::abi
