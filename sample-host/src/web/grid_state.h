// What a grid shows, as its address says it: what is filtered, how it is sorted, which page. A grid has no other memory, so that
// it can be shared by its address and the browser's back button works.
#ifndef PARLEY_SAMPLE_HOST_WEB_GRID_STATE_H
#define PARLEY_SAMPLE_HOST_WEB_GRID_STATE_H

#include <cstdint>
#include <string>
#include <string_view>

#include "sample-host/src/web/http.h"

namespace host {

class GridState {
public:
  // Parameters that no grid knows are dropped, and so are those without a value. `always`: filters that the grid has in
  // any case ("filter[pinned]=true"); others of the same fields are dropped, too.
  explicit GridState(const Request &request, std::string_view always = {});

  const std::string &path() const { return path_; }
  std::int64_t page() const { return page_; }
  // Filters, sort and page size, in their order: what a form that changes one of them has to keep.
  const Fields &fields() const { return fields_; }
  std::string value(std::string_view name) const { return field(fields_, name); }
  bool filtered() const;
  const Fields &always() const { return always_; }
  // Whether the grid has a filter of the field in any case.
  bool is_settled(std::string_view field) const;

  // Addresses of the same grid, on its first page.
  std::string url() const;
  std::string url_with(std::string_view name, const std::string &value) const;
  std::string url_of_page(std::int64_t number) const;
  // Without any filter; sorted as it is.
  std::string url_unfiltered() const;

private:
  std::string path_;
  Fields always_;
  Fields fields_;
  std::int64_t page_ = 1;
};

// "filter[name]", "filter[name][operator]": filters that the API takes as they stand.
bool is_filter(std::string_view name);
// "find[owner]", "find[source][type]": records by what one knows of them; see grid_filters.h.
bool is_find(std::string_view name);

} // namespace host

#endif
