#include "tests/fuzz/api_world.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <utility>

#include <nlohmann/json.hpp>
#include <sqlite3.h>

#include <parley/ext/authority.h>
#include <parley/runtime.h>

#include "migrations/migrations.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/hosts/c/c_host.h"

namespace parley::fuzz {
namespace {

using nlohmann::json;

constexpr std::size_t most_requests = 4;
constexpr const char *media_type = "application/vnd.api+json";

parley_str borrow(std::string_view text) {
  return {text.data(), text.size()};
}
std::string copy(const parley_str &text) {
  return text.size == 0 ? std::string() : std::string(text.data, text.size);
}

struct Answer {
  std::uint32_t status = 0;
  std::string content_type;
  std::string body;
};

// "b1 GET /path" and so on, up to the next request.
ApiRequest read_request(std::string_view text) {
  ApiRequest request;
  const auto end_of_line = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end_of_line);
  text.remove_prefix(std::min(end_of_line + 1, text.size()));
  const auto take_word = [&line] {
    const auto end = std::min(line.find(' '), line.size());
    const std::string word(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
    return word;
  };
  const std::string who = take_word();
  request.storefront = !who.empty() && who.front() == 's';
  // People who exist, whatever stands there.
  request.actor =
      std::string(1, who.size() > 1 ? static_cast<char>('1' + static_cast<unsigned char>(who[1]) % 3) : '1');
  if (who.size() > 1 && who[1] >= '1' && who[1] <= '3') {
    request.actor = who.substr(1, 1);
  }
  request.method = take_word();
  request.target = std::string(line);
  while (!text.empty() && text.front() != '\n') {
    const auto end = std::min(text.find('\n'), text.size());
    const std::string_view header = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto colon = header.find(": ");
    if (colon != std::string_view::npos) {
      request.headers.emplace_back(header.substr(0, colon), header.substr(colon + 2));
    }
  }
  text.remove_prefix(text.empty() ? 0 : 1);
  request.body = std::string(text);
  return request;
}

// What the JSON:API says of every document.
bool is_document(const json &body) {
  if (!body.is_object()) {
    return false;
  }
  const bool has_errors = body.contains("errors");
  if (has_errors ? body.contains("data") : !body.contains("data") && !body.contains("meta")) {
    return false;
  }
  return body.contains("data") || !body.contains("included");
}

bool is_error(const json &error, std::uint32_t status) {
  const auto has_text = [&error](const char *name) {
    return error.contains(name) && error[name].is_string() && !error[name].get_ref<const std::string &>().empty();
  };
  return error.is_object() && has_text("status") && has_text("code") && has_text("title") && has_text("detail") &&
         error["status"].get<std::string>().front() == std::to_string(status).front();
}

void judge(const ApiRequest &request, const Answer &answer) {
  const auto demand = [&](bool holds, const char *what) {
    if (!holds) {
      std::fprintf(stderr, "%s %s\n%u %s\n%s\n", request.method.c_str(), request.target.c_str(), answer.status,
                   answer.content_type.c_str(), answer.body.c_str());
    }
    expect(holds, what);
  };
  demand(answer.status >= 200 && answer.status < 500, "nobody's request is a defect of ours");
  if (answer.body.empty()) {
    demand(answer.status == 204 || answer.status == 304 || request.method == "HEAD" || request.method == "OPTIONS",
           "an answer without a body has a status that says so");
    return;
  }
  demand(answer.status != 204 && answer.status != 304 && request.method != "HEAD",
         "there is no body where none belongs");
  const json body = json::parse(answer.body, nullptr, false);
  demand(!body.is_discarded(), "every body is JSON");
  if (answer.content_type.rfind(media_type, 0) != 0) {
    demand(answer.status == 200 && body.contains("openapi"), "only the OpenAPI document is of another type");
    return;
  }
  demand(is_document(body), "every document has data or errors or meta, and not data and errors");
  demand(body.contains("errors") == (answer.status >= 400), "errors come with a status of an error");
  if (body.contains("errors")) {
    const json &errors = body["errors"];
    demand(errors.is_array() && !errors.empty(), "errors are a list");
    demand(std::all_of(errors.begin(), errors.end(), [&](const json &each) { return is_error(each, answer.status); }),
           "an error has status, code, title and detail");
  }
}

// --- the stored data, beside the plugin -----------------------------------------------------------------------------

struct Close {
  void operator()(sqlite3 *database) const { sqlite3_close_v2(database); }
  void operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }
};

class Stored {
public:
  explicit Stored(const std::string &file) {
    sqlite3 *opened = nullptr;
    expect(sqlite3_open(file.c_str(), &opened) == SQLITE_OK, "the database opens");
    database_.reset(opened);
    sqlite3_busy_timeout(opened, 5000);
    sqlite3_db_config(opened, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr); // index tables are copied, not made anew
    run("pragma foreign_keys = off");
    run("pragma synchronous = off");
    run("attach ':memory:' as first");
  }

