// What is stored for many at once takes as many statements as for one.
#include "tests/adapters/support/store_test.hpp"
#include "tests/support/servers/statement_counter.hpp"

namespace parley::tests {
namespace {

using store::RecordLabel;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class BulkTest : public StoreTest {
protected:
  BulkTest() {
    stores_ = {};
    counter_.watch(database_->connection());
    reopen();
    start(); // what is run once when a connection is new
  }

  std::vector<RecordLabel> labels(int count, const std::string &title) {
    std::vector<RecordLabel> labels;
    for (int at = 0; at < count; ++at) {
      RecordLabel label;
      label.record = {"orders", "o" + std::to_string(at)};
      label.title = title + " " + std::to_string(at);
      label.refreshed = doing(kJohn).now;
      labels.push_back(label);
    }
    return labels;
  }
  int noting(const std::vector<RecordLabel> &labels) {
    counter_.take();
    const auto unsettled = maintenance().note_records(labels);
    EXPECT_TRUE(unsettled);
    EXPECT_THAT(unsettled.value(), IsEmpty());
    return counter_.take();
  }
  std::string stored(const std::string &column, const std::string &id) {
    return database_->text("select " + column +
                           " from {prefix}record_label where record_type = 'orders' and record_id = '" + id + "'");
  }
  int marking_all(int conversations) {
    for (int at = 0; at < conversations; ++at) {
      say(start(), kAmanda, "hello");
    }
    store::MarkAllRead command;
    command.doing = doing(kJohn);
    command.view = backoffice(kJohn, Level::user);
    command.until = command.doing.now;
    counter_.take();
    EXPECT_EQ(store().mark_all_read(command).value(), conversations);
    return counter_.take();
  }

private:
  StatementCounter counter_;
};
PARLEY_ON_EVERY_DATABASE(BulkTest);

TEST_P(BulkTest, D9_LabelsAreSavedTogether) {
  const int first = noting(labels(1, "New"));
  EXPECT_LE(first, 7);
  EXPECT_EQ(noting(labels(1, "New again")), first) << "changed";
  const int both = noting(labels(40, "Both"));
  EXPECT_EQ(both, first + 1) << "one is changed, the others are new";
  EXPECT_EQ(stored("title", "o39"), "Both 39");
  EXPECT_EQ(noting(labels(40, "Changed")), first);
  EXPECT_EQ(stored("title_key", "o0"), "changed 0");
  EXPECT_EQ(stored("sort_key", "o39"), "changed 39");
  EXPECT_LT(noting(labels(40, "Changed")), first) << "nothing is new";
}

TEST_P(BulkTest, D11_ALabelIsStoredAsItIs) {
  auto all = labels(2, "");
  std::string &text = all.front().title;
  text = "\"quoted\" \\ back, a tab\tand a line\n, 'single', trailing ";
  for (int at = 0; at < 20'000; ++at) {
    text += "\xc3\xa4\xf0\x9f\x98\x80";
  }
  all.front().full_title = "[1, null]";
  all.front().unit = {"businessunits", "west"};
  all.front().customer = kAcme;
  note({all.front()});
  EXPECT_EQ(stored("title", "o0"), text) << "new";
  text += "!";
  note(all);
  EXPECT_EQ(stored("title", "o0"), text) << "changed";
  EXPECT_EQ(stored("full_title", "o0"), "[1, null]");
  EXPECT_EQ(stored("unit_id", "o0") + stored("customer_type", "o0") + stored("customer_id", "o0"), "westcustomers21");
}

TEST_P(BulkTest, D11_OfSeveralOfOneRecordTheLastCounts) {
  auto both = labels(1, "Earlier");
  both.push_back(labels(1, "Later").front());
  note(both);
  EXPECT_EQ(stored("title", "o0"), "Later 0");
}

TEST_P(BulkTest, D11_EachIsLeftToSettleByItself) {
  for (int at = 0; at < 3; ++at) {
    start();
  }
  auto all = labels(2, "Known");
  all.push_back(all.back());
  all.back().record = kOrder;
  all.back().deleted = true;
  const auto unsettled = maintenance().note_records(all);
  ASSERT_TRUE(unsettled);
  EXPECT_THAT(unsettled.value(), ElementsAre(kOrder));
  EXPECT_EQ(stored("refreshed_at", kOrder.id), "0");
  EXPECT_NE(stored("refreshed_at", "o0"), "0");
}

TEST_P(BulkTest, D9_SortKeysOfEachMemberAreCarriedOver) {
  const auto id = start();
  std::vector<RecordLabel> all = labels(3, "Z");
  all[0].record = kJohn;
  all[1].record = kAcme;
  all[2].record = kAmanda;
  note(all);
  EXPECT_EQ(database_->text("select owner_key from {prefix}conversation where id = " + std::to_string(id)), "z 0");
  EXPECT_EQ(database_->text("select customer_key from {prefix}conversation where id = " + std::to_string(id)), "z 1");
  EXPECT_EQ(database_->text("select customer_user_key from {prefix}conversation where id = " + std::to_string(id)),
            "z 2");
}

TEST_P(BulkTest, B10_AllAreMarkedReadTogether) {
  const int few = marking_all(2);
  EXPECT_LE(few, 6);
  EXPECT_EQ(marking_all(40), few);
}

} // namespace
} // namespace parley::tests
