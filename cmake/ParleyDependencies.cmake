# Every dependency is searched here, once. The targets that the parts link:
#
#   SOCI::core SOCI::sqlite3 SOCI::postgresql SOCI::mysql    databases
#   nlohmann_json::nlohmann_json
#   Boost::dll                                               Boost.DLL on std::filesystem
#   Boost::headers                                           Boost.Asio and Boost.Beast
#   ICU::uc ICU::i18n
#   MD4C::html                                               Markdown to HTML, and the parser itself
#   Sodium::sodium
#   Mustache::mustache                                       kainjow/mustache.hpp
#   Threads::Threads
#   GTest::gtest GTest::gmock GTest::gtest_main GTest::gmock_main, benchmark::benchmark (with BUILD_TESTING)

find_package(Threads REQUIRED)
find_package(SOCI 4.0 REQUIRED COMPONENTS sqlite3 postgresql mysql)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(BoostDLL REQUIRED)
find_package(ICU 72 REQUIRED COMPONENTS uc i18n)
find_package(MD4C REQUIRED)
find_package(Sodium REQUIRED)
find_package(Mustache REQUIRED)

if(BUILD_TESTING)
  find_package(GTest REQUIRED)
  find_package(benchmark REQUIRED)
endif()