  // What there is now is what comes back.
  void keep() {
    // Ids are made of them: an input that names one is to mean the same the next time.
    run("update parley_conversation set uid = printf('%032d', rowid)");
    run("update parley_event set conversation_uid = printf('%032d', conversation)");
    run("update parley_participant set uid = printf('%032d', rowid)");
    std::vector<std::string> tables;
    const Statement list = prepare("select name from main.sqlite_schema where type = 'table' and sql not like "
                                   "'create virtual%' order by name");
    while (sqlite3_step(list.get()) == SQLITE_ROW) {
      tables.emplace_back(reinterpret_cast<const char *>(sqlite3_column_text(list.get(), 0)));
    }
    restore_.push_back(prepare("begin immediate"));
    for (const std::string &table : tables) {
      run("create table first.\"kept_" + table + "\" as select * from main.\"" + table + "\"");
      restore_.push_back(prepare("delete from main.\"" + table + "\""));
      restore_.push_back(prepare("insert into main.\"" + table + "\" select * from first.\"kept_" + table + "\""));
    }
    restore_.push_back(prepare("commit"));
    version_ = prepare("pragma main.data_version");
    numbers_ = prepare("select count(*) from (select 1 from main.parley_message group by conversation having "
                       "max(all_index) <> count(*) or min(all_index) <> 1 or "
                       "coalesce(max(public_index), 0) <> count(public_index))");
    seen_version_ = version();
  }

  bool has_changed() { return version() != seen_version_; }
  std::int64_t wrong_numbers() { return number(numbers_); }
  void restore() {
    for (const Statement &statement : restore_) {
      const int status = sqlite3_step(statement.get());
      sqlite3_reset(statement.get());
      if (status != SQLITE_DONE) {
        std::fprintf(stderr, "%s: %s\n", sqlite3_sql(statement.get()), sqlite3_errmsg(database_.get()));
      }
      expect(status == SQLITE_DONE, "what was stored comes back");
    }
    seen_version_ = version();
  }

private:
  using Statement = std::unique_ptr<sqlite3_stmt, Close>;

  std::int64_t version() { return number(version_); }
  static std::int64_t number(const Statement &statement) {
    expect(sqlite3_step(statement.get()) == SQLITE_ROW, "a number is to be had");
    const std::int64_t value = sqlite3_column_int64(statement.get(), 0);
    sqlite3_reset(statement.get());
    return value;
  }
  Statement prepare(const std::string &sql) const {
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v2(database_.get(), sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
      std::fprintf(stderr, "%s: %s\n", sql.c_str(), sqlite3_errmsg(database_.get()));
      expect(false, "the statement can be prepared");
    }
    return Statement(statement);
  }
  void run(const std::string &sql) const {
    const int status = sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr);
    expect(status == SQLITE_OK, sql.c_str());
  }

  std::unique_ptr<sqlite3, Close> database_;
  std::vector<Statement> restore_;
  Statement version_;
  Statement numbers_;
  std::int64_t seen_version_ = 0;
};

