#include "adapters/sql/append_at_once.hpp"

#include <string>
#include <utility>
#include <vector>

#include "adapters/sql/json_text.hpp"
#include "adapters/sql/json_text_reader.hpp"
#include "adapters/sql/labels.hpp"
#include "adapters/sql/random_id.hpp"
#include "adapters/sql/scope.hpp"
#include "plugin/domain/names.hpp"

namespace parley::adapters::sql {
namespace {

using domain::Reference;
using domain::Scope;

/// A JSON object that is put together member by member.
class Object {
public:
  Object &text(std::string_view name, std::string_view value) {
    append_json_string(begun(name), value);
    return *this;
  }
  Object &number(std::string_view name, std::int64_t value) { return json(name, std::to_string(value)); }
  Object &json(std::string_view name, const std::string &value) {
    begun(name) += value;
    return *this;
  }
  [[nodiscard]] std::string end() const { return text_ + "}"; }

private:
  std::string &begun(std::string_view name) {
    if (text_.size() > 1) {
      text_ += ',';
    }
    append_json_string(text_, name);
    return text_ += ':';
  }

  std::string text_ = "{";
};

std::string_view level_name(domain::Level level) {
  switch (level) {
  case domain::Level::none:
    break;
  case domain::Level::user:
    return "user";
  case domain::Level::unit:
    return "unit";
  case domain::Level::division:
    return "division";
  case domain::Level::organization:
    return "organization";
  case domain::Level::global:
    return "global";
  }
  return "none";
}

std::string reference_json(const Reference &reference) {
  return Object().text("type", reference.type).text("id", reference.id).end();
}

std::string scope_json(const Scope &scope) {
  return Object()
      .text("level", level_name(scope.level))
      .json("actor", reference_json(scope.actor))
      .text("organization", scope.organization)
      .json("groups", json_array(groups_of(scope)))
      .json("customer", reference_json(scope.customer))
      .end();
}

/// Statuses in which it is written without any change of status.
std::string writable_json(const store::AppendMessage &command) {
  std::vector<std::string> names;
  for (const domain::Status status : command.writable) {
    if (status != command.revives || status == domain::Status::active) {
      names.emplace_back(domain::name_of(status));
    }
  }
  return json_array(names);
}

std::string labels_json(const std::vector<store::RecordLabel> &labels) {
  std::string json = "[";
  for (const store::RecordLabel &given : labels) {
    if (given.record.none()) {
      continue;
    }
    const store::RecordLabel label = with_sort_key(given);
    json += json.size() > 1 ? "," : "";
    json += Object()
                .text("type", label.record.type)
                .text("id", label.record.id)
                .text("title", label.title)
                .text("full_title", label.full_title)
                .text("sort_key", label.sort_key)
                .json("unit", reference_json(label.unit))
                .json("customer", reference_json(label.customer))
                .number("deleted", label.deleted ? 1 : 0)
                .number("refreshed", label.refreshed)
                .end();
  }
  return json + "]";
}

std::string command_json(const store::AppendMessage &command) {
  const store::Doing &doing = command.doing;
  const store::NewMessage &message = command.message;
  Object json;
  json.number("conversation", command.conversation)
      .number("now", doing.now)
      .text("audience", domain::name_of(doing.audience))
      .json("actor", reference_json(doing.actor))
      .json("view", scope_json(command.view))
      .json("act", scope_json(command.act))
      .json("writable", writable_json(command))
      .json("sender_customer", command.sender_customer ? reference_json(*command.sender_customer) : "null")
      .text("uid", random_id())
      .json("message", Object()
                           .json("sender", reference_json(message.sender))
                           .text("visibility", domain::name_of(message.visibility))
                           .text("body", message.body)
                           .text("client_id", message.client_id)
                           .text("words", message.words)
                           .end())
      .json("labels", labels_json(command.labels))
      .number("fresh", label_fresh);
  std::string once = "null";
  if (doing.once) {
    once = Object()
               .text("key", doing.once->key)
               .text("fingerprint", doing.once->fingerprint)
               .number("expires_at", doing.once->expires_at)
               .end();
  }
  return json.json("once", once).end();
}

store::Appended read_result(const store::AppendMessage &command, const std::string &json) {
  store::Appended appended;
  domain::Message &message = appended.message;
  message.conversation = command.conversation;
  message.sender = command.message.sender;
  message.posted_by = command.doing.actor;
  message.visibility = command.message.visibility;
  message.body = command.message.body;
  message.client_id = command.message.client_id;
  JsonTextReader reader(json);
  reader.expect('{');
  do {
    const std::string name = reader.string();
    reader.expect(':');
    if (name == "participant") {
      appended.participant_uid = reader.string();
    } else {
      const std::int64_t number = reader.number();
      if (name == "index") {
        message.index = number;
      } else if (name == "public_index") {
        message.public_index = number;
      } else if (name == "created") {
        message.created = number;
      }
    }
  } while (reader.take(','));
  reader.expect('}');
  reader.end();
  return appended;
}

} // namespace

std::optional<store::Appended> append_at_once(Session &session, std::string_view call,
                                              const store::AppendMessage &command) {
  auto rows = session.query(call, "t", {{"command", command_json(command)}});
  rows.next();
  const std::string result = rows.text();
  return result.empty() ? std::nullopt : std::optional(read_result(command, result));
}

} // namespace parley::adapters::sql
