#include "plugin/jsonapi/configuration.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include "plugin/jsonapi/json_reader.hpp"
#include "plugin/jsonapi/request_document.hpp"

namespace parley::jsonapi {
namespace {

using nlohmann::json;

constexpr std::size_t longest_prefix = 32;
constexpr std::uint32_t largest_pool = 256;
constexpr std::uint32_t longest_ms = 3'600'000;
constexpr std::array members{"database",   "tablePrefix",      "migrations", "poolSize",
                             "patienceMs", "statementLimitMs", "threads"};

/// "<word>:<something>"
bool looks_like_connection(std::string_view text) {
  const std::size_t colon = text.find(':');
  return colon != std::string_view::npos && colon > 0 && colon + 1 < text.size() &&
         std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
}

bool usable_prefix(std::string_view text) {
  return text.size() <= longest_prefix && (text.empty() || text.front() < '0' || text.front() > '9') &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

class Reader {
public:
  explicit Reader(const json &tree) : tree_(tree) {}

  void read(Configuration &configuration) {
    for (const auto &member : tree_.items()) {
      const std::string &name = member.key();
      if (std::find(members.begin(), members.end(), name) == members.end()) {
        fault("unknown-member", "There is no such member.", name);
      }
    }
    database(configuration);
    table_prefix(configuration);
    migrations(configuration);
    number("poolSize", largest_pool, "This value should be a number from 1 to 256.", configuration.pool_size);
    number("patienceMs", longest_ms, "This value should be a number from 1 to 3600000.", configuration.patience_ms);
    number("statementLimitMs", longest_ms, "This value should be a number from 1 to 3600000.",
           configuration.statement_limit_ms);
    threads(configuration);
  }

  domain::Failure failure() && { return domain::Failure{domain::Code::invalid, std::move(faults_)}; }
  [[nodiscard]] bool fine() const { return faults_.empty(); }

private:
  void fault(const char *code, const char *detail, const std::string &name) {
    faults_.push_back(domain::Fault{code, detail, "/" + pointer_part(name), {}, {}});
  }

  /// The member, or null where it was not given or is no string, which is a fault.
  const std::string *text(const char *name) {
    const auto found = tree_.find(name);
    if (found == tree_.end()) {
      return nullptr;
    }
    if (!found->is_string()) {
      fault("wrong-type", "This value should be a string.", name);
      return nullptr;
    }
    return &found->get_ref<const std::string &>();
  }

  void database(Configuration &configuration) {
    if (!tree_.contains("database")) {
      fault("missing", "This member is required.", "database");
      return;
    }
    if (const std::string *value = text("database")) {
      if (!looks_like_connection(*value) || value->find('\0') != std::string::npos) {
        fault("not-a-connection", "This value should be a connection string, \"sqlite:parley.db\".", "database");
        return;
      }
      configuration.database = *value;
    }
  }

  void table_prefix(Configuration &configuration) {
    if (const std::string *value = text("tablePrefix")) {
      if (!usable_prefix(*value)) {
        fault("not-a-prefix",
              "This value should be at most 32 lower case letters, digits and underscores, no digit first.",
              "tablePrefix");
        return;
      }
      configuration.table_prefix = *value;
    }
  }

  void migrations(Configuration &configuration) {
    if (const std::string *value = text("migrations")) {
      if (*value != "auto" && *value != "manual") {
        fault("not-offered", "This value should be \"auto\" or \"manual\".", "migrations");
        return;
      }
      configuration.migrations =
          *value == "auto" ? Configuration::Migrations::automatic : Configuration::Migrations::manual;
    }
  }

  /// A whole number from 1 to `largest`.
  void number(const char *name, std::uint32_t largest, const char *range, std::uint32_t &target) {
    const auto found = tree_.find(name);
    if (found == tree_.end()) {
      return;
    }
    if (!found->is_number_integer()) {
      fault("wrong-type", "This value should be a whole number.", name);
      return;
    }
    const bool fits = found->is_number_unsigned() && *found <= largest && *found >= 1;
    if (!fits) {
      fault("out-of-range", range, name);
      return;
    }
    target = found->get<std::uint32_t>();
  }

  void threads(Configuration &configuration) {
    const auto found = tree_.find("threads");
    if (found == tree_.end()) {
      return;
    }
    if (!found->is_boolean()) {
      fault("wrong-type", "This value should be true or false.", "threads");
      return;
    }
    configuration.threads = found->get<bool>();
  }

  const json &tree_;
  std::vector<domain::Fault> faults_;
};

} // namespace

std::string_view configuration_schema() {
  return R"({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "Parley Conversations",
  "type": "object",
  "additionalProperties": false,
  "required": ["database"],
  "properties": {
    "database": {
      "description": "Where conversations are kept. SQLite: \"sqlite:parley.db\", a file that is made when it is missing. Servers: \"postgresql://user:password@host/database\", \"mariadb://user:password@host/database\".",
      "type": "string",
      "pattern": "^[a-z0-9]+:.+",
      "examples": ["sqlite:parley.db", "postgresql://parley@db.example/shop?schema=parley&sslmode=verify-full", "mariadb://parley@db1.example,db2.example/shop"]
    },
    "tablePrefix": {
      "description": "Begins the name of every table, so that they can live in a database of the host.",
      "type": "string",
      "pattern": "^([a-z_][a-z0-9_]{0,31})?$",
      "default": "parley_"
    },
    "migrations": {
      "description": "auto: an older schema is brought up when the plugin starts. manual: it is refused, and parley-migrate brings it up.",
      "enum": ["auto", "manual"],
      "default": "auto"
    },
    "poolSize": {
      "description": "Connections to the database that may be busy at the same time.",
      "type": "integer",
      "minimum": 1,
      "maximum": 256,
      "default": 8
    },
    "patienceMs": {
      "description": "Milliseconds that a call waits for a free connection, and for another writer, before it is answered with busy. A call that has less time left waits no longer than that.",
      "type": "integer",
      "minimum": 1,
      "maximum": 3600000,
      "default": 5000
    },
    "statementLimitMs": {
      "description": "Milliseconds that a database server may work at one statement before it is given up.",
      "type": "integer",
      "minimum": 1,
      "maximum": 3600000,
      "default": 30000
    },
    "threads": {
      "description": "The plugin may start a thread of its own, which cuts connections to a database server that hangs. Not for hosts that fork after they have started the plugin.",
      "type": "boolean",
      "default": false
    }
  }
}
)";
}

domain::Result<Configuration> read_configuration(std::string_view text) {
  auto tree = parse_json(text.empty() ? std::string_view("{}") : text);
  if (!tree) {
    return std::move(tree).failure();
  }
  if (!tree.value().is_object()) {
    return domain::failure(domain::Code::invalid, "wrong-type", "The configuration is an object.");
  }
  Configuration configuration;
  Reader reader(tree.value());
  reader.read(configuration);
  if (!reader.fine()) {
    return std::move(reader).failure();
  }
  return configuration;
}

} // namespace parley::jsonapi
