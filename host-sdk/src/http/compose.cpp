#include "host-sdk/src/http/compose.hpp"

#include "host-sdk/src/http/include.hpp"
#include "host-sdk/src/http/percent.hpp"
#include "host-sdk/src/json/writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace parley::host {
namespace {

void begin(std::string &out) {
  out += R"({"jsonapi":{"version":"1.1"})";
}

void append_key(std::string &out, std::string_view name) {
  out += ",\"";
  out += name;
  out += "\":";
}

void append_array(std::string &out, const Exchange &exchange, const std::deque<Document> &documents) {
  out.push_back('[');
  for (std::size_t i = 0; i < documents.size(); ++i) {
    if (i != 0) {
      out.push_back(',');
    }
    append_resource(out, exchange, documents[i]);
  }
  out.push_back(']');
}

void append_included(std::string &out, Exchange &exchange, const Query &query, std::deque<Document> &primary) {
  if (query.include.children.empty()) {
    return;
  }
  const auto included = load_included(exchange, query, primary);
  append_key(out, "included");
  append_array(out, exchange, included);
}

std::string own_url(const Request &request) {
  return request.base + as_uri(request.path) + (request.query.empty() ? "" : "?" + as_uri(request.query));
}

// The request's address with another page.
std::string page_url(const Request &request, const std::string &name, const std::string &value) {
  std::string url = request.base + as_uri(request.path);
  char separator = '?';
  const auto add = [&](const std::string &key, const std::string &text) {
    url += separator + percent_encode(key) + "=" + percent_encode(text);
    separator = '&';
  };
  for (const auto &parameter : request.parameters) {
    if (parameter.name != "page[after]" && parameter.name != "page[before]" && parameter.name != "page[number]") {
      add(parameter.name, parameter.value);
    }
  }
  add(name, value);
  return url;
}

void append_page_links(JsonWriter &out, const Request &request, const Query &query, const Answer &answer) {
  const bool previous = answer.page.has(PARLEY_PAGE_HAS_PREVIOUS);
  const bool next = answer.page.has(PARLEY_PAGE_HAS_NEXT);
  // Both are there in any case, as the cursor pagination profile has it; numbered pages do not differ in that.
  const auto neighbour = [&](const char *link, bool there, const char *parameter, const std::string &page) {
    out.key(link);
    there && !page.empty() ? out.string(page_url(request, parameter, page)) : out.null();
  };
  if (query.page_number != 0) {
    const std::uint64_t number = query.page_number;
    const auto numbered = [&](const char *link, bool there, std::uint64_t which) {
      neighbour(link, there, "page[number]", std::to_string(which));
    };
    std::uint64_t before = number - 1;
    numbered("first", true, 1);
    if (answer.page.has(PARLEY_PAGE_HAS_TOTAL) && query.page_size != 0) {
      const std::uint64_t pages = (answer.page.total + query.page_size - 1) / query.page_size;
      const std::uint64_t last = std::max<std::uint64_t>(1, pages);
      numbered("last", true, last);
      before = std::min(before, last); // from far behind the end back to what is there
    }
    numbered("prev", number > 1, before);
    numbered("next", next, number + 1);
    return;
  }
  const bool empty = answer.documents.empty();
  neighbour("prev", previous, "page[before]", empty ? "" : answer.documents.front().cursor);
  neighbour("next", next, "page[after]", empty ? "" : answer.documents.back().cursor);
}

void append_links(std::string &out, const Request &request, const Query &query, const Answer *page,
                  const std::string &related = {}) {
  append_key(out, "links");
  JsonWriter links(out);
  links.begin_object().member("self", own_url(request));
  if (!related.empty()) {
    links.member("related", related);
  }
  if (page != nullptr) {
    append_page_links(links, request, query, *page);
  }
  links.end_object();
}

// What the plugin says, with `page` put in front.
void append_meta(std::string &out, const Answer &answer) {
  const bool total = answer.page.has(PARLEY_PAGE_HAS_TOTAL);
  const std::string &own = answer.meta;
  if (!total && own.empty()) {
    return;
  }
  append_key(out, "meta");
  if (!total) {
    out += own;
    return;
  }
  out += "{\"page\":{\"total\":" + std::to_string(answer.page.total) + "}";
  const std::size_t first = own.find_first_not_of(" \t\r\n", 1);
  if (!own.empty() && first != std::string::npos && own[first] != '}') {
    out.push_back(',');
    out.append(own, first, std::string::npos);
  } else {
    out.push_back('}');
  }
}

Response finish(std::string body) {
  Response response;
  body.push_back('}');
  response.body = std::move(body);
  return response;
}

} // namespace

