"""Who may include whom: the table. The check that reads it is includes.py."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """What the sources and headers of one folder may include."""

    folder: str
    parts: tuple = ()  # folders of ours, beside its own
    libraries: tuple = ()  # keys of LIBRARIES
    system: bool = True  # POSIX headers, beside the standard library's
    suffix: str = ""  # the part has only the folder's files that end so
    anything: bool = False


# The longest folder that matches a file decides; of two with the same folder, the one whose suffix matches.
PARTS = (
    Part("host-sdk/include", suffix=".h", system=False),
    Part("host-sdk", parts=("host-sdk/include",), libraries=("boost-dll", "nlohmann")),
    Part("plugin/domain", system=False),
    Part("plugin/store", parts=("plugin/domain",), system=False),
    Part("plugin/text", libraries=("icu", "markdown")),
    Part("plugin/app", parts=("plugin/domain", "plugin/store", "plugin/text")),
    Part("plugin/jsonapi", parts=("plugin/domain", "plugin/store"), libraries=("nlohmann",)),
    Part(
        "plugin/abi",
        parts=("host-sdk", "host-sdk/include", "plugin/app", "plugin/jsonapi"),
        libraries=("sodium",),
    ),
    Part(
        "plugin/module",
        parts=(
            "plugin/domain",
            "plugin/store",
            "plugin/text",
            "plugin/app",
            "plugin/jsonapi",
            "plugin/abi",
            "plugin/web",
            "adapters",
            "adapters/connection",
            "migrations",
        ),
    ),
    Part("plugin/web"),
    Part("adapters/connection", libraries=("soci", "database-clients")),
    Part(
        "adapters",
        parts=("plugin/store", "plugin/domain", "adapters/connection"),
        libraries=("soci", "database-clients"),
    ),
    Part("migrations", parts=("adapters/connection",), libraries=("soci", "database-clients", "sodium")),
    Part(
        "sample-host",
        parts=("host-sdk", "host-sdk/include"),
        libraries=("boost-asio", "soci", "database-clients", "mustache", "sodium", "nlohmann", "icu"),
    ),
    Part("tests", anything=True),
)

# Folders of ours on the compiler's include path, beside the repository's root.
INCLUDE_FOLDERS = ("host-sdk/include",)

# How a library's headers are named in an #include. The first match wins.
LIBRARIES = {
    "soci": re.compile(r"soci/"),
    "nlohmann": re.compile(r"nlohmann/"),
    "boost-dll": re.compile(r"boost/dll(/|\.hpp)"),
    "boost-asio": re.compile(r"boost/(asio|beast)(/|\.hpp)"),
    "boost": re.compile(r"boost/"),
    "icu": re.compile(r"unicode/"),
    "markdown": re.compile(r"(md4c(-html|-entity)?|cmark.*)\.h"),
    "sodium": re.compile(r"sodium(\.h|/)"),
    "mustache": re.compile(r"kainjow/"),
    "openssl": re.compile(r"openssl/"),
    "database-clients": re.compile(r"(sqlite3|libpq-fe|libpq-events|mysql|mysqld_error)\.h|(postgresql|mysql|mariadb)/"),
    "googletest": re.compile(r"(gtest|gmock)/"),
    "benchmark": re.compile(r"benchmark/"),
}

# These must not even arrive through a header of another part: two cores build this.
HEAVY = ("soci", "nlohmann", "boost-dll", "boost-asio", "icu", "mustache")

STANDARD = frozenset(
    """
    assert.h complex.h ctype.h errno.h fenv.h float.h inttypes.h iso646.h limits.h locale.h math.h setjmp.h
    signal.h stdalign.h stdarg.h stdatomic.h stdbool.h stddef.h stdint.h stdio.h stdlib.h stdnoreturn.h
    string.h tgmath.h threads.h time.h uchar.h wchar.h wctype.h

    algorithm any array atomic bitset cassert cctype cerrno cfenv cfloat charconv chrono cinttypes climits
    clocale cmath codecvt complex condition_variable csetjmp csignal cstdarg cstddef cstdint cstdio cstdlib
    cstring ctime cuchar cwchar cwctype deque exception execution filesystem forward_list fstream functional
    future initializer_list iomanip ios iosfwd iostream istream iterator limits list locale map memory
    memory_resource mutex new numeric optional ostream queue random ratio regex scoped_allocator set
    shared_mutex sstream stack stdexcept streambuf string string_view system_error thread tuple type_traits
    typeindex typeinfo unordered_map unordered_set utility valarray variant vector version cxxabi.h
    """.split()
)

SYSTEM = re.compile(
    r"(sys|netinet|arpa|net|linux|bits|asm)/.*"
    r"|(aio|dirent|dlfcn|endian|execinfo|fcntl|fnmatch|getopt|glob|grp|ifaddrs|link|netdb|poll|process|pthread|pwd|sched"
    r"|semaphore|spawn|strings|sysexits|syslog|termios|ucontext|unistd|utime|wait|windows)\.h"
)

# plugin/web: bare module names that its sources may import.
WEB_MODULES = re.compile(r"lit(/.*)?|@lit/.*")
