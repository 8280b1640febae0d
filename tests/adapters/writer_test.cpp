#include "adapters/sqlite/writer.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>

#include "adapters/connection/late_rows.hpp"
#include "adapters/connection/sqlite.hpp"
#include "plugin/store/deadline.hpp"
#include "tests/adapters/support/test_database.hpp"
#include "tests/support/waiting.hpp"

namespace parley::tests {
namespace {

using namespace adapters;
using domain::Code;
using domain::Done;
using domain::Nothing;
using std::chrono::milliseconds;

constexpr auto kInsert = "insert into t values (:a)";
constexpr auto kInsertLate = "insert into t select value ->> '$[0]' from json_each(:rows)";

class WriterTest : public ::testing::Test {
protected:
  WriterTest() : path_(fresh_path()), other_(open()), writer_([this] { return open(); }, milliseconds(5000)) {
    other_->execute("create table t (a integer unique)");
  }
  [[nodiscard]] std::unique_ptr<Session> open(milliseconds patience = milliseconds(100)) const {
    return open_sqlite(path_, {"", patience});
  }
  std::int64_t stored() {
    auto rows = other_->query("select count(*) from t", "i");
    rows.next();
    return rows.integer();
  }
  Done insert(std::int64_t value) {
    return writer_.run<Nothing>([value](Session &session) -> Done {
      session.execute(kInsert, {{"a", value}});
      return Nothing{};
    });
  }
  /// Holds the writer while `work` lets that many other commands queue up behind it.
  void while_it_works(std::size_t commands, const std::function<void()> &work) {
    std::atomic<bool> begun{false};
    std::atomic<bool> end{false};
    std::thread first([&] {
      writer_.run<Nothing>([&](Session &) -> Done {
        begun = true;
        while (!end) {
          std::this_thread::yield();
        }
        return Nothing{};
      });
    });
    EXPECT_TRUE(comes_true([&] { return begun.load(); }));
    work();
    EXPECT_TRUE(comes_true([&] { return writer_.waiting() >= commands; }));
    end = true;
    first.join();
  }

