#include "migrations/recorded_schema.hpp"

#include "migrations/digest.hpp"
#include "migrations/migrations.hpp"

namespace parley::migrations {
namespace {

using adapters::Session;

constexpr auto kMake = "create table if not exists {prefix}schema_description ("
                       "line bigint not null primary key, kind varchar(64) not null, name varchar(255) not null, "
                       "owner varchar(255) not null, part varchar(255) not null, declared longtext not null) "
                       "engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin";
constexpr auto kClear = "delete from {prefix}schema_description";
constexpr auto kAdd = "insert into {prefix}schema_description (line, kind, name, owner, part, declared) "
                      "values (:line, :kind, :name, :owner, :part, :declared)";
constexpr auto kRead = "select kind, name, owner, part, declared from {prefix}schema_description order by line";

// The first line: after which step, and the digest of all other lines.
constexpr auto kSeal = "seal";

void digest_line(Digest &digest, const std::string &kind, const std::string &name, const std::string &owner,
                 const std::string &part, const std::string &declared) {
  for (const std::string *each : {&kind, &name, &owner, &part, &declared}) {
    digest.text(*each);
  }
}

} // namespace

void record_schema(Session &session, const SchemaDescription &description, const std::string &step) {
  session.run(kMake);
  adapters::Transaction transaction(session);
  session.execute(kClear);
  Digest digest;
  std::int64_t line = 0;
  const auto add = [&](std::int64_t at, const std::string &kind, const std::string &name, const std::string &owner,
                       const std::string &part, const std::string &declared) {
    session.execute(
        kAdd, {{"line", at}, {"kind", kind}, {"name", name}, {"owner", owner}, {"part", part}, {"declared", declared}});
  };
  for (const auto &[key, object] : description) {
    add(++line, key.first, key.second, object.owner, "", object.text);
    digest_line(digest, key.first, key.second, object.owner, "", object.text);
    for (const auto &[part, declared] : object.columns) {
      add(++line, key.first, key.second, object.owner, part, declared);
      digest_line(digest, key.first, key.second, object.owner, part, declared);
    }
  }
  add(0, kSeal, step, "", "", digest.hex());
  transaction.commit();
}

SchemaDescription recorded_schema(Session &session, bool is_there, const std::string &step) {
  SchemaDescription description;
  std::string sealed;
  std::string after;
  Digest digest;
  if (is_there) {
    auto rows = session.query(kRead, "ttttt");
    while (rows.next()) {
      const std::string kind = rows.text();
      const std::string name = rows.text();
      const std::string owner = rows.text();
      const std::string part = rows.text();
      std::string declared = rows.text();
      if (kind == kSeal) {
        after = name;
        sealed = declared;
        continue;
      }
      digest_line(digest, kind, name, owner, part, declared);
      auto &object = description[{kind, name}];
      object.owner = owner;
      (part.empty() ? object.text : object.columns[part]) = std::move(declared);
    }
  }
  if (sealed.empty() || after != step) {
    throw Error(Error::Why::rights, "There is nothing to compare the schema with: the role may not make a database for "
                                    "the comparison, and no description was recorded after the last step. Verify with "
                                    "the role that migrates.");
  }
  if (digest.hex() != sealed) {
    throw Error(Error::Why::altered, "The description that was recorded after the last step was altered. Verify with "
                                     "the role that migrates.");
  }
  return description;
}

} // namespace parley::migrations
