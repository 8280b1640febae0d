// How often a read asks the database and the host does not depend on how many rows it shows: counted at 1, 10 and 100,
// through the shared library.
#include "tests/contract/bare_host.hpp"

#include <gmock/gmock.h>

#include "tests/support/servers/statement_counter.hpp"

namespace {

using contract::BareHost;
using contract::view;
using nlohmann::json;

// Keeps how many documents came, their ids and the last cursor.
class Kept {
public:
  Kept() : sink_{sizeof(parley_result_sink), 0, this, document, page, meta} {}
  Kept(const Kept &) = delete;
  Kept &operator=(const Kept &) = delete;
  operator const parley_result_sink *() const { return &sink_; }

  std::vector<std::string> ids;
  std::string cursor;

private:
  static std::int32_t PARLEY_ABI document(const parley_result_sink *sink, const parley_document *document) {
    auto &self = *static_cast<Kept *>(sink->context);
    self.ids.push_back(contract::copy(document->ref.id));
    self.cursor = contract::copy(document->cursor);
    return PARLEY_OK;
  }
  static std::int32_t PARLEY_ABI page(const parley_result_sink *, const parley_page_info *) { return PARLEY_OK; }
  static std::int32_t PARLEY_ABI meta(const parley_result_sink *, const parley_str *) { return PARLEY_OK; }

  parley_result_sink sink_;
};

struct Count {
  int statements = 0;
  std::size_t questions = 0; // to the host
};
bool operator==(const Count &left, const Count &right) {
  return left.statements == right.statements && left.questions == right.questions;
}
std::ostream &operator<<(std::ostream &out, const Count &count) {
  return out << count.statements << " statements, " << count.questions << " questions";
}

class Reads : public testing::Test {
protected:
  void SetUp() override {
    const std::string configuration = contract::configuration_of(contract::environment("PARLEY_PLUGIN"));
    counter_.watch(json::parse(configuration)["database"]);
    contract::migrate(host_.plugin(), configuration);
    ASSERT_EQ(host_.start(configuration), PARLEY_OK) << host_.errors().text();
  }

  static parley_call call(std::uint32_t application) {
    parley_call call = BareHost::call();
    call.application = application;
    if (application == PARLEY_APPLICATION_STOREFRONT) {
      call.actor = {view("customerusers"), view("1")};
    }
    return call;
  }

  void create(const char *type, const json &document, std::uint32_t application = PARLEY_APPLICATION_BACKOFFICE) {
    const std::string text = document.dump();
    parley_write write{};
    write.size = sizeof write;
    write.json = view(text);
    const parley_call made = call(application);
    const contract::Errors errors;
    const Kept kept;
    ASSERT_EQ(host_.entity(type).create(host_.entity(type).context, &made, &write, kept, errors), PARLEY_OK)
        << errors.text();
  }

  void start(int each) {
    const json source{{"data", {{"type", "orders"}, {"id", "1"}}}};
    const json customer_user{{"data", {{"type", "customerusers"}, {"id", "1"}}}};
    create("conversations", {{"data",
                              {{"type", "conversations"},
                               {"attributes", {{"name", "No. " + std::to_string(each)}, {"firstMessage", "Hello"}}},
                               {"relationships", {{"source", source}, {"customerUser", customer_user}}}}}});
  }
  void say(int each) {
    create("conversationmessages",
           {{"data",
             {{"type", "conversationmessages"},
              {"attributes", {{"body", "No. " + std::to_string(each)}}},
              {"relationships", {{"conversation", {{"data", {{"type", "conversations"}, {"id", "1"}}}}}}}}}});
  }

  // Runs a read and counts; `rows` documents are expected, or any number (-1).
  template <class Read>
  Count counted(int rows, const std::string &name, Read &&read) {
    counter_.take();
    host_.callbacks = 0;
    const contract::Errors errors;
    Kept kept;
    EXPECT_EQ(read(kept, errors), PARLEY_OK) << name << errors.text();
    if (rows >= 0) {
      EXPECT_EQ(kept.ids.size(), static_cast<std::size_t>(rows)) << name;
    }
    return {counter_.take(), host_.callbacks};
  }

  Count listed(const char *type, int rows, const char *sort, std::uint32_t application, const std::string &after = {},
               const char *filter = nullptr) {
    return counted(rows, std::string(type) + " by " + sort, [&](Kept &kept, const contract::Errors &errors) {
      parley_query query = BareHost::query();
      query.page_size = 100;
      query.after = view(after);
      parley_sort order{sizeof order, 1, view(sort)};
      if (*sort != '\0') {
        query.sorts = &order;
        query.sort_count = 1;
      }
      const parley_str one = view("1");
      parley_filter of{};
      if (filter != nullptr) {
        of = {sizeof of, PARLEY_FILTER_EQUAL, view(filter), {}, &one, 1};
        query.filters = &of;
        query.filter_count = 1;
      }
      const parley_call made = call(application);
      const std::int32_t status = host_.entity(type).query(host_.entity(type).context, &made, &query, kept, errors);
      ids_ = kept.ids;
      cursor_ = kept.cursor;
      return status;
    });
  }

