#include <stdexcept>

#include "tests/bench/limits/side.hpp"
#include "tests/contract/bare_host.hpp"

namespace parley::bench {
namespace {

/// Counts what comes, as little as a host can do with it.
class Counted {
public:
  Counted() : sink_{sizeof(parley_result_sink), 0, this, document, page, meta} {}
  Counted(const Counted &) = delete;
  Counted &operator=(const Counted &) = delete;

  [[nodiscard]] const parley_result_sink *sink() const { return &sink_; }
  [[nodiscard]] std::int64_t documents() const { return documents_; }

private:
  static std::int32_t PARLEY_ABI document(const parley_result_sink *sink, const parley_document *document) {
    static_cast<Counted *>(sink->context)->documents_ += document->json.size == 0 ? 0 : 1;
    return PARLEY_OK;
  }
  static std::int32_t PARLEY_ABI page(const parley_result_sink * /*sink*/, const parley_page_info * /*page*/) {
    return PARLEY_OK;
  }
  static std::int32_t PARLEY_ABI meta(const parley_result_sink * /*sink*/, const parley_str * /*json*/) {
    return PARLEY_OK;
  }

  std::int64_t documents_ = 0;
  parley_result_sink sink_;
};

class AbiClient : public Client {
public:
  explicit AbiClient(const contract::BareHost &host) : messages_(host.entity("conversationmessages")) {}

  void newest(std::int64_t conversation) override {
    const std::string id = std::to_string(conversation);
    const parley_str value = contract::view(id);
    parley_filter filter{};
    filter.size = sizeof filter;
    filter.operation = PARLEY_FILTER_EQUAL;
    filter.field = parley_str_of("conversation");
    filter.values = &value;
    filter.value_count = 1;
    parley_sort sort{};
    sort.size = sizeof sort;
    sort.descending = 1;
    sort.field = parley_str_of("index");
    parley_query query = contract::BareHost::query();
    query.filters = &filter;
    query.filter_count = 1;
    query.sorts = &sort;
    query.sort_count = 1;
    query.page_size = kNewest;
    const parley_call call = contract::BareHost::call();
    const contract::Errors errors;
    const Counted answer;
    check(messages_.query(messages_.context, &call, &query, answer.sink(), errors), errors, answer, kNewest);
  }

  void add(const Addition &addition) override {
    // The texts hold nothing that JSON escapes.
    const std::string json = R"({"data":{"type":"conversationmessages","attributes":{"body":")" + addition.text->body +
                             R"("},"relationships":{"conversation":{"data":{"type":"conversations","id":")" +
                             std::to_string(addition.conversation) + R"("}}}}})";
    parley_write write{};
    write.size = sizeof write;
    write.json = contract::view(json);
    const parley_call call = contract::BareHost::call();
    const contract::Errors errors;
    const Counted answer;
    check(messages_.create(messages_.context, &call, &write, answer.sink(), errors), errors, answer, 1);
  }

private:
  static void check(std::int32_t status, const contract::Errors &errors, const Counted &answer,
                    std::int64_t documents) {
    if (status != PARLEY_OK) {
      throw std::runtime_error("C ABI: " + errors.text());
    }
    if (answer.documents() != documents) {
      throw std::runtime_error("C ABI: documents are missing");
    }
  }

  parley_entity messages_;
};

class AbiWay : public Way {
public:
  AbiWay(const std::string &library, const std::string &connection) : host_(library) {
    if (host_.start(nlohmann::json{{"database", connection}}.dump()) != PARLEY_OK) {
      throw std::runtime_error("C ABI: the plugin does not start: " + host_.errors().text());
    }
  }
  std::unique_ptr<Client> client() override { return std::make_unique<AbiClient>(host_); }

private:
  contract::BareHost host_;
};

} // namespace

std::unique_ptr<Way> way_by_abi(const std::string &library, const std::string &connection) {
  return std::make_unique<AbiWay>(library, connection);
}

} // namespace parley::bench