  std::string path_;
  std::unique_ptr<Session> other_;
  Writer writer_;
};

TEST_F(WriterTest, AFailureTakesBackWhatWasDone) {
  EXPECT_TRUE(insert(1));
  const auto failed = writer_.run<Nothing>([](Session &session) -> Done {
    session.execute(kInsert, {{"a", std::int64_t{2}}});
    return domain::failure(Code::conflict, "no", "no");
  });
  EXPECT_FALSE(failed);
  EXPECT_EQ(stored(), 1);
}

TEST_F(WriterTest, AnExceptionTakesBackWhatWasDone) {
  EXPECT_THROW(writer_.run<Nothing>([](Session &session) -> Done {
    session.execute(kInsert, {{"a", std::int64_t{2}}});
    throw std::runtime_error("oops");
  }),
               std::runtime_error);
  EXPECT_EQ(stored(), 0);
  EXPECT_TRUE(insert(1));
  EXPECT_THROW(insert(1), DatabaseError);
  EXPECT_TRUE(insert(2));
}

TEST_F(WriterTest, CommandsThatWaitShareACommit) {
  constexpr int kCommands = 20;
  std::vector<std::thread> threads;
  std::atomic<int> done{0};
  std::atomic<int> refused{0};
  std::atomic<int> threw{0};
  while_it_works(kCommands, [&] {
    for (int at = 0; at < kCommands; ++at) {
      threads.emplace_back([&, at] {
        try {
          const auto result = writer_.run<Nothing>([at](Session &session) -> Done {
            session.execute(kInsert, {{"a", std::int64_t{at}}});
            if (at % 5 == 1) {
              return domain::failure(Code::conflict, "no", "no");
            }
            if (at % 5 == 2) {
              session.execute(kInsert, {{"a", std::int64_t{at}}}); // not unique
            }
            return Nothing{};
          });
          ++(result ? done : refused);
        } catch (const DatabaseError &error) {
          EXPECT_EQ(error.kind(), ErrorKind::unique);
          ++threw;
        }
      });
    }
  });
  for (auto &thread : threads) {
    thread.join();
  }
  EXPECT_EQ(refused, kCommands / 5);
  EXPECT_EQ(threw, kCommands / 5);
  EXPECT_EQ(done, kCommands - 2 * kCommands / 5);
  EXPECT_EQ(stored(), done);
  EXPECT_LT(writer_.commits(), 10U);
}

TEST_F(WriterTest, BusyWhenAnotherProcessHoldsTheLock) {
  other_->begin("begin immediate");
  try {
    insert(1);
    FAIL();
  } catch (const DatabaseError &error) {
    EXPECT_EQ(error.kind(), ErrorKind::busy);
  }
  other_->rollback();
  EXPECT_TRUE(insert(1));
}

// Of two with patience the one whose caller waits less long leaves, whether it leads or stands in the queue.
TEST_F(WriterTest, NobodyWaitsLongerThanItsCaller) {
  Writer patient([this] { return open(milliseconds(600'000)); }, milliseconds(600'000));
  const auto limited = [&](std::int64_t value) {
    const store::Deadline deadline(std::chrono::steady_clock::now() + milliseconds(100));
    try {
      patient.run<Nothing>([value](Session &session) -> Done {
        session.execute(kInsert, {{"a", value}});
        return Nothing{};
      });
    } catch (const DatabaseError &error) {
      return error.kind();
    }
    return ErrorKind::unexpected;
  };
  other_->begin("begin immediate"); // another process has the lock
  EXPECT_EQ(limited(1), ErrorKind::busy);
  std::thread leads([&] {
    EXPECT_TRUE(patient.run<Nothing>([](Session &session) -> Done {
      session.execute(kInsert, {{"a", std::int64_t{2}}});
      return Nothing{};
    }));
  });
  EXPECT_TRUE(comes_true([&] { return patient.waiting() != 0; }));
  EXPECT_EQ(limited(3), ErrorKind::busy);
  other_->rollback();
  leads.join();
  EXPECT_EQ(stored(), 1);
}

TEST_F(WriterTest, BusyWhenItsTurnDoesNotCome) {
  Writer impatient([this] { return open(); }, milliseconds(30));
  std::atomic<bool> begun{false};
  std::atomic<bool> end{false};
  std::thread first([&] {
    impatient.run<Nothing>([&](Session &) -> Done {
      begun = true;
      while (!end) {
        std::this_thread::yield();
      }
      return Nothing{};
    });
  });
  EXPECT_TRUE(comes_true([&] { return begun.load(); }));
  const auto second = [](Session &) -> Done { return Nothing{}; };
  EXPECT_THROW(impatient.run<Nothing>(second), DatabaseError);
  end = true;
  first.join();
  EXPECT_TRUE(impatient.run<Nothing>(second));
}

TEST_F(WriterTest, ACommitThatFailsIsNobodysSuccess) {
  other_->execute("create table c (a integer references t (a) deferrable initially deferred)");
  std::vector<std::thread> threads;
  std::atomic<int> done{0};
  while_it_works(4, [&] {
    for (int at = 0; at < 4; ++at) {
      threads.emplace_back([&, at] {
        try {
          writer_.run<Nothing>([at](Session &session) -> Done {
            if (at == 2) {
              session.execute("insert into c values (99)"); // noticed by the commit
            } else {
              session.execute(kInsert, {{"a", std::int64_t{at}}});
            }
            return Nothing{};
          });
          ++done;
        } catch (const DatabaseError &) {
        }
      });
    }
  });
  for (auto &thread : threads) {
    thread.join();
  }
  EXPECT_EQ(stored(), done);
  EXPECT_LT(done, 4);
  EXPECT_TRUE(insert(50));
}

TEST_F(WriterTest, WhatCommandsLeaveIsCarriedOutOnceBeforeTheCommit) {
  constexpr int kCommands = 8;
  std::vector<std::thread> threads;
  std::atomic<int> done{0};
  std::atomic<int> seen_at_once{0};
  while_it_works(kCommands, [&] {
    for (int at = 0; at < kCommands; ++at) {
      threads.emplace_back([&, at] {
        try {
          const auto result = writer_.run<Nothing>([&, at](Session &session) -> Done {
            session.late_rows()->add(kInsertLate, "[" + std::to_string(100 + at) + "]");
            auto rows = session.query("select count(*) from t", "i");
            rows.next();
            seen_at_once += rows.integer() != 0 ? 1 : 0;
            if (at % 4 == 1) {
              return domain::failure(Code::conflict, "no", "no");
            }
            if (at % 4 == 2) {
              throw std::runtime_error("oops");
            }
            return Nothing{};
          });
          done += result ? 1 : 0;
        } catch (const std::runtime_error &) { // taken back
        }
      });
    }
  });
  for (auto &thread : threads) {
    thread.join();
  }
  EXPECT_EQ(done, kCommands / 2);
  EXPECT_EQ(stored(), done) << "what was taken back leaves nothing";
  EXPECT_EQ(seen_at_once, 0) << "at the end";
}

TEST_F(WriterTest, WhatIsLeftAndFailsIsNobodysSuccess) {
  std::vector<std::thread> threads;
  std::atomic<int> done{0};
  std::atomic<int> failed{0};
  while_it_works(4, [&] {
    for (int at = 0; at < 4; ++at) {
      threads.emplace_back([&, at] {
        try {
          writer_.run<Nothing>([at](Session &session) -> Done {
            session.execute(kInsert, {{"a", std::int64_t{at}}});
            session.late_rows()->add(kInsertLate, "[7]"); // of several not unique
            return Nothing{};
          });
          ++done;
        } catch (const DatabaseError &error) {
          failed += error.kind() == ErrorKind::unique ? 1 : 0;
        }
      });
    }
  });
  for (auto &thread : threads) {
    thread.join();
  }
  EXPECT_EQ(failed, 4);
  EXPECT_EQ(done, 0);
  EXPECT_EQ(stored(), 0);
  EXPECT_TRUE(insert(7));
}

TEST_F(WriterTest, WhoeverIsAloneLeavesNothing) {
  bool alone = false;
  EXPECT_TRUE(writer_.run<Nothing>([&](Session &session) -> Done {
    alone = session.late_rows() == nullptr;
    return Nothing{};
  }));
  EXPECT_TRUE(alone);
}

TEST_F(WriterTest, AConnectionThatCannotBeMadeIsAFailureOfThatCall) {
  int tries = 0;
  Writer writer(
      [&] {
        if (++tries == 1) {
          throw DatabaseError(ErrorKind::unavailable, "not now");
        }
        return open();
      },
      milliseconds(100));
  const auto nothing = [](Session &) -> Done { return Nothing{}; };
  EXPECT_THROW(writer.run<Nothing>(nothing), DatabaseError);
  EXPECT_TRUE(writer.run<Nothing>(nothing));
}

} // namespace
} // namespace parley::tests
