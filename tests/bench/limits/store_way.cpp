#include <stdexcept>

#include "adapters/store_factory.hpp"
#include "tests/bench/limits/side.hpp"

namespace parley::bench {
namespace {

template <class Value>
Value demand(domain::Result<Value> result) {
  if (!result) {
    throw std::runtime_error("store: " + result.failure().faults.front().detail);
  }
  return std::move(result).value();
}

domain::Scope everything() {
  domain::Scope scope;
  scope.level = domain::Level::global;
  scope.actor = {"users", kPoster};
  return scope;
}

class StoreClient : public Client {
public:
  explicit StoreClient(store::ConversationStore &store) : store_(store) {
    query_.scope = everything();
    query_.paging.size = kNewest;
    command_.view = command_.act = everything();
    command_.writable = {domain::Status::active};
    command_.message.sender = {"users", kPoster};
    command_.doing.actor = {"users", kPoster};
  }

  void newest(std::int64_t conversation) override {
    query_.conversation = conversation;
    if (demand(store_.messages(query_)).rows.size() != kNewest) {
      throw std::runtime_error("store: rows are missing");
    }
  }

  void add(const Addition &addition) override {
    command_.conversation = addition.conversation;
    command_.message.body = addition.text->body;
    command_.message.words = addition.text->words;
    command_.doing.now = now();
    demand(store_.append(command_));
  }

private:
  store::ConversationStore &store_;
  store::MessageQuery query_;
  store::AppendMessage command_;
};

class StoreWay : public Way {
public:
  explicit StoreWay(const std::string &connection) : stores_(demand(adapters::open(connection))) {}
  std::unique_ptr<Client> client() override { return std::make_unique<StoreClient>(*stores_.conversations); }

private:
  adapters::Stores stores_;
};

} // namespace

std::unique_ptr<Way> way_by_store(const std::string &connection) {
  return std::make_unique<StoreWay>(connection);
}

} // namespace parley::bench
