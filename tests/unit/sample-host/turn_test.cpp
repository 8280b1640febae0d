// How long the HTTP server waits for a client, by a clock of the test.
#include "sample-host/src/server/turn.h"

#include <gtest/gtest.h>

namespace host {
namespace {

using State = Turn::State;

class TurnTest : public testing::Test {
protected:
  static HttpLimits limits() {
    HttpLimits limits;
    limits.idle_seconds = 15;
    limits.head_seconds = 10;
    limits.body_seconds = 30;
    limits.answer_seconds = 20;
    return limits;
  }

  static Turn::Moment at(int second) { return Turn::Moment(std::chrono::seconds(second)); }

  HttpLimits limits_ = limits();
  Turn turn_{limits_};
};

TEST_F(TurnTest, TheTimeBeginsAnewWithEachRequest) {
  for (int second : {0, 14, 28, 1000}) {
    turn_.enter(State::idle, at(second));
    EXPECT_EQ(turn_.until(), at(second + 15));
    turn_.enter(State::head, at(second + 1));
    EXPECT_EQ(turn_.until(), at(second + 11));
    turn_.enter(State::working, at(second + 10));
    turn_.enter(State::answering, at(second + 12));
    EXPECT_EQ(turn_.until(), at(second + 32));
  }
}

TEST_F(TurnTest, TheBodyHasItsOwnTimeInTheSameTurn) {
  turn_.enter(State::head, at(1));
  turn_.enter(State::body, at(10));
  EXPECT_EQ(turn_.until(), at(40));
  EXPECT_EQ(turn_.since(), at(1)) << "who keeps us waiting longest is judged by both";
}

TEST_F(TurnTest, NobodyIsLateWhileWeWork) {
  turn_.enter(State::idle, at(0));
  turn_.enter(State::working, at(3));
  EXPECT_EQ(turn_.until(), Turn::Moment::max());
  EXPECT_EQ(turn_.state(), State::working);
  EXPECT_EQ(turn_.since(), at(3));
}

TEST_F(TurnTest, AnEndIsNotWaitedForLong) {
  turn_.enter(State::answering, at(0));
  turn_.enter(State::lingering, at(20));
  EXPECT_EQ(turn_.until(), at(22));
}

} // namespace
} // namespace host