void check_all_rules(const std::string &connection) {
  const migrations::DataReport report = migrations::verify_data(connection, 3);
  for (const migrations::DataResult &result : report.results) {
    for (const migrations::Violation &violation : result.examples) {
      std::fprintf(stderr, "%s: %s %s\n", result.name.c_str(), violation.table.c_str(), violation.what.c_str());
    }
  }
  expect(report.violations() == 0, "what is stored keeps all rules");
}

// In memory where the system has such a place.
std::string make_folder() {
  std::string pattern =
      std::filesystem::is_directory("/dev/shm") ? "/dev/shm/parley-fuzz-XXXXXX" : "/tmp/parley-fuzz-XXXXXX";
  expect(mkdtemp(pattern.data()) != nullptr, "there is a folder for the database");
  return pattern;
}

void PARLEY_ABI report(const parley_error_sink *, const parley_error *error) {
  std::fprintf(stderr, "%s: %s\n", copy(error->code).c_str(), copy(error->detail).c_str());
}
constexpr parley_error_sink errors{sizeof(parley_error_sink), 0, nullptr, report};

} // namespace

std::vector<ApiRequest> read_requests(std::string_view input) {
  constexpr std::string_view border = "\n===\n";
  std::vector<ApiRequest> requests;
  while (requests.size() < most_requests) {
    const auto end = input.find(border);
    requests.push_back(read_request(input.substr(0, end)));
    if (end == std::string_view::npos) {
      break;
    }
    input.remove_prefix(end + border.size());
  }
  return requests;
}

struct ApiWorld::Parts {
  std::string folder = make_folder();
  std::string connection = "sqlite:" + folder + "/parley.db";
  c_host *host = nullptr;
  std::unique_ptr<Stored> stored;
  std::uint64_t requests = 0; // of all inputs, the first ones included
};

ApiWorld::ApiWorld() : parts_(std::make_unique<Parts>()) {
  expect(c_host_create(R"({"conversations.enabled":true})", nullptr, 0, &parts_->host, &errors) == PARLEY_OK,
         "there is a host");
  // John is an administrator, Charlie leads a unit, Dana may look at what is hers; Brian speaks for his customer.
  c_host_grant(parts_->host, "users", "2", nullptr, nullptr, PARLEY_LEVEL_DIVISION);
  c_host_grant(parts_->host, "users", "3", nullptr, nullptr, PARLEY_LEVEL_NONE);
  c_host_grant(parts_->host, "users", "3", nullptr, "view", PARLEY_LEVEL_USER);
  c_host_grant(parts_->host, "users", "3", nullptr, "create", PARLEY_LEVEL_USER);
  c_host_grant(parts_->host, "customerusers", "2", nullptr, nullptr, PARLEY_LEVEL_UNIT);
  parley_runtime_plugin *plugin = nullptr;
  const parley_str file = borrow(PARLEY_FUZZ_PLUGIN);
  expect(parley_runtime_load(c_host_runtime(parts_->host), &file, &plugin, &errors) == PARLEY_OK, "the plugin loads");
  const std::string configuration = json{{"database", parts_->connection}, {"poolSize", 1}}.dump();
  const parley_str text = borrow(configuration);
  expect(parley_runtime_start(plugin, &text, &errors) == PARLEY_OK, "the plugin starts");
  const char *const first[] = {
      "s1 POST /conversations\n\n{\"data\":{\"type\":\"conversations\",\"attributes\":{\"name\":\"Where is "
      "it?\",\"firstMessage\":"
      "\"Has my order been sent?\"},\"relationships\":{\"source\":{\"data\":{\"type\":\"orders\",\"id\":\"1\"}}}}}",
      "b1 POST /conversationmessages\n\n{\"data\":{\"type\":\"conversationmessages\",\"attributes\":{\"body\":\"On "
      "**Monday**.\"},"
      "\"relationships\":{\"conversation\":{\"data\":{\"type\":\"conversations\",\"id\":\"1\"}}}}}",
      "b1 POST /conversationmessages\n\n{\"data\":{\"type\":\"conversationmessages\",\"attributes\":{\"body\":\"She "
      "asked "
      "twice.\",\"visibility\":\"internal\"},\"relationships\":{\"conversation\":{\"data\":{\"type\":\"conversations\","
      "\"id\":\"1\"}}}}}",
      "b2 POST "
      "/conversations\n\n{\"data\":{\"type\":\"conversations\",\"attributes\":{\"name\":\"Prices\",\"firstMessage\":"
      "\"New ones\"},\"relationships\":{\"customer\":{\"data\":{\"type\":\"customers\",\"id\":\"1\"}}}}}",
      "s3 POST "
      "/conversations\n\n{\"data\":{\"type\":\"conversations\",\"attributes\":{\"name\":\"Globex\",\"firstMessage\":"
      "\"Hello\"}}}",
      "b1 POST /conversations/3/transitions/close\n\n",
  };
  for (const char *request : first) {
    for (const ApiRequest &each : read_requests(request)) {
      send(each);
    }
  }
  parts_->stored = std::make_unique<Stored>(parts_->folder + "/parley.db");
  parts_->stored->keep();
  check_all_rules(parts_->connection);
}