  // Every kind of read when there are `rows` conversations, all of one record, and as many messages in the first of them.
  std::map<std::string, Count> all(int rows) {
    std::map<std::string, Count> counts;
    for (const std::uint32_t application : {PARLEY_APPLICATION_BACKOFFICE, PARLEY_APPLICATION_STOREFRONT}) {
      const std::string where = application == PARLEY_APPLICATION_BACKOFFICE ? "back office: " : "storefront: ";
      const parley_call made = call(application);
      const auto &conversations = host_.entity("conversations");
      std::string cursor;
      std::vector<const char *> sorts{"",          "name",          "messagesNumber", "createdAt",
                                      "updatedAt", "lastMessageAt", "status"};
      if (application == PARLEY_APPLICATION_BACKOFFICE) {
        sorts.insert(sorts.end(), {"owner", "customer", "customerUser"});
      }
      for (const char *sort : sorts) {
        counts[where + "list by " + sort] = listed("conversations", rows, sort, application);
        if (*sort == '\0') {
          cursor = cursor_;
        }
      }
      const std::vector<std::string> ids = ids_;
      counts[where + "list behind the end"] = listed("conversations", 0, "", application, cursor);
      counts[where + "by id"] = counted(rows, "by id", [&](Kept &kept, const contract::Errors &errors) {
        std::vector<parley_str> wanted;
        for (const std::string &id : ids) {
          wanted.push_back(view(id));
        }
        parley_get get{};
        get.size = sizeof get;
        get.flags = PARLEY_QUERY_ALL_FIELDS;
        get.ids = wanted.data();
        get.id_count = wanted.size();
        return conversations.get_many(conversations.context, &made, &get, kept, errors);
      });
      counts[where + "messages"] = listed("conversationmessages", rows, "index", application, {}, "conversation");
      counts[where + "participants"] = listed("conversationparticipants", -1, "", application, {}, "conversation");
      counts[where + "unread"] = counted(-1, "unread", [&](Kept &kept, const contract::Errors &errors) {
        parley_operation_call operation{};
        operation.size = sizeof operation;
        operation.name = view("unread");
        return conversations.invoke(conversations.context, &made, &operation, kept, errors);
      });
    }
    const parley_call made = call(PARLEY_APPLICATION_BACKOFFICE);
    const auto &panel = host_.panel("conversations");
    const parley_ref record{view("orders"), view("1")};
    counts["panel"] = counted(rows, "panel", [&](Kept &kept, const contract::Errors &errors) {
      parley_query query = BareHost::query();
      query.page_size = 100;
      return panel.page(panel.context, &made, &record, &query, kept, errors);
    });
    counts["badges"] = counted(0, "badges", [&](Kept &, const contract::Errors &errors) {
      std::vector<std::string> ids;
      for (int each = 1; each <= rows; ++each) {
        ids.push_back(std::to_string(each));
      }
      std::vector<parley_ref> records;
      for (const std::string &id : ids) {
        records.push_back({view("orders"), view(id)});
      }
      std::vector<std::uint64_t> numbers(records.size());
      const std::int32_t status =
          panel.count(panel.context, &made, records.data(), records.size(), numbers.data(), errors);
      EXPECT_EQ(numbers.front(), static_cast<std::uint64_t>(rows));
      return status;
    });
    return counts;
  }

  parley::tests::StatementCounter counter_; // before the plugin opens connections
  BareHost host_{contract::environment("PARLEY_PLUGIN")};
  std::vector<std::string> ids_;
  std::string cursor_;
};

// One alone asks for more: its page shows titles in the viewer's language, and links where a list has none.
TEST_F(Reads, AskAsOftenForAHundredRowsAsForTwo) {
  int there = 0;
  std::map<std::string, Count> first;
  for (const int rows : {2, 10, 100}) {
    for (; there < rows; ++there) {
      start(there + 1);
      if (there > 0) {
        say(there); // the first conversation has its first message already
      }
    }
    const auto counts = all(rows);
    if (first.empty()) {
      all(rows); // what is asked only once is asked now
      first = all(rows);
    } else {
      EXPECT_EQ(counts, first) << rows;
    }
  }
}

} // namespace
