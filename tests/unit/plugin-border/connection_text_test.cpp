#include "plugin/module/connection_text.hpp"

#include <gtest/gtest.h>

namespace {

using parley::module::shell_quoted;
using parley::module::without_password;

TEST(ConnectionText, HidesPasswords) {
  EXPECT_EQ(without_password("sqlite:a:b@c.db"), "sqlite:a:b@c.db");
  EXPECT_EQ(without_password("postgresql://joe:secret@db/parley"), "postgresql://joe@db/parley");
  EXPECT_EQ(without_password("postgresql://joe:se@cr/et@db/parley"), "postgresql://joe@db/parley");
  EXPECT_EQ(without_password("postgresql://joe@db:5432/parley"), "postgresql://joe@db:5432/parley");
  EXPECT_EQ(without_password("postgresql://db:5432/parley"), "postgresql://db:5432/parley");
  EXPECT_EQ(without_password("mariadb://db/p?user=joe&password=secret&ssl=1"), "mariadb://db/p?user=joe&&ssl=1");
  EXPECT_EQ(without_password("mariadb://db/p?password=secret"), "mariadb://db/p?");
}

TEST(ConnectionText, QuotesForTheShell) {
  EXPECT_EQ(shell_quoted("sqlite:it's here.db"), "'sqlite:it'\\''s here.db'");
}

} // namespace