std::string etag_of(const Document &document, std::string_view body) {
  if (document.version == 0) {
    return {};
  }
  // FNV-1a: tells answers apart, and has to withstand nobody.
  std::uint64_t hash = 14695981039346656037U;
  for (const char c : body) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  }
  std::array<char, 16> digits{};
  const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), hash, 16);
  return "\"" + std::to_string(document.version) + "-" + std::string(digits.data(), written.ptr) + "\"";
}

void append_resource(std::string &out, const Exchange &exchange, const Document &document) {
  const std::string link = exchange.self_link(document.ref);
  if (link.empty()) {
    out += document.json;
    return;
  }
  out.append(document.json, 0, document.json.size() - 1);
  out += ",\"links\":{\"self\":";
  append_json_string(out, link);
  out += "}}";
}

Response compose_one(Exchange &exchange, const Query &query, Answer &answer) {
  if (answer.documents.empty()) {
    refuse(PARLEY_INTERNAL, "no-document", "The answer holds no document, though it says that all went well.");
  }
  auto &document = answer.documents.front();
  std::string body;
  begin(body);
  append_key(body, "data");
  append_resource(body, exchange, document);
  append_included(body, exchange, query, answer.documents);
  append_key(body, "links");
  // What made this document: the request where it read, else the address of what was written.
  const std::string self = exchange.request.method == "GET" ? std::string() : exchange.self_link(document.ref);
  JsonWriter(body).begin_object().member("self", self.empty() ? own_url(exchange.request) : self).end_object();
  append_meta(body, answer);
  Response response = finish(std::move(body));
  if (const std::string etag = etag_of(document, response.body); !etag.empty()) {
    response.headers.emplace_back("ETag", etag);
  }
  return response;
}

Response compose_list(Exchange &exchange, const Query &query, Answer &answer) {
  std::string body;
  begin(body);
  append_key(body, "data");
  append_array(body, exchange, answer.documents);
  append_included(body, exchange, query, answer.documents);
  append_links(body, exchange.request, query, &answer);
  append_meta(body, answer);
  Response response = finish(std::move(body));
  if (asks_for_cursor_pagination(exchange.request)) {
    response.headers.emplace_back("Content-Type",
                                  "application/vnd.api+json; profile=\"" + std::string(cursor_pagination) + "\"");
  }
  return response;
}

Response compose_related(Exchange &exchange, const Query &query, Answer &answer, bool single) {
  std::string body;
  begin(body);
  append_key(body, "data");
  if (!single) {
    append_array(body, exchange, answer.documents);
  } else if (answer.documents.empty()) {
    body += "null";
  } else {
    append_resource(body, exchange, answer.documents.front());
  }
  append_included(body, exchange, query, answer.documents);
  append_links(body, exchange.request, query, nullptr);
  append_meta(body, answer);
  return finish(std::move(body));
}

Response compose_meta(std::string_view meta) {
  std::string body;
  begin(body);
  append_key(body, "meta");
  body += meta;
  return finish(std::move(body));
}

Response compose_linkage(Exchange &exchange, const Query &query, const Linkage &linkage, const Answer *page) {
  std::string body;
  begin(body);
  append_key(body, "data");
  JsonWriter out(body);
  const auto identifier = [&](const Ref &ref) {
    out.begin_object().member("type", ref.type).member("id", ref.id).end_object();
  };
  if (linkage.single) {
    linkage.refs.empty() ? static_cast<void>(out.null()) : identifier(linkage.refs.front());
  } else {
    out.begin_array();
    for (const auto &ref : linkage.refs) {
      identifier(ref);
    }
    out.end_array();
  }
  append_links(body, exchange.request, query, page, linkage.related);
  if (page != nullptr) {
    append_meta(body, *page);
  }
  return finish(std::move(body));
}

} // namespace parley::host
