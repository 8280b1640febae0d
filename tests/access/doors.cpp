#include "tests/access/doors.hpp"

#include "tests/access/doors/doors.hpp"

namespace access_test {

const std::vector<Door> &doors() {
  constexpr std::uint32_t both = PARLEY_APPLICATION_BACKOFFICE | PARLEY_APPLICATION_STOREFRONT;
  static const std::vector<Door> all{
      {"list", both, false, door::list},
      {"get", both, false, door::get},
      {"include", both, false, door::include},
      {"relationship", both, false, door::relationship},
      {"filter", both, false, door::filter},
      {"search", both, false, door::search},
      {"sort", both, false, door::sort},
      {"count", both, false, door::count},
      {"panel page", both, false, door::panel_page},
      {"panel badge", both, false, door::panel_badge},
      {"unread", both, false, door::unread},
      {"history", PARLEY_APPLICATION_BACKOFFICE, false, door::history},
      {"feed", both, false, door::feed},
      {"messages", both, false, door::messages},
      {"participants", both, false, door::participants},
      {"transitions", both, false, door::transitions},
      {"etag", both, false, door::etag},
      {"surface", both, false, door::surface},
      {"errors", both, false, door::errors},
      {"hidden", both, false, door::hidden},
      {"mark", both, true, door::mark},
      {"write", both, true, door::write},
      {"create", both, true, door::create},
  };
  return all;
}

} // namespace access_test