ApiWorld::~ApiWorld() {
  std::fprintf(stderr, "stat::number_of_requests: %llu\n", static_cast<unsigned long long>(parts_->requests));
  parts_->stored.reset();
  c_host_destroy(parts_->host);
  std::error_code ignored;
  std::filesystem::remove_all(parts_->folder, ignored);
}

void ApiWorld::send(const ApiRequest &request) {
  ++parts_->requests;
  parley_call call;
  c_host_call(parts_->host, request.storefront ? "customerusers" : "users", request.actor.c_str(), &call);
  std::vector<parley_http_header> headers;
  bool has_accept = false;
  bool has_type = false;
  for (const auto &[name, value] : request.headers) {
    headers.push_back({borrow(name), borrow(value)});
    has_accept = has_accept || name == "Accept";
    has_type = has_type || name == "Content-Type";
    if (name == "Idempotency-Key") {
      call.idempotency_key = borrow(value); // as every host does, whatever it is
    }
  }
  if (!has_accept) {
    headers.push_back({borrow("Accept"), borrow(media_type)});
  }
  if (!has_type) {
    headers.push_back({borrow("Content-Type"), borrow(media_type)});
  }
  const std::size_t question = std::min(request.target.find('?'), request.target.size());
  parley_http_request sent{};
  sent.size = sizeof sent;
  sent.method = borrow(request.method);
  sent.base = borrow(request.storefront ? "/api" : "/admin/api");
  sent.path = borrow(std::string_view(request.target).substr(0, question));
  sent.query = borrow(std::string_view(request.target).substr(std::min(question + 1, request.target.size())));
  sent.headers = headers.data();
  sent.header_count = headers.size();
  sent.body = borrow(request.body);
  Answer answer;
  parley_http_sink sink{};
  sink.size = sizeof sink;
  sink.context = &answer;
  sink.begin = [](const parley_http_sink *self, std::uint32_t status, const parley_http_header *fields,
                  std::size_t count) -> std::int32_t {
    auto &to = *static_cast<Answer *>(self->context);
    to.status = status;
    for (std::size_t i = 0; i < count; ++i) {
      if (copy(fields[i].name) == "Content-Type") {
        to.content_type = copy(fields[i].value);
      }
    }
    return PARLEY_OK;
  };
  sink.write = [](const parley_http_sink *self, const void *bytes, std::size_t size) -> std::int32_t {
    static_cast<Answer *>(self->context)->body.append(static_cast<const char *>(bytes), size);
    return PARLEY_OK;
  };
  expect(parley_http_handle(c_host_runtime(parts_->host), &call, &sent, &sink) == PARLEY_OK, "there is an answer");
  judge(request, answer);
}

void ApiWorld::end_of_input(bool thorough) {
  if (!parts_->stored->has_changed()) {
    return;
  }
  expect(parts_->stored->wrong_numbers() == 0, "messages are numbered without gap or repeat");
  if (thorough) {
    check_all_rules(parts_->connection);
  }
  parts_->stored->restore();
}

} // namespace parley::fuzz
